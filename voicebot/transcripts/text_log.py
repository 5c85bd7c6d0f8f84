"""Text messages: what was to be sent, and what the carrier says became of it."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from voicebot.transcripts.ticket_desk import Ask

SENDING = "sending to the carrier"
"""Our own status: the carrier has not answered yet; or the service ended before it did, and nobody knows."""
_RANK = {SENDING: 0, "accepted": 1, "scheduled": 1, "queued": 1, "sending": 2, "sent": 3}
LAST = frozenset({"delivered", "undelivered", "failed", "canceled"})
"""After these nothing more comes (twilio.com/docs/messaging/api/message-resource)."""
MOST_LOOKED_AT = 2000
"""So many of the latest messages are looked at for failures."""


@dataclass(frozen=True, slots=True)
class TextMessage:
    """One text message."""

    id: int
    call_id: str
    phone: str
    """National digits."""
    text: str
    sid: str
    """The carrier's id; "" until it has one."""
    status: str
    """`SENDING`, or Twilio's `MessageStatus`."""
    error: str
    """Our code or Twilio's error number; "" when all is well."""
    created_at: str
    changed_at: str


class TextLog:
    """The text messages of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        ask: Writes.
        rows: Reads.
    """

    def __init__(self, ask: Ask, rows: Callable[[str, tuple[object, ...]], list[sqlite3.Row]]) -> None:
        self._ask = ask
        self._rows = rows

    def enter(self, call_id: str, phone: str, text: str, now: datetime) -> TextMessage:
        """Note that this shall be sent; what is known of it when that was noted before in this call."""

        def run(connection: sqlite3.Connection) -> sqlite3.Row:
            connection.execute(
                "INSERT INTO text_messages (call_id, phone, text, status, created_at, changed_at) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (call_id, phone, text, SENDING, now.isoformat(), now.isoformat()),
            )
            where = "SELECT * FROM text_messages WHERE (call_id, phone, text) = (?, ?, ?)"
            found: sqlite3.Row = connection.execute(where, (call_id, phone, text)).fetchone()
            return found

        return from_row(self._ask(run))

    def update(
        self, message_id: int, status: str, now: datetime, *, sid: str = "", error: str = ""
    ) -> TextMessage | None:
        """What the carrier says; the message when that is news, None when it is not (told late, or twice)."""
        return self._ask(partial(_updated, message_id=message_id, status=status, sid=sid, error=error, now=now))

    def of_call(self, call_id: str) -> tuple[TextMessage, ...]:
        """The text messages of a call, oldest first."""
        return tuple(
            from_row(row) for row in self._rows("SELECT * FROM text_messages WHERE call_id = ? ORDER BY id", (call_id,))
        )

    def failures(self, since: datetime, limit: int = 50) -> tuple[TextMessage, ...]:
        """What did not arrive, as far as that became known since this moment; newest first, of the latest messages."""
        rows = self._rows(
            "SELECT * FROM text_messages WHERE id > (SELECT COALESCE(MAX(id), 0) FROM text_messages) - ? "
            "AND status IN ('undelivered', 'failed', 'canceled') AND unixepoch(changed_at) >= ? "
            "ORDER BY id DESC LIMIT ?",
            (MOST_LOOKED_AT, int(since.timestamp()), limit),
        )
        return tuple(from_row(row) for row in rows)


def _updated(
    connection: sqlite3.Connection, message_id: int, status: str, sid: str, error: str, now: datetime
) -> TextMessage | None:
    row = connection.execute("SELECT * FROM text_messages WHERE id = ?", (message_id,)).fetchone()
    if row is None or (sid and row["sid"] and sid != row["sid"]):
        return None
    connection.execute("UPDATE text_messages SET sid = ? WHERE id = ? AND sid = ''", (sid, message_id))
    over = row["status"] in LAST and row["sid"]  # what never had an id may be tried again
    if row["status"] == status or over or _rank(status) <= _rank(row["status"]):
        return None
    connection.execute(
        "UPDATE text_messages SET status = ?, error = ?, changed_at = ? WHERE id = ?",
        (status, error, now.isoformat(), message_id),
    )
    return from_row(connection.execute("SELECT * FROM text_messages WHERE id = ?", (message_id,)).fetchone())


def _rank(status: str) -> int:
    return _RANK.get(status, 9 if status in LAST else 2)


def from_row(row: sqlite3.Row) -> TextMessage:
    """The text message of a row of `text_messages`."""
    return TextMessage(**{name: row[name] for name in TextMessage.__slots__})
