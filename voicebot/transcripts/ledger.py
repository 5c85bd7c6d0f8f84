"""The write connection: jobs in one transaction, then what is derived from them in another. One thread only."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from voicebot.errors import TranscriptError
from voicebot.transcripts.backlog import Job
from voicebot.transcripts.connection import is_outage, trouble
from voicebot.transcripts.derive import derive_ended
from voicebot.transcripts.question import Question
from voicebot.transcripts.tickets import Due
from voicebot.transcripts.writes import apply, calls_of

_log = logging.getLogger(__name__)


class Ledger:
    """Carries out jobs, all or none.

    When the database is out of order, so that the same jobs can succeed later, methods return what is wrong.

    Args:
        connect: Opens the connection, with its tables; raises `sqlite3.Error` or `TranscriptError`. Called again
            after every outage: a connection that has seen a failing disk is not trusted.
        due: By when a department owes an answer to a message.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], due: Due | None = None) -> None:
        self._connect = connect
        self._due = due
        self._connection: sqlite3.Connection | None = None
        self._stale: set[str] = set()
        """Calls whose derived tables are older than their record."""

    def commit(self, jobs: Sequence[Job]) -> TranscriptError | None:
        """Run all jobs in one transaction; when this returns None they are on the disk.

        Without jobs it finds out whether the database can be written, unless it was so a moment ago.

        Raises:
            Exception: what a job raised, or what the database refuses for good; nothing was written.
        """
        if not jobs and self._connection is not None:
            return None
        outage = self._in_transaction(partial(_run, jobs=jobs, due=self._due))
        if outage is None:
            self._stale |= calls_of(job for job in jobs if not isinstance(job, Question))
        return outage

    def derive(self) -> TranscriptError | None:
        """Bring what is derived up to date with the records."""
        while self._stale:
            call_id = next(iter(self._stale))
            try:
                outage = self._in_transaction(partial(derive_ended, call_ids=(call_id,)))
                if outage is not None:
                    return outage
            except Exception as error:  # a damaged record must not stop all other calls
                _log.error("a call could not be summed up", extra={"call_id": call_id, "error": type(error).__name__})
            self._stale.discard(call_id)
        return None

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._connection is not None:
            try:
                self._connection.close()
            except sqlite3.Error:
                pass  # nothing depends on it: commits are on the disk
            self._connection = None

    def _in_transaction(self, run: Callable[[sqlite3.Connection], None]) -> TranscriptError | None:
        try:
            connection = self._opened()
            if isinstance(connection, TranscriptError):
                return connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                run(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            if is_outage(error):
                self.close()
                return trouble(error)
            raise
        return None

    def _opened(self) -> sqlite3.Connection | TranscriptError:
        if self._connection is not None:
            return self._connection
        try:
            connection = self._connect()
        except TranscriptError as error:
            return error
        except sqlite3.Error as error:
            return trouble(error)
        self._connection = connection
        rows = connection.execute("SELECT id FROM calls WHERE ended_at IS NOT NULL AND outcome IS NULL")
        self._stale |= {row["id"] for row in rows}
        return connection


def _run(connection: sqlite3.Connection, jobs: Sequence[Job], due: Due | None) -> None:
    for job in jobs:
        if isinstance(job, Question):
            if not job.given_up:
                job.run(connection)
        else:
            apply(connection, job, due)
