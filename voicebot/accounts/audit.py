"""The audit log: who did what, when, from where. It only grows: the database refuses to change it."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from voicebot.accounts.database import Database

Detail = Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Author:
    """Who does something."""

    name: str
    """Of the account; `command line` for whoever runs the commands on the machine."""
    address: str = ""
    """Network address of the browser."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing that was done."""

    id: int
    at: datetime
    who: str
    what: str
    """Dotted and stable: `user.add`, `session.begin`, `ticket.take`."""
    subject: str
    """What it was done to: a name of an account, the id of a call, the number of a ticket."""
    detail: Detail
    address: str


class AuditLog:
    """Reads and adds.

    Args:
        database: Of the accounts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, who: Author, what: str, subject: str, now: datetime, **detail: str | int | bool) -> None:
        """Note what was done. No speech, no passwords.

        Raises:
            AccountError: the file cannot be written.
        """
        with self._database.writing() as connection:
            enter(connection, who, what, subject, now, detail)

    def rows(
        self, before: int | None = None, limit: int = 100, words: str = "", deeds: Sequence[str] = ()
    ) -> tuple[AuditRow, ...]:
        """Newest first.

        Args:
            before: An id to go on from.
            limit: How many at most.
            words: What must stand in who, what, subject or details.
            deeds: Rows of these deeds are found whatever they say.
        """
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT * FROM audit WHERE (? IS NULL OR id < ?) "
                "AND (instr(who || ' ' || what || ' ' || subject || ' ' || detail, ?) "
                "OR what IN (SELECT value FROM json_each(?))) ORDER BY id DESC LIMIT ?",
                (before, before, words, json.dumps(list(deeds)), limit),
            ).fetchall()
        return tuple(
            AuditRow(
                row["id"], datetime.fromisoformat(row["at"]), row["who"], row["what"], row["subject"],
                json.loads(row["detail"]), row["address"],
            )
            for row in found
        )  # fmt: skip


def enter(
    connection: sqlite3.Connection, who: Author, what: str, subject: str, now: datetime, detail: Detail | None = None
) -> None:
    """Note what is done in the transaction that does it."""
    connection.execute(
        "INSERT INTO audit (at, who, what, subject, detail, address) VALUES (?, ?, ?, ?, ?, ?)",
        (now.isoformat(), who.name, what, subject, json.dumps(dict(detail or {}), ensure_ascii=False), who.address),
    )
