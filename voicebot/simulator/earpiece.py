"""What the caller hears of a media stream: the carrier's buffer, played at 8,000 bytes a second.

From Twilio's page on media stream messages: sound is buffered and played in the order received; a mark comes back when
the sound before it has been played, at once when nothing is buffered; a clear drops what has not been played, and the
marks that were waiting come back. Pure: the caller of `begin` and `finish` is the clock.
"""

from collections import deque

from voicebot.simulator.hearing import BYTES_PER_SECOND


class Playback:
    """The buffer of one stream. A frame is taken with `begin` and has been heard at `finish`."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._marks: deque[tuple[int, str]] = deque()
        self._begun = 0
        self._heard = 0

    @property
    def buffered_seconds(self) -> float:
        """Sound that has not begun to be played."""
        return len(self._buffer) / BYTES_PER_SECOND

    def queue(self, sound: bytes) -> None:
        """Play this after everything else."""
        self._buffer += sound

    def mark(self, name: str) -> tuple[str, ...]:
        """Ask for the mark back; gives it at once when nothing is being played."""
        end = self._begun + len(self._buffer)
        if end == self._heard:
            return (name,)
        self._marks.append((end, name))
        return ()

    def clear(self) -> tuple[str, ...]:
        """Drop what is not yet playing; gives all marks that were waiting, in order."""
        self._buffer.clear()
        marks = tuple(name for _, name in self._marks)
        self._marks.clear()
        return marks

    def begin(self, size: int) -> bytes:
        """The next `size` bytes that the caller hears, filled up with silence."""
        sound = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._begun += len(sound)
        return sound.ljust(size, b"\xff")

    def finish(self) -> tuple[str, ...]:
        """What was begun has been heard; gives the marks that were reached."""
        self._heard = self._begun
        reached = []
        while self._marks and self._marks[0][0] <= self._heard:
            reached.append(self._marks.popleft()[1])
        return tuple(reached)
