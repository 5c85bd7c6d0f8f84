"""A voice that can also play callers' messages back; everything else it leaves to the voice behind it."""

from pathlib import Path
from typing import Protocol

from voicebot.actions import Prompt
from voicebot.audio import wav
from voicebot.errors import VoiceError


class Spoken(Protocol):
    """What says everything else."""

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz. Raises `VoiceError`."""


class MessagePlayback:
    """The port `Voice`, by its shape.

    Args:
        voice: Says what is no message.
        folder: Where messages are kept; nothing outside of it is played.
    """

    def __init__(self, voice: Spoken, folder: Path) -> None:
        self._voice = voice
        self._folder = folder

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz.

        Raises:
            VoiceError: the message cannot be read, or no voice can say the prompt.
        """
        if not prompt.message:
            return self._voice.render(prompt)
        try:
            return wav.telephone(wav.read((self._folder / Path(prompt.message).name).read_bytes()))
        except (OSError, ValueError) as error:
            raise VoiceError("voice.no_message", "The message cannot be played; look for its file.") from error
