"""A box of the dialog as a sheet of known size: its lines of text and, one below the other, its ways out."""

from collections.abc import Mapping
from dataclasses import dataclass

from voicebot.dialog.diagram.outline import Box, Exit, Kind
from voicebot.dialog.diagram.writing import shortened, width, wrapped

WIDTH = 236.0
HEAD, LINE, ROW, PAD = 30.0, 18.0, 26.0, 9.0
"""Heights of the head, of a line of text, of a way out, and of the space around; in SVG units (pixels at 100 %)."""
COLUMNS = 32
"""Half-width columns in a line of text; `writing.width` counts them."""
LINES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A way out, as it is shown."""

    way: Exit
    label: str
    target: str
    """The target's name with a sign before it, when it is named instead of drawn to; else empty."""
    y: float
    """Middle of the row below the top of the sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A box and how it is laid out."""

    box: Box
    lines: tuple[str, ...]
    rows: tuple[Row, ...]
    height: float

    @property
    def entry(self) -> float:
        """Where arrows arrive below the top."""
        return HEAD / 2

    def port(self, number: int) -> float:
        """Where a way out leaves below the top."""
        return self.rows[number].y if self.rows else HEAD / 2


def sheet(box: Box, signs: Mapping[int, str]) -> Sheet:
    """Lay out a box; `signs` are those of the ways out that are named instead of drawn to."""
    lines = wrapped(box.text, COLUMNS, LINES)
    lines = (*lines, *(f"・{shortened(item, COLUMNS - 2)}" for item in box.items))
    if box.department:
        lines = (*lines, f"窓口: {shortened(box.department, COLUMNS - 6)}")
    y = HEAD + len(lines) * LINE + (PAD if lines else 0.0)
    plain = len(box.exits) == 1 and not signs and not box.exits[0].label
    rows: list[Row] = []
    for number, way in enumerate(() if plain else box.exits):
        room = COLUMNS - (4 if way.key else 0)
        target = f"{signs[number]} {way.target}" if number in signs else ""
        target = shortened(target, room // 2 if way.label else room)
        rows.append(Row(way, shortened(way.label, room - width(target) - 1), target, y + ROW / 2))
        y += ROW
    return Sheet(box, lines, tuple(rows), max(y, HEAD) if box.kind is not Kind.end else max(y, HEAD + PAD))


def described(box: Box) -> str:
    """The whole box in words: the tooltip, and what a screen reader says."""
    parts = [f"{box.kind.value}「{box.name}」", box.text, *box.items]
    if box.department:
        parts.append(f"窓口は{box.department}")
    for way in box.exits:
        target = f"→ {way.target}" if way.target else ""
        parts.append(" ".join(part for part in (way.pressed, way.label, target) if part))
    return "\n".join(part for part in parts if part)
