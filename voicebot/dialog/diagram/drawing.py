"""The dialog as an SVG: self-contained, without script, readable on paper and by a screen reader."""

from collections.abc import Iterator

from voicebot.dialog.diagram.faces import escaped, face, quoted, row_label, row_target
from voicebot.dialog.diagram.outline import Box, Entry, Kind, outline
from voicebot.dialog.diagram.palette import COLOURS, EDGE, FAINT, GROUND, INK
from voicebot.dialog.diagram.placing import ASIDE, BACK, LANE, Group, Placed, place
from voicebot.dialog.diagram.shapes import curve, outline_of
from voicebot.dialog.diagram.sheets import LINE, WIDTH, Sheet, described
from voicebot.dialog.diagram.writing import shortened, width
from voicebot.dialog.tree import Dialog

MARGIN, TOP = 32.0, 112.0
"""Around everything, and above the boxes for title and legend."""
LEAD = 96.0
"""Room for the sign where calls come in."""
LEAST_WIDTH = 760.0
"""So that title and legend have room."""
LEGEND_NOTE = 300.0
"""Room for what the legend says of numbers and signs."""
TIP = 7.0
"""Length of an arrow's head."""

_STYLE = f"""
text{{font-family:sans-serif;font-size:13px;fill:{INK}}}
.name{{font-weight:bold;font-size:14px}}
.kind{{font-size:11px;fill:#ffffff}}
.faint{{fill:{FAINT};font-size:12px}}
.key{{font-weight:bold;text-anchor:middle}}
.edge{{fill:none;stroke:{EDGE};stroke-width:1.6}}
a:hover text,a:focus text{{text-decoration:underline}}
""".strip()


def svg(dialog: Dialog, start: str | None = None) -> str:
    """The picture: the start on the left, a column for each step away from it.

    Ways to the next column are arrows; others name their target, and can be clicked.

    Raises:
        VoicebotError: there is no node `start`.
    """
    picture = outline(dialog, start)
    main = place(picture.boxes)
    *_, (_, legend_end) = _legend_places((*picture.boxes, *picture.apart))
    across = max(main.width, LEAST_WIDTH, legend_end + LEGEND_NOTE - MARGIN - LEAD)
    apart = place(picture.apart, breadth=int((across + LANE) // (WIDTH + LANE)))
    across = max(across, apart.width)
    below = TOP + main.height + 2 * MARGIN
    down = below + apart.height + MARGIN if picture.apart else below - MARGIN
    ids = {box.name: f"node{number}" for number, box in enumerate((*picture.boxes, *picture.apart))}
    pieces = [*_opening(MARGIN + LEAD + across + MARGIN, down, picture.start, len(ids))]
    pieces += _legend((*picture.boxes, *picture.apart))
    placed = {one.sheet.box.name: one for one in main.placed}
    for entry in picture.entries:
        pieces += _incoming(entry, placed[entry.name])
    pieces += _group(main, ids, TOP, picture.start)
    if picture.apart:
        pieces.append(f'<text class="name" x="{MARGIN:g}" y="{below - LINE:g}">どこからも行けないノード</text>')
        pieces += _group(apart, ids, below, "")
    return "\n".join([*pieces, "</svg>", ""])


def _group(group: Group, ids: dict[str, str], top: float, start: str) -> Iterator[str]:
    """Arrows first, so that boxes lie over them."""
    yield f'<g transform="translate({MARGIN + LEAD:g} {top:g})">'
    for arrow in group.arrows:
        path = curve(arrow.x, arrow.y, arrow.end_x - TIP, arrow.end_y)
        yield f'<path class="edge" d="{path}" marker-end="url(#arrow)"/>'
    for one in group.placed:
        yield from _boxed(one.sheet, ids, one.x, one.y, one.sheet.box.name == start)
    yield "</g>"


def _boxed(one: Sheet, ids: dict[str, str], x: float, y: float, first: bool) -> Iterator[str]:
    box = one.box
    words = described(box)
    yield f'<g id="{ids[box.name]}" role="group" aria-label={quoted(words)} transform="translate({x:.1f} {y:.1f})">'
    yield f"<title>{escaped(words)}</title>"
    yield from face(one, first=first)
    for row in one.rows:
        yield from row_label(row, COLOURS[box.kind].line)
        if row.target:
            yield f'<a href="#{ids[row.way.target]}">{row_target(row)}</a>'
    yield "</g>"


def _incoming(entry: Entry, first: Placed) -> Iterator[str]:
    """The sign where calls come in, and the arrow from it to the box; none for a box that others stand before."""
    if first.x:
        return
    y = TOP + first.y + first.sheet.entry
    yield f'<rect x="{MARGIN:g}" y="{y - 15:g}" width="58" height="30" rx="15" fill="{INK}"/>'
    word = escaped(entry.word)
    yield f'<text x="{MARGIN + 29:g}" y="{y + 5:g}" text-anchor="middle" style="fill:{GROUND}">{word}</text>'
    yield f'<path class="edge" d="M{MARGIN + 58:g} {y:g}H{MARGIN + LEAD - TIP:g}" marker-end="url(#arrow)"/>'


def _opening(across: float, down: float, start: str, count: int) -> Iterator[str]:
    title = f"電話の流れ「{start}」から"
    description = (
        f"左から右へ、自動音声の{count}個のノードと、そのつながりを示す図です。"
        f"四角の中の数字は押す番号です。{BACK} や {ASIDE} のあとの名前は、矢印を引かずに示した行き先です。"
        "回答のあとは「ほかにお尋ねは」と尋ね、0番ではいつでも職員につながります。"
    )
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:.0f} {down:.0f}" width="{across:.0f}" '
        f'height="{down:.0f}" lang="ja" role="graphics-document document" aria-labelledby="title description">'
    )
    yield f'<title id="title">{escaped(title)}</title>'
    yield f'<desc id="description">{escaped(description)}</desc>'
    yield f"<style>{_STYLE}</style>"
    yield (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{EDGE}"/></marker></defs>'
    )
    yield f'<rect width="100%" height="100%" fill="{GROUND}"/>'
    yield f'<text x="{MARGIN:g}" y="44" style="font-size:20px;font-weight:bold">{escaped(shortened(title, 70))}</text>'


def _legend(boxes: tuple[Box, ...]) -> Iterator[str]:
    """Shape and colour of each kind that occurs, in the order of the kinds."""
    yield '<g role="group" aria-label="凡例">'
    x = MARGIN
    for kind, following in _legend_places(boxes):
        colour = COLOURS[kind]
        yield (
            f'<path transform="translate({x:g} 64)" d="{outline_of(kind, 34, 22)}" fill="{colour.fill}" '
            f'stroke="{colour.line}" stroke-width="1.6"/>'
        )
        yield f'<text x="{x + 41:g}" y="80">{kind.value}</text>'
        x = following
    yield f'<text class="faint" x="{x:g}" y="80">数字 = 押す番号　{BACK} {ASIDE} = その名前のノードへ</text></g>'


def _legend_places(boxes: tuple[Box, ...]) -> Iterator[tuple[Kind, float]]:
    """The kinds that occur, and where each one's sign and word end."""
    present = {box.kind for box in boxes}
    x = MARGIN
    for kind in Kind:
        if kind in present:
            x += 41 + width(kind.value) * 6.5 + 20
            yield kind, x
