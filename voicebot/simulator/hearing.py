"""Sound on the simulated line: mu-law at 8 kHz in frames of 20 ms, and when somebody is speaking in it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voicebot.audio import mulaw

BYTES_PER_SECOND = 8000
FRAME_BYTES = 160
FRAME_SECONDS = 0.02
SILENCE = b"\xff" * FRAME_BYTES
"""20 ms of silence: 0xFF is the positive zero of G.711 mu-law."""

_LEVELS = bytes(
    min(255, abs(int(sample)) >> 4) for sample in np.frombuffer(mulaw.decode(bytes(range(256))), dtype="<i2")
)
# Mean amplitude of 160 of 32,768 (-46 dB): above line noise, below any speech that a telephone carries.
_VOICED_LEVEL = 10


def is_voiced(frame: bytes) -> bool:
    """Whether somebody can be heard in this piece of mu-law."""
    return sum(frame.translate(_LEVELS)) > _VOICED_LEVEL * len(frame)


def frames_of(sound: bytes) -> Iterator[bytes]:
    """The sound in frames of 20 ms; the last one is filled up with silence."""
    for start in range(0, len(sound), FRAME_BYTES):
        yield sound[start : start + FRAME_BYTES].ljust(FRAME_BYTES, b"\xff")


def silence(seconds: float) -> bytes:
    """Silence in mu-law."""
    return b"\xff" * round(seconds * BYTES_PER_SECOND)


def tone(hertz: float, seconds: float, level: float = 0.1) -> bytes:
    """A sine in mu-law; `level` is the amplitude as a part of full scale."""
    times = np.arange(round(seconds * BYTES_PER_SECOND)) / BYTES_PER_SECOND
    samples = np.sin(2 * np.pi * hertz * times) * level * 32767
    return mulaw.encode(samples.astype("<i2").tobytes())


@dataclass(frozen=True, slots=True)
class Span:
    """Somebody spoke from `start` to `end`, seconds from the start of the call."""

    start: float
    end: float


class SpeechSpans:
    """Finds stretches of speech in frames of 20 ms.

    Args:
        pause_seconds: Silence that is still part of one stretch.
    """

    def __init__(self, pause_seconds: float = 0.4) -> None:
        self._pause_seconds = pause_seconds
        self._start: float | None = None
        self._end = 0.0

    def note(self, at: float, voiced: bool) -> Span | None:
        """The next frame begins `at` this second; gives a stretch of speech when it has ended."""
        ended = self.finish() if at - self._end > self._pause_seconds else None
        if voiced:
            self._start = at if self._start is None else self._start
            self._end = at + FRAME_SECONDS
        return ended

    def finish(self) -> Span | None:
        """The stretch that is still open, if any."""
        span = None if self._start is None else Span(self._start, self._end)
        self._start = None
        return span
