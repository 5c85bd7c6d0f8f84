"""The boxes of a picture as sheets with a place each, and the arrows between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voicebot.dialog.diagram.layers import Card, Port, arrange, distances
from voicebot.dialog.diagram.outline import Box
from voicebot.dialog.diagram.sheets import WIDTH, Sheet, sheet

GAP, LANE = 22.0, 88.0
"""Between boxes of a column, and between columns."""
BACK, ASIDE = "↩", "→"
"""Before a target's name: it is where the caller has been, or beside the way."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sheet and where its upper left corner is."""

    sheet: Sheet
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a way out to the box it leads to."""

    x: float
    y: float
    end_x: float
    end_y: float


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes laid out together, from 0, 0 on."""

    placed: tuple[Placed, ...]
    """In the order of the boxes."""
    arrows: tuple[Arrow, ...]

    @property
    def width(self) -> float:
        """Without the space around."""
        return max((one.x + WIDTH for one in self.placed), default=0.0)

    @property
    def height(self) -> float:
        """Without the space around."""
        return max((one.y + one.sheet.height for one in self.placed), default=0.0)


def place(boxes: Sequence[Box], breadth: int = 1) -> Group:
    """Lay the boxes out, the first one on the left.

    Args:
        boxes: The boxes; ways to others are named.
        breadth: Over how many columns boxes without any arrow are dealt out.
    """
    columns = distances({box.name: [way.target for way in box.exits] for box in boxes})
    columns |= _dealt_out(boxes, columns, breadth)
    sheets = {box.name: sheet(box, _signs(box, columns)) for box in boxes}
    tops = arrange(
        [
            Card(
                name,
                columns[name],
                one.height,
                one.entry,
                tuple(Port(one.box.exits[number].target, one.port(number)) for number in _onward(one.box, columns)),
            )
            for name, one in sheets.items()
        ],
        GAP,
    )
    placed = {name: Placed(one, columns[name] * (WIDTH + LANE), tops[name]) for name, one in sheets.items()}
    return Group(tuple(placed.values()), tuple(_arrows(placed, columns)))


def _onward(box: Box, columns: Mapping[str, int]) -> Iterator[int]:
    """The numbers of the ways that get an arrow: those to the next column."""
    for number, way in enumerate(box.exits):
        if columns.get(way.target) == columns[box.name] + 1:
            yield number


def _signs(box: Box, columns: Mapping[str, int]) -> dict[int, str]:
    here = columns[box.name]
    drawn = {*_onward(box, columns)}
    return {
        number: BACK if way.target == box.name or columns.get(way.target, here) < here else ASIDE
        for number, way in enumerate(box.exits)
        if way.target and number not in drawn
    }


def _dealt_out(boxes: Sequence[Box], columns: Mapping[str, int], breadth: int) -> dict[str, int]:
    joined = {box.exits[number].target for box in boxes for number in _onward(box, columns)}
    alone = [box.name for box in boxes if box.name not in joined and not any(True for _ in _onward(box, columns))]
    return {name: number % breadth for number, name in enumerate(alone)}


def _arrows(placed: Mapping[str, Placed], columns: Mapping[str, int]) -> Iterator[Arrow]:
    for one in placed.values():
        for number in _onward(one.sheet.box, columns):
            target = placed[one.sheet.box.exits[number].target]
            yield Arrow(one.x + WIDTH, one.y + one.sheet.port(number), target.x, target.y + target.sheet.entry)
