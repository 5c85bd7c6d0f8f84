"""The list of calls: newest first, by filters and words, page by page without counting or passing over anything.

A page begins behind a place (a moment and a call's id), so the thousandth is as quick as the first. A search for words
that are in very many calls looks at calls until a page is full, or at `MOST_LOOKED_AT`; it says then how far it came.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from voicebot.transcripts.call_choice import Choice, conditions
from voicebot.transcripts.calls import Call, from_row
from voicebot.transcripts.connection import reading
from voicebot.transcripts.derive import SEPARATOR
from voicebot.transcripts.reviews import Review, review_from_row
from voicebot.transcripts.veil import Veil
from voicebot.transcripts.word_search import expression, has, has_any

MOST_HITS = 20_000
"""A word that more turns have is common: calls are read in their order until enough have it."""
MOST_LOOKED_AT = 5_000
"""Calls, in one search for common words."""
_CHUNK = 600


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which call a page begins."""

    at: float
    """Seconds since 1970."""
    call_id: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where one of the words was found."""

    turn: int
    caller: bool
    """Whether the caller said it, else the bot."""
    text: str
    """The whole utterance, as it may be seen."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A call with what the list tells of it, as it may be seen."""

    call: Call
    number: str
    departments: tuple[str, ...]
    lowest: float | None
    """The least confidence with which something was heard."""
    not_understood: int
    """How often the caller had to be asked again."""
    opening: str
    """The caller's first words."""
    review: Review | None
    """As it was written: what is personal in its notes is not hidden yet."""
    corrections: int
    hit: Hit | None


@dataclass(frozen=True, slots=True)
class CallPage:
    """Some of the list."""

    rows: tuple[Listed, ...]
    next: Place | None
    """Where the next page begins; None at the end."""
    looked_until: datetime | None = None
    """A search came only so far: it goes on at `next`."""


