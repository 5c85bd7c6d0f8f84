"""Tickets as the staff work on them: take, release, done, reassign, notes. Every change is entered in the history.

Two people can never hold the same ticket: every change is one statement in the one writing thread, and says whether
it was this one that changed something.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from voicebot.transcripts.tickets import (
    Change,
    Due,
    Ticket,
    TicketChange,
    TicketState,
    change_from_row,
    changed,
    forget_tickets,
    from_row,
    id_of,
)

T = TypeVar("T")
Rows = Callable[[str, tuple[object, ...]], list[sqlite3.Row]]
"""Runs a question and gives its rows; raises `TranscriptError` when the database cannot be read."""
_STATES = {
    "open": "done_at IS NULL AND taken_by = ''",
    "taken": "done_at IS NULL AND taken_by != ''",
    "done": "done_at IS NOT NULL",
    None: "TRUE",
}


class Ask(Protocol):
    """Runs a function in a transaction of the writing thread."""

    def __call__(self, run: Callable[[sqlite3.Connection], T]) -> T:
        """Raises `TranscriptError` when the database is out of order."""


class TicketList:
    """Reads the tickets of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        rows: Reads.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def listed(
        self, state: TicketState | None = None, department: str | None = None, limit: int = 100, offset: int = 0
    ) -> tuple[Ticket, ...]:
        """Tickets: those that are not done by when they are due, then those that are done, newest first.

        Args:
            state: Only these; None for all.
            department: Only of this department; None for all.
            limit: How many at most; -1 for no limit.
            offset: How many to pass over.
        """
        rows = self._rows(
            f"SELECT * FROM tickets WHERE {_STATES[state]} AND (? IS NULL OR department = ?) "  # noqa: S608  see above
            "ORDER BY done_at IS NOT NULL, unixepoch(done_at) DESC, "
            "unixepoch(COALESCE(due_at, created_at)), id LIMIT ? OFFSET ?",
            (department, department, limit, offset),
        )
        return tuple(from_row(row) for row in rows)

    def one(self, number: str) -> Ticket | None:
        """The ticket of this number."""
        rows = self._rows("SELECT * FROM tickets WHERE id = ?", (id_of(number),))
        return from_row(rows[0]) if rows else None

    def history(self, number: str) -> tuple[TicketChange, ...]:
        """All that happened to a ticket, oldest first."""
        rows = self._rows("SELECT * FROM ticket_changes WHERE ticket_id = ? ORDER BY id", (id_of(number),))
        return tuple(change_from_row(row) for row in rows)

    def changes(self, after: int = 0, limit: int = 1000) -> tuple[TicketChange, ...]:
        """What has changed since the change with this id, over all tickets, oldest first."""
        rows = self._rows("SELECT * FROM ticket_changes WHERE id > ? ORDER BY id LIMIT ?", (after, limit))
        return tuple(change_from_row(row) for row in rows)

    def last_change(self) -> int:
        """The id of the newest change; 0 when there is none."""
        return int(self._rows("SELECT COALESCE(MAX(id), 0) AS id FROM ticket_changes", ())[0]["id"])

    def untranscribed(self, limit: int = 10) -> tuple[Ticket, ...]:
        """Messages over which recognition has not been, oldest first."""
        rows = self._rows(
            "SELECT * FROM tickets WHERE kind = 'message' AND NOT transcribed ORDER BY id LIMIT ?", (limit,)
        )
        return tuple(from_row(row) for row in rows)

    def left_over(self, until: datetime) -> tuple[Ticket, ...]:
        """Tickets that were done before this moment: they can be forgotten."""
        rows = self._rows("SELECT * FROM tickets WHERE unixepoch(done_at) < ?", (until.timestamp(),))
        return tuple(from_row(row) for row in rows)


