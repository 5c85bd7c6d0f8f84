"""What a picture must show of the dialog: boxes, and the ways out of each.

The only place of this room that knows the kinds of nodes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from voicebot.dialog.check import leads_to, reachable
from voicebot.dialog.tree import (
    AnswerNode,
    AskNode,
    Choice,
    Dialog,
    EndNode,
    MessageNode,
    Node,
    SayNode,
    Texts,
    TransferNode,
)
from voicebot.documents import suggestion
from voicebot.errors import VoicebotError


class Kind(StrEnum):
    """What a box is; the value is its word for people."""

    say = "案内"
    ask = "質問"
    answer = "回答"
    transfer = "転送"
    message = "伝言"
    end = "終わり"
    missing = "なし"


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of a box."""

    target: str
    """Name of a node; empty when the way leads out of the tree (into the FAQ)."""
    label: str = ""
    key: str = ""

    @property
    def pressed(self) -> str:
        """The key as people call it."""
        return f"{self.key}番" if self.key.isdigit() else self.key


@dataclass(frozen=True, slots=True)
class Box:
    """One node as it is shown."""

    name: str
    kind: Kind
    text: str = ""
    department: str = ""
    exits: tuple[Exit, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The boxes of a picture."""

    start: str
    boxes: tuple[Box, ...]
    """What can be reached from the start, nearest first in the order of the choices."""
    apart: tuple[Box, ...]
    """What nothing leads to."""


def outline(dialog: Dialog, start: str | None = None) -> Outline:
    """The dialog from its start, or only what follows from the node `start`.

    Raises:
        VoicebotError: there is no such node.
    """
    begin = dialog.start if start is None else start
    if begin not in dialog.nodes:
        near = suggestion(begin, tuple(dialog.nodes))
        raise VoicebotError("diagram.unknown_node", f"「{begin}」というノードはありません。{near}")
    names = _in_order(dialog, begin)
    boxes = tuple(box_of(name, dialog.nodes[name]) for name in names)
    others = tuple(name for name in dialog.nodes if name not in names) if start is None else ()
    apart = tuple(box_of(name, dialog.nodes[name]) for name in others)
    return Outline(begin, (*boxes, *_missing(dialog, (*boxes, *apart))), apart)


def _in_order(dialog: Dialog, begin: str) -> tuple[str, ...]:
    """What can be reached from `begin`, breadth first."""
    wanted = reachable(replace(dialog, start=begin))
    names = [begin]
    for name in names:
        names += [target for target in dict.fromkeys(leads_to(dialog.nodes[name])) if target in wanted - {*names}]
    return tuple(names)


def _missing(dialog: Dialog, boxes: tuple[Box, ...]) -> Iterator[Box]:
    """A box for every name that is led to and does not exist: a tree being written may have such."""
    targets = dict.fromkeys(way.target for box in boxes for way in box.exits)
    for name in targets:
        if name and name not in dialog.nodes:
            yield Box(name, Kind.missing, "このノードはありません。")


def box_of(name: str, node: Node) -> Box:
    """One node as it is shown."""
    match node:
        case SayNode():
            return Box(name, Kind.say, _japanese(node.text), exits=(Exit(node.goto),))
        case AskNode():
            free = (Exit("", "自由に話す → FAQから回答"),) if node.open else ()
            return Box(name, Kind.ask, _japanese(node.text), exits=(*map(_choice, node.choices), *free))
        case AnswerNode():
            return Box(name, Kind.answer, _japanese(node.text), node.department)
        case TransferNode():
            return Box(name, Kind.transfer, _japanese(node.text), node.department)
        case MessageNode():
            return Box(name, Kind.message, _japanese(node.text), node.department)
        case EndNode():
            return Box(name, Kind.end, _japanese(node.text))
        case _:
            assert_never(node)


def _choice(choice: Choice) -> Exit:
    return Exit(choice.goto, _japanese(choice.label), choice.key)


def _japanese(texts: Texts | None) -> str:
    return " ".join((texts or {}).get("ja", "").split())
