"""Text in which words that were looked for are to be seen. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

AROUND = 24
"""Signs that stay to either side of the first word found."""


class Piece(NamedTuple):
    """Part of a text."""

    text: str
    sought: bool


def marked(text: str, words: Sequence[str], around: int = AROUND) -> list[Piece]:
    """The text in pieces, cut to what lies around the first word that is found in it."""
    line = " ".join(text.split())
    places = sorted(_places(line, words))
    if not places:
        return [Piece(line[: 3 * around] + ("…" if len(line) > 3 * around else ""), sought=False)]
    begin, end = max(0, places[0][0] - around), min(len(line), places[0][1] + 2 * around)
    pieces: list[Piece] = [Piece("…", sought=False)] if begin else []
    at = begin
    for first, last in places:
        if first >= at and last <= end:
            pieces += [Piece(line[at:first], sought=False), Piece(line[first:last], sought=True)]
            at = last
    return [
        piece for piece in (*pieces, Piece(line[at:end] + ("…" if end < len(line) else ""), sought=False)) if piece.text
    ]


def _places(line: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    folded = line.casefold()
    if len(folded) != len(line):  # a few letters change their length: better no marks than wrong ones
        return
    for word in words:
        at = folded.find(word.casefold())
        while at >= 0:
            yield at, at + len(word)
            at = folded.find(word.casefold(), at + 1)
