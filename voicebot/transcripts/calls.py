"""Calls as values, and the statements that begin, find and forget them."""

import secrets
import sqlite3
from dataclasses import dataclass, fields
from datetime import datetime

from voicebot.errors import TranscriptError


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as listed."""

    id: str
    carrier_sid: str
    """The carrier's own id."""
    caller: str | None
    """None when the number was withheld."""
    called: str
    language: str
    started_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    outcome: str | None
    """One of `outcome.CALL_OUTCOMES`; None while the call goes on."""
    content: str
    """Fingerprint of the content that was in force."""
    recording: str | None
    """File name inside the recordings folder; None when nothing was kept."""
    refused_recording: bool
    recogniser: str
    voice: str
    seconds: float | None
    """How long the call took."""
    release: int | None = None
    """Number of the release that was in force; None for calls from before there were releases."""


_FIELDS = tuple(each.name for each in fields(Call))


@dataclass(frozen=True, slots=True)
class NewCall:
    """What is known of a call when it rings."""

    carrier_sid: str
    caller: str | None
    called: str
    language: str
    content: str = ""
    recogniser: str = ""
    voice: str = ""
    release: int | None = None


def new_id(now: datetime) -> str:
    """An id that sorts by time and cannot be guessed: `20270401-083000-9f2c4e1ab0d3`."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(6)}"


def insert(connection: sqlite3.Connection, call_id: str, call: NewCall, now: datetime) -> str:
    """Enter the call unless the carrier's id is there already; the id of the call that is there now."""
    connection.execute(
        "INSERT INTO calls "
        "(id, carrier_sid, caller, called, language, started_at, content, recogniser, voice, release) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (carrier_sid) DO NOTHING",
        (
            call_id,
            call.carrier_sid,
            call.caller,
            call.called,
            call.language,
            now.isoformat(),
            call.content,
            call.recogniser,
            call.voice,
            call.release,
        ),
    )
    found: str = connection.execute("SELECT id FROM calls WHERE carrier_sid = ?", (call.carrier_sid,)).fetchone()[0]
    return found


def delete(connection: sqlite3.Connection, call_id: str) -> bool:
    """Forget the call and all that hangs on it; whether it was there. Tickets stay: they have their own time."""
    return connection.execute("DELETE FROM calls WHERE id = ?", (call_id,)).rowcount > 0


def purge_index(connection: sqlite3.Connection) -> None:
    """Merge the search index into one piece, which leaves out what has been deleted."""
    connection.execute("INSERT INTO turns_fts (turns_fts) VALUES ('optimize')")


def from_row(row: sqlite3.Row) -> Call:
    """The call of a row of `calls`.

    Raises:
        TranscriptError: a time in the row is damaged.
    """
    values = {name: row[name] for name in _FIELDS}
    values["refused_recording"] = bool(values["refused_recording"])
    try:
        values["started_at"] = datetime.fromisoformat(values["started_at"])
        values["ended_at"] = datetime.fromisoformat(values["ended_at"]) if values["ended_at"] else None
    except ValueError as error:
        raise TranscriptError(
            "transcript.damaged", "A stored time is damaged; restore the database from a backup."
        ) from error
    return Call(**values)
