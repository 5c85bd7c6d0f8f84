"""What a box looks like as SVG: its shape, its words, its ways out. Nothing here leads anywhere."""

import re
from collections.abc import Iterator
from xml.sax import saxutils

from voicebot.dialog.diagram.outline import Kind
from voicebot.dialog.diagram.palette import COLOURS, GROUND
from voicebot.dialog.diagram.shapes import outline_of
from voicebot.dialog.diagram.sheets import HEAD, LINE, ROW, WIDTH, Row, Sheet
from voicebot.dialog.diagram.writing import shortened, width

DASHED = frozenset({Kind.missing, Kind.broken})
"""Kinds of boxes that are not as they should be."""
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 does not allow even when it is escaped (section 2.2)."""


def face(one: Sheet, *, first: bool) -> Iterator[str]:
    """The box without its ways out; where calls begin it has a thick line."""
    box, colour = one.box, COLOURS[one.box.kind]
    dashes = ' stroke-dasharray="5 4"' if box.kind in DASHED else ""
    yield (
        f'<path d="{outline_of(box.kind, WIDTH, one.height)}" fill="{colour.fill}" stroke="{colour.line}" '
        f'stroke-width="{3 if first else 1.6}"{dashes}/>'
    )
    yield _pill(box.kind, 14, (HEAD - LINE) / 2)
    name_x = 14 + _pill_width(box.kind) + 7
    room = int((WIDTH - name_x - 14) / 7.2)
    yield f'<text class="name" x="{name_x:g}" y="{HEAD / 2 + 5:g}">{escaped(shortened(box.name, room))}</text>'
    for number, line in enumerate(one.lines):
        yield f'<text x="14" y="{HEAD + number * LINE + 12:g}">{escaped(line)}</text>'


def row_label(row: Row, line: str) -> Iterator[str]:
    """A way out with its key; `line` is the colour of the box."""
    top = row.y - ROW / 2
    yield f'<path d="M1 {top:g}H{WIDTH - 1:g}" stroke="{line}" stroke-opacity="0.3"/>'
    left = 14.0
    if row.way.key:
        yield f'<rect x="14" y="{row.y - 9:g}" width="20" height="18" rx="4" fill="{GROUND}" stroke="{line}"/>'
        yield f'<text class="key" x="24" y="{row.y + 4.5:g}">{escaped(row.way.key)}</text>'
        left = 41.0
    kind = ' class="faint"' if not row.way.target else ""
    yield f'<text{kind} x="{left:g}" y="{row.y + 4.5:g}">{escaped(row.label)}</text>'


def row_target(row: Row) -> str:
    """The name of where the way leads."""
    return f'<text class="faint" x="{WIDTH - 12:g}" y="{row.y + 4.5:g}" text-anchor="end">{escaped(row.target)}</text>'


def escaped(text: str) -> str:
    """Text between tags."""
    return saxutils.escape(_NOT_XML.sub(" ", text))


def quoted(text: str) -> str:
    """Text as an attribute, with its quotes."""
    return saxutils.quoteattr(_NOT_XML.sub(" ", text.replace("。\n", "。").replace("\n", "。")))


def _pill(kind: Kind, x: float, y: float) -> str:
    """The word for the kind, white on its colour."""
    across = _pill_width(kind)
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{across:g}" height="{LINE:g}" rx="4" fill="{COLOURS[kind].line}"/>'
        f'<text class="kind" x="{x + across / 2:g}" y="{y + 13:g}" text-anchor="middle">{kind.value}</text>'
    )


def _pill_width(kind: Kind) -> float:
    return width(kind.value) * 5.5 + 10
