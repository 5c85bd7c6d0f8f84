"""What has been spoken and heard once is kept; another voice, ear or grammar begins anew."""

from pathlib import Path

import pytest

from voicebot.actions import Grammar
from voicebot.errors import RecogniserError
from voicebot.events import Alternative
from voicebot.simulator.overhearing import Overheard
from voicebot.simulator.spoken_questions import TRIES, SpokenQuestions

OPEN = Grammar("ja", "open", ("住民票",))
HEARD = Overheard((Alternative("重民票", "ジューミンヒョー", 0.8),), 1)


class Ear:
    """Counts; fails as often as it is told."""

    def __init__(self, failures: int = 0, code: str = "recogniser.timeout") -> None:
        self.sounds: list[bytes] = []
        self.failures = failures
        self.code = code

    def hear(self, mulaw: bytes, grammar: Grammar) -> Overheard:
        """The same words each time."""
        self.sounds.append(mulaw)
        if len(self.sounds) <= self.failures:
            raise RecogniserError(self.code, "Try again.")
        return HEARD


class Voice:
    """The words as bytes; counts."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, text: str) -> bytes:
        """The sound."""
        self.said.append(text)
        return text.encode()


def questions(
    folder: Path, voice: Voice, ear: Ear, name: str = "v", ears: str = "e", *, fresh: bool = False
) -> SpokenQuestions:
    """With no real waiting."""
    return SpokenQuestions(folder, voice, name, ear, ears, fresh=fresh, wait=lambda seconds: None)  # type: ignore[arg-type]


def test_a_question_is_spoken_and_heard_once(tmp_path: Path) -> None:
    """Also by another command later."""
    voice, ear = Voice(), Ear()
    for _ in range(2):
        assert questions(tmp_path, voice, ear).hear("住民票", OPEN) == HEARD
    assert (voice.said, len(ear.sounds)) == (["住民票"], 1)
    assert list(tmp_path.rglob("*.part")) == []


def test_another_grammar_ear_or_wish_hears_again_and_another_voice_speaks_again(tmp_path: Path) -> None:
    """Nothing is mixed up."""
    voice, ear = Voice(), Ear()
    questions(tmp_path, voice, ear).hear("住民票", OPEN)
    questions(tmp_path, voice, ear).hear("住民票", Grammar("ja", "yes_no"))
    questions(tmp_path, voice, ear, ears="other").hear("住民票", OPEN)
    questions(tmp_path, voice, ear, fresh=True).hear("住民票", OPEN)
    assert (voice.said, len(ear.sounds)) == (["住民票"], 4)
    questions(tmp_path, voice, ear, name="other").hear("住民票", OPEN)
    assert voice.said == ["住民票", "住民票"]


def test_a_busy_machine_is_given_time(tmp_path: Path) -> None:
    """But not for ever."""
    ear = Ear(failures=TRIES - 1)
    assert questions(tmp_path, Voice(), ear).hear("住民票", OPEN) == HEARD
    assert len(ear.sounds) == TRIES
    with pytest.raises(RecogniserError):
        questions(tmp_path, Voice(), Ear(failures=TRIES)).hear("ごみ", OPEN)


def test_a_broken_recogniser_is_not_tried_again(tmp_path: Path) -> None:
    """Only slowness passes."""
    ear = Ear(failures=1, code="recogniser.failed")
    with pytest.raises(RecogniserError):
        questions(tmp_path, Voice(), ear).hear("住民票", OPEN)
    assert len(ear.sounds) == 1
