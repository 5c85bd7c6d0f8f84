"""Walking the tree: entering a node, following an option, carrying out a command."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from voicebot.actions import DiscardCallRecording, Prompt
from voicebot.dialog import errands, forms
from voicebot.dialog.handing_over import hand_over, invite, reviewed
from voicebot.dialog.ladder import PERSON_RUNG, climb
from voicebot.dialog.phrases import ALL, ANYTHING_ELSE, CANDIDATES, CONFIRM, EMERGENCY, MOST, PASSING, SMS_SLOT
from voicebot.dialog.speaking import (
    Move,
    announce,
    ask,
    ask_again,
    close,
    in_language,
    no,
    offered,
    phrase,
    said_slots,
    yes,
)
from voicebot.dialog.state import Form, State
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
    Option,
    Question,
    SayNode,
    SmsNode,
    Target,
    Texts,
    ToAnswer,
    ToBooking,
    ToCallback,
    ToCommand,
    ToLanguage,
    ToMessage,
    ToNode,
    ToNothing,
    ToPerson,
    ToReview,
    ToSlot,
    ToSms,
    ToValue,
    TransferNode,
)
from voicebot.events import FaqHit, Json

HISTORY = 20
"""Nodes remembered for going back; nobody goes back further by telephone."""


def enter(dialog: Dialog, state: State, name: str, *before: Prompt) -> Move:
    """Go on at a node, saying `before` first. Circles of `say` nodes are refused when content is loaded.

    A state that was stored under older content may name a node that is gone: it goes on at the start.
    """
    name = name if name in dialog.nodes else dialog.start
    node = dialog.nodes[name]
    state = replace(state, node=name, parent=None)
    match node:
        case SayNode() if not node.interruptible:
            state = replace(state, question=upcoming(dialog, state, node.goto))
            return announce(state, "notice", name, *before, _words(state, node.text, name))
        case SayNode():
            return enter(dialog, state, node.goto, *before, _words(state, node.text, name))
        case AskNode():
            state = replace(state, history=_walked(state.history, name))
            return ask(dialog, state, question_of(state, name, node), *before)
        case AnswerNode():
            state = replace(state, answered=True, department=node.department or state.department)
            return anything_else(dialog, state, *before, _words(state, node.text, name), answers=name)
        case TransferNode():
            return hand_over(dialog, state, node.department, *before, *_optional(state, node.text, name))
        case MessageNode():
            return invite(dialog, state, node.department, *before, *_optional(state, node.text, name))
        case EndNode():
            return announce(state, "closing", name, *before, _words(state, node.text, name))
        case FormNode():
            state = replace(state, history=_walked(state.history, name))
            return forms.begin(dialog, state, _form(state, name, node), *before, *_optional(state, node.text, name))
        case CallbackNode():
            return call_back(dialog, state, node.department, *before, *_optional(state, node.text, name))
        case SmsNode():
            state, form = errands.sms_form(dialog, state, node)
            return forms.begin(dialog, state, form, *before, *_optional(state, node.text, name))
        case BranchNode():
            return decide(dialog, state, node, 0, *before)
        case LookupNode():
            return errands.look_up(state, node, *before)
    assert_never(node)


def decide(dialog: Dialog, state: State, node: BranchNode, at: int, *before: Prompt) -> Move:
    """Go on at the first case that holds, beginning with case `at`; opening hours are asked for on the way."""
    target, number = errands.branch(state, node, at)
    if target:
        return enter(dialog, state, target, *before)
    return errands.ask_whether_open(state, node.cases[number], number, *before)


def looked_up(dialog: Dialog, state: State, facts: Mapping[str, Json]) -> Move:
    """What a node wanted to know is known."""
    node = dialog.nodes.get(state.node)
    match node:
        case BranchNode() if state.case < len(node.cases):
            if facts.get("open"):
                return enter(dialog, state, node.cases[state.case].goto, *state.before)
            return decide(dialog, state, node, state.case + 1, *state.before)
        case LookupNode():
            answer = errands.found(state, node, facts)
            if not answer.text.strip():
                return not_looked_up(dialog, state)
            if not facts.get("found", True) and node.missing is None and (slot := errands.lacking(node, facts)):
                move = forms.complete(dialog, state, slot, answer.text, errands.choices(facts))
                if move:
                    return move
            state = errands.remembered(state, facts)
            if node.goto:
                return enter(dialog, state, node.goto, *state.before, answer)
            state = replace(state, answered=True, department=node.department or state.department)
            return anything_else(dialog, state, *state.before, answer, answers=state.node)
    return enter(dialog, state, dialog.start, *state.before)


def not_looked_up(dialog: Dialog, state: State) -> Move:
    """The city's data cannot be asked: a branch takes the office for closed, a look-up goes to a person."""
    node = dialog.nodes.get(state.node)
    if isinstance(node, BranchNode):
        return looked_up(dialog, state, {"open": False})
    return hand_over(dialog, state, "", *state.before, phrase(dialog, state, "search_failed"))


