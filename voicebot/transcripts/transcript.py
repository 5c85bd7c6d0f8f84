"""The record of one call while it is being made: the port `Transcript`, by shape."""

import logging
import threading
from collections.abc import Callable
from weakref import WeakValueDictionary

from voicebot.errors import TranscriptError
from voicebot.events import PartFailed
from voicebot.transcripts.codec import Item, encode, kind_of
from voicebot.transcripts.writes import Append, Decide, KeepState, Write

_log = logging.getLogger(__name__)


class Transcripts:
    """The records that are being made: one object a call, for as long as anybody holds it.

    Args:
        next_seq: The number of a call's next entry.
        post: Takes a write; does not raise.
    """

    def __init__(self, next_seq: Callable[[str], int], post: Callable[[Write], None]) -> None:
        self._next_seq = next_seq
        self._post = post
        self._held: WeakValueDictionary[str, CallTranscript] = WeakValueDictionary()
        self._lock = threading.Lock()

    def of(self, call_id: str) -> "CallTranscript":
        """Where the record of this call goes on."""
        with self._lock:
            found = self._held.get(call_id)
            if found is None:
                found = self._held[call_id] = CallTranscript(call_id, self._next_seq(call_id), self._post)
            return found


class CallTranscript:
    """Numbers the entries of one call and queues them. Nothing here raises or waits for the disk.

    Args:
        call_id: The call.
        seq: The number of the next entry.
        post: Takes a write; does not raise.
    """

    def __init__(self, call_id: str, seq: int, post: Callable[[Write], None]) -> None:
        self._call_id = call_id
        self._seq = seq
        self._post = post
        self._lock = threading.Lock()

    def append(self, seconds: float, record: Item) -> None:
        """Store one event or action, `seconds` after the start of the call."""
        try:
            body = encode(record)
        except TranscriptError as error:
            # Worse than a gap is a gap that nobody sees.
            _log.error("a record could not be stored", extra={"call_id": self._call_id, "code": error.code})
            record = PartFailed("transcripts", error.code)
            body = encode(record)
        with self._lock:
            name = type(record).__name__
            self._post(Append(self._call_id, self._seq, float(seconds), kind_of(record), name, body))
            self._seq += 1

    def keep_state(self, state: str) -> None:
        """Store the conversation's state (JSON); the last one counts."""
        with self._lock:
            self._post(KeepState(self._call_id, self._seq, state))

    def decide(self, decision: str) -> None:
        """Store what the carrier must be told next (JSON); the last one counts."""
        with self._lock:
            self._post(Decide(self._call_id, self._seq, decision))
