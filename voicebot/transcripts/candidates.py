"""Calls that can be what is wanted, where an index knows them and they are few; the others need not be looked at."""

import json
from collections.abc import Iterator, Sequence

from voicebot.transcripts.call_choice import Choice
from voicebot.transcripts.word_search import Rows, expression

MOST_CALLS = 2_000
"""What more calls have is found soon enough by going through them in their order."""
_OF_HITS = """
    SELECT DISTINCT call_id FROM turn_runs WHERE first IN (
        SELECT (SELECT first FROM turn_runs WHERE first <= value ORDER BY first DESC LIMIT 1) FROM json_each(?)
    )
"""


def candidates(choice: Choice, rows: Rows, most_hits: int) -> set[str] | None:
    """The ids of all calls that are wanted, and perhaps of others; None when they cannot be told beforehand.

    Args:
        choice: What is wanted.
        rows: Reads.
        most_hits: A word that more turns have is common: nothing is told by it.
    """
    sets = [found for found in _sets(choice, rows, most_hits) if found is not None]
    return set.intersection(*sets) if sets else None


def _sets(choice: Choice, rows: Rows, most_hits: int) -> Iterator[set[str] | None]:
    for word in choice.words:
        yield _with_word(word, rows, most_hits)
    if choice.node:
        yield _few("SELECT DISTINCT call_id FROM turns WHERE node = ?", (choice.node,), rows)
    if choice.entry:
        yield _few("SELECT DISTINCT call_id FROM turns WHERE answered_entry = ?", (choice.entry,), rows)
    if choice.outcome == "open":
        yield _few("SELECT id AS call_id FROM calls WHERE ended_at IS NULL", (), rows)


def _with_word(word: str, rows: Rows, most_hits: int) -> set[str] | None:
    """The calls that have a word, also after correction; None when it is common."""
    asked = expression(word, rows)
    if asked is None:
        return None
    found = rows("SELECT rowid FROM turns_fts WHERE turns_fts MATCH ? LIMIT ?", (asked, most_hits + 1))
    if len(found) > most_hits:
        return None
    said = rows(_OF_HITS, (json.dumps([row["rowid"] for row in found]),))
    corrected = rows("SELECT call_id FROM corrections WHERE stands AND instr(lower(corrected), lower(?))", (word,))
    return {str(row["call_id"]) for row in (*said, *corrected)}


def _few(sql: str, values: Sequence[object], rows: Rows) -> set[str] | None:
    found = rows(f"{sql} LIMIT ?", (*values, MOST_CALLS + 1))
    return {str(row["call_id"]) for row in found} if len(found) <= MOST_CALLS else None
