"""The ladder alone ends every call in vain, also in forms; and what holds of any form."""

from dataclasses import replace

import pytest
from form_line import form_line
from generated_lines import generated_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from line_world import AT, Surround, World
from little_line import guesses
from test_properties import ANY_LINE, BABBLE, FACTS, FOUND, choices

from voicebot.actions import RequestCallback, SendSms
from voicebot.dialog.phrases import SUMMARY
from voicebot.dialog.tree import Dialog
from voicebot.events import DigitPressed, Event, Heard, PromptFinished, SpeechStarted, TimedOut

EVENTS = 80
"""More than the ladder and the longest form together take."""
HOUSES = (
    Surround(),
    Surround(facts=dict(FACTS[1])),
    Surround(facts=dict(FACTS[1]), outcome="busy", message_seconds=9.0),
    Surround(facts={**FACTS[1], **FOUND[1]}, outcome="no_answer"),
    Surround(broken=frozenset({"lookup", "tickets", "sms"}), outcome="failed"),
)
KEYS = "0123456789*#"


def _silent(world: World) -> Event:
    assert world.wait is not None
    return TimedOut(world.wait.turn, world.wait.clock)


def _says(words: tuple[str, ...], world: World) -> Event:
    state = world.state
    if state.phase == "hearing":
        return Heard(state.turn, guesses(words[state.turn % len(words)]))
    expect = world.expect
    return SpeechStarted(state.turn) if expect and expect.turn == state.turn else _silent(world)


def _next(caller: str, world: World, house: Surround) -> Event:
    if world.asked:
        return house.answer(world)
    if world.play and world.state.phase != "hearing":
        return PromptFinished(world.play.turn)
    match caller:
        case "nonsense":
            return _says(("むにゃむにゃ",), world)
        case "babbling":
            return _says(BABBLE, world)
        case "refusing":
            return _says(("いいえ",), world)
        case "wrong key" if world.state.phase == "asking" and not world.state.keys:
            return DigitPressed("#")
    return _silent(world)


@pytest.mark.parametrize("caller", ["silent", "nonsense", "babbling", "refusing", "wrong key"])
@given(generated_lines, choices, st.sampled_from(HOUSES))
@settings(ANY_LINE, max_examples=150)
def test_the_ladder_alone_ends_a_call_in_vain(caller: str, dialog: Dialog, picks: list[int], house: Surround) -> None:
    """No clock of the call is needed: a person, a message or a goodbye comes after a few attempts."""
    world = World(dialog).begin(caller="+819000000001" if len(picks) % 2 else None)
    for _ in range(EVENTS):
        if world.state.phase == "ended":
            break
        world.happens(_next(caller, world, house))
    assert world.state.phase == "ended", f"round in circles at {world.state.question}"
    assert world.hung_up is not None


@given(choices, st.booleans())
@ANY_LINE
def test_nothing_is_done_for_a_caller_who_has_not_agreed(picks: list[int], deaf: bool) -> None:
    """A call back or a text message follows only on a yes to what was read back."""
    world = World(form_line()).begin(caller="+819000000001")
    world.state = replace(world.state, deaf=deaf)
    for pick in picks:
        before = world.state.question
        orders = world.happens(_any(world, pick))
        if any(isinstance(order, RequestCallback | SendSms) for order in orders):
            assert before is not None
            assert before.name == SUMMARY
        if world.state.phase == "ended":
            break


WORDS = (
    "折り返し",
    "案内図",
    "はい",
    "田中です",
    "むにゃ",
    "いえ、ゼロハチゼロ、ゼロゼロゼロゼロ、ゼロゼロゼロニです",
    "いいえ",
)


def _any(world: World, pick: int) -> Event:
    if world.asked:
        return Surround().answer(world)
    if world.play and pick % 2:
        return PromptFinished(world.play.turn)
    if world.state.phase == "hearing":
        return Heard(world.state.turn, guesses(WORDS[pick % len(WORDS)]))
    if world.state.deaf or pick % 3 == 0:
        return DigitPressed(KEYS[pick % len(KEYS)])
    return SpeechStarted(world.state.turn)


@given(st.text("0123456789", min_size=1, max_size=30))
@ANY_LINE
def test_any_row_of_digits_comes_to_a_value_or_up_the_ladder(digits: str) -> None:
    """And never stays half done: after the clock or # nothing is left of it."""
    world = World(form_line()).begin()
    for key in "1":
        world.presses(key)
    world.hears("本町です")
    for digit in digits:
        if not world.state.question or world.state.question.slot_kind != "date" or world.asked:
            break
        world.presses(digit)
    if world.state.keys:
        assert world.wait is not None
        assert world.wait.clock == "digits"
        world.happens(TimedOut(world.wait.turn, "digits"))
    assert world.state.keys == ""
    moved = "日にち" in world.state.values or world.state.rung > 0 or world.state.phase == "looking_up"
    assert moved or world.state.question is not None
    assert world.state.today == AT.date()
