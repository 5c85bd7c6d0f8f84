"""The ladder for a caller who is silent or not understood: reword, slower with keys, a person or a message.

Counted over the whole call and never falling, so that nobody is asked to rephrase for ever.
"""

from dataclasses import replace
from typing import Literal

from voicebot.dialog.handing_over import hand_over
from voicebot.dialog.speaking import Move, ask, keys_help, phrase
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog

Why = Literal["no_input", "no_match"]
PERSON_RUNG = 3


def climb(dialog: Dialog, state: State, why: Why) -> Move:
    """One rung up, and what is said there."""
    state = replace(state, rung=state.rung + 1)
    question = state.question
    if state.rung >= PERSON_RUNG or question is None:
        return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    if state.deaf:
        return ask_for_keys(dialog, state)
    if state.rung == 1:
        return ask(dialog, state, question, phrase(dialog, state, why), text=question.reword or question.text)
    state = replace(state, slow=True)
    keys = keys_help(dialog, state, question)
    return ask(
        dialog, state, question, phrase(dialog, state, f"{why}_again"), text=(question.reword or question.text) + keys
    )


def ask_for_keys(dialog: Dialog, state: State) -> Move:
    """The question again for a caller whom we cannot hear: keys only."""
    question = state.question
    if question is None:
        return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    return ask(dialog, state, question, phrase(dialog, state, "deaf"), text=keys_help(dialog, state, question))


def wrong_key(dialog: Dialog, state: State) -> Move:
    """A key that means nothing here: say which ones do."""
    state = replace(state, rung=state.rung + 1)
    if state.rung >= PERSON_RUNG or state.question is None:
        return hand_over(dialog, state, "", phrase(dialog, state, "to_person"))
    keys = keys_help(dialog, state, state.question)
    return ask(dialog, state, state.question, phrase(dialog, state, "wrong_key"), text=keys)
