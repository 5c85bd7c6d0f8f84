"""Every state of a line that a handful of inputs can bring about, breadth first, by stepping the machine itself.

The inputs are made from what the state waits for: the words and the key of each choice, a value for each kind of slot,
yes and no, both answers about opening hours, what look-ups can bring, what the FAQ finds or does not find. Two states
that differ in nothing on which the tree's branches depend are explored once.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from line_world import AT
from little_line import guesses

from voicebot.actions import (
    Action,
    AskFaq,
    LookUp,
    Play,
    Prompt,
    Record,
    RequestCallback,
    SendSms,
    Transfer,
    Wait,
)
from voicebot.dialog import walking
from voicebot.dialog.machine import step
from voicebot.dialog.phrases import ANYTHING_ELSE
from voicebot.dialog.speaking import Move
from voicebot.dialog.state import State
from voicebot.dialog.tree import BranchNode, Dialog, Question, ToNode
from voicebot.events import (
    Alternative,
    CallbackBooked,
    CallStarted,
    DigitPressed,
    Event,
    FaqAnswered,
    FaqHit,
    Heard,
    Json,
    LookedUp,
    MessageRecorded,
    PromptFinished,
    SmsSent,
    TimedOut,
    TransferEnded,
)

Way = tuple[Event, ...]
"""The events of a call from its beginning."""
_Key = tuple[object, ...]
AWAITED = (Play, Wait, AskFaq, LookUp, Transfer, Record, RequestCallback, SendSms)
"""Orders whose answer will come."""
WORDS: Mapping[str, str] = {
    "district": "本町一丁目です", "date": "来週の月曜日です", "time": "午後三時です", "phone": "0900000 0001",
    "postal": "100の0001", "number": "三つです", "name": "田中です", "text": "古い机です", "yes_no": "はい",
}  # fmt: skip
DIGITS: Mapping[str, str] = {
    "date": "1201", "time": "1530", "phone": "09000000001", "postal": "1000001", "number": "3#", "yes_no": "1",
}  # fmt: skip
HIT = FaqHit("甲", "甲は何ですか", "甲です。", "", 0.95)
OPEN: Mapping[str, Json] = {"open": True, "say": "開いています。", "closed": "message", "next": ""}
CLOSED: Mapping[str, Json] = {"open": False, "say": "閉まっています。", "closed": "message", "next": ""}
FOUND: tuple[Mapping[str, Json], ...] = (
    {"found": True, "say": "月曜日です。", "sms": "月曜日です。"},
    {"found": True, "say": "月曜日です。"},
    {"found": False, "say": "わかりません。"},
)


@dataclass(slots=True)
class Explored:
    """What was found."""

    entered: dict[str, Way] = field(default_factory=dict)
    """Each node that was entered, with the shortest call that leads into it."""
    contexts: dict[str, list[State]] = field(default_factory=dict)
    """The states in which each branch was entered."""
    calls: list[Way] = field(default_factory=list)
    """A shortest call to each state that differs from the others."""
    states: list[State] = field(default_factory=list)
    """What these calls lead to."""
    steps: int = 0


@dataclass(slots=True)
class _Found:
    state: State
    path: Way


def beginnings(at: datetime = AT, languages: tuple[str, ...] = ("ja",)) -> tuple[CallStarted, ...]:
    """Calls in these languages; the caller's number is withheld."""
    return tuple(CallStarted("c", None, "", language, at) for language in languages)


def in_disaster(dialog: Dialog) -> Dialog:
    """The line while its disaster pack is in force."""
    assert dialog.disaster is not None
    return replace(dialog, disaster=replace(dialog.disaster, until=AT + timedelta(hours=1)))


def explore(dialog: Dialog, calls: tuple[CallStarted, ...], most: int = 20_000) -> Explored:
    """Step the machine through every state that differs from the others."""
    explored, seen, waiting = Explored(), set[_Key](), deque[_Found]()
    slots, happenings = _of_interest(dialog)
    with pytest.MonkeyPatch.context() as spy:
        passed = _watch(spy)
        waiting.append(_Found(State(), ()))
        while waiting:
            here = waiting.popleft()
            for inputs in ((call,) for call in calls) if here.state.phase == "new" else _inputs(here.state):
                there = _stepped(dialog, here, inputs)
                explored.steps += len(inputs)
                for name, state in passed:
                    explored.entered.setdefault(name, there.path)
                    if isinstance(dialog.nodes[name], BranchNode):
                        explored.contexts.setdefault(name, []).append(state)
                passed.clear()
                key = _key(there.state, slots, happenings)
                if key not in seen and there.state.phase != "ended":
                    seen.add(key)
                    waiting.append(there)
                    explored.states.append(there.state)
                    explored.calls.append(there.path)
            assert explored.steps < most, "the line has more states than can be explored"
    return explored


