"""Rows of a CSV text: any of the usual separators, quoted line breaks, and quotes that were never closed."""

import csv
import re
from collections.abc import Iterator
from itertools import islice
from statistics import median

from voicebot.errors import TableError

_SEPARATORS = (",", "\t", ";")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_SAMPLE = 30
_GUARDED = re.compile(r"'+[=+\-@\t]")
"""An apostrophe keeps Excel from taking a text for a formula; `writing` puts it there."""


def rows(name: str, text: str) -> list[tuple[int, list[str]]]:
    """Every row with its number, from 1; the numbers are those that Excel shows.

    Raises:
        TableError: a quote is never closed, or a cell is longer than any cell can be.
    """
    separator = _separator(text)
    try:
        found = list(csv.reader(_lines(text), delimiter=separator, strict=True))
    except csv.Error:
        found = _forgiving(name, text, separator)
    return [(at, [_unguarded(cell) for cell in cells]) for at, cells in enumerate(found, 1)]


def _forgiving(name: str, text: str, separator: str) -> list[list[str]]:
    """For quotes within a cell that nobody doubled; an open quote at the end is still a fault."""
    found: list[list[str]] = []
    try:
        for cells in csv.reader(_lines(text), delimiter=separator):
            found.append(cells)  # noqa: PERF402  what was read before a fault is counted in the message
    except csv.Error as error:
        raise _open_quote(name, len(found) + 1) from error
    if found and text.count('"') % 2 and "\n" in "".join(found[-1]).strip():
        raise _open_quote(name, len(found))
    return found


def _open_quote(name: str, row: int) -> TableError:
    return TableError(
        "table.open_quote",
        f'「{name}」の{row}行目で「"」が閉じられていません。ファイルが途中で切れているか、「"」が一つ余分です。'
        "もとのファイルをもう一度保存するか、ダウンロードし直してください。",
    )


def _separator(text: str) -> str:
    """The sign that makes the most columns of the first rows; the comma when none does."""
    scores: dict[str, float] = {}
    for sign in _SEPARATORS:
        try:
            sample = [len(cells) for cells in islice(csv.reader(_lines(text), delimiter=sign), _SAMPLE)]
        except csv.Error:
            sample = []
        scores[sign] = median(sample) if sample else 0.0
    return max(_SEPARATORS, key=lambda sign: scores[sign])


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends: only carriage return and line feed end one (`splitlines` knows eight more signs)."""
    return (found[0] for found in _LINE.finditer(text))


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