class CallList:
    """Reads the list of one store; may be used from any thread. Every method raises `TranscriptError`.

    Args:
        path: The database. Each page is read over one connection: a search asks it many times.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def page(self, choice: Choice, veil: Veil, after: Place | None = None, limit: int = 50) -> CallPage:
        """Calls behind a place, newest first. Words are looked for only in what may be seen."""
        with reading(self._path) as connection:
            return _Looking(connection).page(choice, veil, after, limit)

    def next_unreviewed(self, choice: Choice, veil: Veil, call_id: str = "") -> str | None:
        """The next call of the list behind this one that nobody has reviewed; for an empty id the first of all."""
        unreviewed = choice if choice.reviewed == "begun" else replace(choice, reviewed="no")
        with reading(self._path) as connection:
            looking = _Looking(connection)
            after = looking.place_of(call_id) if call_id else None
            while True:
                page = looking.page(unreviewed, veil, after, 1)
                if page.rows or page.next is None:
                    return page.rows[0].call.id if page.rows else None
                after = page.next


class _Looking:
    """One look into the list.

    Args:
        connection: Open as long as it lasts.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _rows(self, sql: str, values: tuple[object, ...]) -> list[sqlite3.Row]:
        return self._connection.execute(sql, values).fetchall()

    def page(self, choice: Choice, veil: Veil, after: Place | None = None, limit: int = 50) -> CallPage:
        """Calls behind a place, newest first. Words are looked for only in what may be seen."""
        if not choice.words:
            found = self._chosen(choice, after, limit + 1)
            return CallPage(self._told(found[:limit], veil, {}), _place(found[limit - 1]) if found[limit:] else None)
        hits: dict[str, Hit] = {}
        rows: list[sqlite3.Row] = []
        among = self._with_words(choice.words)
        looked = 0
        size = _CHUNK if among is None else min(_CHUNK, 2 * limit + 2)  # where the index has them, most calls hit
        while looked < MOST_LOOKED_AT:
            chunk = self._chosen(choice, after, size, among)
            for row in chunk:
                looked, after = looked + 1, _place(row)
            new = self._hits([row["id"] for row in chunk], choice.words, veil)
            hits |= new
            rows += [row for row in chunk if row["id"] in new]
            if len(rows) > limit:
                return CallPage(self._told(rows[:limit], veil, hits), _place(rows[limit - 1]))
            if len(chunk) < size:
                return CallPage(self._told(rows, veil, hits), None)
        last = datetime.fromisoformat(str(chunk[-1]["started_at"]))
        return CallPage(self._told(rows, veil, hits), after, last)

    def place_of(self, call_id: str) -> Place | None:
        """Where a call stands."""
        rows = self._rows("SELECT id, unixepoch(started_at) AS at FROM calls WHERE id = ?", (call_id,))
        return _place(rows[0]) if rows else None

    def _chosen(
        self, choice: Choice, after: Place | None, limit: int, among: Sequence[str] | None = None
    ) -> list[sqlite3.Row]:
        """Rows of `calls` behind a place that the filters let through, perhaps only among some ids."""
        found = list(conditions(choice))
        if after is not None:
            behind = "unixepoch(started_at) <= ? AND (unixepoch(started_at) < ? OR id < ?)"
            found.append((behind, (after.at, after.at, after.call_id)))
        if among is not None:
            found.append((f"id IN ({_marks(among)})", tuple(among)))
        where = " AND ".join(f"({condition})" for condition, _ in found) or "TRUE"
        values = tuple(value for _, some in found for value in some)
        return self._rows(
            f"SELECT *, unixepoch(started_at) AS at FROM calls WHERE {where} "  # noqa: S608  our own conditions
            "ORDER BY unixepoch(started_at) DESC, id DESC LIMIT ?",
            (*values, limit),
        )

    def _with_words(self, words: Sequence[str]) -> list[str] | None:
        """The calls that may have all of the words, as far as these are not common; None when each of them is."""
        sets = [found for word in words if (found := self._with_word(word)) is not None]
        return sorted(set.intersection(*sets)) if sets else None

    def _with_word(self, word: str) -> set[str] | None:
        """The calls that have a word, also after correction; None when it is common."""
        asked = expression(word, self._rows)
        if asked is None:
            return None
        rows = self._rows(
            "SELECT call_id FROM turns WHERE id IN (SELECT rowid FROM turns_fts WHERE turns_fts MATCH ? LIMIT ?)",
            (asked, MOST_HITS + 1),
        )
        if len(rows) > MOST_HITS:
            return None
        corrected = "SELECT call_id FROM corrections WHERE stands AND instr(lower(corrected), lower(?))"
        return {str(row["call_id"]) for row in (*rows, *self._rows(corrected, (word,)))}

    def _hits(self, call_ids: Sequence[str], words: Sequence[str], veil: Veil) -> dict[str, Hit]:
        """Calls in which every word was said, as far as that may be seen, and where one of them was."""
        marks = _marks(call_ids)
        like = " OR ".join(["asked LIKE ? ESCAPE '\\' OR heard_text LIKE ? ESCAPE '\\'"] * len(words))
        rows = self._rows(
            "SELECT call_id, turn, node, asked, heard_text FROM turns "  # noqa: S608  marks only
            f"WHERE call_id IN ({marks}) AND ({like}) "
            "UNION ALL SELECT call_id, turn, node, asked, corrected FROM corrections JOIN turns USING (call_id, turn) "
            f"WHERE stands AND corrected != '' AND call_id IN ({marks}) ORDER BY turn",
            (*call_ids, *(_like(word) for word in words for _ in "ab"), *call_ids),
        )
        found: dict[str, list[Hit]] = {}
        for row in rows:
            hits = [hit for hit in _seen(row, veil) if any(has(hit.text, word) for word in words)]
            found.setdefault(row["call_id"], []).extend(hits)
        return {
            call_id: min(hits, key=lambda hit: not hit.caller)
            for call_id, hits in found.items()
            if all(has_any([hit.text for hit in hits], word) for word in words)
        }

    def _told(self, rows: Sequence[sqlite3.Row], veil: Veil, hits: Mapping[str, Hit]) -> tuple[Listed, ...]:
        """The rows with all that the list tells."""
        ids = tuple(row["id"] for row in rows)
        marks = _marks(ids)
        openings = self._rows(
            "SELECT turns.call_id, MIN(turns.turn), node, asked, COALESCE(corrected, heard_text) AS heard_text "  # noqa: S608
            "FROM turns LEFT JOIN corrections ON corrections.call_id = turns.call_id "
            "AND corrections.turn = turns.turn AND stands "
            f"WHERE turns.call_id IN ({marks}) AND heard_text != '' GROUP BY turns.call_id",
            ids,
        )
        reviews = self._rows(f"SELECT * FROM reviews WHERE call_id IN ({marks})", ids)  # noqa: S608
        corrections = self._rows(
            f"SELECT call_id, COUNT(*) AS number FROM corrections WHERE stands AND call_id IN ({marks}) "  # noqa: S608
            "GROUP BY call_id",
            ids,
        )
        told = _About(veil, _by_call(openings), _by_call(reviews), _by_call(corrections), hits)
        return tuple(told.listed(row) for row in rows)


@dataclass(frozen=True, slots=True)
class _About:
    """What else is known of some calls, by their ids."""

    veil: Veil
    openings: Mapping[str, sqlite3.Row]
    reviews: Mapping[str, sqlite3.Row]
    corrections: Mapping[str, sqlite3.Row]
    hits: Mapping[str, Hit]

    def listed(self, row: sqlite3.Row) -> Listed:
        call, opening, review = from_row(row), self.openings.get(row["id"]), self.reviews.get(row["id"])
        corrections = self.corrections.get(call.id)
        return Listed(
            call if self.veil.lifted else replace(call, caller=None, recording=None),
            self.veil.number(call.caller),
            tuple(filter(None, row["departments"].split(SEPARATOR))),
            row["lowest"],
            row["not_understood"],
            self.veil.reply(opening["node"], opening["asked"], opening["heard_text"]) if opening else "",
            review_from_row(review) if review else None,
            corrections["number"] if corrections else 0,
            self.hits.get(call.id),
        )


def _seen(row: sqlite3.Row, veil: Veil) -> tuple[Hit, Hit]:
    """What the caller and the bot said in a turn, as it may be seen."""
    node, asked = row["node"], row["asked"]
    heard = veil.reply(node, asked, row["heard_text"])
    return Hit(row["turn"], caller=True, text=heard), Hit(row["turn"], caller=False, text=veil.said(node, asked))


def _by_call(rows: Sequence[sqlite3.Row]) -> dict[str, sqlite3.Row]:
    return {row["call_id"]: row for row in rows}


def _place(row: sqlite3.Row) -> Place:
    return Place(row["at"], row["id"])


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _like(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
