"""Tables that are computed from the records of a call that has ended: turns, transfers, messages, the outcome."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from voicebot.actions import DiscardCallRecording, DropMessage, Record, RequestCallback, Transfer
from voicebot.events import LegUpdated, MessageRecorded, OperatorAnswered, TransferEnded
from voicebot.transcripts.codec import Entry, decode
from voicebot.transcripts.improvements import note_troubles
from voicebot.transcripts.outcome import outcome_of
from voicebot.transcripts.turns import TurnRow, turns_of

SEPARATOR = "、"
"""Between the departments of a call."""
AT_ONCE = "in-progress"
"""The carrier's word for a telephone that has just been picked up."""
_NOT_UNDERSTOOD = frozenset({"no_match", "rejected"})


def derive_ended(connection: sqlite3.Connection, call_ids: Iterable[str]) -> None:
    """Compute the tables again for those of these calls that have ended, inside the transaction that is open.

    Raises:
        TranscriptError: a record is damaged.
        sqlite3.Error: not written.
    """
    for call_id in call_ids:
        row = connection.execute("SELECT * FROM calls WHERE id = ? AND ended_at IS NOT NULL", (call_id,)).fetchone()
        if row is not None:
            _derive(connection, row)


def entries_of(connection: sqlite3.Connection, call_id: str) -> tuple[Entry, ...]:
    """The record of a call, in order.

    Raises:
        TranscriptError: a record is damaged.
    """
    rows = connection.execute("SELECT seq, seconds, body FROM records WHERE call_id = ? ORDER BY seq", (call_id,))
    return tuple(Entry(row["seq"], row["seconds"], decode(row["body"])) for row in rows)


def _derive(connection: sqlite3.Connection, call: sqlite3.Row) -> None:
    call_id = call["id"]
    entries = entries_of(connection, call_id)
    started = datetime.fromisoformat(call["started_at"])
    refused = any(isinstance(entry.item, DiscardCallRecording) for entry in entries)
    turns = turns_of(entries)
    connection.execute(
        "UPDATE calls SET outcome = ?, refused_recording = ?, recording = CASE WHEN ? THEN NULL ELSE recording END, "
        "lowest = ?, not_understood = ?, departments = ? WHERE id = ?",
        (
            outcome_of(entries, call["end_reason"]),
            refused,
            refused,
            min((row.confidence for row in turns if row.confidence is not None), default=None),
            sum(row.missed in _NOT_UNDERSTOOD for row in turns),
            SEPARATOR.join(_departments(entries)),
            call_id,
        ),
    )
    _replace(connection, "turns", call_id, [_turn_values(row) for row in turns])
    _replace(connection, "messages", call_id, list(_messages(entries, started)))
    _replace(connection, "transfers", call_id, list(_transfers(entries, started)))
    note_troubles(connection, call_id, entries)


def _replace(connection: sqlite3.Connection, table: str, call_id: str, rows: list[dict[str, object]]) -> None:
    connection.execute(f"DELETE FROM {table} WHERE call_id = ?", (call_id,))  # noqa: S608  three fixed names
    if rows:
        names = ", ".join(rows[0])
        marks = ", ".join(f":{name}" for name in rows[0])
        connection.executemany(
            f"INSERT INTO {table} (call_id, {names}) VALUES (:call_id, {marks})",  # noqa: S608  names of our fields
            [{"call_id": call_id, **row} for row in rows],
        )


def _turn_values(row: TurnRow) -> dict[str, object]:
    values = asdict(row)
    values["nbest"] = json.dumps(values["nbest"], ensure_ascii=False)
    return values


def _departments(entries: Sequence[Entry]) -> dict[str, None]:
    """Whom the caller was led to, each once, in order."""
    orders = (entry.item for entry in entries if isinstance(entry.item, Transfer | Record | RequestCallback))
    return {order.department: None for order in orders if order.department}


def _messages(entries: Sequence[Entry], started: datetime) -> Iterator[dict[str, object]]:
    departments: dict[int, str] = {}
    dropped = {entry.item.recording for entry in entries if isinstance(entry.item, DropMessage)}
    for entry in entries:
        match entry.item:
            case Record(turn, department):
                departments[turn] = department
            case MessageRecorded(turn, recording, seconds) if recording and recording not in dropped:
                yield {
                    "recording": recording,
                    "seconds": seconds,
                    "department": departments.get(turn, ""),
                    "created_at": _moment(started, entry.seconds),
                }
            case _:
                pass


def _transfers(entries: Sequence[Entry], started: datetime) -> Iterator[dict[str, object]]:
    ends = {entry.item.turn: entry for entry in entries if isinstance(entry.item, TransferEnded)}
    for entry in entries:
        if isinstance(entry.item, Transfer):
            end = ends.get(entry.item.turn)
            ended = end.item if end and isinstance(end.item, TransferEnded) else None
            yield {
                "department": entry.item.department,
                "outcome": ended.outcome if ended else None,
                "detail": ended.detail if ended else "",
                "started_at": _moment(started, entry.seconds),
                "ended_at": _moment(started, end.seconds) if end else None,
                "answered_at": _answered(entries, entry, end, started) if ended and end else None,
            }


def _answered(entries: Sequence[Entry], order: Entry, end: Entry, started: datetime) -> str | None:
    """When somebody took the call: by their key where they were asked, else when the carrier told of it at once.

    A telephone of which the carrier tells only when it is over gives no moment.
    """
    assert isinstance(end.item, TransferEnded)  # noqa: S101  found as such
    if end.item.outcome != "connected":
        return None
    during = [entry for entry in entries if order.seq < entry.seq < end.seq]
    accepted = [each for each in during if isinstance(each.item, OperatorAnswered) and each.item.answer == "accepted"]
    picked_up = [
        each
        for each in during
        if isinstance(each.item, LegUpdated)
        and each.item.result == "connected"
        and each.item.detail.startswith(AT_ONCE)
    ]
    taken = accepted or picked_up
    return _moment(started, taken[0].seconds) if taken else None


def _moment(started: datetime, seconds: float) -> str:
    return (started + timedelta(seconds=seconds)).isoformat()
