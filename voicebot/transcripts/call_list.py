"""The list of calls: newest first, by filters and words, page by page without counting or passing over anything.

A page begins behind a place (a moment and a call's id), so the thousandth is as quick as the first. A search for words
that are in very many calls looks at calls until a page is full, or at `MOST_LOOKED_AT`; it says then how far it came.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from voicebot.transcripts.call_choice import Choice, conditions
from voicebot.transcripts.calls import Call, from_row
from voicebot.transcripts.candidates import candidates
from voicebot.transcripts.connection import reading
from voicebot.transcripts.derive import SEPARATOR
from voicebot.transcripts.reviews import Review, review_from_row
from voicebot.transcripts.veil import Veil
from voicebot.transcripts.word_search import has, has_any

MOST_HITS = 20_000
"""A word that more turns have is common: calls are read in their order until enough have it."""
MOST_LOOKED_AT = 5_000
"""Calls, in one search for common words."""
MOST_SORTED = 500
"""Candidates that are read one by one; more are met on the way through the list."""
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
            return _Looking(connection, choice, veil).page(after, limit)

    def pages(self, choice: Choice, veil: Veil, size: int, most: int) -> Iterator[tuple[Listed, ...]]:
        """The list from its beginning in one look, some calls at once and not more than `most` in all."""
        with reading(self._path) as connection:
            yield from _Looking(connection, choice, veil).pages(size, most)

    def next_unreviewed(self, choice: Choice, veil: Veil, call_id: str = "") -> str | Place | None:
        """The next call of the list behind this one that nobody has reviewed; for an empty id the first of all.

        A place when a search for common words came only so far, None when there is none.
        """
        unreviewed = choice if choice.reviewed == "begun" else replace(choice, reviewed="no")
        with reading(self._path) as connection:
            looking = _Looking(connection, unreviewed, veil)
            return looking.first(looking.place_of(call_id) if call_id else None)


@dataclass(frozen=True, slots=True)
class _Looked:
    """Calls that were looked at, in the order of the list."""

    places: Sequence[Place]
    found: Sequence[Place]
    """Those that are listed."""
    hits: Mapping[str, Hit]
    """Of a search, by their ids."""


class _Looking:
    """One look into the list.

    Args:
        connection: Open as long as it lasts.
        choice: What is wanted.
        veil: What may be seen.
    """

    def __init__(self, connection: sqlite3.Connection, choice: Choice, veil: Veil) -> None:
        self._connection = connection
        self._choice = choice
        self._veil = veil

    def _rows(self, sql: str, values: tuple[object, ...]) -> list[sqlite3.Row]:
        return self._connection.execute(sql, values).fetchall()

    def page(self, after: Place | None, limit: int) -> CallPage:
        """Calls behind a place."""
        found: list[Place] = []
        hits: dict[str, Hit] = {}
        looked = 0
        for some in self._walk(after, limit + 1):
            found += some.found
            hits |= some.hits
            looked += len(some.places)
            if len(found) > limit:
                return CallPage(self._told(found[:limit], hits), found[limit - 1])
            if self._choice.words and looked >= MOST_LOOKED_AT:
                last = some.places[-1]
                return CallPage(self._told(found, hits), last, datetime.fromtimestamp(last.at, UTC))
        return CallPage(self._told(found, hits), None)

    def pages(self, size: int, most: int) -> Iterator[tuple[Listed, ...]]:
        """All calls up to so many."""
        left = most
        for some in self._walk(None, size):
            for begin in range(0, min(left, len(some.found)), size):
                yield self._told(some.found[begin : min(begin + size, left)], some.hits)
            left -= len(some.found)
            if left <= 0:
                return

    def first(self, after: Place | None) -> str | Place | None:
        """The first call behind a place; how far a search came, or None."""
        looked = 0
        for some in self._walk(after, 1):
            if some.found:
                return some.found[0].call_id
            looked += len(some.places)
            if self._choice.words and looked >= MOST_LOOKED_AT:
                return some.places[-1]
        return None

    def place_of(self, call_id: str) -> Place | None:
        """Where a call stands."""
        rows = self._rows("SELECT id, unixepoch(started_at) AS at FROM calls WHERE id = ?", (call_id,))
        return _place(rows[0]) if rows else None

    def _walk(self, after: Place | None, wanted: int) -> Iterator[_Looked]:
        """Through the calls that the filters let through, in steps that grow until so many are found as are wanted."""
        words = self._choice.words
        among = candidates(self._choice, self._rows, MOST_HITS)
        step = wanted if not words else _CHUNK if among is None else 2 * wanted  # most that the index knows are hits
        chosen = self._chosen(after, among)
        while places := [_place(row) for row in chosen.fetchmany(min(step, _CHUNK))]:
            hits = self._hits([place.call_id for place in places]) if words else {}
            found = [place for place in places if place.call_id in hits] if words else places
            yield _Looked(places, found, hits)
            step *= 2

    def _chosen(self, after: Place | None, among: Set[str] | None) -> sqlite3.Cursor:
        """Calls behind a place that the filters let through, perhaps only among some ids; read as they are wanted."""
        found = list(conditions(self._choice))
        if after is not None:
            behind = "unixepoch(started_at) <= ? AND (unixepoch(started_at) < ? OR id < ?)"
            found.append((behind, (after.at, after.at, after.call_id)))
        few = among is not None and len(among) <= MOST_SORTED
        if among is not None:
            # With the plus sign the ids do not lead the search: it goes along the list, and stops early.
            column = "id" if few else "+id"
            found.append((f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(list(among)),)))  # noqa: S608
        where = " AND ".join(f"({condition})" for condition, _ in found) or "TRUE"
        return self._connection.execute(
            "SELECT id, unixepoch(started_at) AS at FROM calls "  # noqa: S608  our own conditions
            f"{'' if few else 'INDEXED BY calls_chosen '}WHERE {where} ORDER BY unixepoch(started_at) DESC, id DESC",
            tuple(value for _, some in found for value in some),
        )

    def _hits(self, call_ids: Sequence[str]) -> dict[str, Hit]:
        """Calls in which every word was said, as far as that may be seen, and where one of them was."""
        words, veil = self._choice.words, self._veil
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

    def _told(self, places: Sequence[Place], hits: Mapping[str, Hit]) -> tuple[Listed, ...]:
        """The calls with all that the list tells."""
        ids = tuple(place.call_id for place in places)
        marks = _marks(ids)
        rows = {row["id"]: row for row in self._rows(f"SELECT * FROM calls WHERE id IN ({marks})", ids)}  # noqa: S608
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
        told = _About(self._veil, _by_call(openings), _by_call(reviews), _by_call(corrections), hits)
        return tuple(told.listed(rows[call_id]) for call_id in ids if call_id in rows)


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
