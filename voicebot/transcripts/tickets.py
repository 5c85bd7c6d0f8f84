"""What is owed to callers: call backs that were promised, and messages that were left. Statements and values.

A ticket does not hang on its call: when the call is forgotten, an open ticket stays until it is done.
"""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from voicebot.actions import RequestCallback
from voicebot.errors import TranscriptError

FIRST_NUMBER = 1000
"""Numbers are spoken to callers: four digits from the first one on."""
SHORTEST_MESSAGE_SECONDS = 1.0
"""Less than this is a click or a breath, not a message."""
TicketKind = Literal["callback", "message"]
TicketState = Literal["open", "taken", "done"]
Change = Literal["created", "taken", "released", "done", "reopened", "reassigned", "note", "transcribed", "withdrawn"]
Due = Callable[[str, datetime], datetime | None]
"""`due(department, created)`: by when the department owes an answer; None when that is not known."""


class Dues:
    """By when promises are due; who knows that may come later than the store.

    Args:
        by: Knows it; None until somebody does.
    """

    def __init__(self, by: Due | None = None) -> None:
        self.by = by

    def __call__(self, department: str, created: datetime) -> datetime | None:
        """As `Due`."""
        return self.by(department, created) if self.by else None


@dataclass(frozen=True, slots=True)
class Ticket:
    """Something that a department owes to a caller."""

    number: str
    call_id: str
    department: str
    phone: str
    """National digits, or as the carrier gave it; "" when withheld."""
    name: str
    matter: str
    """In the caller's words; for a message what was recognised, "" until then."""
    when: str
    """When the caller would like to be called, in the caller's words."""
    created_at: str
    """ISO 8601 with zone."""
    done_at: str | None
    kind: TicketKind = "callback"
    due_at: str | None = None
    """ISO 8601 with zone."""
    language: str = "ja"
    recording: str = ""
    """File name inside the recordings folder; messages only."""
    seconds: float = 0.0
    """How long the caller spoke in it."""
    transcribed: bool = False
    """Whether recognition has been over the message; `matter` may be empty all the same."""
    taken_by: str = ""
    taken_at: str | None = None
    done_by: str = ""

    @property
    def state(self) -> TicketState:
        """Where it stands."""
        return "done" if self.done_at else "taken" if self.taken_by else "open"


@dataclass(frozen=True, slots=True)
class TicketChange:
    """One line of a ticket's history."""

    id: int
    """Rises over all tickets: who remembers the last one misses nothing and sees nothing twice."""
    number: str
    at: str
    """ISO 8601 with zone."""
    operator: str
    """"" for the bot."""
    change: Change
    text: str
    """A note, or the departments of a reassignment (`環境課 → 税務課`)."""


def note(
    connection: sqlite3.Connection, call_id: str, order: RequestCallback, now: datetime, due: Due | None = None
) -> str:
    """Note a call back and return its number; the same number when the same wish is noted again.

    A wish is the same in another turn too: a call that comes back after its line broke asks once more.

    Raises:
        TranscriptError: there is no such call.
    """
    wish = (call_id, order.department, order.phone, order.name, order.matter, order.when)
    row = connection.execute(
        "SELECT id FROM tickets WHERE kind = 'callback' AND done_at IS NULL "
        "AND (call_id, department, phone, name, matter, wanted) = (?, ?, ?, ?, ?, ?)",
        wish,
    ).fetchone()
    if row is not None:
        return _number(row[0])
    language = connection.execute("SELECT language FROM calls WHERE id = ?", (call_id,)).fetchone()
    if language is None:
        raise TranscriptError("transcript.unknown_call", "A call back belongs to a call; begin the call first.")
    at = due(order.department, now) if due else None
    row = connection.execute(
        "INSERT INTO tickets (call_id, department, phone, name, matter, wanted, turn, created_at, due_at, language) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (call_id, turn) DO UPDATE SET turn = turn RETURNING id",
        (*wish, order.turn, now.isoformat(), at.isoformat() if at else None, language[0]),
    ).fetchone()
    changed(connection, row[0], now, "", "created")
    return _number(row[0])


