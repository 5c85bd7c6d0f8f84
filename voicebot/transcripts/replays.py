"""Stored calls stepped through other content: which runs there were, and the calls whose path changed."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import Literal

from voicebot.transcripts.ticket_desk import Ask, Rows

RunState = Literal["running", "done", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class ReplayRun:
    """One run over the calls of a period."""

    id: int
    digest: str
    """Of the content that was tried."""
    against: str
    """What that was: `draft`, or the number of a release."""
    since: datetime
    until: datetime
    calls: int
    """How many there were to be stepped."""
    done: int
    state: RunState
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReplayedCall:
    """A call whose path changed."""

    call_id: str
    verdict: str
    began: int
    """The call's start, in seconds since 1970."""
    body: str
    """What would have happened, as JSON."""


class Replays:
    """The runs of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        ask: Writes.
        rows: Reads.
    """

    def __init__(self, ask: Ask, rows: Rows) -> None:
        self._ask = ask
        self._rows = rows

    def calls(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """The calls that began in this time and have ended, newest first."""
        rows = self._rows(
            "SELECT id FROM calls WHERE unixepoch(started_at) >= ? AND unixepoch(started_at) <= ? "
            "AND ended_at IS NOT NULL ORDER BY unixepoch(started_at) DESC, id DESC",
            (floor(since.timestamp()), floor(until.timestamp())),
        )
        return tuple(row["id"] for row in rows)

    def begin(
        self, digest: str, against: str, since: datetime, until: datetime, calls: int, by: str, now: datetime
    ) -> int:
        """Enter a run; its number."""

        def run(connection: sqlite3.Connection) -> int:
            cursor = connection.execute(
                "INSERT INTO replays (digest, against, since, until, calls, state, by_whom, at) "
                "VALUES (?, ?, ?, ?, ?, 'running', ?, ?)",
                (digest, against, since.isoformat(), until.isoformat(), calls, by, now.isoformat()),
            )
            return int(cursor.lastrowid or 0)

        return self._ask(run)

    def note(self, number: int, done: int, changed: Sequence[ReplayedCall]) -> None:
        """So many calls are done, and these of them changed."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE replays SET done = ? WHERE id = ?", (done, number))
            # A call may have been forgotten while it was stepped.
            connection.executemany(
                "INSERT OR REPLACE INTO replayed (replay, call_id, verdict, began, body) "
                "SELECT ?, id, ?, ?, ? FROM calls WHERE id = ?",
                [(number, each.verdict, each.began, each.body, each.call_id) for each in changed],
            )

        self._ask(run)

    def finish(self, number: int, state: RunState) -> None:
        """It is over, well or not."""
        self._ask(lambda connection: _finish(connection, number, state))

    def abandon(self) -> None:
        """Runs that a service left behind which was stopped: they will not go on."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE replays SET state = 'cancelled' WHERE state = 'running'")

        self._ask(run)

    def run(self, number: int) -> ReplayRun | None:
        """The run of this number."""
        rows = self._rows("SELECT * FROM replays WHERE id = ?", (number,))
        return _run(rows[0]) if rows else None

    def runs(self, digest: str | None = None, limit: int = 20) -> tuple[ReplayRun, ...]:
        """Runs, newest first; of one content or of all."""
        rows = self._rows(
            "SELECT * FROM replays WHERE ? IS NULL OR digest = ? ORDER BY id DESC LIMIT ?", (digest, digest, limit)
        )
        return tuple(_run(row) for row in rows)

    def verdicts(self, number: int) -> dict[str, int]:
        """How many calls of a run got which verdict; calls that stay as they were are not counted."""
        rows = self._rows(
            "SELECT verdict, COUNT(*) AS calls FROM replayed WHERE replay = ? GROUP BY verdict", (number,)
        )
        return {row["verdict"]: row["calls"] for row in rows}

    def changed(self, number: int, verdict: str, limit: int, offset: int = 0) -> tuple[ReplayedCall, ...]:
        """Calls of a run with this verdict, newest first."""
        rows = self._rows(
            "SELECT * FROM replayed WHERE replay = ? AND verdict = ? ORDER BY began DESC, call_id DESC "
            "LIMIT ? OFFSET ?",
            (number, verdict, limit, offset),
        )
        return tuple(_call(row) for row in rows)

    def call(self, number: int, call_id: str) -> ReplayedCall | None:
        """What became of one call in a run; None where nothing changed."""
        rows = self._rows("SELECT * FROM replayed WHERE replay = ? AND call_id = ?", (number, call_id))
        return _call(rows[0]) if rows else None


def _finish(connection: sqlite3.Connection, number: int, state: RunState) -> None:
    connection.execute("UPDATE replays SET state = ? WHERE id = ? AND state = 'running'", (state, number))


def _run(row: sqlite3.Row) -> ReplayRun:
    return ReplayRun(
        row["id"],
        row["digest"],
        row["against"],
        datetime.fromisoformat(row["since"]),
        datetime.fromisoformat(row["until"]),
        row["calls"],
        row["done"],
        row["state"],
        row["by_whom"],
        datetime.fromisoformat(row["at"]),
    )


def _call(row: sqlite3.Row) -> ReplayedCall:
    return ReplayedCall(row["call_id"], row["verdict"], row["began"], row["body"])
