"""What the machine asks the house to do for the caller: decide by what is open, look up, book a call back, send a text.

Knows nodes and orders; where the conversation goes afterwards is decided by `walking`.
"""

from collections.abc import Mapping
from dataclasses import replace

from voicebot.actions import LookUp, Prompt, RequestCallback, SendSms
from voicebot.dialog.phrases import CALLBACK_SLOTS, LOOKED_UP, SMS_SLOT, SUMMARY
from voicebot.dialog.saying import as_written
from voicebot.dialog.slots import CHOME, Slot, SlotKind, Value
from voicebot.dialog.speaking import BLANK, Move, in_language, said_slots
from voicebot.dialog.state import Form, State
from voicebot.dialog.tree import (
    BranchNode,
    Case,
    Dialog,
    LookupNode,
    Phrase,
    SmsNode,
    ToBooking,
    ToNothing,
    ToSms,
)
from voicebot.events import Json
from voicebot.language.kana import matching_form
from voicebot.language.phones import grouped

MOBILE = ("070", "080", "090")


def branch(state: State, node: BranchNode, at: int) -> tuple[str, int]:
    """The node to go on at, or "" and the number of the case that must be looked up first."""
    for number, case in enumerate(node.cases[at:], start=at):
        if not _holds(state, case):
            continue
        if case.open:
            return "", number
        return case.goto, number
    return node.otherwise, len(node.cases)


def ask_whether_open(state: State, case: Case, number: int, *before: Prompt) -> Move:
    """A branch depends on opening hours."""
    turn = state.turn + 1
    state = replace(state, phase="looking_up", turn=turn, purpose="branch", case=number, before=before, spoken=False)
    return state, (LookUp(turn, "hours", {"department": case.open, "language": state.language}),)


def look_up(state: State, node: LookupNode, *before: Prompt) -> Move:
    """Ask the city's desk."""
    turn = state.turn + 1
    arguments = {name: text for name, value in node.arguments.items() if (text := _given(state, value))}
    state = replace(state, phase="looking_up", turn=turn, purpose="look_up", before=before, spoken=False)
    return state, (LookUp(turn, node.what, {"language": state.language, **arguments}),)


def found(state: State, node: LookupNode, facts: Mapping[str, Json]) -> Prompt:
    """What the look-up brought, as a sentence; empty when it brought nothing that can be said."""
    texts = node.found if facts.get("found", True) else node.missing
    text = in_language(texts, state.language) if texts else "{say}"
    said = {name: value.said for name, value in state.values.items()}
    said |= {name: "" if value is None else str(value) for name, value in facts.items()}
    # In one go: what was found may hold hints for the voice in braces ({緑町|ミドリマチ}), which are no blanks.
    return Prompt(BLANK.sub(lambda blank: said.get(blank[1], ""), text), state.language)


def callback_form(dialog: Dialog, state: State, department: str) -> tuple[State, Form]:
    """What a call back needs: name, number (the caller's own unless another is said), matter, time.

    Who has just filled in a form has said what the matter is.
    """
    department = department or state.department or dialog.switchboard
    matter = _filled_in(state)
    slots = tuple(
        _slot(dialog, name, kind, f"callback_{what}", f"label_{what}")
        for name, kind, what in CALLBACK_SLOTS
        if not (matter and what == "matter")
    )
    number = CALLBACK_SLOTS[0][0]
    known = {number: Value(state.caller, "-".join(grouped(state.caller)))} if state.caller else {}
    told = {name: Value(matter, matter) for name, _, what in CALLBACK_SLOTS if matter and what == "matter"}
    state = replace(state, values={**known, **state.values, **told}, department=department)
    return state, Form("折り返し", slots, "", ToBooking(department))


def _filled_in(state: State) -> str:
    """The form that the caller has agreed to just now, as one line for the staff; "" when there is none."""
    if state.form is None or state.question is None or state.question.name != SUMMARY:
        return ""
    said = (
        f"{in_language(slot.label, 'ja')} {value.said if state.language == 'ja' else value.value}"
        for slot in state.form.slots
        if (value := state.values.get(slot.name))
    )
    return as_written(f"{state.form.name}({'、'.join(said)})")


