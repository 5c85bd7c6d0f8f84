"""The one thread that owns the write connection, and what it does when the database is out of order.

Writes wait in one queue, in order. All that waits is written in one transaction; when that fails because the database
is locked, full or broken, everything stays in the queue and is tried again: at the next write, after a moment, at
close. When the trouble lasts, and at close, what waits is also written to the spool file, from which the next start
takes it.
(One writer thread with a queue of functions is Datasette's discipline.)
"""

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from voicebot.errors import TranscriptError
from voicebot.transcripts.backlog import Backlog, Job
from voicebot.transcripts.ledger import Ledger
from voicebot.transcripts.outage import Outage
from voicebot.transcripts.question import Question
from voicebot.transcripts.writes import Write

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the store waits for what."""

    busy_seconds: float = 1.0
    """For another process's lock, in one attempt."""
    retry_seconds: float = 0.5
    """Between attempts while nothing new comes."""
    spool_seconds: float = 5.0
    """Of trouble, before what waits is also written to the spool file."""
    answer_seconds: float = 3.0
    """For an answer that a waiting thread needs; the carrier waits 15 seconds for ours."""
    close_seconds: float = 10.0
    """For the last attempt, and for `flush`."""


class Writer:
    """Takes writes and questions from any thread; see the module.

    Args:
        ledger: Carries them out, in this writer's thread.
        backlog: Where they wait.
        patience: See there.
        on_failure: Called from the writing thread with what is wrong: once an outage, and once more when the spool
            file cannot be written either.
    """

    def __init__(
        self, ledger: Ledger, backlog: Backlog, patience: Patience, on_failure: Callable[[TranscriptError], None]
    ) -> None:
        self._ledger = ledger
        self._backlog = backlog
        self._patience = patience
        self._outage = Outage(on_failure)
        self._bell = threading.Condition()
        self._rung = True
        self._closing = self._closed = False
        self._asked = self._answered = 0
        self._thread = threading.Thread(target=self._live, name="transcripts-writer", daemon=True)
        self._thread.start()

    @property
    def failure(self) -> TranscriptError | None:
        """What is wrong with the database just now; None while all is well."""
        return self._outage.failure

    def post(self, write: Write) -> None:
        """Queue a write. Never raises; after `close` it goes into the spool file."""
        with self._bell:
            self._backlog.add(write)
            self._ring()
            closed = self._closed
        if closed:
            self._spill()

    def ask(self, run: Callable[[sqlite3.Connection], T]) -> T:
        """Run a function in a transaction, after all that waits, and return what it returns.

        Raises:
            TranscriptError: the database is out of order or slow for longer than `answer_seconds`, or the function
                raised it.
        """
        question = Question(run)
        with self._bell:
            if self._closed:
                raise _end_of_store()
            self._backlog.add(cast(Job, question))
            self._ring()
        try:
            return question.wait(self._patience.answer_seconds)
        except TimeoutError as error:
            raise self._outage.as_answer() from error

    def flush(self) -> bool:
        """Try now to write all that waits; whether the database has everything."""
        with self._bell:
            self._asked += 1
            asked = self._asked
            self._ring()
            self._bell.wait_for(lambda: self._answered >= asked or self._closed, self._patience.close_seconds)
            return self._answered >= asked and self.failure is None

    def close(self) -> None:
        """Try once more, put what is left into the spool file, and end the thread."""
        with self._bell:
            self._closing = True
            self._ring()
        self._thread.join(self._patience.close_seconds)

    def _ring(self) -> None:
        self._rung = True
        self._bell.notify_all()

    # --- in the writing thread ----------------------------------------------------------------------------------

    def _live(self) -> None:
        while not self._closed:
            with self._bell:
                self._bell.wait_for(lambda: self._rung, self._patience.retry_seconds if self.failure else None)
                self._rung = False
                closing, asked = self._closing, self._asked
            try:
                self._round(closing)
            except Exception as fault:  # without this thread nothing would ever be written again
                _log.critical("the call store met a fault of its own", extra={"error": type(fault).__name__})
            with self._bell:
                self._answered = asked
                self._closed = closing and not self._rung  # what came during the last attempt gets its own
                self._bell.notify_all()
        self._backlog.forget_questions(_end_of_store())
        self._ledger.close()

    def _round(self, closing: bool) -> None:
        error = self._write(self._backlog.jobs()) or self._ledger.derive()
        if error is not None:
            seconds = self._outage.goes_on(error)
            self._backlog.forget_questions()
            if closing or seconds >= self._patience.spool_seconds:
                self._spill()
        else:
            self._outage.is_over()

    def _write(self, jobs: tuple[Job, ...]) -> TranscriptError | None:
        """Write all jobs at once; when one of them is refused, one by one. What is wrong if it must be tried again."""
        try:
            outage = self._ledger.commit(jobs)
        except Exception as refusal:
            if len(jobs) > 1:
                return next(filter(None, (self._write((job,)) for job in jobs)), None)
            outage = self._refuse(jobs[0], refusal)
        else:
            if outage is None:
                _settle(jobs)
        if outage is None:
            self._backlog.remove_first(len(jobs))
        return outage

    def _refuse(self, job: Job, error: Exception) -> TranscriptError | None:
        if isinstance(job, Question):
            job.settle(error)
            return None
        _log.error("a write was refused", extra={"call_id": job.call_id, "error": type(error).__name__})
        try:
            self._backlog.reject(job)
        except TranscriptError as unkept:
            return unkept
        return None

    def _spill(self) -> None:
        try:
            self._backlog.spill()
        except TranscriptError as error:
            self._outage.worsens(error, len(self._backlog.writes()))


def _settle(jobs: tuple[Job, ...]) -> None:
    for job in jobs:
        if isinstance(job, Question):
            job.settle()


def _end_of_store() -> TranscriptError:
    return TranscriptError("transcript.closed", "The call store is closed; start the service again.")