class TicketDesk(TicketList):
    """Reads and changes the tickets of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        ask: Writes.
        rows: Reads.
        due: By when a department owes an answer.
    """

    def __init__(self, ask: Ask, rows: Rows, due: Due | None = None) -> None:
        super().__init__(rows)
        self._ask = ask
        self._due = due

    def take(self, number: str, operator: str, now: datetime) -> bool:
        """This operator works on it from now on; False when somebody else does, or it is done."""
        where = "done_at IS NULL AND taken_by = ''"
        return self._change(number, "taken_by = ?, taken_at = ?", (operator, now), where, (), operator, now, "taken")

    def release(self, number: str, operator: str, now: datetime) -> bool:
        """Give it back; False when this operator does not hold it."""
        where = "done_at IS NULL AND taken_by = ?"
        return self._change(number, "taken_by = '', taken_at = NULL", (), where, (operator,), operator, now, "released")

    def done(self, number: str, operator: str, now: datetime, result: str = "") -> bool:
        """It is done; False when it was already, or somebody else holds it."""
        where = "done_at IS NULL AND taken_by IN ('', ?)"
        values = (now, operator)
        return self._change(
            number, "done_at = ?, done_by = ?", values, where, (operator,), operator, now, "done", result
        )

    def reopen(self, number: str, operator: str, now: datetime) -> bool:
        """It was not done after all; False when it is open. Nobody holds it then."""
        values = "done_at = NULL, done_by = '', taken_by = '', taken_at = NULL"
        return self._change(number, values, (), "done_at IS NOT NULL", (), operator, now, "reopened")

    def reassign(self, number: str, department: str, operator: str, now: datetime) -> bool:
        """It is for another department; False when it is done, somebody else holds it, or it is there already.

        Nobody holds it then, and it is due anew.
        """

        def run(connection: sqlite3.Connection) -> bool:
            row = connection.execute(
                "SELECT department FROM tickets WHERE id = ? AND done_at IS NULL AND taken_by IN ('', ?)",
                (id_of(number), operator),
            ).fetchone()
            if row is None or row[0] == department:
                return False
            due = self._due(department, now) if self._due else None
            connection.execute(
                "UPDATE tickets SET department = ?, due_at = COALESCE(?, due_at), taken_by = '', taken_at = NULL "
                "WHERE id = ?",
                (department, due.isoformat() if due else None, id_of(number)),
            )
            changed(connection, id_of(number), now, operator, "reassigned", f"{row[0]} → {department}")
            return True

        return self._ask(run)

    def note(self, number: str, operator: str, text: str, now: datetime) -> bool:
        """Write something down about it; False when there is no such ticket."""
        return self._change(number, "id = id", (), "TRUE", (), operator, now, "note", text)

    def transcribed(self, number: str, text: str, now: datetime) -> bool:
        """What was recognised in a message; False when it has been over it before."""
        where = "kind = 'message' AND NOT transcribed"
        return self._change(number, "matter = ?, transcribed = 1", (text,), where, (), "", now, "transcribed")

    def withdraw(self, call_id: str, recording: str, now: datetime) -> bool:
        """The caller has replaced this message: forget it, unless somebody works on it already; whether it is gone."""

        def run(connection: sqlite3.Connection) -> bool:
            row = connection.execute(
                "DELETE FROM tickets WHERE call_id = ? AND recording = ? AND taken_by = '' AND done_at IS NULL "
                "RETURNING id",
                (call_id, recording),
            ).fetchone()
            if row is not None:
                changed(connection, row[0], now, "", "withdrawn")
            return row is not None

        return self._ask(run)

    def forget(self, number: str) -> bool:
        """Delete a ticket that is done, with its history; whether it was there."""
        where = "id = ? AND done_at IS NOT NULL"
        return self._ask(partial(forget_tickets, where=where, values=(id_of(number),))) > 0

    def erase(self, number: str) -> bool:
        """Delete a ticket with its history, also one that is open: who it belongs to wants it so."""
        return self._ask(partial(forget_tickets, where="id = ?", values=(id_of(number),))) > 0

    def _change(
        self,
        number: str,
        assignments: str,
        values: tuple[object, ...],
        where: str,
        conditions: tuple[object, ...],
        operator: str,
        now: datetime,
        change: Change,
        text: str = "",
    ) -> bool:
        return self._ask(
            partial(
                _changed_row,
                sql=f"UPDATE tickets SET {assignments} WHERE id = ? AND {where}",  # noqa: S608  fixed texts
                values=(*values, id_of(number), *conditions),
                line=(id_of(number), now, operator, change, text),
            )
        )


def _changed_row(
    connection: sqlite3.Connection,
    sql: str,
    values: tuple[object, ...],
    line: tuple[int, datetime, str, Change, str],
) -> bool:
    """Change a ticket and enter that; whether it was changed."""
    plain = tuple(value.isoformat() if isinstance(value, datetime) else value for value in values)
    if connection.execute(sql, plain).rowcount == 0:
        return False
    changed(connection, *line)
    return True
