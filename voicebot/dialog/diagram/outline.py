"""What a picture must show of the dialog: boxes, and the ways out of each.

The only place of this room that knows the kinds of nodes.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from voicebot.dialog.tree import (
    AnswerNode,
    AskNode,
    BranchNode,
    CallbackNode,
    Case,
    Choice,
    Dialog,
    EndNode,
    FormNode,
    LookupNode,
    MessageNode,
    Node,
    SayNode,
    SmsNode,
    Texts,
    TransferNode,
)
from voicebot.documents import suggestion
from voicebot.errors import VoicebotError


class Kind(StrEnum):
    """What a box is; the value is its word for people."""

    say = "案内"
    ask = "質問"
    form = "聞き取り"
    branch = "分かれ道"
    lookup = "照会"
    answer = "回答"
    transfer = "転送"
    message = "伝言"
    callback = "折り返し"
    sms = "SMS"
    end = "終わり"
    missing = "なし"
    broken = "要修正"


LANGUAGES: Mapping[str, str] = {
    "ja": "日本語", "en": "英語", "ko": "韓国語", "zh": "中国語", "vi": "ベトナム語", "pt": "ポルトガル語",
    "es": "スペイン語", "tl": "タガログ語", "ne": "ネパール語",
}  # fmt: skip
"""Words for languages by code (ISO 639-1); other languages are shown by their code."""

LOOKUPS: Mapping[str, str] = {
    "garbage_day": "ごみの収集日",
    "garbage_item": "品物の分け方",
    "shelter": "近い避難所",
    "water": "近い給水所",
    "facility": "施設",
    "nearby": "近くの場所",
    "duty_doctor": "当番医",
}
"""Words for what can be looked up."""

_HAPPENED: Mapping[str, str] = {
    "answered": "回答が済んでいる",
    "not_reached": "職員が電話に出なかった",
    "not_understood": "うまく聞き取れなかった",
    "recording_refused": "録音を断られた",
}
"""Words for `tree.HAPPENINGS`."""


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
    items: tuple[str, ...] = ()
    """What a form asks for, in its order, or what is looked up."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where calls come in."""

    name: str
    word: str
    """Of whom: everybody, those who chose a language, everybody while a disaster lasts."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The boxes of a picture."""

    start: str
    boxes: tuple[Box, ...]
    """What can be reached from the start, nearest first in the order of the choices."""
    apart: tuple[Box, ...]
    """What nothing leads to."""
    entries: tuple[Entry, ...] = ()
    """The start first; one for each node."""


def outline(dialog: Dialog, start: str | None = None) -> Outline:
    """The dialog from its start, or only what follows from the node `start`.

    Raises:
        VoicebotError: there is no such node.
    """
    begin = dialog.start if start is None else start
    if begin not in dialog.nodes:
        near = suggestion(begin, tuple(dialog.nodes))
        raise VoicebotError("diagram.unknown_node", f"「{begin}」というノードはありません。{near}")
    boxes = {name: box_of(name, node) for name, node in dialog.nodes.items()}
    disaster = dialog.disaster.start if dialog.disaster else ""
    came_in = entries_of(dialog.start, dialog.starts, disaster, boxes)[1:] if start is None else ()
    return assembled(boxes, (Entry(begin, "着信"), *came_in), whole=start is None)


def assembled(boxes: Mapping[str, Box], entries: tuple[Entry, ...], *, whole: bool = True) -> Outline:
    """Boxes in the order in which callers come to them.

    Args:
        boxes: By name.
        entries: Where callers come in, the start first; all of them have boxes.
        whole: Whether what cannot be reached is shown too, apart.
    """
    names = _in_order(boxes, tuple(entry.name for entry in entries))
    apart = tuple(box for name, box in boxes.items() if name not in names) if whole else ()
    met = tuple(boxes[name] for name in names)
    return Outline(entries[0].name if entries else "", (*met, *_missing(boxes, (*met, *apart))), apart, entries)


def entries_of(start: str, starts: Mapping[str, str], disaster: str, known: Container[str]) -> tuple[Entry, ...]:
    """Where callers come in, as far as it exists.

    Args:
        start: Where all calls begin.
        starts: Where those begin who chose another language, by language.
        disaster: Where calls begin while a disaster lasts; "" for a city without such a pack.
        known: Names of nodes.
    """
    words = {start: "着信"}
    for language, node in starts.items():
        words.setdefault(node, LANGUAGES.get(language, language))
    words.setdefault(disaster, "災害")
    return tuple(Entry(name, word) for name, word in words.items() if name in known)


def _in_order(boxes: Mapping[str, Box], begins: tuple[str, ...]) -> tuple[str, ...]:
    """What can be reached from `begins`, breadth first."""
    names = dict.fromkeys(begins)
    waiting = list(names)
    for name in waiting:
        for way in boxes[name].exits:
            if way.target in boxes and way.target not in names:
                names[way.target] = None
                waiting.append(way.target)
    return tuple(names)


def _missing(known: Container[str], boxes: tuple[Box, ...]) -> Iterator[Box]:
    """A box for every name that is led to and does not exist: a tree being written may have such."""
    targets = dict.fromkeys(way.target for box in boxes for way in box.exits)
    for name in targets:
        if name and name not in known:
            yield Box(name, Kind.missing, "まだ書かれていません。")


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
        case FormNode():
            asked = tuple(_japanese(slot.label) or slot.name for slot in node.slots)
            return Box(name, Kind.form, _japanese(node.text), exits=(Exit(node.goto),), items=asked)
        case BranchNode():
            return Box(name, Kind.branch, exits=(*map(_case, node.cases), Exit(node.otherwise, "それ以外")))
        case LookupNode():
            onward = (Exit(node.goto),) if node.goto else ()
            asks = (LOOKUPS.get(node.what, node.what),)
            return Box(name, Kind.lookup, _japanese(node.found), node.department, onward, asks)
        case CallbackNode():
            return Box(name, Kind.callback, _japanese(node.text), node.department)
        case SmsNode():
            return Box(name, Kind.sms, _japanese(node.text or node.message))
        case _:
            assert_never(node)


def _choice(choice: Choice) -> Exit:
    return Exit(choice.goto, _japanese(choice.label), choice.key)


def _case(case: Case) -> Exit:
    return Exit(case.goto, "、".join(_conditions(case)))


def _conditions(case: Case) -> Iterator[str]:
    """What must hold, in words."""
    values = "か".join(f"「{value}」" for value in case.values)
    if case.open:
        yield f"{case.open}が受付中"
    if case.slot:
        yield f"{case.slot}が{values}" if values else f"{case.slot}を聞き取った"
    if case.language:
        yield f"{LANGUAGES.get(case.language, case.language)}のとき"
    if case.fact is not None:
        yield f"{case.fact_name}が{values}のとき(今は「{case.fact}」)"
    if case.happened:
        yield _HAPPENED.get(case.happened, case.happened)


def _japanese(texts: Texts | None) -> str:
    return " ".join((texts or {}).get("ja", "").split())