def _watch(spy: pytest.MonkeyPatch) -> list[tuple[str, State]]:
    """The nodes entered from now on, passed through or not, and in which state; the machine goes on as it is."""
    passed: list[tuple[str, State]] = []
    enter = walking.enter

    def watched(dialog: Dialog, state: State, name: str, *before: Prompt) -> Move:
        passed.append((name, state))
        return enter(dialog, state, name, *before)

    spy.setattr(walking, "enter", watched)
    return passed


def _stepped(dialog: Dialog, here: _Found, inputs: tuple[Event, ...]) -> _Found:
    state = here.state
    for event in inputs:
        before = state
        state, actions = step(dialog, before, event)
        check_attended(before, state, actions)
    return _Found(state, (*here.path, *inputs))


def check_attended(before: State, state: State, actions: tuple[Action, ...]) -> None:
    """No dead air: a state that has changed and is not the last has an order under way whose answer will come."""
    if state == before or state.phase == "ended":
        return
    awaited = [action for action in actions if isinstance(action, AWAITED) and action.turn == state.turn]
    assert awaited, f"dead air in {state.phase} at {state.node}"


def _of_interest(dialog: Dialog) -> tuple[tuple[str, ...], frozenset[str]]:
    """The slots and happenings on which branches depend."""
    cases = [case for node in dialog.nodes.values() if isinstance(node, BranchNode) for case in node.cases]
    return tuple(sorted({case.slot for case in cases} - {""})), frozenset(case.happened for case in cases)


def _key(state: State, slots: tuple[str, ...], happenings: frozenset[str]) -> _Key:
    happened = (
        state.answered and "answered" in happenings,
        bool(state.tried) and "not_reached" in happenings,
        state.rung > 0 and "not_understood" in happenings,
        state.unrecorded and "recording_refused" in happenings,
    )
    values = tuple(value.value if (value := state.values.get(slot)) else "" for slot in slots)
    return (state.phase, state.language, state.start, *_place(state), happened, values)


def _place(state: State) -> _Key:
    """Where the call stands, as far as what comes next depends on it."""
    question, form = state.question, state.form
    match state.phase:
        case "asking" | "hearing" | "searching" if question:
            return (question.name, question.slot, form.name if form and question.slot else "")
        case "looking_up" if state.purpose != "hand_over":
            return (state.node, state.case)
        case "notice":
            return (state.node,)
        case _:
            return ()


def _inputs(state: State) -> Iterator[tuple[Event, ...]]:
    """What can be tried here: each a few events."""
    turn = state.turn
    match state.phase:
        case "notice":
            yield (PromptFinished(turn),)
            yield from ((DigitPressed(key),) for key in "0789")
        case "asking" if state.question:
            yield from _replies(state, state.question)
        case "searching":
            yield (FaqAnswered(turn, ()),)
            yield (FaqAnswered(turn, (HIT,)),)
        case "looking_up" if state.purpose == "look_up":
            yield from ((LookedUp(turn, "", facts),) for facts in FOUND)
        case "looking_up":
            yield (LookedUp(turn, "hours", OPEN),)
            yield (LookedUp(turn, "hours", CLOSED),)
        case "handing_over":
            yield (PromptFinished(turn),)
        case "inviting":
            yield (PromptFinished(turn),)
            yield (DigitPressed("0"),)
        case "recording":
            yield (MessageRecorded(turn, "m.wav", 9.0),)
        case "booking":
            yield (CallbackBooked(turn, "1001"),)
        case "sending":
            yield (SmsSent(turn),)
        case "transferring":
            yield (TransferEnded(turn, "busy"),)


def _replies(state: State, question: Question) -> Iterator[tuple[Event, ...]]:
    """Words and keys for each choice, values for a slot, and the commands that change what a branch sees."""
    turn = state.turn
    kind = question.slot_kind or ""
    if question.slot and kind in WORDS and question.kind != "yes_no":
        yield (Heard(turn, spoken(WORDS[kind], "ja")),)
        if kind in DIGITS:
            yield tuple(DigitPressed(key) for key in DIGITS[kind])
    for option in question.options:
        if option.key:
            yield (DigitPressed(option.key),)
        if option.phrases and isinstance(option.target, ToNode):
            said = option.phrases[0]
            yield (Heard(turn, (Alternative(said.text, said.reading, 0.9),)),)
    if question.open:
        yield (Heard(turn, spoken("ほげほげぱぴぷ", "ja")),)
    if question.name in {ANYTHING_ELSE} or not question.slot:
        yield (Heard(turn, spoken("最初からお願いします", "ja")),)
    if not question.slot:
        yield (DigitPressed("0"),)
    yield (TimedOut(turn, "no_input"),) if state.spoken else (PromptFinished(turn), TimedOut(turn, "no_input"))


def spoken(text: str, language: str) -> tuple[Alternative, ...]:
    """The recogniser's guess."""
    return guesses(text) if language == "ja" else (Alternative(text, text.lower(), 0.9),)
