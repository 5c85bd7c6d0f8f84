"""Troubles in calls, as the staff work on them: which there were in a period, and what was decided about proposals.

A period is read by one range of one index, however many turns the store holds. Calls from before troubles were noted
are looked through when somebody asks for their period.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from voicebot.errors import TranscriptError
from voicebot.events import Alternative
from voicebot.transcripts.codec import Entry
from voicebot.transcripts.ticket_desk import Ask, Rows
from voicebot.transcripts.troubles import Trouble, troubles_of

Decided = Literal["accepted", "dismissed"]
_TROUBLE = TypeAdapter(Trouble)
_SAID = (
    "SELECT turns.*, calls.started_at, calls.language, COALESCE(NULLIF(answered_entry, ''), ("
    "SELECT answered_entry FROM turns AS searching WHERE searching.call_id = turns.call_id "
    "AND searching.turn = turns.turn + 1 AND searching.heard_text = ''), '') AS answered "
    "FROM turns JOIN calls ON calls.id = call_id WHERE call_id = ? AND heard_text != ''"
)
"""What a search answers stands at the search's own turn, which is the one after the caller's words."""
_DAMAGED = "A stored trouble is damaged; sum the call up again."


@dataclass(frozen=True, slots=True)
class TroubleOfCall:
    """A trouble, and in which call it was."""

    call_id: str
    began: int
    """The call's start, in seconds since 1970."""
    language: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a caller said in one turn, whatever became of it."""

    call_id: str
    turn: int
    began: int
    """The call's start, in seconds since 1970."""
    language: str
    node: str
    guesses: tuple[Alternative, ...]
    answered: str
    """The answer that was given; empty when none was."""


@dataclass(frozen=True, slots=True)
class ProposalDecision:
    """What somebody decided about a proposal."""

    key: str
    state: Decided
    title: str
    """What was proposed, in words."""
    reason: str
    """Why it was dismissed."""
    calls: tuple[str, ...]
    """The calls that it rested on."""
    by: str
    at: datetime


