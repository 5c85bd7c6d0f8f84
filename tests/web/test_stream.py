"""Media sockets over the loopback: who may open one, what breaks on them, and how a call goes on all the same."""

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from house import House, numbers_of, open_house, service, speak, together, token_of, until
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from voicebot.dialog.state import restore
from voicebot.errors import TranscriptError
from voicebot.events import (
    Alternative,
    CallEnded,
    CallResumed,
    CallStarted,
    DigitPressed,
    FaqHit,
    Heard,
    MessageRecorded,
    PartFailed,
)
from voicebot.recogniser.scripted import ScriptedRecogniser
from voicebot.simulator.call_report import CallReport
from voicebot.simulator.callee import Callee
from voicebot.simulator.chaos import Chaos
from voicebot.simulator.resident import HangUp, Press, Resident, Say, Silence, WaitForPrompt, rehearsed
from voicebot.transcripts import store as stores
from voicebot.transcripts.store import Store
from voicebot.transcripts.writer import Patience
from voicebot.voice.reading import reading

IMPATIENT = Patience(0.1, 0.1, 0.3, 0.3, 1.0)


def call(house: House, *steps: Any, **options: Any) -> CallReport:
    """A whole call through the simulator's carrier, in real time."""
    chaos = options.pop("chaos", Chaos())
    resident = Resident(rehearsed(steps, speak), stays_seconds=options.pop("stays", 8.0))
    carrier = house.carrier()
    return asyncio.run(carrier.call(resident, chaos=chaos, dial_script=options.pop("dial", ()), **options))


# --- who may open a socket --------------------------------------------------------------------------------------------


def test_a_socket_without_the_carriers_signature_is_refused_before_it_opens(house: House) -> None:
    """Unsigned, forged, signed for another address: 403, and nothing of ours is sent."""
    url = "ws" + house.base_url.removeprefix("http") + "/twilio/media"
    signed = house.signer.headers
    for headers in (
        {}, {"x-twilio-signature": "AAAA"}, signed("wss://voicebot.example.jp/twilio/media", {}, tampered=True),
        signed("https://voicebot.example.jp/twilio/media", {}), signed("wss://evil.example.jp/twilio/media", {}),
    ):  # fmt: skip
        with pytest.raises(InvalidStatus) as refused, connect(url, additional_headers=headers):
            pass
        assert refused.value.response.status_code == 403
    for query in ("", "?a=1"):
        headers = signed(f"wss://voicebot.example.jp/twilio/media{query}", {})
        with connect(url + query, additional_headers=headers):
            pass


def test_a_stream_must_bear_a_token_that_was_issued_for_its_call(house: House) -> None:
    """No token, a wrong one, another call's, one that was used: closed with 1008, and no call is entered."""
    token, other = house.token("CA1"), house.token("CA2")
    refused = [house.media("CA1", each) for each in (None, "", "x" * 43, other)]
    refused += [house.media("CA2", token), house.media("CA99", house.token("CA1")), house.media("CA99", None)]
    assert [media.wait_closed() for media in refused] == [1008] * 7
    assert house.items("CA1") == house.items("CA2") == []
    # Being tried for another call has used them up.
    assert house.media("CA1", token).wait_closed() == 1008
    assert house.media("CA2", other).wait_closed() == 1008
    good = house.media("CA1", house.token("CA1"))
    until(lambda: house.of("CA1", CallStarted))
    good.stop()


def test_a_token_is_good_for_one_stream_only(house: House) -> None:
    """Whoever has listened in cannot open another stream with it, during the call or after it."""
    token = house.token()
    first = house.media("CA1", token)
    until(lambda: first.events("media"))
    assert house.media("CA1", token).wait_closed() == 1008
    first.stop()
    until(lambda: house.of("CA1", CallEnded))
    assert house.media("CA1", token).wait_closed() == 1008
    assert len(house.of("CA1", CallStarted, CallResumed)) == 1


def test_a_token_that_is_too_old_is_refused(house: House) -> None:
    """A minute is enough for the carrier."""
    house.token()
    store, now = house.service.store, house.service.now()
    call_id = store.find("CA1")
    assert call_id is not None
    old = store.issue_token(call_id, now - timedelta(seconds=61), timedelta(seconds=60))
    assert house.media("CA1", old).wait_closed() == 1008


