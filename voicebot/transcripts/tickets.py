"""Call backs that were promised: the statements that note and list them."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from voicebot.actions import RequestCallback

FIRST_NUMBER = 1000
"""Numbers are spoken to callers: four digits from the first one on."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A promise to call back."""

    number: str
    call_id: str
    department: str
    phone: str
    name: str
    matter: str
    when: str
    created_at: str
    """ISO 8601 with zone."""
    done_at: str | None


def note(connection: sqlite3.Connection, call_id: str, order: RequestCallback, now: datetime) -> str:
    """Note a call back and return its number; the same number when the same wish is noted again.

    A wish is the same in another turn too: a call that comes back after its line broke asks once more.
    """
    wish = (call_id, order.department, order.phone, order.name, order.matter, order.when)
    row = connection.execute(
        "SELECT id FROM tickets WHERE done_at IS NULL "
        "AND (call_id, department, phone, name, matter, wanted) = (?, ?, ?, ?, ?, ?)",
        wish,
    ).fetchone()
    if row is None:
        row = connection.execute(
            "INSERT INTO tickets (call_id, department, phone, name, matter, wanted, turn, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (call_id, turn) DO UPDATE SET turn = turn RETURNING id",
            (*wish, order.turn, now.isoformat()),
        ).fetchone()
    return str(FIRST_NUMBER + int(row[0]))


def from_row(row: sqlite3.Row) -> Ticket:
    """The ticket of a row of `tickets`."""
    return Ticket(
        str(FIRST_NUMBER + int(row["id"])),
        row["call_id"],
        row["department"],
        row["phone"],
        row["name"],
        row["matter"],
        row["wanted"],
        row["created_at"],
        row["done_at"],
    )