class Improvements:
    """The troubles and decisions of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        ask: Writes.
        rows: Reads.
        records: Gives the record of a call.
    """

    def __init__(self, ask: Ask, rows: Rows, records: Callable[[str], Sequence[Entry]]) -> None:
        self._ask = ask
        self._rows = rows
        self._records = records

    def troubles(self, since: datetime, until: datetime, limit: int) -> tuple[TroubleOfCall, ...]:
        """Troubles of calls that began at `since` or later and before `until`; newest call first."""
        rows = self._rows(
            "SELECT * FROM troubles WHERE began >= ? AND began < ? ORDER BY began DESC, call_id DESC, turn LIMIT ?",
            (floor(since.timestamp()), floor(until.timestamp()), limit),
        )
        return tuple(_trouble(row) for row in rows)

    def count(self, since: datetime, until: datetime) -> int:
        """How many there are in this time."""
        rows = self._rows(
            "SELECT COUNT(*) AS troubles FROM troubles WHERE began >= ? AND began < ?",
            (floor(since.timestamp()), floor(until.timestamp())),
        )
        return int(rows[0]["troubles"])

    def stamp(self, since: datetime, until: datetime) -> tuple[object, ...]:
        """Changes when there is something new to be known of this time: a trouble, a correction, a review, a report.

        Reads no more than the ends of the tables of what staff say, which may be of other times: then it changes for
        nothing.
        """
        rows = self._rows(
            "SELECT (SELECT MAX(id) FROM corrections) AS corrected, (SELECT MAX(at) FROM reviews) AS reviewed, "
            "(SELECT COUNT(*) FROM reviews) AS reviews, (SELECT MAX(at) FROM wrong_transfers) AS reported, "
            "(SELECT COUNT(*) FROM wrong_transfers) AS reports",
            (),
        )
        return (self.count(since, until), *rows[0])

    def unsifted(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Calls of this time that have ended and whose records have not been looked through; newest first."""
        rows = self._rows(
            "SELECT id FROM calls WHERE unixepoch(started_at) >= ? AND unixepoch(started_at) < ? "
            "AND ended_at IS NOT NULL AND id NOT IN (SELECT call_id FROM sifted) "
            "ORDER BY unixepoch(started_at) DESC",
            (floor(since.timestamp()), floor(until.timestamp())),
        )
        return tuple(row["id"] for row in rows)

    def sift(self, call_id: str) -> None:
        """Look a call's record through and note its troubles. A record that cannot be read has none."""
        try:
            entries = self._records(call_id)
        except TranscriptError:
            entries = ()
        self._ask(lambda connection: note_troubles(connection, call_id, entries))

    def utterance(self, call_id: str, turn: int) -> Utterance | None:
        """What was said in a turn; None when nothing was, or there is no such turn."""
        rows = self._rows(f"{_SAID} AND turns.turn = ?", (call_id, turn))
        return _utterance(rows[0]) if rows else None

    def before_transfer(self, call_id: str, number: int) -> Utterance | None:
        """What was said last before a transfer (counted from 1); None when nothing was."""
        transfers = self._rows(
            "SELECT started_at FROM transfers WHERE call_id = ? ORDER BY id LIMIT 1 OFFSET ?", (call_id, number - 1)
        )
        said = self._rows(f"{_SAID} ORDER BY turns.started_seconds", (call_id,))
        found = None
        for row in said if transfers else ():
            passed = datetime.fromisoformat(transfers[0]["started_at"]) - datetime.fromisoformat(row["started_at"])
            if row["started_seconds"] <= passed.total_seconds():
                found = row
        return _utterance(found) if found is not None else None

    def decide(self, decision: ProposalDecision) -> None:
        """Keep what was decided; the last word stands."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO proposals (key, state, title, reason, calls, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET state = excluded.state, title = excluded.title, "
                "reason = excluded.reason, calls = excluded.calls, by_whom = excluded.by_whom, at = excluded.at",
                (
                    decision.key,
                    decision.state,
                    decision.title,
                    decision.reason,
                    json.dumps(decision.calls),
                    decision.by,
                    decision.at.isoformat(),
                ),
            )

        self._ask(run)

    def reconsider(self, key: str) -> bool:
        """Propose it again; whether anything had been decided."""

        def run(connection: sqlite3.Connection) -> bool:
            return connection.execute("DELETE FROM proposals WHERE key = ?", (key,)).rowcount > 0

        return self._ask(run)

    def decisions(self, state: Decided | None = None, limit: int = 10_000) -> tuple[ProposalDecision, ...]:
        """What was decided, newest first."""
        rows = self._rows(
            "SELECT * FROM proposals WHERE ? IS NULL OR state = ? ORDER BY unixepoch(at) DESC, key LIMIT ?",
            (state, state, limit),
        )
        return tuple(_decision(row) for row in rows)


def _utterance(row: sqlite3.Row) -> Utterance:
    try:
        guesses = tuple(Alternative(**each) for each in json.loads(row["nbest"]))
    except (ValueError, TypeError) as error:
        raise TranscriptError("transcript.damaged", _DAMAGED) from error
    began = floor(datetime.fromisoformat(row["started_at"]).timestamp())
    return Utterance(row["call_id"], row["turn"], began, row["language"], row["node"], guesses, row["answered"])


def note_troubles(connection: sqlite3.Connection, call_id: str, entries: Sequence[Entry]) -> None:
    """Compute the troubles of an ended call again, inside the transaction that is open."""
    call = connection.execute("SELECT started_at, language FROM calls WHERE id = ?", (call_id,)).fetchone()
    if call is None:
        return
    connection.execute("DELETE FROM troubles WHERE call_id = ?", (call_id,))
    connection.execute("INSERT OR IGNORE INTO sifted (call_id) VALUES (?)", (call_id,))
    began = floor(datetime.fromisoformat(call["started_at"]).timestamp())
    connection.executemany(
        "INSERT OR REPLACE INTO troubles (call_id, turn, began, language, body) VALUES (?, ?, ?, ?, ?)",
        [
            (call_id, each.turn, began, call["language"], _TROUBLE.dump_json(each).decode())
            for each in troubles_of(entries)
        ],
    )


def _trouble(row: sqlite3.Row) -> TroubleOfCall:
    try:
        trouble = _TROUBLE.validate_json(row["body"])
    except ValidationError as error:
        raise TranscriptError("transcript.damaged", _DAMAGED) from error
    return TroubleOfCall(row["call_id"], row["began"], row["language"], trouble)


def _decision(row: sqlite3.Row) -> ProposalDecision:
    return ProposalDecision(
        row["key"],
        row["state"],
        row["title"],
        row["reason"],
        tuple(json.loads(row["calls"])),
        row["by_whom"],
        datetime.fromisoformat(row["at"]),
    )
