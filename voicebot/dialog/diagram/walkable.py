"""The picture for a page: every box and every way out can be chosen, and bears how often callers went there.

Unlike `drawing.svg` it brings no styles and no script: the page has them (classes `box`, `edge`, `count` and more).
Without a script every box and way is a link.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, sqrt

from voicebot.dialog.diagram.faces import escaped, face, quoted, row_label, row_target
from voicebot.dialog.diagram.outline import Entry, Outline
from voicebot.dialog.diagram.palette import COLOURS, EDGE, GROUND, INK
from voicebot.dialog.diagram.placing import Group, Placed, place
from voicebot.dialog.diagram.shapes import curve
from voicebot.dialog.diagram.sheets import HEAD, ROW, WIDTH, Row, Sheet, described
from voicebot.dialog.diagram.writing import width

MARGIN, LEAD, TIP = 32.0, 104.0, 7.0
"""Around everything, before the first column, and length of an arrow's head."""
LEVELS = 5
"""So many thicknesses of an arrow; the busiest is the thickest."""
APART_COLUMNS = 4
"""Boxes that nothing leads to stand side by side in so many columns."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Marks:
    """What is shown beside what is written."""

    address: Callable[[str], str]
    """The address that a node's box leads to."""
    ways: Mapping[Pair, int] = field(default_factory=dict)
    """How often callers went from one node to another."""
    visits: Mapping[str, int] = field(default_factory=dict)
    hot: frozenset[str] = frozenset()
    """The nodes that are met most."""
    told: Mapping[str, str] = field(default_factory=dict)
    """The worst finding of a check at a node: `fault` or `warning`."""
    words: Mapping[str, str] = field(default_factory=dict)
    """For `title`, `apart`, `visits` ({count}), `hot`, `fault`, `warning`: in the page's language."""


def walkable(outline: Outline, marks: Marks) -> str:
    """The picture as `<svg>`; boxes tell their place (`data-x`, `-y`, `-w`, `-h`) and where they lead (`data-goes`)."""
    main, apart = place(outline.boxes), place(outline.apart, breadth=APART_COLUMNS)
    below = MARGIN + main.height + 2 * MARGIN
    across = 2 * MARGIN + LEAD + max(main.width, apart.width)
    down = below + apart.height + MARGIN if outline.apart else below - MARGIN
    most = max(marks.ways.values(), default=0)
    pieces = [*_opening(across, down, marks)]
    placed = {one.sheet.box.name: one for one in main.placed}
    for entry in outline.entries:
        pieces += _incoming(entry, placed[entry.name], most, marks)
    pieces += _group(main, marks, MARGIN, most)
    if outline.apart:
        words = escaped(marks.words.get("apart", ""))
        pieces.append(f'<text class="name" id="apart" x="{MARGIN + LEAD:g}" y="{below - 14:g}">{words}</text>')
        pieces += _group(apart, marks, below, most)
    return "\n".join([*pieces, "</svg>"])


def _opening(across: float, down: float, marks: Marks) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:.0f} {down:.0f}" width="{across:.0f}" '
        f'height="{down:.0f}" role="group" aria-label={quoted(marks.words.get("title", ""))}>'
    )
    yield (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{EDGE}"/></marker></defs>'
    )


def _group(group: Group, marks: Marks, top: float, most: int) -> Iterator[str]:
    """Arrows first, so that boxes lie over them."""
    yield f'<g transform="translate({MARGIN + LEAD:g} {top:g})">'
    ends = {(one.x, one.y + one.sheet.entry): one.sheet.box.name for one in group.placed}
    for one in group.placed:
        for arrow in [arrow for arrow in group.arrows if _leaves(one, arrow.x, arrow.y)]:
            target = ends.get((arrow.end_x, arrow.end_y), "")
            path = curve(arrow.x, arrow.y, arrow.end_x - TIP, arrow.end_y)
            yield f'<path class="edge {_level(one, target, marks, most)}" d="{path}" marker-end="url(#arrow)"/>'
    for one in group.placed:
        yield from _boxed(one, marks, top)
    yield "</g>"


def _leaves(one: Placed, x: float, y: float) -> bool:
    return x == one.x + WIDTH and one.y <= y <= one.y + one.sheet.height


def _level(one: Placed, target: str, marks: Marks, most: int) -> str:
    count = marks.ways.get((one.sheet.box.name, target), 0)
    return f"w{ceil(LEVELS * sqrt(count / most))}" if count and most else "w0"


