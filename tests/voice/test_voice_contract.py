"""Every voice keeps the same promise: mu-law that can be heard, or `VoiceError`."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.language.written import spoken
from voicebot.voice import sound
from voicebot.voice.cache import SoundCache
from voicebot.voice.chain import Voices
from voicebot.voice.espeak import Pyttsx3Voice
from voicebot.voice.kokoro import KokoroVoice
from voicebot.voice.openjtalk import OpenJTalkVoice
from voicebot.voice.reading import reading
from voicebot.voice.recordings import Recordings

SHORT = "市民課です。"
LONG = "住民票の写しは、市民課の窓口でお渡しします。"
SYNTHESISERS = ["openjtalk", "pyttsx3", "chain", pytest.param("kokoro", marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def kokoro() -> KokoroVoice:
    """The natural voice, loaded once."""
    return KokoroVoice(spoken)


@pytest.fixture
def voice(request, openjtalk, kokoro, tmp_path: Path, record):
    """The voice that the test is run for."""
    match request.param:
        case "openjtalk":
            return openjtalk
        case "kokoro":
            return kokoro
        case "pyttsx3":
            return Pyttsx3Voice(spoken, reading, seconds=60)
        case "recordings":
            for name in ("受付.wav", "受付.slow.wav"):
                record(tmp_path / name)
            return Recordings(tmp_path)
        case "chain":
            return Voices(Recordings(tmp_path), [openjtalk], SoundCache(tmp_path / "cache")).for_call()


every_voice = pytest.mark.parametrize("voice", [*SYNTHESISERS, "recordings"], indirect=True)
every_synthesiser = pytest.mark.parametrize("voice", SYNTHESISERS, indirect=True)


@every_voice
def test_a_prompt_can_be_heard_well(voice, listen: Callable[[bytes], sound.Samples]) -> None:
    """Sound of a plausible length, at the house's level, not clipped, that begins within 150 ms."""
    heard = listen(voice.render(Prompt(SHORT, name="受付")))
    assert 0.4 < len(heard) / 8000 < 3
    assert sound.speech_level(heard, 8000) == pytest.approx(sound.SPEECH_LEVEL, rel=0.15)
    assert 0.12 < np.abs(heard).max() < 0.95
    assert np.flatnonzero(np.abs(heard) > 0.02)[0] < 0.15 * 8000


@every_voice
def test_the_sound_ends_with_a_short_silence(voice, listen) -> None:
    """The next prompt does not run into this one, and nobody waits for long."""
    heard = listen(voice.render(Prompt(SHORT, name="受付")))
    silence = (len(heard) - np.flatnonzero(np.abs(heard) > 0.01)[-1]) / 8000
    assert 0.1 < silence < 0.3


@every_synthesiser
def test_slow_is_slower(voice: OpenJTalkVoice) -> None:
    """In the slow mode the same words take clearly longer."""
    assert len(voice.render(Prompt(LONG, slow=True))) > 1.12 * len(voice.render(Prompt(LONG)))


@every_synthesiser
def test_the_same_prompt_sounds_the_same(voice: OpenJTalkVoice) -> None:
    """Else the cache would change what a caller hears (eSpeak's noise differs by some samples)."""
    assert len(voice.render(Prompt(SHORT))) == pytest.approx(len(voice.render(Prompt(SHORT))), rel=0.01)


@every_synthesiser
@pytest.mark.parametrize("text", ["", " ", "。", "……！？", "\n\n"])
def test_no_words_give_no_sound(voice: OpenJTalkVoice, text: str) -> None:
    """Nothing to say is not a failure."""
    assert voice.render(Prompt(text)) == b""


@pytest.mark.parametrize("voice", ["openjtalk", "pyttsx3", "recordings"], indirect=True)
@pytest.mark.parametrize(
    "text", ["𠮷野家", "🚒", "a" * 40, "あ\x00い", "\ud800", "ｶﾞﾊﾟ", "々々", "ﷺ", "１２３４５６７" * 2]
)
def test_odd_text_is_said_or_refused(voice: OpenJTalkVoice, text: str) -> None:
    """Whatever an officer pastes, the call goes on."""
    try:
        sound_or_nothing = voice.render(Prompt(text))
    except VoiceError:
        return
    assert isinstance(sound_or_nothing, bytes)


@every_voice
def test_an_unknown_language_is_refused(voice: OpenJTalkVoice) -> None:
    """A language that nobody speaks is a `VoiceError`, so that the call can go to a person."""
    with pytest.raises(VoiceError):
        voice.render(Prompt("nuqneH", language="xx"))