def call_back(dialog: Dialog, state: State, department: str, *before: Prompt) -> Move:
    """Ask for what a call back needs."""
    state, form = errands.callback_form(dialog, state, department)
    return forms.begin(dialog, state, form, *before)


def booked(dialog: Dialog, state: State, ticket: str) -> Move:
    """The call back has been noted."""
    return close(dialog, state, phrase(dialog, state, "callback_booked", department=state.goal, ticket=ticket))


def not_booked(dialog: Dialog, state: State) -> Move:
    """The call back could not be noted: a message may still be kept."""
    return invite(dialog, state, state.goal, phrase(dialog, state, "callback_failed"))


def sent(dialog: Dialog, state: State, outcome: str) -> Move:
    """The text message is on its way, or not."""
    return anything_else(dialog, state, phrase(dialog, state, outcome), answers="")


def _form(state: State, name: str, node: FormNode) -> Form:
    summary = in_language(node.summary, state.language) if node.summary else ""
    return Form(name, node.slots, summary, ToNode(node.goto))


def go_on(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """Past the announcement of this node."""
    node = dialog.nodes.get(state.node)
    return enter(dialog, state, node.goto if isinstance(node, SayNode) else dialog.start, *before)


def upcoming(dialog: Dialog, state: State, name: str) -> Question | None:
    """The question that will be asked when the announcement before it is over; its keys already work."""
    name = _past_announcements(dialog, name)
    node = dialog.nodes[name]
    return question_of(state, name, node) if isinstance(node, AskNode) else None


def beginning(dialog: Dialog, state: State) -> str:
    """Where to begin anew: the first question. Whose line this is and that it is recorded has been said already."""
    start = state.start if state.start in dialog.nodes else dialog.start
    name = _past_announcements(dialog, start)
    return name if isinstance(dialog.nodes[name], AskNode | BranchNode | FormNode | LookupNode) else start


def start_of(dialog: Dialog, state: State) -> str:
    """Where calls in this language begin; a disaster comes before everything. "" for the dialog's own start."""
    disaster = dialog.disaster
    if disaster and state.start == disaster.start:
        return state.start
    return dialog.starts.get(state.language, "")


def _past_announcements(dialog: Dialog, name: str) -> str:
    for _ in dialog.nodes:  # not for ever, should a circle have slipped through the check
        node = dialog.nodes[name]
        if not isinstance(node, SayNode):
            break
        name = node.goto
    return name


def question_of(state: State, name: str, node: AskNode) -> Question:
    """The node's question in the language of the call."""
    language = state.language
    options = tuple(
        Option(
            ToNode(choice.goto),
            choice.say.get(language) or choice.say["ja"],
            choice.key,
            in_language(choice.label, language),
        )
        for choice in node.choices
    )
    return Question(
        name,
        said_slots(state, in_language(node.text, language)),
        "open" if node.open else "choices",
        options,
        node.open,
        in_language(node.reword, language) if node.reword else "",
        recording=name,
        bargein=node.bargein,
    )


def follow(dialog: Dialog, state: State, target: Target) -> Move:
    """Go where an option leads."""
    match target:
        case ToNode():
            return enter(dialog, state, target.node)
        case ToAnswer():
            return give_answer(dialog, state, target.hit)
        case ToPerson():
            return hand_over(dialog, state, target.department)
        case ToMessage():
            return invite(dialog, state, target.department)
        case ToReview():
            return reviewed(dialog, state, target.what)
        case ToCommand():
            return obey(dialog, state, target)
        case ToLanguage():
            state = replace(state, language=target.language, history=())
            state = replace(state, start=start_of(dialog, state))
            # Whose line this is and that it is recorded has not been said in this language yet.
            return enter(dialog, state, state.start or dialog.start)
        case ToNothing():
            return anything_else(dialog, state, answers="")
        case _:
            return _about_a_form(dialog, state, target)


def _about_a_form(dialog: Dialog, state: State, target: ToSlot | ToValue | ToCallback | ToBooking | ToSms) -> Move:
    match target:
        case ToSlot():
            if target.refused:
                return forms.refused(dialog, state, target.slot)
            return forms.change(dialog, state, target.slot)
        case ToValue():
            filled = replace(state, values={**state.values, target.slot: target.value}, parent=None)
            if target.chosen and filled.form and forms.is_full(filled):
                return follow(dialog, filled, filled.form.then)
            return forms.fill(dialog, state, target.slot, target.value)
        case ToCallback():
            return call_back(dialog, state, target.department)
        case ToBooking():
            return errands.book(state, target.department)
        case ToSms():
            return errands.send(state, target.text) or _not_mobile(dialog, state)
    assert_never(target)


def _not_mobile(dialog: Dialog, state: State) -> Move:
    """No text message can reach this number; who has no other one is not asked for ever."""
    sorry = phrase(dialog, state, "sms_not_mobile")
    state = replace(state, rung=state.rung + 1)
    if state.rung >= PERSON_RUNG:
        return anything_else(dialog, state, sorry, answers="")
    return forms.change(dialog, state, SMS_SLOT, sorry)


def give_answer(dialog: Dialog, state: State, hit: FaqHit) -> Move:
    """Say an answer of the FAQ, and ask whether there is anything else."""
    state = replace(
        state, answered=True, department=hit.department or state.department, parent=None, refused=(), unmeant=()
    )
    return anything_else(dialog, state, Prompt(hit.answer, state.language), answers=hit.entry)


def anything_else(dialog: Dialog, state: State, *before: Prompt, answers: str) -> Move:
    """After an answer: a further question, or goodbye. Silence means that the caller has what was wanted."""
    further, over = (phrase(dialog, state, name).text for name in ("label_restart", "label_end"))
    enough = (*offered(dialog, state, "none"), *no(dialog, state))
    again = (*yes(dialog, state), *offered(dialog, state, "restart"))
    more = Option(ToCommand("restart"), again, "1", further, ALL)
    bye = Option(ToCommand("end"), enough, "2", over, MOST)
    question = Question(
        ANYTHING_ELSE,
        phrase(dialog, state, "anything_else").text,
        "open",
        (more, bye),
        open=True,
        recording="anything_else",
        silence=ToCommand("end"),
    )
    return ask(dialog, state, question, *before, answers=answers)


def obey(dialog: Dialog, state: State, order: ToCommand) -> Move:
    """Carry out a command."""
    match order.command:
        case "repeat":
            return again(dialog, state)
        case "slow":
            return again(dialog, replace(state, slow=True), phrase(dialog, state, "slow_on"))
        case "back":
            return back(dialog, state)
        case "restart":
            return enter(dialog, replace(state, history=(), refused=(), unmeant=()), beginning(dialog, state))
        case "end":
            return close(dialog, state)
        case "reject":
            state = replace(_refused(state), question=state.parent or state.question, parent=None)
            return climb(dialog, state, "rejected")
        case "refuse_recording":
            refused = phrase(dialog, state, "recording_refused")
            # The announcement that was cut off says that the call is recorded: it must not be said again.
            said_once = go_on if state.phase == "notice" else again
            state, actions = said_once(dialog, replace(state, unrecorded=True), refused)
            return state, (DiscardCallRecording(), *actions)
    assert_never(order.command)


def _refused(state: State) -> State:
    """What was just asked about was not meant: it is not asked about again, and nobody is sent there."""
    if state.question is None or state.question.name not in {CONFIRM, CANDIDATES}:
        return state
    named = [option.target for option in state.question.options if not isinstance(option.target, ToCommand)]
    entries = tuple(target.hit.entry for target in named if isinstance(target, ToAnswer))
    others = tuple(target for target in named if not isinstance(target, ToAnswer))
    department = "" if ToPerson(state.department) in others else state.department
    return replace(
        state,
        refused=(*state.refused, *entries),
        unmeant=(*state.unmeant, *others),
        department=department,
    )


def again(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """Say once more what was said last, and ask again."""
    if state.phase == "notice":
        return announce(
            state, "notice", state.node, *before, *(each for each in state.prompts if each.name not in PASSING)
        )
    if state.question is None:
        return enter(dialog, state, dialog.start, *before)
    return ask_again(dialog, state, state.question, *before)


def back(dialog: Dialog, state: State) -> Move:
    """To the question before this one; from the first one, the first again. A warning only interrupts."""
    if state.question and state.question.name == EMERGENCY and state.parent:
        return ask(dialog, replace(state, parent=None), state.parent)
    move = forms.back(dialog, state)
    if move:
        return move
    here = state.question and state.question.name == state.node
    leaving = state.question and state.question.slot and state.form and state.history[-1:] == (state.form.name,)
    earlier = state.history[:-1] if here or leaving else state.history
    target = earlier[-1] if earlier else beginning(dialog, state)
    return enter(dialog, replace(state, history=earlier[:-1]), target)


def _words(state: State, texts: Texts, name: str) -> Prompt:
    written = in_language(texts, state.language)
    said = said_slots(state, written)
    # What was filled in was never recorded by a person.
    return Prompt(said, state.language, name=name if said == written else "")


def _optional(state: State, texts: Texts | None, name: str) -> tuple[Prompt, ...]:
    return (_words(state, texts, name),) if texts else ()


def _walked(history: tuple[str, ...], name: str) -> tuple[str, ...]:
    return history if history[-1:] == (name,) else (*history[1 - HISTORY :], name)