def note_message(connection: sqlite3.Connection, call_id: str, seconds: float, body: str, due: Due | None) -> None:
    """A message has been entered in a call's record: a department owes an answer to it.

    Args:
        connection: Inside the transaction that enters it.
        call_id: The call.
        seconds: When, from the start of the call.
        body: The event `MessageRecorded` as JSON.
        due: By when.
    """
    event = json.loads(body)
    call = connection.execute("SELECT caller, language, started_at FROM calls WHERE id = ?", (call_id,)).fetchone()
    if call is None or not event["recording"] or event["seconds"] < SHORTEST_MESSAGE_SECONDS:
        return
    at = datetime.fromisoformat(call["started_at"]) + timedelta(seconds=seconds)
    department = _addressee(connection, call_id, event["turn"])
    by = due(department, at) if due else None
    row = connection.execute(
        "INSERT INTO tickets (call_id, kind, department, phone, name, matter, wanted, turn, created_at, due_at, "
        "language, recording, seconds) VALUES (?, 'message', ?, ?, '', '', '', ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING RETURNING id",
        (
            call_id,
            department,
            call["caller"] or "",
            event["turn"],
            at.isoformat(),
            by.isoformat() if by else None,
            call["language"],
            event["recording"],
            event["seconds"],
        ),
    ).fetchone()
    if row is not None:
        changed(connection, row[0], at, "", "created")


def changed(
    connection: sqlite3.Connection, ticket_id: int, now: datetime, operator: str, change: Change, text: str = ""
) -> None:
    """Enter a line into a ticket's history."""
    connection.execute(
        "INSERT INTO ticket_changes (ticket_id, at, operator, change, text) VALUES (?, ?, ?, ?, ?)",
        (ticket_id, now.isoformat(), operator, change, text),
    )


def forget_tickets(connection: sqlite3.Connection, where: str, values: tuple[object, ...]) -> int:
    """Delete tickets and their histories; how many."""
    chosen = f"SELECT id FROM tickets WHERE {where}"  # noqa: S608  fixed texts
    connection.execute(f"DELETE FROM ticket_changes WHERE ticket_id IN ({chosen})", values)  # noqa: S608
    return connection.execute(f"DELETE FROM tickets WHERE {where}", values).rowcount  # noqa: S608


def from_row(row: sqlite3.Row) -> Ticket:
    """The ticket of a row of `tickets`."""
    return Ticket(
        number=_number(row["id"]),
        call_id=row["call_id"],
        department=row["department"],
        phone=row["phone"],
        name=row["name"],
        matter=row["matter"],
        when=row["wanted"],
        created_at=row["created_at"],
        done_at=row["done_at"],
        kind=row["kind"],
        due_at=row["due_at"],
        language=row["language"],
        recording=row["recording"],
        seconds=row["seconds"],
        transcribed=bool(row["transcribed"]),
        taken_by=row["taken_by"],
        taken_at=row["taken_at"],
        done_by=row["done_by"],
    )


def id_of(number: str) -> int:
    """The row of a ticket's number; of anything else a row that does not exist."""
    return int(number) - FIRST_NUMBER if number.isascii() and number.isdecimal() else -1


def change_from_row(row: sqlite3.Row) -> TicketChange:
    """The line of a row of `ticket_changes`."""
    number = _number(row["ticket_id"])
    return TicketChange(row["id"], number, row["at"], row["operator"], row["change"], row["text"])


def _number(ticket_id: int) -> str:
    return str(FIRST_NUMBER + int(ticket_id))


def _addressee(connection: sqlite3.Connection, call_id: str, turn: int) -> str:
    """The department for which this message was taken."""
    rows = connection.execute(
        "SELECT body FROM records WHERE call_id = ? AND type = 'Record' ORDER BY seq DESC", (call_id,)
    )
    orders = [json.loads(row["body"]) for row in rows]
    return next((str(order["department"]) for order in orders if order["turn"] == turn), "")