@pytest.mark.parametrize("first", [[], ['{"event":"connected","protocol":"Call","version":"1.0.0"}']])
def test_a_socket_that_never_says_who_it_is_is_closed(tmp_path: Path, first: list[str]) -> None:
    """After the time that the settings allow."""
    with open_house(service(tmp_path, start_timeout_seconds=0.2)) as house:
        media = house.media("CA1", None, start=False)
        for text in first:
            media.send(text)
        assert media.wait_closed(5) == 1008


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", '{"event":5}', '{"event":"start"}', '{"event":"stop","streamSid":"MZ1","stop":{"callSid":"CA1"}}',
     '{"event":"media","streamSid":"MZ1"}', b"\x00\xff", "x" * 60_000],
)  # fmt: skip
def test_garbage_instead_of_a_start_closes_the_socket(house: House, text: str | bytes) -> None:
    """At once, with 1008; the log says so without a traceback (the house looks)."""
    media = house.media("CA1", None, start=False)
    media.send(text)
    assert media.wait_closed() == 1008


def test_a_frame_larger_than_any_of_the_carriers_closes_the_socket(house: House) -> None:
    """Nobody can fill our memory through an open socket."""
    media = house.media("CA1", house.token())
    until(lambda: media.events("media"))
    media.send("x" * 200_000)
    assert media.wait_closed() == 1009


def test_other_sound_than_the_telephones_is_refused(house: House) -> None:
    """16 kHz would be noise."""
    media = house.media("CA1", None, start=False)
    format_ = {"encoding": "audio/x-mulaw", "sampleRate": 16000, "channels": 1}
    media.start(house.token(), mediaFormat=format_)
    assert media.wait_closed() == 1008


def test_a_peer_that_is_gone_before_it_can_be_refused_leaves_no_trace(house: House) -> None:
    """Closing what is closed already is not an error in the log."""
    for _ in range(5):
        media = house.media("CA1", "wrong")
        media.reset()
        media = house.media("CA1", None, start=False)
        media.socket.close()


# --- garbage during a call --------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["event", "media", "start", "stop", "mark", "dtmf", "streamSid", "payload", "MZCA1", "MZCA2", "1"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=8), inner, max_size=5),
    max_leaves=12,
)
MESSAGES = st.fixed_dictionaries(
    {"event": st.sampled_from(["media", "mark", "dtmf", "start", "connected", "clear", "noise"])},
    optional={
        "streamSid": WORDS, "media": JSON, "mark": JSON, "dtmf": JSON | st.just({"digit": "*"}), "start": JSON,
        "sequenceNumber": JSON,
    },
)  # fmt: skip
FRAMES = st.lists(
    st.one_of(
        st.text(max_size=200), st.binary(max_size=200), JSON.map(json.dumps), MESSAGES.map(json.dumps),
        st.just('{"event":"media","streamSid":"MZother","media":{"track":"inbound","chunk":"1","timestamp":"1","payload":"/w=="}}'),
        st.just('{"event":"stop","streamSid":"MZother","stop":{"accountSid":"AC1","callSid":"CA1"}}'),
    ),
    max_size=12,
)  # fmt: skip


def test_garbage_among_the_carriers_frames_never_ends_a_call_with_an_error(tmp_path: Path) -> None:
    """Whatever comes, the key after it is understood, or the stream was closed by the protocol's rules."""
    with open_house(service(tmp_path, max_calls=1000)) as house:

        @hypothesis_settings(max_examples=40, deadline=None)
        @given(frames=FRAMES)
        def check(frames: list[str | bytes]) -> None:
            sid = f"CA{time.monotonic_ns()}"
            media = house.media(sid, house.token(sid))
            for frame in frames:
                media.send(frame)
            media.key("8")
            until(lambda: DigitPressed("8") in house.of(sid, DigitPressed) or media.close_code is not None)
            assert media.close_code in {None, 1000, 1002}
            media.stop()

        check()


def test_a_flood_of_garbage_closes_the_stream_and_the_call_goes_on_with_a_new_one(house: House) -> None:
    """Fifty faults in a row: the sound is lost anyway, and the carrier's document helps better."""
    media = house.media("CA1", house.token())
    until(lambda: house.texts("CA1"))
    media._open = False  # no sound in between
    time.sleep(0.1)
    for _ in range(200):
        media.send(b"\x00")
    assert media.wait_closed() == 1002
    again = house.media("CA1", token_of(house.twiml("after-stream")))
    until(lambda: house.of("CA1", CallResumed))
    again.stop()


# --- the line breaks --------------------------------------------------------------------------------------------------


