"""Transfers that went to the wrong department, as the staff report them; for tuning and for the figures."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from voicebot.transcripts.ticket_desk import Ask

MOST_LOOKED_AT = 2000
"""The latest reports and transfers tell what is usual; older ones no longer do."""


@dataclass(frozen=True, slots=True)
class WrongTransfer:
    """One report."""

    call_id: str
    number: int
    """Which transfer of the call, from 1."""
    department: str
    """Where the caller was sent."""
    right: str
    """Where the caller belongs."""
    operator: str
    at: str
    """ISO 8601 with zone."""


class WrongTransfers:
    """The reports of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        ask: Writes.
        rows: Reads.
    """

    def __init__(self, ask: Ask, rows: Callable[[str, tuple[object, ...]], list[sqlite3.Row]]) -> None:
        self._ask = ask
        self._rows = rows

    def report(self, wrong: WrongTransfer) -> bool:
        """Keep it; the last report about a transfer stands. False when there is no such call."""

        def run(connection: sqlite3.Connection) -> bool:
            if connection.execute("SELECT 1 FROM calls WHERE id = ?", (wrong.call_id,)).fetchone() is None:
                return False
            connection.execute(
                "INSERT INTO wrong_transfers (call_id, number, department, right_department, operator, at) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (call_id, number) DO UPDATE SET "
                "right_department = excluded.right_department, operator = excluded.operator, at = excluded.at",
                (wrong.call_id, wrong.number, wrong.department, wrong.right, wrong.operator, wrong.at),
            )
            return True

        return self._ask(run)

    def withdraw(self, call_id: str, number: int) -> bool:
        """It was right after all; whether it had been reported."""

        def run(connection: sqlite3.Connection) -> bool:
            sql = "DELETE FROM wrong_transfers WHERE call_id = ? AND number = ?"
            return connection.execute(sql, (call_id, number)).rowcount > 0

        return self._ask(run)

    def usual(self) -> Mapping[str, tuple[str, ...]]:
        """Where callers of a department really belonged, the most frequent first, by the latest reports.

        Under "" the departments to which callers are connected most, by the latest transfers.
        """
        found: dict[str, list[str]] = {}
        for row in self._rows(
            "SELECT department, right_department AS name FROM "
            "(SELECT department, right_department FROM wrong_transfers ORDER BY id DESC LIMIT ?) "
            "GROUP BY department, name ORDER BY COUNT(*) DESC, name",
            (MOST_LOOKED_AT,),
        ):
            found.setdefault(row["department"], []).append(row["name"])
        rows = self._rows(
            "SELECT department FROM (SELECT department FROM transfers ORDER BY id DESC LIMIT ?) "
            "GROUP BY department ORDER BY COUNT(*) DESC, department",
            (MOST_LOOKED_AT,),
        )
        found[""] = [row["department"] for row in rows]
        return {name: tuple(names) for name, names in found.items()}

    def since(self, moment: datetime, limit: int = 1000) -> tuple[WrongTransfer, ...]:
        """Reports since this moment, newest first."""
        rows = self._rows(
            "SELECT * FROM wrong_transfers WHERE unixepoch(at) >= ? ORDER BY id DESC LIMIT ?",
            (int(moment.timestamp()), limit),
        )
        return tuple(
            WrongTransfer(
                row["call_id"], row["number"], row["department"], row["right_department"], row["operator"], row["at"]
            )
            for row in rows
        )
