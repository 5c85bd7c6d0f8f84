"""A stored call stepped through the machine again: does it still do the same?

Pure. Used to prove that a call was decided by its record alone, and to see what a change of content would change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voicebot.actions import Action, HangUp, Transfer
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.events import CallEnded, CallResumed, CallStarted, Event, TransferEnded


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a call, and the orders that followed it."""

    seq: int
    """The event's number in the record."""
    event: Event
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where the machine now does something else."""

    seq: int
    event: Event
    stored: tuple[Action, ...]
    now: tuple[Action, ...]


def happenings(items: Sequence[tuple[int, Event | Action]]) -> tuple[Happening, ...]:
    """The record of a call, (number, event or action) in order, grouped by event."""
    found: list[Happening] = []
    for seq, item in items:
        if isinstance(item, Event):
            found.append(Happening(seq, item, ()))
        elif found:
            last = found[-1]
            found[-1] = Happening(last.seq, last.event, (*last.actions, item))
    return tuple(found)


def replay(dialog: Dialog, items: Sequence[tuple[int, Event | Action]]) -> Difference | None:
    """Step the stored events; the first difference to the stored orders, None when there is none."""
    state = State()
    adrift = False
    for happening in happenings(items):
        event = happening.event
        if isinstance(event, CallStarted):
            state = State(language=event.language)
        elif isinstance(event, CallResumed) and state.phase == "ended":
            state = State(language=state.language)
        # While nobody converses (the line is lost, or with the carrier) events are recorded and not acted upon.
        adrift = adrift and not isinstance(event, CallStarted | CallResumed | TransferEnded)
        if adrift:
            continue
        state, actions = step(dialog, state, event)
        if actions != happening.actions:
            return Difference(happening.seq, event, happening.actions, actions)
        adrift = isinstance(event, CallEnded) or any(isinstance(order, Transfer | HangUp) for order in actions)
    return None
