"""Parts that break during a call, over the loopback: the caller hears something sensible and reaches a person."""

import asyncio
import errno
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from house import ROOT, House, numbers_of, open_house, service, speak, until

from voicebot import bootstrap
from voicebot.actions import Prompt
from voicebot.errors import RecogniserError, VoiceError
from voicebot.events import Alternative, CallEnded, CallStarted, Heard, PartFailed
from voicebot.language.written import spoken
from voicebot.recogniser.scripted import ScriptedRecogniser
from voicebot.settings import Settings
from voicebot.simulator.call_report import CallReport
from voicebot.simulator.callee import Callee
from voicebot.simulator.resident import Press, Resident, Say, Silence, Step, WaitForPrompt, rehearsed
from voicebot.transcripts import sound
from voicebot.voice.cache import SoundCache
from voicebot.voice.chain import Engine, Voices
from voicebot.voice.espeak import Pyttsx3Voice
from voicebot.voice.low import LowVoice
from voicebot.voice.reading import reading
from voicebot.voice.recordings import Recordings

pytestmark = pytest.mark.slow
OPERATOR = Callee(ring_seconds=0.1, talk_seconds=0.3)
DESK = "+815000002000"


def call(house: House, *steps: Step) -> CallReport:
    """A whole call through the simulator's carrier, in real time; who is dialled answers."""
    resident = Resident(rehearsed(steps, speak))
    return asyncio.run(house.carrier().call(resident, dial_script=[OPERATOR]))


def reached(report: CallReport) -> list[str]:
    """Whom the caller has talked with."""
    return [str(entry.detail["target"]) for entry in report.entries if entry.text == "connected"]


# --- the recogniser ---------------------------------------------------------------------------------------------------


class Dying(ScriptedRecogniser):
    """Understands one utterance; then its engine is gone."""

    heard = 0

    def finish(self) -> tuple[Alternative, ...]:
        self.heard += 1
        if self.heard > 1:
            raise RecogniserError("recogniser.failed", "Restart the service.")
        return super().finish()


class DyingOnes:
    """The port `Recognisers`."""

    def open(self, language: str) -> Dying:
        return Dying(language, reading, ["住民票はどこで取れますか"])

    def name(self, language: str) -> str:
        return "dying"


def test_a_recogniser_that_dies_in_mid_call_leaves_the_keys_and_what_was_heard(tmp_path: Path) -> None:
    """The first question is answered; after the second the caller is asked for keys, and key 0 reaches a person."""
    with open_house(replace(service(tmp_path), recognisers=DyingOnes())) as house:
        report = call(
            house,
            WaitForPrompt(0.4), Say("住民票はどこですか。"), Silence(2.0), Say("ごみの日は。"),
            WaitForPrompt(0.6), Press("0"), Silence(20),
        )  # fmt: skip
        heard = house.of(report.call_sid, Heard)
        assert [event.alternatives[0].text for event in heard] == ["住民票はどこで取れますか"]
        assert house.of(report.call_sid, PartFailed) == [PartFailed("recogniser", "recogniser.failed")]
        assert any("番号で" in text for text in house.texts(report.call_sid))
        assert reached(report) == [DESK]
        assert (report.violations, report.status) == ((), "completed")


def test_where_no_model_is_installed_callers_are_asked_for_keys_at_once(tmp_path: Path) -> None:
    """The real choice of engines, on an empty folder of models."""
    empty = Settings(_env_file=None, data=tmp_path / "nothing", recognisers={"ja": "vosk-model-ja-0.22"})  # type: ignore[call-arg]
    made = replace(service(tmp_path), recognisers=bootstrap.recognisers(empty, reading))
    with open_house(made) as house:
        assert house.health().json()["recognisers"] == {"ja": ""}
        report = call(house, WaitForPrompt(0.4), WaitForPrompt(0.6), Press("0"), Silence(20))
        (failed,) = house.of(report.call_sid, PartFailed)
        assert (failed.part, failed.code) == ("recogniser", "recogniser.no_engine")
        assert reached(report) == [DESK]


# --- the voice --------------------------------------------------------------------------------------------------------


def voices(tmp_path: Path, *engines: Engine) -> Voices:
    """The chain of voices, with nothing rendered yet."""
    return Voices(Recordings(tmp_path / "prompts"), engines, SoundCache(tmp_path / "cache"))


