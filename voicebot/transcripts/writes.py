"""What can be written later: writes as plain data that survive an outage in memory, in a file, or over a restart.

Each may be applied twice with the same result, because a crash between the commit and the removal of the spool file
brings it again.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from voicebot.events import MessageRecorded
from voicebot.transcripts.codec import Kind, Tagged
from voicebot.transcripts.tickets import Due, note_message


@dataclass(frozen=True, slots=True)
class Append:
    """One more entry of a call's record."""

    call_id: str
    seq: int
    seconds: float
    kind: Kind
    name: str
    """The class of the event or action."""
    body: str


@dataclass(frozen=True, slots=True)
class KeepState:
    """The conversation's state after `seq - 1` entries."""

    call_id: str
    seq: int
    state: str


@dataclass(frozen=True, slots=True)
class Decide:
    """What the carrier must be told, decided after `seq - 1` entries."""

    call_id: str
    seq: int
    decision: str


@dataclass(frozen=True, slots=True)
class End:
    """The call is over; the first reason stands, the last time counts."""

    call_id: str
    ended_at: datetime
    reason: str
    recording: str | None


Write = Append | KeepState | Decide | End

_WRITES = Tagged((Append, KeepState, Decide, End))


def to_line(write: Write) -> str:
    """The write as one line of JSON."""
    return _WRITES.encode(write)


def from_line(line: str) -> Write:
    """The write of a line.

    Raises:
        TranscriptError: the line is damaged.
    """
    write: Write = _WRITES.decode(line)
    return write


def apply(connection: sqlite3.Connection, write: Write, due: Due | None = None) -> None:
    """Carry out one write inside the transaction that is open. A message becomes a ticket with it, due as `due` says.

    Raises:
        sqlite3.Error: not written.
    """
    match write:
        case Append():
            connection.execute(
                "INSERT INTO records (call_id, seq, seconds, kind, type, body) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (call_id, seq) DO NOTHING",
                (write.call_id, write.seq, write.seconds, write.kind, write.name, write.body),
            )
            if write.name == MessageRecorded.__name__:
                note_message(connection, write.call_id, write.seconds, write.body, due)
        case KeepState():
            _session(connection, "state", write.call_id, write.seq, write.state)
        case Decide():
            _session(connection, "decision", write.call_id, write.seq, write.decision)
        case End():
            _end(connection, write)


def calls_of(writes: Iterable[Write]) -> set[str]:
    """The calls whose record or end these writes touch."""
    return {write.call_id for write in writes if isinstance(write, Append | End)}


def _session(connection: sqlite3.Connection, column: str, call_id: str, seq: int, value: str) -> None:
    # A spooled write that arrives late must not replace a newer one.
    connection.execute(
        f"INSERT INTO sessions (call_id, {column}, {column}_seq) VALUES (?, ?, ?) "  # noqa: S608  two fixed names
        f"ON CONFLICT (call_id) DO UPDATE SET {column} = excluded.{column}, {column}_seq = excluded.{column}_seq "
        f"WHERE {column}_seq <= excluded.{column}_seq",
        (call_id, value, seq),
    )


def _end(connection: sqlite3.Connection, write: End) -> None:
    row = connection.execute("SELECT started_at, ended_at FROM calls WHERE id = ?", (write.call_id,)).fetchone()
    if row is None:
        raise sqlite3.IntegrityError("no such call")
    ended = write.ended_at
    if row["ended_at"]:
        ended = max(ended, datetime.fromisoformat(row["ended_at"]))
    seconds = max(0.0, (ended - datetime.fromisoformat(row["started_at"])).total_seconds())
    connection.execute(
        "UPDATE calls SET ended_at = ?, seconds = ?, end_reason = COALESCE(end_reason, ?), "
        "recording = COALESCE(?, recording) WHERE id = ?",
        (ended.isoformat(), seconds, write.reason, write.recording, write.call_id),
    )
