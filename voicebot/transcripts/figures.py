"""The figures of the calls: sums by day that are kept, so that any period is quick, however many calls there were.

A day is counted anew when something of it has changed (see `schema_figures`): it is read beside the service, and only
its few hundred rows are written, in one short transaction. Figures say nothing about anybody, so they stay when calls
are forgotten: what a forgotten call has added is kept apart, and a day that is counted anew has it still.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Literal

from voicebot.transcripts import measures
from voicebot.transcripts.measures import Cells, Ears
from voicebot.transcripts.ticket_desk import Ask, Rows

Sums = Mapping[str, Mapping[str, tuple[int, float]]]
"""Count and total by measure and key."""


Counts = Mapping[str, int]
Grain = Literal["day", "weekday"]
_GRAINS: Mapping[Grain, str] = {"day": "day", "weekday": "CAST((strftime('%w', day) + 6) % 7 AS TEXT)"}


class FigureList:
    """Reads the figures of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        rows: Reads.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def sums(self, first: date, last: date, wanted: Iterable[str]) -> Sums:
        """The sums of these measures over the days from `first` to `last`."""
        names = tuple(wanted)
        found: dict[str, dict[str, tuple[int, float]]] = {name: {} for name in names}
        for row in self._rows(
            "SELECT measure, key, SUM(count) AS count, SUM(total) AS total FROM figures "  # noqa: S608  question marks
            f"WHERE measure IN ({_marks(names)}) AND day BETWEEN ? AND ? GROUP BY measure, key",
            (*names, first.isoformat(), last.isoformat()),
        ):
            found[row["measure"]][row["key"]] = (row["count"], row["total"])
        return found

    def by_part(self, first: date, last: date, measure: str, place: Literal[0, 1], of: Grain) -> Mapping[str, Counts]:
        """Counts of a measure with keys of two parts, by day or weekday (Monday is `0`) and by one of the parts."""
        part = "substr(key, 1, instr(key, char(9)) - 1)" if place == 0 else "substr(key, instr(key, char(9)) + 1)"
        found: dict[str, dict[str, int]] = {}
        for row in self._rows(
            f"SELECT {_GRAINS[of]} AS of_day, {part} AS part, SUM(count) AS count FROM figures "  # noqa: S608  fixed texts
            "WHERE measure = ? AND day BETWEEN ? AND ? GROUP BY 1, 2",
            (measure, first.isoformat(), last.isoformat()),
        ):
            found.setdefault(row["of_day"], {})[row["part"]] = row["count"]
        return found

    def outcomes(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Calls that began in this time by outcome, `open` for those that go on; counted now, so for a day or two."""
        rows = self._rows(
            "SELECT COALESCE(outcome, 'open') AS outcome, COUNT(*) AS n FROM calls "
            "WHERE unixepoch(started_at) >= ? AND unixepoch(started_at) < ? GROUP BY 1",
            (int(since.timestamp()), int(until.timestamp())),
        )
        return {row["outcome"]: row["n"] for row in rows}

    def unreviewed(self, since: datetime) -> int:
        """Calls since this moment in which something was not understood, and to which nobody has listened."""
        rows = self._rows(
            "SELECT COUNT(*) AS n FROM calls WHERE unixepoch(started_at) >= ? AND not_understood > 0 "
            "AND NOT EXISTS (SELECT 1 FROM reviews WHERE call_id = calls.id AND status = 'done')",
            (int(since.timestamp()),),
        )
        return int(rows[0]["n"])

    def owed(self, now: datetime) -> tuple[int, int]:
        """Messages and call backs that nobody has done yet, and how many of them are overdue."""
        rows = self._rows(
            "SELECT COUNT(*) AS n, COALESCE(SUM(unixepoch(due_at) < ?), 0) AS late FROM tickets WHERE done_at IS NULL",
            (int(now.timestamp()),),
        )
        return int(rows[0]["n"]), int(rows[0]["late"])

    def span(self) -> tuple[date, date] | None:
        """The first and the last day that has calls, or had; None when there never were any."""
        row = self._rows("SELECT MIN(day) AS first, MAX(day) AS last FROM figure_days", ())[0]
        return (date.fromisoformat(row["first"]), date.fromisoformat(row["last"])) if row["first"] else None

    def stale(self, limit: int = 100) -> tuple[str, ...]:
        """Days whose figures are older than their calls, newest first."""
        rows = self._rows("SELECT day FROM figure_days WHERE version != counted ORDER BY day DESC LIMIT ?", (limit,))
        return tuple(row["day"] for row in rows)

    def stale_between(self, first: date, last: date) -> int:
        """How many days of a period are not counted yet."""
        sql = "SELECT COUNT(*) AS n FROM figure_days WHERE version != counted AND day BETWEEN ? AND ?"
        return int(self._rows(sql, (first.isoformat(), last.isoformat()))[0]["n"])


class Figures(FigureList):
    """Reads and counts the figures of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        ask: Writes.
        rows: Reads.
        read: Opens a connection that only reads.
    """

    def __init__(self, ask: Ask, rows: Rows, read: Callable[[], AbstractContextManager[sqlite3.Connection]]) -> None:
        super().__init__(rows)
        self._ask = ask
        self._read = read
        self.ears = Ears(lambda text, language: text, lambda text, language: text.split())
        """How what was heard is compared with what was said; who knows readings and words puts them here."""

    def count(self, day: str) -> bool:
        """Count a day anew; False when it is unknown. What changes meanwhile leaves it stale."""
        with self._read() as connection:
            connection.execute("BEGIN")  # one view of the day
            row = connection.execute("SELECT version FROM figure_days WHERE day = ?", (day,)).fetchone()
            if row is None:
                return False
            cells = measures.summed(measures.of_day(connection, day, self.ears), _forgotten(connection, day))

        def run(writing: sqlite3.Connection) -> bool:
            later = writing.execute("SELECT counted > ? FROM figure_days WHERE day = ?", (row["version"], day))
            if later.fetchone()[0]:
                return True  # somebody else has counted it, from a later view
            writing.execute("DELETE FROM figures WHERE day = ?", (day,))
            writing.executemany(
                "INSERT INTO figures (measure, day, key, count, total) VALUES (?, ?, ?, ?, ?)",
                [(measure, day, key, count, total) for (measure, key), (count, total) in cells.items()],
            )
            writing.execute("UPDATE figure_days SET counted = ? WHERE day = ?", (row["version"], day))
            return True

        return self._ask(run)

    def keep(self, connection: sqlite3.Connection, call_id: str) -> None:
        """A call is about to be forgotten, inside the transaction that is open: what it has added stays."""
        row = connection.execute(
            "SELECT substr(started_at, 1, 10) AS day FROM calls WHERE id = ?", (call_id,)
        ).fetchone()
        if row is not None:
            connection.executemany(
                "INSERT INTO figures_of_forgotten (measure, day, key, count, total) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (measure, day, key) DO UPDATE SET count = count + excluded.count, "
                "total = total + excluded.total",
                [
                    (measure, row["day"], key, count, total)
                    for (measure, key), (count, total) in measures.of_call(connection, call_id, self.ears).items()
                ],
            )


def _forgotten(connection: sqlite3.Connection, day: str) -> Cells:
    rows = connection.execute("SELECT measure, key, count, total FROM figures_of_forgotten WHERE day = ?", (day,))
    return {(row["measure"], row["key"]): (row["count"], row["total"]) for row in rows}


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
