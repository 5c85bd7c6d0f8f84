"""Reading calls: a fresh read-only connection for each question, so that reading never disturbs writing."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from math import floor
from pathlib import Path

from voicebot.errors import TranscriptError
from voicebot.events import Alternative
from voicebot.transcripts import calls, derive, tickets
from voicebot.transcripts.call_list import CallList
from voicebot.transcripts.calls import Call
from voicebot.transcripts.codec import Entry
from voicebot.transcripts.connection import reading
from voicebot.transcripts.outcome import CallOutcome
from voicebot.transcripts.reviews import ReviewList
from voicebot.transcripts.tickets import Ticket
from voicebot.transcripts.turns import TurnRow, turns_of

_SHORTEST_TRIGRAM = 3


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message that a caller left."""

    call_id: str
    recording: str
    """File name inside the recordings folder."""
    seconds: float
    department: str
    created_at: str
    """ISO 8601 with zone."""


@dataclass(frozen=True, slots=True)
class TransferRow:
    """An attempt to connect a caller."""

    call_id: str
    department: str
    outcome: str | None
    """As in `events.Outcome`; None while it is going on, or when nobody told."""
    detail: str
    started_at: str
    """ISO 8601 with zone."""
    ended_at: str | None
    answered_at: str | None = None
    """When somebody took the call; None where nobody did, or the carrier did not tell when."""


class Reader:
    """Reads the calls of one database. Every method opens the file anew and may be used from any thread.

    Every method raises `TranscriptError` when the database cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reviews: ReviewList = ReviewList(self._rows)
        """What staff say about calls: reviews and corrections."""
        self.listing = CallList(path)
        """The calls as a list, by filters and words."""

    def calls(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        outcome: CallOutcome | None = None,
        *,
        open_only: bool = False,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[Call, ...]:
        """Calls that began at `since` or later and before `until`, newest first; a limit of -1 is none.

        `open_only` leaves out calls that have ended.
        """
        rows = self._rows(
            "SELECT * FROM calls WHERE unixepoch(started_at) >= ? AND unixepoch(started_at) < ? "
            "AND (? IS NULL OR outcome = ?) AND (NOT ? OR ended_at IS NULL) "
            "ORDER BY unixepoch(started_at) DESC, id DESC LIMIT ? OFFSET ?",
            (_from(since), _to(until), outcome, outcome, open_only, limit, offset),
        )
        return tuple(calls.from_row(row) for row in rows)

    def calls_of(self, caller: str, since: datetime, limit: int = 20) -> tuple[Call, ...]:
        """Calls from this number that began at `since` or later, newest first."""
        rows = self._rows(
            "SELECT * FROM calls WHERE caller = ? AND unixepoch(started_at) >= ? "
            "ORDER BY unixepoch(started_at) DESC, id DESC LIMIT ?",
            (caller, _from(since), limit),
        )
        return tuple(calls.from_row(row) for row in rows)

    def call(self, call_id: str) -> Call | None:
        """The call of this id."""
        rows = self._rows("SELECT * FROM calls WHERE id = ?", (call_id,))
        return calls.from_row(rows[0]) if rows else None

    def find(self, carrier_sid: str) -> str | None:
        """The id of the call that the carrier calls so."""
        rows = self._rows("SELECT id FROM calls WHERE carrier_sid = ?", (carrier_sid,))
        return str(rows[0]["id"]) if rows else None

    def records(self, call_id: str) -> tuple[Entry, ...]:
        """Everything that happened in a call and was ordered, in order."""
        with reading(self.path) as connection:
            return derive.entries_of(connection, call_id)

    def turns(self, call_id: str) -> list[TurnRow]:
        """The turns of a call, also of one that is going on."""
        return turns_of(self.records(call_id))

    def kept_turns(self, call_ids: Sequence[str]) -> tuple[tuple[str, TurnRow], ...]:
        """Call id and turn of these calls, as summed up at their ends; at most some thousand calls at once."""
        marks = ", ".join("?" * len(call_ids))
        return _turns(
            self._rows(f"SELECT * FROM turns WHERE call_id IN ({marks}) ORDER BY id", tuple(call_ids))  # noqa: S608
        )

    def search(self, text: str, limit: int = 100) -> tuple[tuple[str, TurnRow], ...]:
        """Call id and turn where this was said, by the bot or by a caller, newest call first."""
        if len(text) >= _SHORTEST_TRIGRAM:
            quoted = '"' + text.replace('"', '""') + '"'
            where, values = "turns.id IN (SELECT rowid FROM turns_fts WHERE turns_fts MATCH ?)", (quoted,)
        else:  # the index knows nothing shorter
            where, values = "instr(asked || ' ' || heard_text, ?)", (text,)
        sql = (
            f"SELECT turns.* FROM turns JOIN calls ON calls.id = call_id WHERE {where} "  # noqa: S608  see above
            "ORDER BY unixepoch(started_at) DESC, turns.id LIMIT ?"
        )
        return _turns(self._rows(sql, (*values, limit)))

    def messages(self, call_id: str | None = None, limit: int = 100) -> tuple[MessageRow, ...]:
        """Messages, newest first; of one call or of all."""
        rows = self._of_call("messages", "created_at", call_id, limit)
        return tuple(MessageRow(**{each.name: row[each.name] for each in fields(MessageRow)}) for row in rows)

    def transfers(self, call_id: str | None = None, limit: int = 100) -> tuple[TransferRow, ...]:
        """Attempts to connect, newest first; of one call or of all."""
        rows = self._of_call("transfers", "started_at", call_id, limit)
        return tuple(TransferRow(**{each.name: row[each.name] for each in fields(TransferRow)}) for row in rows)

    def tickets(self, call_id: str | None = None, limit: int = 100) -> tuple[Ticket, ...]:
        """Promised call backs, newest first; of one call or of all."""
        return tuple(tickets.from_row(row) for row in self._of_call("tickets", "created_at", call_id, limit))

    def _of_call(self, table: str, time: str, call_id: str | None, limit: int) -> list[sqlite3.Row]:
        sql = (
            f"SELECT * FROM {table} WHERE ? IS NULL OR call_id = ? "  # noqa: S608  fixed names
            f"ORDER BY unixepoch({time}) DESC, id DESC LIMIT ?"
        )
        return self._rows(sql, (call_id, call_id, limit))

    def _rows(self, sql: str, values: Sequence[object]) -> list[sqlite3.Row]:
        with reading(self.path) as connection:
            return connection.execute(sql, tuple(values)).fetchall()


def _from(since: datetime | None) -> float:
    return floor(since.timestamp()) if since else float("-inf")


def _to(until: datetime | None) -> float:
    return floor(until.timestamp()) if until else float("inf")


def _turns(rows: list[sqlite3.Row]) -> tuple[tuple[str, TurnRow], ...]:
    return tuple((row["call_id"], _turn(row)) for row in rows)


def _turn(row: sqlite3.Row) -> TurnRow:
    values = {each.name: row[each.name] for each in fields(TurnRow)}
    try:
        values["nbest"] = tuple(Alternative(**each) for each in json.loads(row["nbest"]))
    except (ValueError, TypeError) as error:
        raise TranscriptError("transcript.damaged", "A stored turn is damaged; sum the call up again.") from error
    return TurnRow(**values)
