"""The sound of a call, also given to whoever listens in while it lasts. Costs nothing while nobody does."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from voicebot.audio.mulaw import decode
from voicebot.ports import CallRecorder

MOST_WAITING = 100
"""Pieces of sound (20 ms each) that wait for a slow listener; then the oldest are dropped, never the call held up."""

Listener = asyncio.Queue[bytes | None]
"""Pieces of 16-bit mono sound at 8 kHz, caller and bot mixed; None when the stream is over."""


class Taps:
    """Who listens to which call. Used from the event loop only."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}
        self._open: set[str] = set()

    def recorder(self, call_id: str, recorder: CallRecorder | None) -> "TappedRecorder":
        """The recorder of a call, with a tap in front of it."""
        return TappedRecorder(call_id, recorder, self)

    @contextmanager
    def listen(self, call_id: str) -> Iterator[Listener]:
        """Listen until the end of the block; a call that is not on the line is over at once."""
        listener: Listener = asyncio.Queue(MOST_WAITING)
        self._listeners.setdefault(call_id, set()).add(listener)
        if call_id not in self._open:
            listener.put_nowait(None)
        try:
            yield listener
        finally:
            self._listeners[call_id].discard(listener)
            if not self._listeners[call_id]:
                del self._listeners[call_id]

    def listening(self, call_id: str) -> bool:
        """Whether anybody does."""
        return call_id in self._listeners

    def began(self, call_id: str) -> None:
        """Sound flows."""
        self._open.add(call_id)

    def give(self, call_id: str, pcm: bytes) -> None:
        """A piece of sound."""
        for listener in self._listeners.get(call_id, ()):
            _put(listener, pcm)

    def ended(self, call_id: str) -> None:
        """No more sound on this stream."""
        self._open.discard(call_id)
        for listener in self._listeners.get(call_id, ()):
            _put(listener, None)


class TappedRecorder:
    """Satisfies `ports.CallRecorder`: passes everything on, and mixes it for those who listen.

    As in the recording, the caller's sound is the clock; the bot's is laid beside it as the carrier plays it.

    Args:
        call_id: The call.
        recorder: Where the sound is kept; None when calls are not recorded.
        taps: Who listens.
    """

    def __init__(self, call_id: str, recorder: CallRecorder | None, taps: Taps) -> None:
        self._call_id = call_id
        self._recorder = recorder
        self._taps = taps
        self._queued = bytearray()
        taps.began(call_id)

    def heard(self, mulaw: bytes) -> None:
        """The caller's sound."""
        if self._recorder:
            self._recorder.heard(mulaw)
        played = bytes(self._queued[: len(mulaw)])
        del self._queued[: len(mulaw)]
        if self._taps.listening(self._call_id):
            self._taps.give(self._call_id, mixed(decode(mulaw), decode(played)))

    def said(self, mulaw: bytes) -> None:
        """Sound queued at the carrier."""
        if self._recorder:
            self._recorder.said(mulaw)
        self._queued += mulaw

    def cleared(self) -> None:
        """What was queued and not yet played was dropped."""
        if self._recorder:
            self._recorder.cleared()
        self._queued.clear()

    def discard(self) -> None:
        """The caller refuses to be recorded: nothing is kept. Listening in keeps nothing, so it goes on."""
        if self._recorder:
            self._recorder.discard()

    def close(self) -> None:
        """The stream is over."""
        if self._recorder:
            self._recorder.close()
        self._taps.ended(self._call_id)


def mixed(one: bytes, other: bytes) -> bytes:
    """Two pieces of 16-bit sound in one, as long as the first; what would be too loud is cut."""
    sum_ = np.frombuffer(one, "<i2").astype(np.int32)
    second = np.frombuffer(other, "<i2")[: len(sum_)]
    sum_[: len(second)] += second
    return np.clip(sum_, -32768, 32767).astype("<i2").tobytes()


def _put(listener: Listener, piece: bytes | None) -> None:
    if listener.full():
        listener.get_nowait()
    listener.put_nowait(piece)
