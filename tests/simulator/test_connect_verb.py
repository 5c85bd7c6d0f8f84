"""The media stream as a service meets it: messages, pace, playback, and every way in which it ends."""

import base64
import itertools

import pytest
from small_bot import SmallBot, Talker, carrier_to, streaming
from twilio.twiml.voice_response import VoiceResponse
from virtual_time import asgi_sockets, run, stall

from voicebot.simulator.chaos import Chaos
from voicebot.simulator.hearing import tone
from voicebot.simulator.resident import HangUp, Interrupt, Press, Resident, Say, Silence, Step, WaitForPrompt

WORDS = tone(300, 1.0, 0.3)
AFTER = "/twilio/after-stream"
BYE = VoiceResponse()
BYE.hangup()


def caller(*steps: Step, stays_seconds: float = 3) -> Resident:
    """A resident with this script."""
    return Resident(steps, stays_seconds=stays_seconds)


async def greet_and_close(talker: Talker) -> None:
    """Say something, wait until it was heard, end the stream."""
    await talker.until("start")
    await talker.say(1.0, "greeting")
    await talker.until("mark")
    await talker.close()


def test_a_stream_begins_with_connected_and_start_and_never_stops_sending() -> None:
    """Numbers, types and the custom parameters are Twilio's."""
    bot = SmallBot({"/twilio/voice": streaming(), AFTER: BYE}, greet_and_close)
    report = run(carrier_to(bot).call(caller(Silence(30))))
    received = bot.talkers[0].received
    assert received[0] == {"event": "connected", "protocol": "Call", "version": "1.0.0"}
    start = received[1]
    assert start["event"] == "start"
    assert start["sequenceNumber"] == "1"
    assert start["start"]["customParameters"] == {"session": "token-1"}
    assert start["start"]["mediaFormat"] == {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}
    assert start["start"]["callSid"] == report.call_sid
    media = bot.talkers[0].events("media")
    assert [frame["media"]["chunk"] for frame in media] == [str(n + 1) for n in range(len(media))]
    assert [frame["media"]["timestamp"] for frame in media] == [str(n * 20) for n in range(len(media))]
    assert all(base64.b64decode(frame["media"]["payload"]) == b"\xff" * 160 for frame in media)
    numbers = [int(message["sequenceNumber"]) for message in received[1:]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert report.violations == ()


def test_media_comes_every_twenty_milliseconds_without_drift() -> None:
    """After five seconds the frames are still where they belong."""
    bot = SmallBot({"/twilio/voice": streaming()})
    run(carrier_to(bot).call(caller(Silence(5), HangUp())))
    talker = bot.talkers[0]
    times = [at for at, message in zip(talker.arrivals, talker.received, strict=True) if message["event"] == "media"]
    assert len(times) >= 249
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert max(abs(gap - 0.02) for gap in gaps) < 1e-6
    assert times[-1] - times[0] == pytest.approx(0.02 * (len(times) - 1))


def test_after_a_stall_the_frames_catch_up() -> None:
    """Moments are counted from the start of the call: a pause of the machine delays nothing that comes later."""

    async def talk(talker: Talker) -> None:
        for _ in range(50):
            await talker.until("media")
        stall(0.31)

    bot = SmallBot({"/twilio/voice": streaming()}, talk)
    report = run(carrier_to(bot).call(caller(Silence(3), HangUp())))
    talker = bot.talkers[0]
    times = [at for at, message in zip(talker.arrivals, talker.received, strict=True) if message["event"] == "media"]
    assert len(times) >= 149
    assert times[-1] - times[0] == pytest.approx(0.02 * (len(times) - 1))
    assert max(later - earlier for earlier, later in itertools.pairwise(times)) > 0.2
    assert report.late_seconds == pytest.approx(0.3, abs=0.03)
    assert report.seconds == pytest.approx(3.0, abs=0.03)


def test_a_mark_comes_back_when_its_sound_has_been_heard() -> None:
    """Two seconds of sound sent at once take two seconds to play."""
    when: list[float] = []

    async def talk(talker: Talker) -> None:
        await talker.until("start")
        await talker.until("media")
        when.append(talker.arrivals[-1])
        await talker.say(2.0, "end")
        await talker.until("mark", "end")
        when.append(talker.arrivals[-1])
        await talker.close()

    run(carrier_to(SmallBot({"/twilio/voice": streaming(), AFTER: BYE}, talk)).call(caller(Silence(30))))
    assert when[1] - when[0] == pytest.approx(2.0, abs=0.021)


def test_a_mark_with_nothing_to_play_comes_back_at_once() -> None:
    """No time passes at all."""
    when: list[float] = []

    async def talk(talker: Talker) -> None:
        await talker.until("media")
        when.append(talker.arrivals[-1])
        await talker.send({"event": "mark", "streamSid": talker.stream_sid, "mark": {"name": "m"}})
        await talker.until("mark", "m")
        when.append(talker.arrivals[-1])
        await talker.close()

    run(carrier_to(SmallBot({"/twilio/voice": streaming(), AFTER: BYE}, talk)).call(caller(Silence(30))))
    assert when[1] == when[0]


def test_clear_silences_the_caller_and_brings_all_marks_back_in_order() -> None:
    """Barge-in: the resident interrupts, and what was queued is never heard."""

    async def talk(talker: Talker) -> None:
        await talker.until("start")
        for name in "abc":
            await talker.say(3.0, name)
        await talker.until_speech_ended(5)
        await talker.clear()
        await talker.until("mark", "c")
        await talker.close()

    bot = SmallBot({"/twilio/voice": streaming(), AFTER: BYE}, talk)
    report = run(carrier_to(bot).call(caller(Interrupt(1.0, "もしもし", WORDS), Silence(30))))
    assert [mark["mark"]["name"] for mark in bot.talkers[0].events("mark")] == ["a", "b", "c"]
    (spoken,) = [entry for entry in report.entries if entry.kind == "bot"]
    (said,) = [entry for entry in report.entries if entry.kind == "resident"]
    assert said.seconds - spoken.seconds == pytest.approx(1.0, abs=0.05)
    assert spoken.until is not None
    assert said.until is not None
    assert spoken.until - said.until == pytest.approx(0.1, abs=0.05)
    (clear,) = [entry for entry in report.entries if entry.kind == "clear"]
    assert float(str(clear.detail["dropped_seconds"])) == pytest.approx(9 - 2.1, abs=0.1)


def test_keys_arrive_as_dtmf_on_the_inbound_track() -> None:
    """The key is pressed after the prompt."""

    async def talk(talker: Talker) -> None:
        await talker.until("start")
        await talker.say(1.0)
        await talker.until("dtmf")
        await talker.close()

    bot = SmallBot({"/twilio/voice": streaming(), AFTER: BYE}, talk)
    report = run(carrier_to(bot).call(caller(WaitForPrompt(), Press("5"), Silence(30))))
    (key,) = bot.talkers[0].events("dtmf")
    assert key["dtmf"] == {"track": "inbound_track", "digit": "5"}
    assert [entry.text for entry in report.entries if entry.kind == "key"] == ["5"]


def test_late_keys_are_reported_late() -> None:
    """The delay is between the pressing and the message."""
    bot = SmallBot({"/twilio/voice": streaming()})
    report = run(carrier_to(bot).call(caller(Press("1"), Silence(3), HangUp()), chaos=Chaos(key_delay_seconds=1.5)))
    talker = bot.talkers[0]
    arrival = talker.arrivals[talker.received.index(talker.events("dtmf")[0])]
    first_media = talker.arrivals[talker.received.index(talker.events("media")[0])]
    assert arrival - first_media == pytest.approx(1.5, abs=0.03)
    assert [entry.text for entry in report.entries if entry.kind == "key"] == ["1"]


def test_what_the_service_does_wrong_is_counted_and_the_call_goes_on() -> None:
    """Every kind once in the time line, all of them in the count."""

    async def talk(talker: Talker) -> None:
        await talker.until("start")
        await talker.websocket.send_bytes(b"\xff" * 160)
        for _ in range(3):
            await talker.send({"event": "media", "streamSid": "MZ-other", "media": {"payload": "AAAA"}})
        await talker.send({"event": "mark", "streamSid": talker.stream_sid})
        header = base64.b64encode(b"RIFF" + b"\x10" * 156).decode()
        await talker.send({"event": "media", "streamSid": talker.stream_sid, "media": {"payload": header}})
        await talker.say(0.5, "end")
        await talker.until("mark", "end")
        await talker.close()

    report = run(carrier_to(SmallBot({"/twilio/voice": streaming(), AFTER: BYE}, talk)).call(caller(Silence(30))))
    assert [(found.error, found.count) for found in report.violations] == [(31950, 1), (31951, 3), (31951, 1), (0, 1)]
    assert sum(entry.kind == "violation" for entry in report.entries) == 4
    assert report.status == "completed"


def test_closing_the_socket_leads_to_the_action() -> None:
    """It is signed, bears the standard fields, and comes after the stream has stopped."""
    twiml = streaming(status_callback="https://bot.example.jp/twilio/stream-status", name="talk")
    bot = SmallBot({"/twilio/voice": twiml, AFTER: BYE}, greet_and_close)
    report = run(carrier_to(bot).call(caller(Silence(30))))
    assert all(asked.valid for asked in bot.asked)
    (action,) = bot.forms(AFTER)
    assert action["CallStatus"] == "in-progress"
    assert action["CallSid"] == report.call_sid
    told = bot.forms("/twilio/stream-status")
    assert [form["StreamEvent"] for form in told] == ["stream-started", "stream-stopped"]
    assert told[0]["StreamName"] == "talk"
    assert report.ended_by == "bot"


def test_closing_the_socket_without_an_action_leads_to_the_next_verb() -> None:
    """The carrier speaks then."""
    twiml = streaming(action=None)
    twiml.say("担当におつなぎします。", language="ja-JP")
    report = run(carrier_to(SmallBot({"/twilio/voice": twiml}, greet_and_close)).call(caller(Silence(30))))
    assert [entry.text for entry in report.entries if entry.kind == "verb"][1:] == ["<Say> 担当におつなぎします。"]
    (spoken,) = [entry for entry in report.entries if entry.kind == "carrier"]
    assert spoken.until is not None
    assert spoken.until - spoken.seconds == pytest.approx(11 * 0.125, abs=0.05)


def test_sound_that_was_never_played_is_noted() -> None:
    """A service that closes too early cuts its own words."""

    async def talk(talker: Talker) -> None:
        await talker.until("start")
        await talker.say(2.0)
        await talker.until("media")
        await talker.close()

    report = run(carrier_to(SmallBot({"/twilio/voice": streaming(), AFTER: BYE}, talk)).call(caller(Silence(30))))
    assert any("never played" in entry.text for entry in report.entries if entry.kind == "stream")


@pytest.mark.parametrize(
    ("how", "stops", "code", "resets"),
    [("stop", 1, 1000, []), ("reset", 0, 1006, [True]), ("vanish", 0, 1006, [False])],
)
def test_a_resident_hangs_up_properly_or_is_just_gone(how: str, stops: int, code: int, resets: list[bool]) -> None:
    """The service sees `stop` and 1000, or a broken connection; the number's status callback comes either way."""
    opened: list = []
    bot = SmallBot({"/twilio/voice": streaming(status_callback="https://bot.example.jp/twilio/stream-status")})
    carrier = carrier_to(bot, open_socket=asgi_sockets(bot.app, opened))
    report = run(carrier.call(caller(Silence(1), HangUp(how))))  # type: ignore[arg-type]
    talker = bot.talkers[0]
    assert len(talker.events("stop")) == stops
    assert talker.disconnect_code == code
    assert opened[0].broken_off == resets
    told = [form["StreamEvent"] for form in bot.forms("/twilio/stream-status")]
    assert told == ["stream-started", "stream-stopped"]
    assert report.ended_by == "resident"
    (status,) = bot.forms("/twilio/status")
    assert status["CallStatus"] == "completed"
    assert status["CallDuration"] == "1"
    (action,) = bot.forms(AFTER)
    assert action["CallStatus"] == "completed"


def test_after_a_hangup_the_action_may_also_stay_away() -> None:
    """Twilio's pages do not say; both can be tried."""
    bot = SmallBot({"/twilio/voice": streaming()})
    run(carrier_to(bot).call(caller(HangUp()), chaos=Chaos(no_action_after_hangup=True)))
    assert bot.forms(AFTER) == []


def test_a_refused_handshake_is_an_error_and_the_call_goes_on() -> None:
    """The service answers 403 to a wrong signature; the action is asked what to do."""
    twiml = streaming(status_callback="https://bot.example.jp/twilio/stream-status")
    bot = SmallBot({"/twilio/voice": twiml, AFTER: BYE})
    report = run(carrier_to(bot).call(caller(Silence(30)), chaos=Chaos(tampered_stream=True)))
    assert bot.socket_valid == [False]
    assert any(error.startswith("31920") for error in report.errors)
    assert [form["StreamEvent"] for form in bot.forms("/twilio/stream-status")] == ["stream-error"]
    assert len(bot.forms(AFTER)) == 1


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("ws://bot.example.jp/twilio/media", "31922"),
        ("https://bot.example.jp/twilio/media", "31922"),
        ("wss://bot.example.jp/twilio/media?token=1", "31923"),
        ("wss://elsewhere.example.com/twilio/media", "31923"),
    ],
)
def test_addresses_that_twilio_would_not_open_are_refused(url: str, error: str) -> None:
    """Only wss, without a query, and never anybody else's."""
    twiml = VoiceResponse()
    twiml.connect().stream(url=url)
    bot = SmallBot({"/twilio/voice": twiml})
    report = run(carrier_to(bot).call(caller(Silence(30))))
    assert bot.talkers == []
    assert any(found.startswith(error) for found in report.errors)


