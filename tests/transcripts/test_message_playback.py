"""Callers hear their own message again; everything else is said by the voice."""

from pathlib import Path

import pytest

from voicebot.actions import Prompt
from voicebot.errors import VoiceError
from voicebot.transcripts.message_playback import MessagePlayback
from voicebot.transcripts.sound import MessageSound


class Silent:
    """A voice of one sound."""

    def render(self, prompt: Prompt) -> bytes:
        """Always the same."""
        return b"said"


def test_a_message_sounds_as_it_was_left(tmp_path: Path) -> None:
    """mu-law in, mu-law out."""
    left = bytes(range(0, 256, 2)) * 40
    sound = MessageSound(tmp_path, "call")
    sound.write(left)
    heard = MessagePlayback(Silent(), tmp_path).render(Prompt("", message=sound.close()))
    assert len(heard) == len(left)
    assert sum(one != other for one, other in zip(heard, left, strict=True)) < len(left) / 50


def test_everything_else_is_said(tmp_path: Path) -> None:
    """By the voice behind it."""
    assert MessagePlayback(Silent(), tmp_path).render(Prompt("はい")) == b"said"


@pytest.mark.parametrize("name", ["gone.wav", "../outside.wav", "empty.wav"])
def test_what_cannot_be_played_is_a_voice_that_fails(tmp_path: Path, name: str) -> None:
    """Gone, outside of the folder, no sound: the carrier takes over."""
    (tmp_path / "calls").mkdir()
    (tmp_path / "outside.wav").write_bytes(b"RIFF")
    (tmp_path / "calls" / "empty.wav").write_bytes(b"")
    with pytest.raises(VoiceError):
        MessagePlayback(Silent(), tmp_path / "calls").render(Prompt("", message=name))
