"""The outline of a dialog as it is written, also while parts of it are wrong: what staff look at while they edit.

Nothing is refused here: a node that cannot be read is a box of its own, with as many ways out as can be told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from voicebot.dialog.building import Builder, Surroundings
from voicebot.dialog.diagram.outline import Box, Entry, Exit, Kind, Outline, assembled, box_of, entries_of
from voicebot.dialog.files import NodeFile
from voicebot.dialog.nodes import node_of
from voicebot.documents import Document

Written = Mapping[str, Mapping[str, object] | None]
"""Nodes by name as YAML says them; None for one that cannot be read."""
_NOWHERE = Surroundings(reader=lambda text, language: text, departments={}, switchboard="", duty="")
_NO_FILE = Document("", {}, {})


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Where calls begin, as `line.yaml` and `disaster.yaml` say."""

    start: str = ""
    starts: Mapping[str, str] = field(default_factory=dict)
    disaster: str = ""


def boxes_of(nodes: Written, facts: Mapping[str, str]) -> dict[str, Box]:
    """Every node as a box; `facts` are the city's values, which branches ask for."""
    return {name: box_as_written(name, data, facts) for name, data in nodes.items()}


def sketched(boxes: Mapping[str, Box], beginnings: Beginnings) -> Outline:
    """Everything, from where calls begin; without a beginning that exists everything lies apart."""
    return assembled(boxes, entries_of(beginnings.start, beginnings.starts, beginnings.disaster, boxes))


def onward(boxes: Mapping[str, Box], name: str) -> Outline:
    """Only what follows from a node."""
    return assembled(boxes, (Entry(name, "ここから"),), whole=False)


def part(boxes: Mapping[str, Box], names: Mapping[str, object], beginnings: Beginnings) -> Outline:
    """Only some of the boxes, from where callers come to them from elsewhere; ways to others are named."""
    inside = {name: boxes[name] for name in names if name in boxes}
    begins = entries_of(beginnings.start, beginnings.starts, beginnings.disaster, inside)
    led = {way.target for name, box in boxes.items() if name not in inside for way in box.exits}
    known = {entry.name for entry in begins}
    entries = (*begins, *(Entry(name, "ほかから") for name in inside if name in led and name not in known))
    outline = assembled(inside, entries)
    elsewhere = boxes.keys()
    met = tuple(box for box in outline.boxes if box.kind is not Kind.missing or box.name not in elsewhere)
    return Outline(outline.start, met, outline.apart, outline.entries)


def box_as_written(name: str, data: Mapping[str, object] | None, facts: Mapping[str, str]) -> Box:
    """One node; one that is not written as it must be shows what can be told of it."""
    try:
        node = NodeFile.model_validate(data or {})
    except ValidationError:
        return Box(name, Kind.broken, _words(data or {}), exits=tuple(_exits(data or {})))
    return box_of(name, node_of(Builder(replace(_NOWHERE, facts=facts)), _NO_FILE, (), node))


def _words(data: Mapping[str, object]) -> str:
    for key in ("prompt", "answer"):
        text = data.get(key)
        text = text.get("ja") if isinstance(text, dict) else text
        if isinstance(text, str):
            return " ".join(text.split())
    return ""


def _exits(data: Mapping[str, object]) -> Iterator[Exit]:
    """As many ways out as can be told."""
    for key in ("choices", "when"):
        rows = data.get(key)
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and isinstance(row.get("goto"), str):
                yield Exit(row["goto"])
    for key in ("goto", "otherwise"):
        target = data.get(key)
        if isinstance(target, str):
            yield Exit(target)
