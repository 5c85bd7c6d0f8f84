"""From every question of every line three failures lead to a person; nobody is asked a fourth time."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from generated_lines import generated_lines
from hypothesis import given, settings
from line_world import AT
from little_line import guesses
from test_properties import ANY_LINE

from voicebot.actions import Action, AskFaq, LookUp, Play
from voicebot.content import Content
from voicebot.dialog.ladder import PERSON_RUNG
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.dialog.tree import AskNode, Dialog, FormNode
from voicebot.dialog.walking import enter
from voicebot.events import CallStarted, DigitPressed, FaqAnswered, Heard, PromptFinished, SpeechStarted, TimedOut

NONSENSE = guesses("むにゃむにゃ")
FAILURES = ("silent", "nonsense", "noise", "talking", "wrong key")


def _questions(dialog: Dialog) -> Iterator[State]:
    """Each question that staff have written, asked to its end, in each language that has words for it."""
    for language in ("ja", *dialog.starts):
        begun, _ = step(dialog, State(), CallStarted("c", "+819000000001", "", language, AT))
        for name, node in dialog.nodes.items():
            if isinstance(node, AskNode | FormNode):
                state, _ = enter(dialog, replace(begun, phase="asking"), name)
                if state.phase == "asking":
                    yield step(dialog, state, PromptFinished(state.turn))[0]


def _fail(dialog: Dialog, state: State, how: str) -> tuple[State, tuple[Action, ...]]:
    """The caller fails once; what the line says in reply has been heard, and the FAQ knew nothing."""
    if how == "silent":
        state, orders = step(dialog, state, TimedOut(state.turn, "no_input"))
    elif how == "wrong key":
        state, orders = step(dialog, state, DigitPressed("#"))
    else:
        state, _ = step(dialog, state, SpeechStarted(state.turn))
        said = NONSENSE if how == "nonsense" else ()
        late = TimedOut(state.turn, "max_speech")
        state, orders = step(dialog, state, late if how == "talking" else Heard(state.turn, said))
    if any(isinstance(order, AskFaq) for order in orders):
        state, orders = step(dialog, state, FaqAnswered(state.turn, ()))
    if any(isinstance(order, Play) for order in orders):
        state, _ = step(dialog, state, PromptFinished(state.turn))
    return state, orders


def _takes_any_words(state: State) -> bool:
    return state.question is not None and state.question.slot_kind in {"name", "text"}


def _check_every_question(dialog: Dialog, how: str) -> int:
    checked = 0
    for asked in _questions(dialog):
        if how == "nonsense" and (_takes_any_words(asked) or asked.language != "ja"):
            continue
        state = asked
        for rung in range(1, PERSON_RUNG + 1):
            assert state.phase == "asking", (asked.node, how, state.phase)
            state, orders = _fail(dialog, state, how)
            assert state.rung == rung, (asked.node, how)
        (order,) = orders
        assert isinstance(order, LookUp), (asked.node, how)
        assert (order.what, state.purpose) == ("hours", "hand_over")
        checked += 1
    return checked


@pytest.mark.parametrize("how", FAILURES)
@given(generated_lines)
@settings(ANY_LINE, max_examples=60)
def test_the_third_failure_at_any_question_asks_for_a_person(how: str, dialog: Dialog) -> None:
    """Silence, nonsense, noise, endless talk, keys that mean nothing."""
    _check_every_question(dialog, how)


@pytest.mark.parametrize("how", FAILURES)
def test_the_third_failure_at_any_question_of_the_shipped_line_asks_for_a_person(minato: Content, how: str) -> None:
    """The same for every question of みなと市."""
    assert _check_every_question(minato.dialog, how) > 90
