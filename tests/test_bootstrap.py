"""Choosing the parts: every combination gives a service, and what is missing is said."""

from dataclasses import replace
from pathlib import Path

import pytest
from house import settings

from voicebot import bootstrap
from voicebot.actions import Prompt
from voicebot.call.watched import WatchedTranscript
from voicebot.errors import ContentError, LibraryError, RecogniserError, TranscriptError
from voicebot.events import DigitPressed
from voicebot.telephony.line import TwilioLine
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.sound import CallSound
from voicebot.voice.kokoro import KokoroVoice
from voicebot.voice.mixed import MixedVoice
from voicebot.voice.openjtalk import OpenJTalkVoice

pytestmark = pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning")


class NoSocket:
    """Nobody is connected."""

    async def receive(self) -> str:
        raise AssertionError

    async def send(self, text: str) -> None:
        raise AssertionError

    async def close(self, code: int, reason: str) -> None:
        raise AssertionError


def test_a_service_is_made_of_the_citys_folder(tmp_path: Path) -> None:
    """Progress is told; nothing is loaded that is not needed yet."""
    told: list[str] = []
    service = bootstrap.service(settings(tmp_path), told.append)
    assert told
    assert service.content.city.profile.name == "みじか市"
    assert service.store.healthy
    assert not (tmp_path / "data" / "models").exists()
    assert service.now().tzinfo == service.content.city.profile.zone
    service.close()
    with pytest.raises(TranscriptError):
        service.store.begin_call(NewCall("CA1", None, "", "ja"), service.now())


def test_what_one_call_is_given(tmp_path: Path) -> None:
    """Its own transcript, recording, voice and voice activity; shared pools; the time that is pretended."""
    service = bootstrap.service(settings(tmp_path, max_call_seconds=120))
    told: list[object] = []
    moment = service.now().replace(hour=3)
    service = replace(service, watcher=lambda *record: told.append(record), office_time=lambda: moment)
    call_id = service.store.begin_call(NewCall("CA1", None, "", "ja"), service.now())
    line = TwilioLine(NoSocket(), "MZ1")
    one, other = service.parts(line, call_id, recorded=True), service.parts(line, call_id, recorded=False)
    assert isinstance(one.recorder, CallSound)
    assert other.recorder is None
    assert isinstance(one.transcript, WatchedTranscript)
    assert one.activity is not other.activity
    assert one.voice is not other.voice
    assert one.pools is other.pools
    assert (one.now(), one.duty, one.most_seconds) == (moment, "守衛室", 120)
    one.transcript.append(1.0, DigitPressed("1"))
    assert told == [(call_id, 1.0, DigitPressed("1"))]
    one.recorder.close()
    service.close()


@pytest.mark.parametrize(
    ("chosen", "first"), [("openjtalk", OpenJTalkVoice), ("kokoro", KokoroVoice), ("pyttsx3", None)]
)
def test_the_chosen_voice_comes_first_and_pyttsx3_is_always_behind_it(
    tmp_path: Path, chosen: str, first: type | None
) -> None:
    """A voice that breaks has somebody to take over."""
    engines = bootstrap.voices(settings(tmp_path, japanese_voice=chosen), bootstrap.reader()).engines("ja")
    assert type(engines[-1]).__name__ == "Pyttsx3Voice"
    if first is not None:
        assert isinstance(engines[0], MixedVoice)
        assert isinstance(engines[0].main, first)
        assert len(engines) >= 2


def test_the_bot_and_the_residents_do_not_speak_with_one_voice(tmp_path: Path) -> None:
    """Who listens to a simulated call can tell them apart."""
    resident = bootstrap.resident_voice(tmp_path / "models")("はい。")
    bot = bootstrap.voices(settings(tmp_path), bootstrap.reader()).for_call().render(Prompt("はい。"))
    assert len(resident) > 1000
    assert resident != bot


def test_without_models_nothing_can_be_heard_and_the_message_says_what_to_install(tmp_path: Path) -> None:
    """The service itself starts all the same."""
    service = bootstrap.service(settings(tmp_path))
    with pytest.raises(RecogniserError, match="voicebot models"):
        service.recognisers.open("ja")
    service.close()


def test_faulty_content_is_refused_before_anything_is_opened(tmp_path: Path) -> None:
    """No store is made, no thread is left."""
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ContentError):
        bootstrap.service(settings(tmp_path, city=empty))
    assert not (tmp_path / "data").exists()


def test_a_store_that_cannot_be_opened_is_told_with_its_cure(tmp_path: Path) -> None:
    """The folder of the data is a file."""
    (tmp_path / "data").write_text("no folder")
    with pytest.raises(LibraryError, match="VOICEBOT_DATA"):
        bootstrap.service(settings(tmp_path))


def test_the_pools_are_as_wide_as_the_settings_say(tmp_path: Path) -> None:
    """Recognition gets no more threads than it was given."""
    pools = bootstrap.pools(settings(tmp_path, decode_threads=3))
    assert pools.decode._max_workers == 3  # type: ignore[attr-defined]
    assert len({id(pool) for pool in (pools.decode, pools.render, pools.ask)}) == 3