def test_a_relative_stream_address_is_resolved() -> None:
    """It becomes wss at the service's public name, which is what is signed."""
    twiml = VoiceResponse()
    twiml.connect().stream(url="/twilio/media")
    bot = SmallBot({"/twilio/voice": twiml}, greet_and_close)
    run(carrier_to(bot).call(caller(Silence(30))))
    assert bot.socket_valid == [True]


def test_lost_frames_show_as_jumps_of_the_timestamp() -> None:
    """Chunks are counted without a gap, but time goes on."""
    bot = SmallBot({"/twilio/voice": streaming()})
    run(carrier_to(bot).call(caller(Silence(4), HangUp()), chaos=Chaos(loss=0.2, seed=3)))
    media = [frame["media"] for frame in bot.talkers[0].events("media")]
    chunks = [int(frame["chunk"]) for frame in media]
    times = [int(frame["timestamp"]) for frame in media]
    assert chunks == list(range(1, len(chunks) + 1))
    assert 120 < len(chunks) < 190
    assert {later - earlier for earlier, later in itertools.pairwise(times)} >= {20, 40}


def test_jitter_bunches_frames_and_keeps_their_order() -> None:
    """Nothing is lost and nothing overtakes."""
    bot = SmallBot({"/twilio/voice": streaming()})
    run(carrier_to(bot).call(caller(Silence(3), HangUp()), chaos=Chaos(jitter_seconds=0.2)))
    talker = bot.talkers[0]
    numbers = [int(message["sequenceNumber"]) for message in talker.received[1:]]
    assert numbers == sorted(numbers)
    gaps = [later - earlier for earlier, later in itertools.pairwise(talker.arrivals[2:])]
    assert max(gaps) > 0.05
    assert min(gaps) < 0.001


def test_a_stream_without_start_has_media_only() -> None:
    """The service must notice by itself."""
    bot = SmallBot({"/twilio/voice": streaming()})
    run(carrier_to(bot).call(caller(Silence(1), HangUp()), chaos=Chaos(missing_start=True)))
    assert bot.talkers[0].events("start") == []
    assert bot.talkers[0].events("media")


def test_a_socket_that_breaks_in_the_middle_of_a_word_leads_to_the_action() -> None:
    """The resident is still there, only the stream is not."""
    opened: list = []
    bot = SmallBot({"/twilio/voice": streaming(), AFTER: BYE})
    carrier = carrier_to(bot, open_socket=asgi_sockets(bot.app, opened))
    report = run(
        carrier.call(
            caller(Silence(1), Say("もしもし", WORDS), Silence(9)), chaos=Chaos(reset_after_speech_seconds=0.3)
        )
    )
    assert opened[0].broken_off == [True]
    assert len(bot.forms(AFTER)) == 1
    assert report.ended_by == "bot"
    assert any(error.startswith("31903") for error in report.errors)
