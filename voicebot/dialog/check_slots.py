"""Faults of what is asked for: slots that nobody asks for, that mean two things, or that cannot be understood here."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from voicebot.dialog.phrases import CALLBACK_SLOTS, LOOKED_UP, SMS_SLOT
from voicebot.dialog.slots import SlotKind
from voicebot.dialog.speaking import BLANK
from voicebot.dialog.tree import (
    AnswerNode,
    AskNode,
    BranchNode,
    CallbackNode,
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
from voicebot.documents import Document, Path, suggestion
from voicebot.errors import Fault

_OWN: Mapping[str, SlotKind] = {
    **{name: kind for name, kind, _ in CALLBACK_SLOTS}, SMS_SLOT: "phone", LOOKED_UP: "text",
}  # fmt: skip


def slot_faults(dialog: Dialog, origins: Mapping[str, tuple[Document, Path]]) -> Iterator[Fault]:
    """What a form, a branch, a look-up or a text says about slots must fit together."""
    forms = {name: node for name, node in dialog.nodes.items() if isinstance(node, FormNode)}
    known = {*_OWN, *(slot.name for form in forms.values() for slot in form.slots)}
    for name, node in dialog.nodes.items():
        document, where = origins[name]
        for place, slot in _named(node):
            if slot not in known:
                near = suggestion(slot, tuple(known))
                yield document.fault((*where, *place), f"「{slot}」を聞き取る ask がどこにもありません。{near}")
    kinds: dict[str, SlotKind] = dict(_OWN)
    for name, form in forms.items():
        document, where = origins[name]
        for place, message in _wrong_slots(dialog, form, kinds):
            yield document.fault((*where, *place), message)


def _wrong_slots(dialog: Dialog, form: FormNode, kinds: dict[str, SlotKind]) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for at, slot in enumerate(form.slots):
        if slot.name in seen:
            yield ("ask", at, "slot"), f"「{slot.name}」が二度あります。一つにしてください。"
        seen.add(slot.name)
        # What a caller has said is kept by the slot's name over the whole call.
        if kinds.setdefault(slot.name, slot.kind) != slot.kind:
            message = (
                f"「{slot.name}」は、ほかでは {kinds[slot.name]} です。kind をそろえるか、別の名前にしてください。"
            )
            yield ("ask", at, "kind"), message
        if slot.kind == "district" and not dialog.districts:
            yield ("ask", at, "kind"), "町名(district)を聞き取るには、districts.yaml に町名を書いてください。"


def _named(node: Node) -> Iterator[tuple[Path, str]]:
    """The slots that a node speaks of, and where."""
    for place, texts in texts_of(node):
        for text in texts.values():
            yield from ((place, blank) for blank in BLANK.findall(text))
    match node:
        case BranchNode():
            yield from ((("when", at, "slot"), case.slot) for at, case in enumerate(node.cases) if case.slot)
        case LookupNode():
            for key, text in node.arguments.items():
                yield from ((("with", key), blank) for blank in BLANK.findall(text))


def texts_of(node: Node) -> Iterator[tuple[Path, Texts]]:
    """The texts in which the caller's own words may be said; what is found has blanks of its own."""
    match node:
        case SayNode() | EndNode():
            yield ("prompt",), node.text
        case AskNode():
            yield ("prompt",), node.text
            if node.reword:
                yield ("reword",), node.reword
        case AnswerNode():
            yield ("answer",), node.text
        case TransferNode() | MessageNode() | CallbackNode():
            yield from ((("prompt",), node.text),) if node.text else ()
        case SmsNode():
            yield ("sms",), node.message
            yield from ((("prompt",), node.text),) if node.text else ()
        case FormNode():
            yield from _of_form(node)
        case BranchNode() | LookupNode():
            return
        case _:
            assert_never(node)


def _of_form(node: FormNode) -> Iterator[tuple[Path, Texts]]:
    if node.text:
        yield ("prompt",), node.text
    if node.summary:
        yield ("confirm",), node.summary
    for at, slot in enumerate(node.slots):
        yield ("ask", at, "prompt"), slot.text
        if slot.reword:
            yield ("ask", at, "reword"), slot.reword
