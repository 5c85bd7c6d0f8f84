"""What staff say about calls: what was really said, what the right answer would have been, and how the call went.

The record of a call never changes; this stands beside it, and goes with it when the call is forgotten.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import Literal, get_args

from voicebot.transcripts.ticket_desk import Ask, Rows

ReviewOutcome = Literal[
    "",
    "solved",
    "wrong",
    "not_understood",
    "unnecessary_transfer",
    "wrong_transfer",
    "missing_transfer",
    "gave_up",
    "no_matter",
]
"""What a person says became of the call; empty: not judged.

solved                the caller got what was needed.
wrong                 a wrong answer was given.
not_understood        the matter was not understood, and nothing came of it.
unnecessary_transfer  a person had to take what the bot could have answered.
wrong_transfer        the caller was sent to the wrong department.
missing_transfer      the caller needed a person and did not get one.
gave_up               the caller hung up although all went as it should.
no_matter             silence, a wrong number, a prank.
"""
REVIEW_OUTCOMES: tuple[ReviewOutcome, ...] = get_args(ReviewOutcome)
ReviewStatus = Literal["begun", "done"]


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody who listened says about a call as a whole."""

    call_id: str
    status: ReviewStatus
    """`begun`: somebody is at it, or will come back."""
    outcome: ReviewOutcome
    right_department: str
    """Where the caller belonged; empty when that is not known, or where the caller was sent."""
    notes: str
    all_heard: bool
    """The reviewer has listened to all of it: a turn without a corrected text was heard rightly."""
    reviewer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody says about one turn; what is empty is not judged."""

    text: str | None = None
    """What the caller really said; None when that is not judged, empty when there was nothing but noise."""
    intent: str = ""
    """What the caller wanted, in a few words or as a choice of the tree."""
    entry: str = ""
    """The FAQ entry that would have been the right answer."""
    department: str = ""
    """The department whose matter it was."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A judgement about a turn, with who gave it and when."""

    id: int
    call_id: str
    turn: int
    heard: str
    """What the recogniser had heard."""
    judgement: Judgement
    by: str
    at: datetime
    stands: bool
    """False once it has been replaced or taken back."""

    @property
    def text(self) -> str:
        """What was really said, as far as we know."""
        return self.heard if self.judgement.text is None else self.judgement.text


@dataclass(frozen=True, slots=True)
class ReviewOfCall:
    """All that staff have said about a call."""

    review: Review | None
    corrections: tuple[Correction, ...]
    """Those that stand, by turn."""