def test_a_broken_stream_is_opened_again_three_times_and_then_a_person_takes_the_call(house: House) -> None:
    """The conversation goes on at the same question; when the desk does not answer it goes on once more."""
    media = house.media("CA1", house.token())
    until(lambda: len(house.texts("CA1")) == 2)
    for number in range(1, 4):
        media.reset()
        media = house.media("CA1", token_of(house.twiml("after-stream")))
        until(lambda number=number: len(house.of("CA1", CallResumed)) == number)
        until(lambda: house.texts("CA1")[-1] == "お待たせいたしました。ご用件は。")
    media.reset()
    document = house.twiml("after-stream")
    assert numbers_of(document) == ["+815000002900"]
    back = house.twiml("after-dial", DialCallStatus="busy")
    media = house.media("CA1", token_of(back))
    until(lambda: house.texts("CA1")[-1].startswith("話し中です。"))
    media.stop()
    assert [event.reason for event in house.of("CA1", CallEnded)][:4] == ["line"] * 4
    until(lambda: house.of("CA1", CallEnded)[-1] == CallEnded("caller"))


def test_a_stream_that_never_comes_up_is_offered_three_times(house: House) -> None:
    """Wherever the connection fails, the caller gets to a person."""
    house.token()
    tokens = [token_of(house.twiml("after-stream")) for _ in range(3)]
    assert len(set(tokens)) == 3
    assert numbers_of(house.twiml("after-stream")) == ["+815000002900"]


def test_the_carrier_is_quicker_than_the_wire_and_than_the_last_words(tmp_path: Path) -> None:
    """The socket broke in mid-word and the decoding takes its time: the new stream waits for it and is not refused."""

    class Slow(ScriptedRecogniser):
        def finish(self) -> tuple[Alternative, ...]:
            time.sleep(1.5)
            return super().finish()

    class SlowOnes:
        def open(self, language: str) -> Slow:
            return Slow(language, reading, ["住民", "住民票"])

        def name(self, language: str) -> str:
            return "slow"

    made = replace(service(tmp_path), recognisers=SlowOnes())
    with open_house(made) as house:
        chaos = Chaos(reset_after_speech_seconds=0.4)
        words = "住民票を取りたいのですが。"
        report = call(house, WaitForPrompt(0.3), Say(words), WaitForPrompt(0.3), HangUp(), chaos=chaos)
        items = house.items(report.call_sid)
        heard = next(index for index, item in enumerate(items) if isinstance(item, Heard))
        lost = next(index for index, item in enumerate(items) if item == CallEnded("line"))
        resumed = next(index for index, item in enumerate(items) if isinstance(item, CallResumed))
        assert heard < lost < resumed
        assert "お待たせいたしました。" in "".join(house.texts(report.call_sid))
        assert [path for path, _ in report.requests].count("/twilio/after-stream") >= 2
        assert report.violations == ()


def test_two_streams_at_the_same_instant_are_one(house: House) -> None:
    """Both have a good token; one talks, the other is closed."""
    tokens = [house.token() for _ in range(4)]
    medias = together(lambda token: house.media("CA1", token), tokens)
    until(lambda: sum(media.close_code == 1008 for media in medias) == 3)
    until(lambda: house.texts("CA1"))
    assert len(house.of("CA1", CallStarted)) == 1
    next(media for media in medias if media.close_code is None).stop()


def test_calls_whose_stream_fails_from_the_beginning_end_with_a_person(tmp_path: Path) -> None:
    """No `start`, a forged handshake: the carrier goes on behind `<Connect>` and is led to the duty desk."""
    with open_house(service(tmp_path, start_timeout_seconds=0.2)) as house:

        def fail(chaos: Chaos) -> None:
            report = call(house, Silence(20), chaos=chaos, dial=[Callee(ring_seconds=0.1, talk_seconds=0.5)])
            dials = [entry for entry in report.entries if entry.kind == "dial" and entry.text == "connected"]
            assert [entry.detail["target"] for entry in dials] == ["+815000002900"]
            assert report.status == "completed"

        together(fail, [Chaos(missing_start=True), Chaos(tampered_stream=True)])


