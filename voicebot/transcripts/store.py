"""The call store: one object for the whole service, opened by path.

Writing goes through the one writing thread (`writer`), reading through short-lived connections (`read`).
"""

import os
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType

from voicebot.actions import RequestCallback
from voicebot.errors import TranscriptError
from voicebot.events import EndReason
from voicebot.transcripts import calls, decision, derive, schema, sessions, tickets
from voicebot.transcripts.backlog import Backlog
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.connection import open_writer, trouble
from voicebot.transcripts.decision import Decision
from voicebot.transcripts.desks import Desks
from voicebot.transcripts.ledger import Ledger
from voicebot.transcripts.spool import Spool
from voicebot.transcripts.tickets import Due, Dues
from voicebot.transcripts.transcript import CallTranscript, Transcripts
from voicebot.transcripts.writer import Patience, Writer
from voicebot.transcripts.writes import Append, Decide, End, KeepState


class Store(Desks):
    """A `Reader` that also writes. May be used from any thread; close it at the end.

    `transcript(...).append`, `keep_state`, `decide` and `end_call` queue and never fail. What returns something may
    block for `patience.answer_seconds` and raises `TranscriptError`.

    Args:
        path: The SQLite file; made with its folder if needed.
        spool: Where writes go that the database does not take; `<path>.spool.jsonl` unless told.
        patience: How long to wait for what.
        on_failure: Called from another thread, once an outage.
        due: By when a department owes an answer to a message or a call back; called from the writing thread.

    Raises:
        TranscriptError: the database cannot be opened, is newer than this version, or the spool cannot be read.
    """

    def __init__(
        self,
        path: Path,
        *,
        spool: Path | None = None,
        patience: Patience | None = None,
        on_failure: Callable[[TranscriptError], None] = lambda error: None,
        due: Due | None = None,
    ) -> None:
        super().__init__(path)
        patience = patience or Patience()
        connect = partial(_connect, path, patience.busy_seconds)
        _prepare(path, connect)
        self.dues = Dues(due)
        backlog = self._backlog = Backlog(Spool(spool or path.with_name(f"{path.name}.spool.jsonl")))
        self._writer = Writer(Ledger(connect, self.dues), backlog, patience, on_failure)
        self._furnish(self._writer.ask, self.dues)
        self._transcripts = Transcripts(self._next_seq, self._writer.post)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def failure(self) -> TranscriptError | None:
        """What is wrong with the database just now; None while all is well."""
        return self._writer.failure

    @property
    def healthy(self) -> bool:
        """Whether the last attempt to write succeeded."""
        return self._writer.failure is None

    @property
    def pending(self) -> int:
        """How many writes wait."""
        return len(self._backlog.writes())

    # --- a call -------------------------------------------------------------------------------------------------

    def begin_call(self, call: NewCall, now: datetime) -> str:
        """Enter a call and return our id for it; the same id when the carrier's id is known already."""
        return self._writer.ask(partial(calls.insert, call_id=calls.new_id(now), call=call, now=now))

    def transcript(self, call_id: str) -> CallTranscript:
        """Where the record of this call goes on; the same object for as long as anybody holds it."""
        return self._transcripts.of(call_id)

    def end_call(self, call_id: str, now: datetime, reason: EndReason, recording: str | None = None) -> None:
        """The call is over; may be told several times: the first reason stands, the last time counts."""
        self._writer.post(End(call_id, now, reason, recording))

    def derive(self, call_id: str) -> None:
        """Compute the turns, transfers, messages and the outcome of an ended call again."""
        self._writer.ask(partial(derive.derive_ended, call_ids=(call_id,)))

    def forget(self, call_id: str) -> bool:
        """Delete a call and all that hangs on it, for good (not its sound); whether it was there."""

        def run(connection: sqlite3.Connection) -> bool:
            self.figures.keep(connection, call_id)
            return calls.delete(connection, call_id)

        return self._writer.ask(run)

    def compact(self) -> None:
        """Rebuild the search index without what has been forgotten: it keeps the letters of deleted words a while."""
        self._writer.ask(calls.purge_index)

    def book(self, call_id: str, order: RequestCallback, now: datetime) -> str:
        """Note a call back; the ticket's number. The same order noted twice is one ticket."""
        return self._writer.ask(partial(tickets.note, call_id=call_id, order=order, now=now, due=self.dues))

    # --- between stream and action ------------------------------------------------------------------------------

    def issue_token(self, call_id: str, now: datetime, lifetime: timedelta, purpose: str = "") -> str:
        """A new one-time token that a stream of this call must show, or whoever comes with another purpose."""
        token = sessions.new_token()
        keep = partial(sessions.keep_token, call_id=call_id, token=token, expires_at=now + lifetime, purpose=purpose)
        self._writer.ask(keep)
        return token

    def redeem_token(self, token: str, now: datetime, purpose: str = "") -> str | None:
        """The call this token was issued for, once and in time; else None.

        A stream's token (without a purpose) makes forget what had been decided.
        """
        return self._writer.ask(partial(sessions.use_token, token=token, now=now, purpose=purpose))

    def decide(self, call_id: str, what: Decision) -> None:
        """Note what the carrier must be told when the stream has ended.

        Raises:
            TranscriptError: only when nobody holds the call's transcript and the database cannot be read.
        """
        self.transcript(call_id).decide(decision.dump(what))

    def decision(self, call_id: str) -> Decision | None:
        """What has been decided since the stream began, also if it could not be written yet."""
        waiting = [
            each.decision for each in self._backlog.writes() if isinstance(each, Decide) and each.call_id == call_id
        ]
        text = waiting[-1] if waiting else self._session("decision", call_id)
        return decision.restore(text) if text else None

    def state(self, call_id: str) -> str | None:
        """The conversation's state that was kept last, also if it could not be written yet."""
        waiting = [
            each.state for each in self._backlog.writes() if isinstance(each, KeepState) and each.call_id == call_id
        ]
        return waiting[-1] if waiting else self._session("state", call_id)

    # --- the end ------------------------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Try now to write all that waits; whether the database has everything."""
        return self._writer.flush()

    def close(self) -> None:
        """Write what waits, into the database or into the spool file."""
        self._writer.close()

    def _next_seq(self, call_id: str) -> int:
        # What waits is looked at first: between the two looks it can only move from there into the database.
        waiting = [each.seq for each in self._backlog.writes() if isinstance(each, Append) and each.call_id == call_id]
        rows = self._rows("SELECT MAX(seq) AS seq FROM records WHERE call_id = ?", (call_id,))
        return 1 + max([*waiting, rows[0]["seq"] or 0])

    def _session(self, column: str, call_id: str) -> str | None:
        rows = self._rows("SELECT state, decision FROM sessions WHERE call_id = ?", (call_id,))
        return rows[0][column] if rows else None


def _connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    connection = open_writer(path, busy_seconds)
    try:
        schema.migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(path: Path, connect: Callable[[], sqlite3.Connection]) -> None:
    """Make the file, for the service's own user only, and its tables, so that a fault shows at the start."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        connect().close()
    except OSError as error:
        raise TranscriptError(
            "transcript.missing", "The database cannot be made; check VOICEBOT_DATA and the rights on that folder."
        ) from error
    except sqlite3.Error as error:
        raise trouble(error) from error