class ReviewList:
    """Reads the reviews of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        rows: Reads.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def of_call(self, call_id: str) -> ReviewOfCall:
        """The review of a call and the corrections that stand."""
        reviews = self._rows("SELECT * FROM reviews WHERE call_id = ?", (call_id,))
        rows = self._rows("SELECT * FROM corrections WHERE stands AND call_id = ? ORDER BY turn", (call_id,))
        return ReviewOfCall(review_from_row(reviews[0]) if reviews else None, tuple(_correction(row) for row in rows))

    def corrections_of(self, call_ids: Sequence[str]) -> tuple[Correction, ...]:
        """The corrections of these calls that stand, at most some thousand calls at once."""
        marks = ", ".join("?" * len(call_ids))
        rows = self._rows(
            f"SELECT * FROM corrections WHERE stands AND call_id IN ({marks}) ORDER BY call_id, turn",  # noqa: S608
            tuple(call_ids),
        )
        return tuple(_correction(row) for row in rows)

    def history(self, call_id: str) -> tuple[Correction, ...]:
        """Every correction of a call there ever was, newest first."""
        rows = self._rows("SELECT * FROM corrections WHERE call_id = ? ORDER BY id DESC", (call_id,))
        return tuple(_correction(row) for row in rows)

    def corrections_between(
        self, since: datetime | None = None, until: datetime | None = None, limit: int = 10_000
    ) -> tuple[Correction, ...]:
        """Corrections that stand, of calls that began at `since` or later and before `until`; newest call first."""
        rows = self._rows(
            "SELECT corrections.* FROM corrections JOIN calls ON calls.id = call_id "
            "WHERE stands AND unixepoch(started_at) >= ? AND unixepoch(started_at) < ? "
            "ORDER BY unixepoch(started_at) DESC, call_id DESC, turn LIMIT ?",
            (*_span(since, until), limit),
        )
        return tuple(_correction(row) for row in rows)

    def between(
        self, since: datetime | None = None, until: datetime | None = None, limit: int = 10_000
    ) -> tuple[Review, ...]:
        """Reviews of calls that began at `since` or later and before `until`; newest call first."""
        rows = self._rows(
            "SELECT reviews.* FROM reviews JOIN calls ON calls.id = call_id "
            "WHERE unixepoch(started_at) >= ? AND unixepoch(started_at) < ? "
            "ORDER BY unixepoch(started_at) DESC, call_id DESC LIMIT ?",
            (*_span(since, until), limit),
        )
        return tuple(review_from_row(row) for row in rows)


class Reviews(ReviewList):
    """Reads and writes the reviews of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        ask: Writes.
        rows: Reads.
    """

    def __init__(self, ask: Ask, rows: Rows) -> None:
        super().__init__(rows)
        self._ask = ask

    def save(self, review: Review) -> bool:
        """Keep what is said about a call; the last word stands. False when there is no such call."""

        def run(connection: sqlite3.Connection) -> bool:
            if connection.execute("SELECT 1 FROM calls WHERE id = ?", (review.call_id,)).fetchone() is None:
                return False
            connection.execute(
                "INSERT INTO reviews (call_id, status, outcome, right_department, notes, all_heard, reviewer, at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (call_id) DO UPDATE SET "
                "status = excluded.status, outcome = excluded.outcome, right_department = excluded.right_department, "
                "notes = excluded.notes, all_heard = excluded.all_heard, reviewer = excluded.reviewer, "
                "at = excluded.at",
                (
                    review.call_id,
                    review.status,
                    review.outcome,
                    review.right_department,
                    review.notes,
                    review.all_heard,
                    review.reviewer,
                    review.at.isoformat(),
                ),
            )
            return True

        return self._ask(run)

    def correct(self, call_id: str, turn: int, judgement: Judgement, by: str, now: datetime) -> bool:
        """Keep what is said about a turn; what was said before stays in the history.

        A judgement that says nothing takes back what stood. False when the call has no such turn, or nothing changes.
        """

        def run(connection: sqlite3.Connection) -> bool:
            row = connection.execute(
                "SELECT heard_text FROM turns WHERE call_id = ? AND turn = ?", (call_id, turn)
            ).fetchone()
            where = "call_id = ? AND turn = ? AND stands"
            before = connection.execute(f"SELECT * FROM corrections WHERE {where}", (call_id, turn)).fetchone()  # noqa: S608  fixed
            stood = _correction(before).judgement if before is not None else Judgement()
            if row is None or stood == judgement:
                return False
            connection.execute(f"UPDATE corrections SET stands = 0 WHERE {where}", (call_id, turn))  # noqa: S608  fixed
            connection.execute(
                "INSERT INTO corrections (call_id, turn, heard, corrected, intent, entry, department, by, at, stands) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    call_id,
                    turn,
                    row["heard_text"],
                    judgement.text,
                    judgement.intent,
                    judgement.entry,
                    judgement.department,
                    by,
                    now.isoformat(),
                    judgement != Judgement(),
                ),
            )
            return True

        return self._ask(run)


def _span(since: datetime | None, until: datetime | None) -> tuple[float, float]:
    return (
        floor(since.timestamp()) if since else float("-inf"),
        floor(until.timestamp()) if until else float("inf"),
    )


def review_from_row(row: sqlite3.Row) -> Review:
    """The review of a row of `reviews`."""
    return Review(
        row["call_id"],
        row["status"],
        row["outcome"],
        row["right_department"],
        row["notes"],
        bool(row["all_heard"]),
        row["reviewer"],
        datetime.fromisoformat(row["at"]),
    )


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(
        row["id"],
        row["call_id"],
        row["turn"],
        row["heard"],
        Judgement(row["corrected"], row["intent"], row["entry"], row["department"]),
        row["by"],
        datetime.fromisoformat(row["at"]),
        bool(row["stands"]),
    )
