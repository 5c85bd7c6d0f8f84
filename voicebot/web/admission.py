"""How many calls at once: decided when the telephone rings, so that a call that is taken is also served."""

from datetime import datetime, timedelta

UNHEARD_OF = timedelta(seconds=60)
"""A call that was admitted and whose sound never came frees its place after this."""


class Admission:
    """Counts the calls that are being served. Used from the event loop only.

    Args:
        limit: Calls at once.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: dict[str, datetime] = {}
        self._talking: set[str] = set()

    def admit(self, call_id: str, now: datetime) -> bool:
        """Whether this call may be served; a call that is known already always may."""
        self._waiting = {known: at for known, at in self._waiting.items() if now - at < UNHEARD_OF}
        if call_id in self._talking:
            return True
        if call_id not in self._waiting and self.count >= self._limit:
            return False
        self._waiting[call_id] = now
        return True

    def talking(self, call_id: str) -> None:
        """Its sound has come. Who comes back from a transfer is served, even if that makes one too many."""
        self._waiting.pop(call_id, None)
        self._talking.add(call_id)

    def gone(self, call_id: str) -> None:
        """It needs no place any more."""
        self._waiting.pop(call_id, None)
        self._talking.discard(call_id)

    @property
    def count(self) -> int:
        """Calls that hold a place."""
        return len(self._waiting) + len(self._talking)
