"""The caller's sound in the pieces in which it is judged."""

from dataclasses import dataclass

from voicebot.audio.mulaw import decode
from voicebot.ports import VoiceActivity

RATE = 8000
"""Samples a second on the telephone line."""
_BYTES = 2


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the caller's sound, judged."""

    pcm: bytes
    """16-bit mono at 8 kHz."""
    seconds: float
    probability: float
    """How likely it is speech."""


class Windows:
    """Cuts the line's sound into the windows that voice activity takes, and judges each."""

    def __init__(self, activity: VoiceActivity) -> None:
        self._activity = activity
        self._size = activity.window * _BYTES
        self._rest = b""

    def push(self, mulaw: bytes) -> list[Window]:
        """The windows that are complete now."""
        pcm = self._rest + decode(mulaw)
        cut = len(pcm) - len(pcm) % self._size
        self._rest = pcm[cut:]
        pieces = [pcm[at : at + self._size] for at in range(0, cut, self._size)]
        seconds = self._activity.window / RATE
        return [Window(piece, seconds, self._activity.probability(piece)) for piece in pieces]
