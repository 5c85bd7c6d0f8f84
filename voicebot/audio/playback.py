"""The clock of playback: how much to send ahead, and how much of what was sent has been heard.

A carrier takes sound as fast as it is sent and plays it at its own pace. Whoever treats "sent" as "spoken" is deaf or
talks over the caller for as long as the buffer lasts; whoever sends too little too late stutters. Both models here are
plain arithmetic on a time that is given to them, in seconds of any clock that never goes back. Time on the wire is not
part of them: the caller hears everything later by the line's own delay.
"""

import math

from voicebot.audio.mulaw import BYTES_PER_SECOND

_TOLERANCE = 0.01
"""Bytes; absorbs the rounding of times as floats, so that a wake-up on the dot is not a hair too early."""


class _Buffer:
    """Bytes that drain at the telephone's pace from the moment the first of them came."""

    def __init__(self) -> None:
        self.total = 0
        self._since = -math.inf

    def add(self, count: int, now: float) -> None:
        if self.left(now) <= 0:
            self.total = 0
            self._since = now
        self.total += count

    def drained(self, now: float) -> float:
        """Bytes that have left the buffer."""
        return min(float(self.total), max(0.0, (now - self._since) * BYTES_PER_SECOND))

    def left(self, now: float) -> float:
        """Bytes still in the buffer."""
        return self.total - self.drained(now)

    def when_left(self, count: float) -> float:
        """The moment at which no more than `count` bytes are left."""
        return self._since + (self.total - count) / BYTES_PER_SECOND


class Pacer:
    """Says how much sound to send, and when to come back, so that a fixed lead is queued at the carrier.

    Times are reckoned from the first byte of a run, never from the last wake-up: a late wake-up sends more and does not
    delay those after it. When the carrier has run dry, the next sound begins a new run.

    Args:
        lead_seconds: Never more than this is sent ahead of playback.
        chunk_seconds: Sound is sent in whole pieces of this length, except for the rest of what waits.
    """

    def __init__(self, lead_seconds: float = 0.4, chunk_seconds: float = 0.05) -> None:
        if not 0 < chunk_seconds <= lead_seconds:
            raise ValueError("A chunk must be longer than 0 s and no longer than the lead.")
        self._lead = lead_seconds * BYTES_PER_SECOND
        self._chunk = max(1, round(chunk_seconds * BYTES_PER_SECOND))
        self._buffer = _Buffer()

    def start(self, now: float) -> None:
        """Nothing is queued at the carrier: at the beginning, and after it was told to drop everything."""
        self._buffer = _Buffer()
        self._buffer.add(0, now)

    def take(self, now: float, waiting: int) -> int:
        """How many of the `waiting` bytes to send now; they count as sent. 0 means: wait until `wake_at`."""
        room = self._lead - self._buffer.left(now) + _TOLERANCE
        if room < self._chunk:
            return 0
        count = waiting if waiting <= room else int(room) // self._chunk * self._chunk
        if count:
            self._buffer.add(count, now)
        return count

    def wake_at(self, now: float) -> float:
        """The moment, not before `now`, from which the next chunk may be sent."""
        return max(now, self._buffer.when_left(self._lead - self._chunk))


class Playback:
    """What the carrier's play buffer holds: the model by which the bot knows whether it can be heard.

    Args of all methods: `now` in seconds, never less than before.
    """

    def __init__(self) -> None:
        self._buffer = _Buffer()

    def queue(self, mulaw: bytes, now: float) -> None:
        """The carrier was given this sound; it is played after what is queued, or at once after an idle time."""
        if mulaw:
            self._buffer.add(len(mulaw), now)

    def clear(self, now: float) -> int:
        """The carrier was told to drop what it has not played; returns how many bytes nobody will hear."""
        unplayed = self._buffer.total - int(self._buffer.drained(now) + _TOLERANCE)
        self._buffer = _Buffer()
        return unplayed

    def played(self, now: float) -> float:
        """Seconds of sound that were really played of what was queued since the last `clear` or idle time."""
        return self._buffer.drained(now) / BYTES_PER_SECOND

    def remaining(self, now: float) -> float:
        """Seconds of sound that are queued and not played yet."""
        return self._buffer.left(now) / BYTES_PER_SECOND

    def audible(self, now: float) -> bool:
        """Whether the caller hears the bot at this moment."""
        return self._buffer.left(now) > 0
