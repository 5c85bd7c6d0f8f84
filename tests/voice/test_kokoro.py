"""The natural voice, for real."""

from pathlib import Path

import pytest

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.language.written import spoken
from voicebot.voice.kokoro import VOICES, KokoroVoice


def test_an_unknown_voice_is_refused_at_once() -> None:
    """With the names that there are."""
    with pytest.raises(VoiceError, match="jf_alpha") as caught:
        KokoroVoice(spoken, voice="nobody")
    assert caught.value.code == "voice.unknown"


def test_nothing_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    """Making the voice, and asking what it speaks, costs nothing."""
    voice = KokoroVoice(spoken, models=tmp_path)
    assert voice.speaks("ja")
    assert voice.wording(Prompt("1階です。")) == spoken("1階です。", "ja")
    assert voice.render(Prompt("。")) == b""
    assert not list(tmp_path.iterdir())


def test_other_languages_are_refused() -> None:
    """Its readings are Japanese."""
    with pytest.raises(VoiceError) as caught:
        KokoroVoice(spoken).render(Prompt("Hello.", language="en"))
    assert caught.value.code == "voice.no_language"


@pytest.mark.slow
def test_men_and_women_speak_differently() -> None:
    """The voice is part of the identity, and of the sound."""
    woman, man = KokoroVoice(spoken, voice="jf_alpha"), KokoroVoice(spoken, voice="jm_kumo")
    assert {"jf_alpha", "jm_kumo"} <= set(VOICES)
    assert woman.identity != man.identity
    assert woman.render(Prompt("はい。")) != man.render(Prompt("はい。"))
