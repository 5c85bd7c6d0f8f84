"""Whether the database can be written just now, and who is told when it cannot."""

import logging
import time
from collections.abc import Callable

from voicebot.errors import TranscriptError

_log = logging.getLogger(__name__)


class Outage:
    """Each outage is logged and told once, and so is a spool file that fails during it.

    Args:
        on_failure: Called with what is wrong, from the writing thread; what it raises is logged and forgotten.
    """

    def __init__(self, on_failure: Callable[[TranscriptError], None]) -> None:
        self._on_failure = on_failure
        self._since = 0.0
        self._spool_failed = False
        self.failure: TranscriptError | None = None
        """What is wrong; None while all is well."""

    def goes_on(self, error: TranscriptError) -> float:
        """An attempt to write has failed; for how many seconds they have been failing now."""
        begins = self.failure is None
        self.failure = error
        if begins:
            self._since = time.monotonic()
            _log.error("the call store cannot be written", extra={"code": error.code})
            self._tell(error)
        return time.monotonic() - self._since

    def worsens(self, error: TranscriptError, waiting: int) -> None:
        """The spool file cannot be written either; so many writes are in memory only."""
        if not self._spool_failed:
            self._spool_failed = True
            _log.critical("the spool file cannot be written", extra={"code": error.code, "waiting": waiting})
            self._tell(error)

    def is_over(self) -> None:
        """An attempt to write has succeeded."""
        if self.failure is not None:
            _log.info("the call store can be written again")
        self.failure, self._spool_failed = None, False

    def as_answer(self) -> TranscriptError:
        """A fresh error for a thread that has waited in vain."""
        failure = self.failure
        if failure is None:
            return TranscriptError("transcript.slow", "The database is too slow; look for a failing or busy disk.")
        return TranscriptError(failure.code, failure.message)

    def _tell(self, error: TranscriptError) -> None:
        try:
            self._on_failure(error)
        except Exception as fault:  # whoever listens must not stop the writing
            _log.error("a listener of the call store failed", extra={"error": type(fault).__name__})