class Hoarse:
    """A voice that says some prompts and then none."""

    identity = "hoarse"

    def __init__(self, prompts: int) -> None:
        self._left = prompts
        self._voice = LowVoice()

    def speaks(self, language: str) -> bool:
        return language == "ja"

    def wording(self, prompt: Prompt) -> str:
        return prompt.text

    def render(self, prompt: Prompt) -> bytes:
        if not self._left:
            raise VoiceError("voice.broken", "Mend it.")
        self._left -= 1
        return self._voice(prompt.text)


@pytest.mark.parametrize("prompts", [0, 2])
def test_when_all_voices_fail_the_carrier_speaks_and_a_person_takes_the_call(tmp_path: Path, prompts: int) -> None:
    """From the first word on, or in mid-call; behind the broken voice stands a pyttsx3 whose worker ends at once."""
    last = Pyttsx3Voice(spoken, reading, worker=("false",))
    made = replace(service(tmp_path), voices=voices(tmp_path, Hoarse(prompts), last))
    with open_house(made) as house:
        report = call(house, WaitForPrompt(0.4, 4), Press("*"), Silence(20))
        failed = [event.part for event in house.of(report.call_sid, PartFailed)]
        assert failed == ["voice"]
        assert [entry for entry in report.entries if entry.kind == "verb" and entry.text.startswith("<Say>")]
        assert reached(report) == [DESK]
        assert bool([entry for entry in report.entries if entry.kind == "bot"]) == bool(prompts)
        assert house.health().json()["voice_failures"] >= 2


def test_when_the_first_voice_fails_the_second_goes_on(tmp_path: Path) -> None:
    """Nobody has to be connected; the record names no failure, because nobody missed anything."""
    made = replace(service(tmp_path), voices=voices(tmp_path, Hoarse(1), Steady()))
    with open_house(made) as house:
        media = house.media("CA1", house.token())
        until(lambda: len(house.texts("CA1")) == 2)
        media.key("9")
        until(lambda: len(house.texts("CA1")) == 3)
        before = len(media.events("media"))
        until(lambda: len(media.events("media")) > before + 10)
        media.stop()
        assert house.of("CA1", PartFailed) == []


class Steady(Hoarse):
    """Never fails."""

    identity = "steady"

    def __init__(self) -> None:
        super().__init__(1000)


# --- the disk of the recordings ---------------------------------------------------------------------------------------


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Once set, no recording can grow."""
    full, write = threading.Event(), sound._write_whole

    def write_whole(file: Any, data: Sequence[int]) -> None:
        if full.is_set():
            raise OSError(errno.ENOSPC, "full")
        write(file, data)  # type: ignore[arg-type]

    monkeypatch.setattr(sound, "_write_whole", write_whole)
    yield full
    full.clear()


def test_a_disk_that_is_full_in_mid_call_costs_the_recording_and_the_record_says_so(
    house: House, full_disk: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    """The caller hears nothing of it; what was kept until then can be played."""
    media = house.media("CA1", house.token())
    until(lambda: house.of("CA1", CallStarted))
    full_disk.set()
    until(lambda: house.of("CA1", PartFailed))
    assert house.of("CA1", PartFailed) == [PartFailed("recorder", "recorder.disk_full")]
    before = len(house.texts("CA1"))
    media.key("*")
    until(lambda: len(house.texts("CA1")) > before)
    media.key("0")
    assert media.wait_closed(20) == 1000
    assert numbers_of(house.twiml("after-stream")) == [DESK]
    told = [record for record in caplog.records if record.getMessage() == "the sound of a call is not kept"]
    assert [record.code for record in told] == ["recorder.disk_full"]  # type: ignore[attr-defined]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full to play the full disk")
def test_a_disk_that_is_full_before_the_call_is_told_after_its_beginning(house: House) -> None:
    """The first event of a record is that the call has started."""
    token = house.token()
    folder = house.service.settings.calls
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{house.service.store.find('CA1')}.wav").symlink_to("/dev/full")
    media = house.media("CA1", token)
    until(lambda: house.of("CA1", PartFailed))
    kinds = [type(item).__name__ for item in house.items("CA1")]
    assert kinds[0] == "CallStarted"
    assert house.of("CA1", PartFailed) == [PartFailed("recorder", "recorder.disk_full")]
    media.stop()
    until(lambda: house.of("CA1", CallEnded))


def test_the_record_names_who_listened_and_who_spoke(house: House) -> None:
    """As `voicebot show` prints it."""
    house.token()
    (row,) = house.service.store.calls()
    assert row.recogniser == "scripted"
    assert row.voice.startswith("openjtalk/")
    assert ROOT.name not in row.voice
