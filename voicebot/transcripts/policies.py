"""How long each kind of data is kept, and what will be deleted when."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from voicebot.errors import TranscriptError
from voicebot.transcripts.ticket_desk import Ask

Kind = Literal["sound", "calls", "tickets"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""`sound`: recordings of calls. `calls`: what was said and done in them, with what staff have said about it. `tickets`:
call backs and messages that have been done, with the sound of the messages. Open tickets are kept until they are done.
Figures of days tell of nobody and are kept."""
MOST_DAYS = 3650
_WHERE: Mapping[Kind, tuple[str, str]] = {
    "sound": ("calls WHERE recording IS NOT NULL AND", "started_at"),
    "calls": ("calls WHERE", "started_at"),
    "tickets": ("tickets WHERE", "done_at"),
}
"""Table and column of time of each kind; counted and ordered by the moment itself, as the indexes are."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How long one kind is kept."""

    kind: Kind
    days: int
    """0 keeps it for ever."""
    by: str = ""
    """Who has decided; empty when the settings did."""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Going:
    """What will have been deleted by a day."""

    kind: Kind
    day: datetime
    count: int
    oldest: str
    """When the oldest of them began, or was done; ISO 8601, "" when there is none."""


class Policies:
    """The decisions of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        ask: Writes.
        rows: Reads.
    """

    def __init__(self, ask: Ask, rows: Callable[[str, tuple[object, ...]], list[sqlite3.Row]]) -> None:
        self._ask = ask
        self._rows = rows

    def all(self, otherwise: int) -> Mapping[Kind, Policy]:
        """For each kind what was decided; else `otherwise`, the days of the settings."""
        decided = {row["kind"]: Policy(**dict(row)) for row in self._rows("SELECT * FROM policies", ())}
        return {kind: decided.get(kind) or Policy(kind, otherwise) for kind in KINDS}

    def decide(self, kind: Kind, days: int, by: str, now: datetime) -> None:
        """Keep this kind for so many days from now on; 0 for ever.

        Raises:
            TranscriptError: so many days make no sense.
        """
        if not 0 <= days <= MOST_DAYS:
            raise TranscriptError("transcript.policy", f"Days are a number from 0 (for ever) to {MOST_DAYS}.")

        def run(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT INTO policies (kind, days, by, at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (kind) DO UPDATE SET days = excluded.days, by = excluded.by, at = excluded.at",
                (kind, days, by, now.isoformat()),
            )

        self._ask(run)

    def with_sound(self, until: datetime, limit: int) -> tuple[tuple[str, str], ...]:
        """Id and recording of calls that began before this moment and have their sound yet, oldest first."""
        rows = self._rows(
            "SELECT id, recording FROM calls WHERE recording IS NOT NULL AND unixepoch(started_at) < ? "
            "ORDER BY unixepoch(started_at) LIMIT ?",
            (int(until.timestamp()), limit),
        )
        return tuple((row["id"], row["recording"]) for row in rows)

    def silence(self, call_id: str) -> None:
        """The sound of a call is gone; the rest stays."""
        sql = "UPDATE calls SET recording = NULL WHERE id = ?"
        self._ask(lambda connection: connection.execute(sql, (call_id,)).rowcount)

    def going(self, policy: Policy, now: datetime, ahead: tuple[int, ...] = (0, 7, 30)) -> tuple[Going, ...]:
        """What will have been deleted now, in a week and in a month, if nothing is decided anew."""
        if not policy.days:
            return ()
        found = []
        for days in ahead:
            day = now + timedelta(days=days)
            until = int((day - timedelta(days=policy.days)).timestamp())
            where, column = _WHERE[policy.kind]
            old = f"{where} unixepoch({column}) < ?"
            ((count,),) = self._rows(f"SELECT COUNT(*) FROM {old}", (until,))  # noqa: S608  fixed names
            first = f"SELECT {column} FROM {old} ORDER BY unixepoch({column}) LIMIT 1"  # noqa: S608  fixed names
            oldest = self._rows(first, (until,))
            found.append(Going(policy.kind, day, count, oldest[0][0] if oldest else ""))
        return tuple(found)