def test_a_bad_network_is_a_call_like_any_other(tmp_path: Path) -> None:
    """Loss, jitter, late keys, doubled and reordered callbacks, unknown fields, no caller id."""
    chaos = Chaos(
        seed=3, loss=0.05, jitter_seconds=0.06, key_delay_seconds=0.2, duplicate_webhook=True, duplicate_callbacks=True,
        reordered_callbacks=True, anonymous=True, unknown_parameters=True,
    )  # fmt: skip
    with open_house(service(tmp_path, ["住民票はどこで取れますか"])) as house:
        steps = (WaitForPrompt(0.4), Say("住民票はどこですか。"), WaitForPrompt(0.6), Press("0"))
        report = call(house, *steps, chaos=chaos, dial=[Callee(ring_seconds=0.1, talk_seconds=0.3)])
        assert (report.status, report.violations, report.errors) == ("completed", (), ())
        assert any("300円です。" in text for text in house.texts(report.call_sid))
        assert len(house.of(report.call_sid, CallStarted)) == 1
        (call_row,) = house.service.store.calls()
        assert (call_row.outcome, call_row.caller) == ("transferred", None)


# --- the store breaks during a call -----------------------------------------------------------------------------------


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(connections: list[sqlite3.Connection]) -> Iterator[None]:
    """The disk of the database is full: SQLite itself says so when it may not grow."""
    _limit(connections, 1)  # SQLite takes the present size instead of less
    FULL.set()
    try:
        yield
    finally:
        FULL.clear()
        _limit(connections, 1_000_000)


def _limit(connections: list[sqlite3.Connection], pages: int) -> None:
    for connection in list(connections):
        try:
            connection.execute(f"PRAGMA max_page_count={pages}")
        except sqlite3.ProgrammingError:
            pass  # closed: the store opens another one after an outage


FULL = threading.Event()


