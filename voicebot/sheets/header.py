"""Where a table's header is, and what its columns mean: offices put titles above it and order it as they like."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from voicebot.sheets.table import Table

DEEPEST = 20
"""A header lies within so many rows."""
_SIGNS = re.compile(r"[\s　_・:：*※#\"'()（）\[\]【】「」/／|｜.\-]+")
_COUNTED = re.compile(r"(.+?)[0-9]+")
_LONGEST_HEADING = 30


@dataclass(frozen=True, slots=True)
class Header:
    """A header that was found."""

    row: int
    """Its number in the table; the data stand below."""
    columns: Mapping[str, tuple[int, ...]]
    """By our name the columns (from 0) that mean it, in order; names that no column means are missing."""
    unknown: tuple[tuple[int, str], ...]
    """Columns with a heading that means nothing to us, and the heading."""

    def first(self, name: str) -> int | None:
        """The first column that means this."""
        return next(iter(self.columns.get(name, ())), None)


def find_header(table: Table, names: Mapping[str, Sequence[str]], needed: Collection[str] = ()) -> Header | None:
    """The row, among the first twenty, whose cells mean the most of our names.

    A heading means a name if it is one of the name's words (width, blanks, signs, brackets and a number at its end do
    not matter: 「質問２」, 「【担当課】」); if no column is, one whose heading contains a word does (「担当課名」).

    Args:
        table: The table.
        names: By our name the headings that are usual for it.
        needed: The names without which it is no header.
    """
    words = {name: [plain(heading) for heading in headings] for name, headings in names.items()}
    best: Header | None = None
    for row in table.rows[:DEEPEST]:
        found = _meaning(row.number, row.cells, words)
        if all(name in found.columns for name in needed) and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best if best is not None and best.columns else None


def plain(heading: str) -> str:
    """A heading without what people vary: width, case, blanks, signs, brackets."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def _meaning(number: int, cells: Sequence[str], words: Mapping[str, Sequence[str]]) -> Header:
    columns: dict[str, list[int]] = {}
    taken: set[int] = set()
    headings = [plain(cell) if len(cell) <= _LONGEST_HEADING else "" for cell in cells]
    for at, heading in enumerate(headings):
        counted = _COUNTED.fullmatch(heading)
        name = next((name for name, known in words.items() if heading in known), None) or next(
            (name for name, known in words.items() if counted and counted[1] in known), None
        )
        if heading and name is not None:
            columns.setdefault(name, []).append(at)
            taken.add(at)
    for at, heading in enumerate(headings):
        if heading and at not in taken:
            near = [
                (len(word), name)
                for name, known in words.items()
                if name not in columns
                for word in known
                if len(word) > 1 and word in heading
            ]
            if near:
                columns[max(near)[1]] = [at]
                taken.add(at)
    unknown = tuple((at, cells[at]) for at in range(len(cells)) if cells[at] and at not in taken)
    return Header(number, {name: tuple(found) for name, found in columns.items()}, unknown)