def _slot(dialog: Dialog, name: str, kind: SlotKind, text: str, label: str) -> Slot:
    """One of the machine's own slots, with its words by their names."""
    sounds = dialog.label_sounds.get(label, {})
    return Slot(name, kind, dialog.phrases[text], dialog.phrases[label], sounds=sounds)


def book(state: State, department: str) -> Move:
    """Note the wish."""
    said = {what: state.values[name].value for name, _, what in CALLBACK_SLOTS if name in state.values}
    turn = state.turn + 1
    order = RequestCallback(
        turn, department, said.get("phone", ""), said.get("name", ""), said.get("matter", ""), said.get("when", "")
    )
    return replace(state, phase="booking", turn=turn, goal=department, spoken=False), (order,)


def sms_form(dialog: Dialog, state: State, node: SmsNode) -> tuple[State, Form]:
    """A text message goes to a mobile telephone only, and only when the caller agrees."""
    slot = _slot(dialog, SMS_SLOT, "phone", "sms_number", "label_phone")
    known: dict[str, Value] = {}
    if state.caller.startswith(MOBILE):
        known = {SMS_SLOT: Value(state.caller, "-".join(grouped(state.caller)))}
    summary = in_language(dialog.phrases["sms_offer"], state.language).replace("{value}", f"{{{SMS_SLOT}}}")
    message = as_written(said_slots(state, in_language(node.message, state.language)))
    state = replace(state, values={**state.values, **known})
    return state, Form("ショートメッセージ", (slot,), summary, ToSms(message), ToNothing())


def send(state: State, text: str) -> Move | None:
    """Send the text message; None when the number is not a mobile telephone's."""
    phone = state.values[SMS_SLOT].value if SMS_SLOT in state.values else ""
    if not phone.startswith(MOBILE):
        return None
    turn = state.turn + 1
    return replace(state, phase="sending", turn=turn, spoken=False), (SendSms(turn, phone, text),)


def _given(state: State, text: str) -> str:
    """An argument: as written, with the canonical value of each slot that it names."""
    return BLANK.sub(lambda blank: value.value if (value := state.values.get(blank[1])) else "", text)


def _holds(state: State, case: Case) -> bool:
    """Every condition but the opening hours, which must be asked."""
    happened = {
        "answered": state.answered,
        "not_reached": bool(state.tried),
        "not_understood": state.rung > 0,
        "recording_refused": state.unrecorded,
    }
    checks = (
        not case.language or case.language == state.language,
        not case.slot or _is_one_of(state.values.get(case.slot), case.values),
        case.fact is None or case.fact in case.values,
        not case.happened or happened[case.happened],
    )
    return all(checks)


def _is_one_of(value: Value | None, values: tuple[str, ...]) -> bool:
    """Whether the slot has one of the values; a district also when only its 丁目 is not written."""
    if value is None:
        return False
    return not values or value.value in values or CHOME.sub("", value.value) in values


def choices(facts: Mapping[str, Json]) -> tuple[Phrase, ...]:
    """What a look-up offers where several things may be meant."""
    names, readings = (str(facts.get(key) or "").split("、") for key in ("candidates", "readings"))
    if len(readings) != len(names):
        readings = names
    return tuple(Phrase(name, matching_form(reading)) for name, reading in zip(names, readings, strict=True) if name)


def remembered(state: State, facts: Mapping[str, Json]) -> State:
    """The state with what a look-up brought for a text message."""
    text = str(facts.get("sms") or "")
    others = {name: value for name, value in state.values.items() if name != LOOKED_UP}
    return replace(state, values={**others, LOOKED_UP: Value(text, text)} if text else others)


def lacking(node: LookupNode, facts: Mapping[str, Json]) -> str:
    """The slot that must be asked for again when nothing was found: the 丁目 belongs to the district."""
    argument = str(facts.get("missing") or "")
    blank = BLANK.fullmatch(node.arguments.get("district" if argument == "chome" else argument, ""))
    return blank[1] if blank else ""