def storms(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """The write connections of stores that are opened from now on; also those opened while the disk is full."""
    opened: list[sqlite3.Connection] = []
    make = stores.open_writer

    def open_writer(path: Path, busy_seconds: float) -> sqlite3.Connection:
        connection = make(path, busy_seconds)
        if FULL.is_set():
            connection.execute("PRAGMA max_page_count=1")
        opened.append(connection)
        return connection

    monkeypatch.setattr(stores, "open_writer", open_writer)
    return opened


@pytest.mark.parametrize("trouble", ["locked", "full"])
def test_the_call_goes_on_while_the_store_cannot_be_written_and_nothing_is_lost(
    tmp_path: Path, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the greeting to the transfer no word of it is heard; afterwards the record is complete."""
    connections = storms(monkeypatch)
    made = service(tmp_path)
    made.store.close()
    store = Store(made.settings.database, patience=IMPATIENT)
    with open_house(replace(made, store=store)) as house:
        media = house.media("CA1", house.token())
        until(lambda: house.of("CA1", CallStarted))
        pressed = 0
        with locked(store.path) if trouble == "locked" else full(connections):
            while store.healthy:
                assert pressed < 100, "the store was not troubled"
                media.key("*")
                pressed += 1
                time.sleep(0.1)
            assert house.health().status_code == 503
            before = len(media.events("media"))
            until(lambda: len(media.events("media")) > before + 10)
            media.key("0")
            assert media.wait_closed(20) == 1000
            assert numbers_of(house.twiml("after-stream")) == ["+815000002000"]
            until(store.path.with_name("voicebot.db.spool.jsonl").exists)
        until(lambda: store.flush() and store.healthy)
        assert house.health().status_code == 200
        assert house.of("CA1", DigitPressed) == [DigitPressed("*")] * pressed + [DigitPressed("0")]
        assert [type(item).__name__ for item in house.items("CA1")][-2:] == ["Transfer", "Dialled"]
        call_id = store.find("CA1")
        assert call_id is not None
        sequence = [entry.seq for entry in store.records(call_id)]
        assert sequence == list(range(1, len(sequence) + 1))
        state = restore(store.state(call_id) or "")
        assert (state.phase, state.goal) == ("transferring", "総合案内")


def test_a_call_that_ends_while_the_store_is_locked_is_complete_after_a_restart(tmp_path: Path) -> None:
    """The spool file takes what the database does not, and the next start brings it home."""
    made = service(tmp_path)
    made.store.close()
    store = Store(made.settings.database, patience=IMPATIENT)
    with open_house(replace(made, store=store)) as house:
        media = house.media("CA1", house.token())
        until(lambda: house.of("CA1", CallStarted))
        with locked(store.path):
            media.stop()
            until(lambda: house.health().json()["calls"] == 0)
            store.close()
    with Store(made.settings.database) as again:
        again.flush()
        (row,) = again.calls()
        assert (row.end_reason, row.outcome) == ("caller", "abandoned")
        assert [entry.item for entry in again.records(row.id)].count(CallEnded("caller")) == 1


# --- our own faults ---------------------------------------------------------------------------------------------------


def broken(made: Any, error: Exception) -> Any:
    """A service whose search raises."""

    class Faulty:
        def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
            raise error

    return replace(made, answers=Faulty())


def test_an_unforeseen_error_sends_the_caller_to_the_duty_desk(tmp_path: Path) -> None:
    """And is told once, with what is needed to find it."""
    made = broken(service(tmp_path, ["住民票はどこで取れますか"]), ZeroDivisionError())
    broke = "a conversation broke; its caller was sent to a person"
    with open_house(made, expects=[broke]) as house:
        dial = [Callee(ring_seconds=0.1, talk_seconds=0.3)]
        report = call(house, WaitForPrompt(0.4), Say("住民票はどこですか。"), Silence(20), dial=dial)
        connected = [entry.detail["target"] for entry in report.entries if entry.text == "connected"]
        assert connected == ["+815000002900"]
        until(lambda: house.service.store.calls()[0].outcome == "transferred")


def test_a_search_that_fails_as_expected_leads_to_a_person(tmp_path: Path) -> None:
    """One of our own errors is an event of the conversation."""
    made = broken(service(tmp_path, ["住民票はどこで取れますか"]), TranscriptError("faq.broken", "Mend it."))
    with open_house(made) as house:
        dial = [Callee(ring_seconds=0.1, talk_seconds=0.3)]
        report = call(house, WaitForPrompt(0.4), Say("住民票はどこですか。"), Silence(20), dial=dial)
        (failed,) = house.of(report.call_sid, PartFailed)
        assert (failed.part, failed.code) == ("faq", "faq.broken")
        assert any("調べられません。" in text for text in house.texts(report.call_sid))


def test_calls_that_cannot_be_recorded_are_answered_all_the_same(tmp_path: Path) -> None:
    """The recordings folder cannot be written; a message is not promised then."""
    made = service(tmp_path)
    made.settings.recordings.mkdir(parents=True)
    made.settings.calls.write_text("a file where the folder should be")
    with open_house(made) as house:
        media = house.media("CA1", house.token())
        until(lambda: len(house.texts("CA1")) == 2)
        media.key("3")
        until(lambda: house.of("CA1", PartFailed), 20)
        (failed,) = house.of("CA1", PartFailed)
        assert failed.part == "recorder"
        assert media.wait_closed(20) == 1000
        assert any("残せません。" in text for text in house.texts("CA1"))


# --- messages and recordings ------------------------------------------------------------------------------------------


def wait_for(house: House, sid: str, kind: type, check: Callable[[Any], bool] = bool) -> Any:
    """The first record of a kind."""
    return until(lambda: next((item for item in house.of(sid, kind) if check(item)), None), 20)


def test_a_message_and_the_call_are_kept_as_sound(tmp_path: Path) -> None:
    """Key 3, words, hanging up: the message is there, and both channels of the call hold sound."""
    with open_house(service(tmp_path)) as house:
        words = "もしもし。電話をください。"
        report = call(house, WaitForPrompt(0.4), Press("3"), WaitForPrompt(0.5), Say(words), Silence(0.2), HangUp())
        message = wait_for(house, report.call_sid, MessageRecorded)
        until(lambda: house.of(report.call_sid, CallEnded))
        assert (house.service.settings.calls / message.recording).stat().st_size > 16_000
        (row,) = house.service.store.calls()
        assert row.outcome == "message"
        assert row.recording is not None
        assert (house.service.settings.calls / row.recording).stat().st_size > 16_000 * 4


def test_a_recording_that_was_refused_is_deleted_and_not_begun_again(tmp_path: Path) -> None:
    """Key 9; also after the line broke and came back."""
    with open_house(service(tmp_path)) as house:
        media = house.media("CA1", house.token())
        until(lambda: media.events("media"))
        media.key("9")
        until(lambda: any("消しました。" in text for text in house.texts("CA1")))
        assert list(house.service.settings.calls.glob("*.wav")) == []
        media.reset()
        media = house.media("CA1", token_of(house.twiml("after-stream")))
        until(lambda: house.of("CA1", CallResumed))
        time.sleep(1.2)
        media.stop()
        until(lambda: house.of("CA1", CallEnded)[-1] == CallEnded("caller"))
        assert list(house.service.settings.calls.glob("*.wav")) == []
        until(lambda: house.service.store.calls()[0].ended_at)
        assert house.service.store.calls()[0].recording is None
