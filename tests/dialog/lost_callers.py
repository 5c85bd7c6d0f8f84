"""Callers who never say anything useful, and how their calls end.

A *failure* is a question that the caller leaves unanswered: silence, or words that mean nothing. Such a call may end in

- a **person**: a department has answered, and the caller was connected;
- a **message**: the tone was heard and the caller's words kept, or, when nothing was said, the tone was heard;
- a **call back**: it has been noted;
- a **goodbye**, in three cases only: an answer had been given, or a text message had been offered and the caller had
  said whether it shall be sent, and nothing was said when asked for more; the tree's own last words stand there; the
  caller had spoken of danger, was told twice whom to dial, and said no more.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from explorer import Way, spoken
from line_world import Surround, World

from voicebot.actions import LookUp, Play, Record
from voicebot.city.desk import Desk
from voicebot.dialog.phrases import ANYTHING_ELSE, CANDIDATES, CONFIRM, CONFIRM_SLOT, EMERGENCY, SMS_SLOT, SUMMARY
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog, EndNode
from voicebot.errors import VoicebotError
from voicebot.events import (
    CallbackBooked,
    Event,
    Heard,
    LookedUp,
    MessageRecorded,
    PartFailed,
    SpeechStarted,
    TimedOut,
)

Caller = Literal["silent", "nonsense"]
End = Literal["person", "message", "call back", "goodbye"]
NONSENSE: Mapping[str, str] = {"ja": "むにゃむにゃ", "en": "blorp wibble", "ko": "뿌르뿌르"}
PERSON_AFTER, MESSAGE_AFTER = 3, 4
"""So many failures in a call seek a person; so many, where nobody is there, leave a message."""
KEPT_AFTER = MESSAGE_AFTER + 1
"""One more keeps the message as it is."""
MOST_STEPS = 100
"""A call that is not over after so many events goes in a circle."""


@dataclass(frozen=True, slots=True)
class Town(Surround):
    """A house whose look-ups are answered by the city's own desk at a moment."""

    desk: Desk | None = None
    at: datetime | None = None

    def answer(self, world: World) -> Event:
        """As the real house would."""
        order = world.asked
        if not isinstance(order, LookUp) or self.desk is None or self.at is None:
            return Surround.answer(self, world)
        try:
            return LookedUp(order.turn, order.what, self.desk.look_up(order.what, order.arguments, self.at))
        except VoicebotError:
            return PartFailed("lookup", "city.broken", order.turn)


@dataclass(slots=True)
class Lost:
    """How a caller fared."""

    failures: int = 0
    """Questions left unanswered."""
    climbs: int = 0
    """How often the ladder was climbed."""
    before_help: int = 0
    """How often of these before a person was sought, a message asked for or a call back noted."""
    own: int = 0
    """How often silence had a meaning of its own: it leaves a message, keeps it, or needs nothing more."""
    accepted: int = 0
    """How often words without meaning were taken for a name or a text: nobody can know better."""
    asked_back: int = 0
    """How often what the FAQ found was read out, though it was doubtful."""
    helped: bool = False
    end: End = "goodbye"
    why: str = ""
    """What excuses a goodbye; "" for nothing."""


def called(dialog: Dialog, call: Way) -> World:
    """The world after a call so far."""
    world = World(dialog)
    for event in call:
        world.happens(event)
    return world


def resumed(world: World) -> World:
    """The same call once more, to be gone on with in another way."""
    again = copy(world)
    again.said, again.orders, again.record = [*world.said], [*world.orders], [*world.record]
    return again


def lose(world: World, caller: Caller, house: Surround) -> Lost:
    """Lead the call to its end; the caller only ever does this one thing."""
    lost, begun = Lost(helped=_is_help(world)), world.state.rung
    house = replace(house, message_seconds=9.0 if caller == "nonsense" else 0.0)
    for _ in range(MOST_STEPS):
        if world.state.phase == "ended":
            break
        before, event = world.state, _next(world, caller, house)
        world.happens(event)
        assert world.attended or world.state.phase == "ended", f"dead air in {world.state.phase} at {world.state.node}"
        assert before.rung <= world.state.rung <= before.rung + 1, "one rung at a time, and never down"
        _note(lost, world.state, before, event)
        lost.climbs = world.state.rung - begun
        if not lost.helped:
            lost.before_help = lost.climbs
        lost.helped = lost.helped or _is_help(world)
    assert world.state.phase == "ended", "the caller is led round in circles"
    lost.end, lost.why = _end(world), _excuse(world)
    return lost


def _next(world: World, caller: Caller, house: Surround) -> Event:
    state, expect = world.state, world.expect
    if world.asked:
        return house.answer(world)
    if state.phase == "hearing":
        return Heard(state.turn, spoken(NONSENSE[state.language], state.language))
    if world.play:
        return house.spoken(world)
    listening = expect is not None and expect.turn == state.turn
    if caller == "nonsense" and listening and not state.keys:
        return SpeechStarted(state.turn)
    assert world.wait is not None, f"dead air in {state.phase}"
    return TimedOut(world.wait.turn, world.wait.clock)


def _note(lost: Lost, after: State, before: State, event: Event) -> None:
    """Count an unanswered question, and what became of words without meaning."""
    question = after.question
    silent = isinstance(event, TimedOut) and event.clock == "no_input"
    lost.failures += silent or isinstance(event, Heard)
    lost.own += silent and before.question is not None and before.question.silence is not None
    if isinstance(event, Heard) and after.rung == before.rung and after.phase in {"asking", "booking"}:
        read_back = question is not None and question.name in {CONFIRM_SLOT, SUMMARY}
        lost.accepted += after.values != before.values or read_back
    if before.phase == "searching" and after.rung == before.rung:
        lost.asked_back += question is not None and question.name in {CONFIRM, CANDIDATES}


def _is_help(world: World) -> bool:
    state = world.state
    seeking = state.phase == "looking_up" and state.purpose == "hand_over"
    return seeking or state.phase in {"handing_over", "transferring", "inviting", "recording", "booking"}


def _end(world: World) -> End:
    if world.hung_up and world.hung_up.reason == "transferred":
        return "person"
    if any(isinstance(each, MessageRecorded) and each.seconds > 1 for each in world.record):
        return "message"
    if any(isinstance(each, CallbackBooked) for each in world.record):
        return "call back"
    if any(isinstance(each, Record) for each in world.orders):
        return "message"
    return "goodbye"


def _excuse(world: World) -> str:
    """Why the call may end with a mere goodbye."""
    state, last = world.state, world.state.question.name if world.state.question else ""
    if isinstance(world.dialog.nodes.get(state.node), EndNode) and world.said[-1].node == state.node:
        return "the tree's last words"
    if last == EMERGENCY:
        return "danger"
    if last == ANYTHING_ELSE and any(isinstance(order, Play) and order.answers for order in world.orders):
        return "answered"
    if last == ANYTHING_ELSE and state.form and SMS_SLOT in {slot.name for slot in state.form.slots}:
        return "text offered"
    return ""


def check_lost(lost: Lost) -> None:
    """Within the ladder, to a person, a message, a call back, or a goodbye that is excused.

    Three failures seek a person; where nobody is, one more leaves a message; one more keeps it as it is.
    """
    assert lost.end != "goodbye" or lost.why, lost
    assert lost.before_help <= PERSON_AFTER, lost
    assert lost.climbs <= KEPT_AFTER, lost
    assert lost.failures <= lost.climbs + lost.own + lost.accepted + lost.asked_back, lost
