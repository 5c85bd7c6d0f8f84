"""The ladder for a caller who is silent or not understood: reword, slower with keys, a person or a message.

Counted over the whole call and never falling, so that nobody is asked to rephrase for ever.
"""

from dataclasses import replace
from typing import Literal

from voicebot.actions import LookUp, Missed, Play
from voicebot.dialog.handing_over import hand_over, kept
from voicebot.dialog.phrases import REVIEW
from voicebot.dialog.speaking import Move, ask, phrase, with_keys
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog

Why = Literal["no_input", "no_match", "rejected"]
PERSON_RUNG = 3
"""Who was silent or not understood so often is connected with a person."""


def climb(dialog: Dialog, state: State, why: Why) -> Move:
    """One rung up, and what is said there."""
    return _because(why, _climbed(dialog, state, why))


def _climbed(dialog: Dialog, state: State, why: Why) -> Move:
    state = replace(state, rung=state.rung + 1)
    question = state.question
    if state.rung >= PERSON_RUNG or question is None:
        return _last_rung(dialog, state)
    if state.deaf:
        return ask_for_keys(dialog, state)
    text = question.reword or question.text
    if state.rung == 1:
        return ask(dialog, state, question, phrase(dialog, state, why), text=text)
    state = replace(state, slow=True)
    again = "no_input_again" if why == "no_input" else "no_match_again"
    return ask(dialog, state, question, phrase(dialog, state, again), text=with_keys(dialog, state, question, text))


def ask_for_keys(dialog: Dialog, state: State) -> Move:
    """The question again for a caller whom we cannot hear: keys only."""
    question = state.question
    if question is None:
        return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    return ask(dialog, state, question, phrase(dialog, state, "deaf"))


def wrong_key(dialog: Dialog, state: State) -> Move:
    """A key that means nothing here: say which ones do."""
    state = replace(state, rung=state.rung + 1)
    question = state.question
    if state.rung >= PERSON_RUNG or question is None:
        return _because("wrong_key", _last_rung(dialog, state))
    text = "" if any(option.key and option.label for option in question.options) else question.text
    keys = with_keys(dialog, state, question, text)
    return _because("wrong_key", ask(dialog, state, question, phrase(dialog, state, "wrong_key"), text=keys))


def _because(why: Missed, move: Move) -> Move:
    """The same, with the reason for the transcript."""
    state, actions = move
    return state, tuple(replace(each, missed=why) if isinstance(each, Play | LookUp) else each for each in actions)


def _last_rung(dialog: Dialog, state: State) -> Move:
    """A person. Who has left a message already needs none: it stays as it is."""
    if state.question is not None and state.question.name == REVIEW:
        return kept(dialog, state)
    return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
