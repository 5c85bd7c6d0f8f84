"""The dialog as a Mermaid flowchart, for documents and reviews that draw Mermaid by themselves."""

import re
from collections.abc import Iterator

from voicebot.dialog.diagram.outline import Box, Exit, Kind, outline
from voicebot.dialog.diagram.palette import COLOURS
from voicebot.dialog.diagram.writing import shortened
from voicebot.dialog.tree import Dialog

TEXT_WIDTH = 60
"""Of what is said, this much is shown; full-width characters count two."""

_SHAPES = {
    Kind.say: ("(", ")"),
    Kind.ask: ("[", "]"),
    Kind.form: ("[[", "]]"),
    Kind.branch: ("{", "}"),
    Kind.lookup: ("[(", ")]"),
    Kind.answer: (">", "]"),
    Kind.transfer: ("{{", "}}"),
    Kind.message: ("[/", "/]"),
    Kind.callback: ("[\\", "\\]"),
    Kind.sms: ("[/", "\\]"),
    Kind.end: ("([", "])"),
    Kind.missing: ("[", "]"),
    Kind.broken: ("[\\", "/]"),
}
_PLAIN = re.compile(r"[\w ]", re.ASCII)


def mermaid(dialog: Dialog, start: str | None = None) -> str:
    """A `flowchart TD`: shapes and classes by kind of node, edges labelled with key and choice.

    Nodes have ids of their own (`n0`), so any name is safe; what Mermaid could take for a sign of its own is escaped
    (mermaid.js.org, Flowcharts, "Entity codes to escape characters").

    Raises:
        VoicebotError: there is no node `start`.
    """
    picture = outline(dialog, start)
    ids = {box.name: f"n{number}" for number, box in enumerate((*picture.boxes, *picture.apart))}
    lines = ["flowchart TD", f'  entry(("着信")):::node-entry --> {ids[picture.start]}']
    lines += (
        f'  entry{number}(("{_escaped(entry.word)}")):::node-entry --> {ids[entry.name]}'
        for number, entry in enumerate(picture.entries[1:], start=1)
    )
    lines += (_node(box, ids) for box in picture.boxes)
    if picture.apart:
        lines += ['  subgraph apart ["どこからも行けないノード"]']
        lines += ("  " + _node(box, ids) for box in picture.apart)
        lines += ["  end"]
    for box in (*picture.boxes, *picture.apart):
        lines += _edges(box, ids)
    lines += (
        f"  classDef {_class(kind)} fill:{colour.fill},stroke:{colour.line},color:{colour.text}"
        for kind, colour in COLOURS.items()
    )
    lines += [f"  classDef node-entry fill:{COLOURS[Kind.end].line},stroke:{COLOURS[Kind.end].line},color:#ffffff"]
    return "\n".join(lines) + "\n"


def _node(box: Box, ids: dict[str, str]) -> str:
    first, last = _SHAPES[box.kind]
    return f'  {ids[box.name]}{first}"{"<br>".join(_said(box))}"{last}:::{_class(box.kind)}'


def _class(kind: Kind) -> str:
    # Not the bare name: `end` is one of Mermaid's own words.
    return f"node-{kind.name}"


def _said(box: Box) -> Iterator[str]:
    # The word for the kind stands first also because Mermaid reads a label that begins with "1." or "-" as a list.
    yield f"{box.kind.value} <b>{_escaped(box.name)}</b>"
    if box.department:
        yield f"窓口 {_escaped(box.department)}"
    if box.text:
        yield f"「{_escaped(shortened(box.text, TEXT_WIDTH))}」"
    for item in box.items:
        yield f"・{_escaped(shortened(item, TEXT_WIDTH // 2))}"


def _edges(box: Box, ids: dict[str, str]) -> Iterator[str]:
    for number, way in enumerate(box.exits):
        label = _label(way)
        arrow = f'-->|"{label}"|' if label else "-->"
        if way.target:
            yield f"  {ids[box.name]} {arrow} {ids[way.target]}"
        else:
            yield f'  {ids[box.name]} -.-> {ids[box.name]}x{number}["{label}"]:::{_class(Kind.answer)}'


def _label(way: Exit) -> str:
    return " ".join(part for part in (_escaped(way.pressed), _escaped(shortened(way.label, TEXT_WIDTH // 2))) if part)


def _escaped(text: str) -> str:
    return "".join(sign if _PLAIN.match(sign) or ord(sign) > 159 else _code(sign) for sign in text)


def _code(sign: str) -> str:
    # Mermaid decodes before it looks for \\n, $$formulas$$ and fa:icons; a space of no width keeps them apart.
    return (f"#{ord(sign)};" + ("\u200b" if sign in "\\$:" else "")) if sign.isprintable() else " "
