"""The dialog as an SVG: self-contained, without script, readable on paper and by a screen reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from voicebot.dialog.diagram.layers import Card, Plan, Port, arrange
from voicebot.dialog.diagram.outline import Box, Kind, outline
from voicebot.dialog.diagram.palette import COLOURS, EDGE, FAINT, GROUND, INK
from voicebot.dialog.diagram.shapes import curve, outline_of
from voicebot.dialog.diagram.sheets import COLUMNS, HEAD, LINE, ROW, WIDTH, Row, Sheet, described, sheet
from voicebot.dialog.diagram.writing import shortened, width
from voicebot.dialog.tree import Dialog

GAP, LANE, MARGIN, TOP = 22.0, 92.0, 32.0, 112.0
"""Between boxes, between columns, around everything, and above the boxes for title and legend."""
LEAD = 96.0
"""Room for the sign where calls come in."""

_STYLE = f"""
text{{font-family:sans-serif;font-size:13px;fill:{INK}}}
.name{{font-weight:bold;font-size:14px}}
.kind{{font-size:11px;fill:#ffffff}}
.faint{{fill:{FAINT};font-size:12px}}
.key{{font-weight:bold;text-anchor:middle}}
.edge{{fill:none;stroke:{EDGE};stroke-width:1.6}}
a:hover text,a:focus text{{text-decoration:underline}}
""".strip()


@dataclass(frozen=True, slots=True)
class _Part:
    """Boxes laid out together."""

    sheets: tuple[Sheet, ...]
    plan: Plan

    @property
    def width(self) -> float:
        return (max(self.plan.columns.values()) + 1) * (WIDTH + LANE) - LANE


def svg(dialog: Dialog, start: str | None = None) -> str:
    """The picture: the start on the left, one column a step; a way back is named (↩) instead of drawn.

    Raises:
        VoicebotError: there is no node `start`.
    """
    picture = outline(dialog, start)
    main = _part(picture.boxes)
    apart = _part(picture.apart) if picture.apart else None
    across = 2 * MARGIN + LEAD + max(main.width, apart.width if apart else 0.0, 760.0)
    below = TOP + main.plan.height + MARGIN
    down = below + (apart.plan.height + 2 * MARGIN + LINE if apart else 0.0)
    ids = {box.name: f"node{number}" for number, box in enumerate((*picture.boxes, *picture.apart))}
    pieces = [*_opening(across, down, picture.start, len(ids)), *_legend(picture.boxes + picture.apart)]
    pieces += _incoming(main)
    pieces += _drawn(main, ids, MARGIN + LEAD, TOP, picture.start)
    if apart:
        heading = f'<text class="name" x="{MARGIN:g}" y="{below + LINE:g}">どこからも行けないノード</text>'
        pieces += [heading, *_drawn(apart, ids, MARGIN + LEAD, below + MARGIN + LINE, "")]
    return "\n".join([*pieces, "</svg>", ""])


def _part(boxes: Sequence[Box]) -> _Part:
    names = {box.name for box in boxes}
    outside = {box.name: frozenset(at for at, way in enumerate(box.exits) if way.target not in names) for box in boxes}
    # Which ways lead back is known only when the columns are; heights do not matter for that.
    draft = arrange([_card(sheet(box, frozenset()), outside[box.name]) for box in boxes], GAP)
    sheets: list[Sheet] = []
    for box in boxes:
        back = {at for at in _drawable(box, outside[box.name]) if not _ahead(draft, box, at)}
        sheets.append(sheet(box, frozenset(back | {at for at in outside[box.name] if box.exits[at].target})))
    cards = [_card(one, frozenset(at for at, row in enumerate(one.rows) if row.jump or not row.way.target)) for one in sheets]
    return _Part(tuple(sheets), arrange(cards, GAP))


def _drawable(box: Box, hidden: frozenset[int]) -> list[int]:
    return [at for at in range(len(box.exits)) if at not in hidden]
