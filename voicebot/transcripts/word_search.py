"""Words that staff look for, in the index of trigrams: which turns have them, and whether a text has one.

Case does not matter, nor whether kana and letters are wide or narrow where the index was written the same way.
"""

import sqlite3
from collections.abc import Callable, Sequence

Rows = Callable[[str, tuple[object, ...]], list[sqlite3.Row]]
SHORTEST = 2
"""A single letter stands in nearly every call."""
MOST_WORDS = 5
_TRIGRAM = 3
_MOST_TERMS = 400
"""So many trigrams may begin with a word of two letters; what is beyond is found by reading."""
_LAST = "\U0010ffff"
_NOTHING = f'"{_LAST * 3}"'


def words_in(text: str) -> tuple[str, ...]:
    """The words of a search, as they are typed with blanks of any width between them; too short ones are left out."""
    found = dict.fromkeys(word for word in text.split() if len(word) >= SHORTEST)
    return tuple(found)[:MOST_WORDS]


def expression(word: str, rows: Rows) -> str | None:
    """What to ask the index for a word; None when it cannot be asked."""
    if len(word) >= _TRIGRAM:
        return _quoted(word)
    lower = word.lower()
    found = rows(
        "SELECT term FROM turns_terms WHERE term >= ? AND term < ? LIMIT ?", (lower, lower + _LAST, _MOST_TERMS + 1)
    )
    if len(found) > _MOST_TERMS:
        return None
    return " OR ".join(_quoted(str(row["term"])) for row in found) or _NOTHING


def has(text: str, word: str) -> bool:
    """Whether the word stands in the text."""
    return word.casefold() in text.casefold()


def has_any(texts: Sequence[str], word: str) -> bool:
    """Whether the word stands in one of the texts."""
    return any(has(text, word) for text in texts)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
