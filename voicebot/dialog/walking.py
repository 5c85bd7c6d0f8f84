"""Walking the tree: entering a node, following an option, carrying out a command."""

from dataclasses import replace
from typing import assert_never

from voicebot.actions import DiscardCallRecording, Prompt
from voicebot.dialog.handing_over import hand_over, invite
from voicebot.dialog.ladder import climb
from voicebot.dialog.phrases import ALL, ANYTHING_ELSE, MOST, PASSING
from voicebot.dialog.speaking import Move, announce, ask, ask_again, close, in_language, no, offered, phrase, yes
from voicebot.dialog.state import State
from voicebot.dialog.tree import (
    AnswerNode,
    AskNode,
    Dialog,
    EndNode,
    MessageNode,
    Option,
    Question,
    SayNode,
    Target,
    Texts,
    ToAnswer,
    ToCommand,
    ToMessage,
    ToNode,
    ToPerson,
    TransferNode,
)
from voicebot.events import FaqHit

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
    assert_never(node)


def go_on(dialog: Dialog, state: State, *before: Prompt) -> Move:
    """Past the announcement of this node."""
    node = dialog.nodes.get(state.node)
    return enter(dialog, state, node.goto if isinstance(node, SayNode) else dialog.start, *before)


def upcoming(dialog: Dialog, state: State, name: str) -> Question | None:
    """The question that will be asked when the announcement before it is over; its keys already work."""
    name = _past_announcements(dialog, name)
    node = dialog.nodes[name]
    return question_of(state, name, node) if isinstance(node, AskNode) else None


def beginning(dialog: Dialog) -> str:
    """Where to begin anew: the first question. Whose line this is and that it is recorded has been said already."""
    name = _past_announcements(dialog, dialog.start)
    return name if isinstance(dialog.nodes[name], AskNode) else dialog.start


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
        in_language(node.text, language),
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
        case ToCommand():
            return obey(dialog, state, target)
    assert_never(target)


def give_answer(dialog: Dialog, state: State, hit: FaqHit) -> Move:
    """Say an answer of the FAQ, and ask whether there is anything else."""
    state = replace(state, answered=True, department=hit.department or state.department, parent=None)
    return anything_else(dialog, state, Prompt(hit.answer, state.language), answers=hit.entry)


def anything_else(dialog: Dialog, state: State, *before: Prompt, answers: str) -> Move:
    """After an answer: a further question, or goodbye. Silence means that the caller has what was wanted."""
    further, over = (phrase(dialog, state, name).text for name in ("label_restart", "label_end"))
    enough = (*offered(dialog, state, "none"), *no(dialog, state))
    more = Option(ToCommand("restart"), yes(dialog, state), "1", further, ALL)
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
            return enter(dialog, replace(state, history=()), beginning(dialog))
        case "end":
            return close(dialog, state)
        case "reject":
            return climb(dialog, replace(state, question=state.parent or state.question, parent=None), "rejected")
        case "refuse_recording":
            refused = phrase(dialog, state, "recording_refused")
            # The announcement that was cut off says that the call is recorded: it must not be said again.
            said_once = go_on if state.phase == "notice" else again
            state, actions = said_once(dialog, state, refused)
            return state, (DiscardCallRecording(), *actions)
    assert_never(order.command)


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
    """To the question before this one; from the first one, the first again."""
    earlier = state.history[:-1] if state.question and state.question.name == state.node else state.history
    target = earlier[-1] if earlier else beginning(dialog)
    return enter(dialog, replace(state, history=earlier[:-1]), target)


def _words(state: State, texts: Texts, name: str) -> Prompt:
    return Prompt(in_language(texts, state.language), state.language, name=name)


def _optional(state: State, texts: Texts | None, name: str) -> tuple[Prompt, ...]:
    return (_words(state, texts, name),) if texts else ()


def _walked(history: tuple[str, ...], name: str) -> tuple[str, ...]:
    return history if history[-1:] == (name,) else (*history[1 - HISTORY :], name)