def _boxed(one: Placed, marks: Marks, top: float) -> Iterator[str]:
    sheet, box = one.sheet, one.sheet.box
    worst, visits = marks.told.get(box.name, ""), marks.visits.get(box.name, 0)
    signs = [marks.words.get(sign, "") for sign in ("hot" if box.name in marks.hot else "", worst) if sign]
    if visits:
        signs.append(marks.words.get("visits", "{count}").format(count=f"{visits:,}"))
    classes = " ".join(["box", box.kind.name, *(["hot"] if box.name in marks.hot else []), *([worst] if worst else [])])
    words = "\n".join([described(box), *signs])
    goes = "\t".join(dict.fromkeys(way.target for way in box.exits if way.target))
    yield (
        f'<g class="{classes}" data-node={quoted(box.name)} data-goes={quoted(goes)} '
        f'data-x="{MARGIN + LEAD + one.x:.0f}" data-y="{top + one.y:.0f}" data-w="{WIDTH:g}" '
        f'data-h="{sheet.height:.0f}" transform="translate({one.x:.1f} {one.y:.1f})">'
    )
    address = quoted(marks.address(box.name))
    yield f'<a class="open" href={address} tabindex="-1" aria-label={quoted(words)}><title>{escaped(words)}</title>'
    yield from face(sheet, first=False)
    yield "</a>"
    yield from _badges(signs)
    yield from _rows(sheet, marks)
    yield "</g>"


def _badges(signs: list[str]) -> Iterator[str]:
    """What is to be seen at once, above the upper right corner."""
    right = WIDTH - 6.0
    for sign in reversed(signs):
        across = width(sign) * 6.5 + 14
        yield (
            f'<g class="badge" aria-hidden="true"><rect x="{right - across:g}" y="-13" width="{across:g}" '
            f'height="20" rx="10"/><text x="{right - across / 2:g}" y="2" text-anchor="middle">{escaped(sign)}</text>'
            "</g>"
        )
        right -= across + 4


def _rows(sheet: Sheet, marks: Marks) -> Iterator[str]:
    box, counted = sheet.box, set[str]()
    for row in sheet.rows:
        yield from _row(row, sheet, marks)
        if row.way.target not in counted:
            counted.add(row.way.target)
            yield from _count(marks.ways.get((box.name, row.way.target), 0), row.y)
    if not sheet.rows and box.exits:
        yield from _count(marks.ways.get((box.name, box.exits[0].target), 0), HEAD / 2)


def _row(row: Row, sheet: Sheet, marks: Marks) -> Iterator[str]:
    """A way out; the whole of it can be chosen."""
    line = COLOURS[sheet.box.kind].line
    if not row.way.target:
        yield from row_label(row, line)
        return
    words = " ".join(part for part in (row.way.pressed, row.way.label, f"→ {row.way.target}") if part)
    yield f'<a class="way" href={quoted(marks.address(row.way.target))} tabindex="-1" aria-label={quoted(words)}>'
    yield f'<rect class="hit" x="2" y="{row.y - ROW / 2 + 1:g}" width="{WIDTH - 4:g}" height="{ROW - 2:g}"/>'
    yield from row_label(row, line)
    if row.target:
        yield row_target(row)
    yield "</a>"


def _count(count: int, y: float) -> Iterator[str]:
    """How often callers took this way, on the arrow where it leaves."""
    if count:
        yield f'<text class="count" x="{WIDTH + 6:g}" y="{y - 5:g}" aria-hidden="true">{count:,}</text>'


def _incoming(entry: Entry, first: Placed, most: int, marks: Marks) -> Iterator[str]:
    """The sign where calls come in; none for a box that others stand before."""
    if first.x:
        return
    y = MARGIN + first.y + first.sheet.entry
    across = max(58.0, width(entry.word) * 7 + 16)
    yield f'<rect x="{MARGIN / 2:g}" y="{y - 15:g}" width="{across:g}" height="30" rx="15" fill="{INK}"/>'
    word, middle = escaped(entry.word), MARGIN / 2 + across / 2
    yield f'<text class="light" x="{middle:g}" y="{y + 5:g}" text-anchor="middle" fill="{GROUND}">{word}</text>'
    count = marks.ways.get(("", entry.name), 0)
    level = f"w{ceil(LEVELS * sqrt(count / most))}" if count and most else "w0"
    begin, end = MARGIN / 2 + across, MARGIN + LEAD - TIP
    yield f'<path class="edge {level}" d="M{begin:g} {y:g}H{end:g}" marker-end="url(#arrow)"/>'
    if count:
        yield f'<text class="count" x="{begin + 2:g}" y="{y - 6:g}" aria-hidden="true">{count:,}</text>'
