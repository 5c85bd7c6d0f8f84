"""Which choice of the tree a caller's words were nearest to, and how near: a stored call stepped through once more.

Pure. Only for content under which the call would go as it went; behind the first difference nothing is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicebot.actions import Action
from voicebot.dialog.machine import step
from voicebot.dialog.match import best_option, said
from voicebot.dialog.speaking import commands
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.events import CallStarted, Event, Heard
from voicebot.tuning.replay import happenings

LEAST = 0.4
"""What is less like every choice was meant for none of them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choice that the words were nearest to."""

    label: str
    """As the line calls it, or its first phrase."""
    confidence: float
    """Between 0 and 1."""
    enough: float
    """With so much confidence a choice is taken without asking back."""


def nearest_choices(dialog: Dialog, items: Sequence[tuple[int, Event | Action]]) -> Mapping[int, Chosen]:
    """By the number of each `Heard` in a record the nearest choice or command, where there was one to choose.

    Args:
        dialog: What was in force.
        items: The call's events and actions with their numbers, in order.
    """
    state = State()
    found: dict[int, Chosen] = {}
    for happening in happenings(items):
        event = happening.event
        if isinstance(event, CallStarted):
            state = State(language=event.language)
        if isinstance(event, Heard) and (nearest := _nearest(dialog, state, event)):
            found[happening.seq] = nearest
        state, actions = step(dialog, state, event)
        if actions != happening.actions:
            break
    return found


def _nearest(dialog: Dialog, state: State, heard: Heard) -> Chosen | None:
    if state.question is None or not heard.alternatives:
        return None
    options = (*state.question.options, *commands(dialog, state))
    best = best_option(said(heard.alternatives), options, LEAST)
    if best is None:
        return None
    label = best.option.label or next((phrase.text for phrase in best.option.phrases), "")
    return Chosen(label, min(1.0, best.confidence), dialog.limits.choice_confidence)
