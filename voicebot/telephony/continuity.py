"""Keeps the caller's sound in time: fills what was lost with silence, drops what came twice.

The caller's sound is the clock of the recording and of the silences between words, so its length must follow the
carrier's numbering. A lost piece shows as a jump of `chunk` or only of `timestamp`: Twilio numbers the messages
that it sends, and sends none for sound that never reached it. Real streams count timestamps in steps of the sound's
length from an arbitrary offset, therefore only the distance from the first piece counts.
This module must not know sockets or the JSON of the messages.
"""

from dataclasses import dataclass

from voicebot.telephony.twilio import Media

SILENCE = b"\xff"
"""One sample of silence in mu-law (ITU-T G.711: positive zero)."""
BYTES_PER_MS = 8
LONGEST_FILL_MS = 1000
FRAME_MS = 20
"""Timestamps that are less than one of Twilio's frames late are jitter, not loss."""
NEWEST_OLD_CHUNKS = LONGEST_FILL_MS // FRAME_MS


@dataclass(slots=True)
class Continuity:
    """The state of one stream's numbering, and what went wrong in it so far."""

    gaps: int = 0
    """How often sound was missing."""
    filled_ms: float = 0.0
    """Silence that was put in its place; at most a second a gap."""
    repeated: int = 0
    """Pieces that were dropped because they came twice or too late."""
    _chunk: int | None = None
    _clock_ms: float = 0.0
    """The timestamp that the next piece has if nothing is lost."""

    def place(self, piece: Media) -> bytes:
        """The piece with the silence that belongs before it; empty when it must be dropped."""
        if self._chunk is None or self._chunk - piece.chunk >= NEWEST_OLD_CHUNKS:
            # The first piece, or one too old for a repetition: the carrier counts anew. Dropping what follows would
            # make us deaf for the rest of the call.
            self._follow(piece, piece.timestamp_ms)
            return piece.mulaw
        if piece.chunk <= self._chunk:
            self.repeated += 1
            return b""
        late_ms = piece.timestamp_ms - self._clock_ms
        silence = self._silence_for(piece.chunk - self._chunk - 1, late_ms, len(piece.mulaw))
        jitter = -LONGEST_FILL_MS <= late_ms < FRAME_MS
        self._follow(piece, self._clock_ms if jitter else piece.timestamp_ms)
        return silence + piece.mulaw

    def _silence_for(self, lost_chunks: int, late_ms: float, size: int) -> bytes:
        if not lost_chunks and late_ms < FRAME_MS:
            return b""
        self.gaps += 1
        fill_ms = min(max(lost_chunks * size / BYTES_PER_MS, late_ms), LONGEST_FILL_MS)
        self.filled_ms += fill_ms
        return SILENCE * round(fill_ms * BYTES_PER_MS)

    def _follow(self, piece: Media, at_ms: float) -> None:
        self._chunk = piece.chunk
        self._clock_ms = at_ms + len(piece.mulaw) / BYTES_PER_MS
