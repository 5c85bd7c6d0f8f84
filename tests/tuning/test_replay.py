"""A stored call decides itself again, and a changed content shows."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from voicebot.actions import Action, HangUp, Play, Transfer
from voicebot.content import Content
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog, SayNode
from voicebot.events import (
    Alternative,
    CallEnded,
    CallResumed,
    CallStarted,
    DigitPressed,
    Event,
    FaqAnswered,
    Heard,
    LookedUp,
    PromptFinished,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)
from voicebot.transcripts.codec import decode, encode
from voicebot.tuning.replay import Difference, Happening, happenings, replay
from voicebot.voice.reading import reading

Item = Event | Action
AT = datetime.fromisoformat("2026-11-25T10:00:00+09:00")
BEGIN = CallStarted("c", None, "", "ja", AT)
OPEN = {"open": True, "next": ""}


class Recording:
    """A call whose events and orders are recorded as the store does it."""

    def __init__(self, dialog: Dialog) -> None:
        self.dialog = dialog
        self.state = State()
        self.items: list[Item] = []

    def happens(self, event: Event) -> None:
        """An event that the machine steps."""
        self.state, actions = step(self.dialog, self.state, event)
        self.items += [event, *actions]

    def is_noted(self, event: Event) -> None:
        """An event that is only written down, because nobody converses any more."""
        self.items.append(event)

    @property
    def record(self) -> Sequence[tuple[int, Item]]:
        """Numbered, and through the store's own form and back."""
        return [(seq, decode(encode(item))) for seq, item in enumerate(self.items, start=1)]


def transferring(dialog: Dialog) -> Recording:
    """A call whose caller is with the carrier now."""
    call = Recording(dialog)
    call.happens(BEGIN)
    call.happens(DigitPressed("0"))
    call.happens(LookedUp(call.state.turn, "hours", OPEN))
    call.happens(PromptFinished(call.state.turn))
    assert isinstance(call.items[-1], Transfer)
    return call


def test_records_are_grouped_by_event() -> None:
    """Orders belong to the event before them; orders without an event are nobody's."""
    play = Play(1, ())
    items = [(1, play), (2, BEGIN), (3, play), (4, play), (5, DigitPressed("1"))]
    assert happenings(items) == (Happening(2, BEGIN, (play, play)), Happening(5, DigitPressed("1"), ()))
    assert happenings([]) == ()


def test_an_honest_call_shows_no_difference(minato: Content) -> None:
    """With speech, a search, keys and silence."""
    call = Recording(minato.dialog)
    call.happens(BEGIN)
    for _ in range(2):
        call.happens(PromptFinished(call.state.turn))
    call.happens(SpeechStarted(call.state.turn))
    call.happens(Heard(call.state.turn, (Alternative("住民票の本", reading("住民票の本"), 0.8),), 1.2, 0.3))
    call.happens(FaqAnswered(call.state.turn, ()))
    call.happens(PromptFinished(call.state.turn))
    call.happens(TimedOut(call.state.turn, "no_input"))
    call.happens(DigitPressed("5"))
    call.happens(CallEnded("caller"))
    assert replay(minato.dialog, call.record) is None
    assert replay(minato.dialog, []) is None


def test_the_first_difference_to_changed_content_is_shown(minato: Content) -> None:
    """With the record's number, what was ordered then, and what is ordered now."""
    call = Recording(minato.dialog)
    call.happens(BEGIN)
    call.happens(DigitPressed("5"))
    greeting = minato.dialog.nodes[minato.dialog.start]
    assert isinstance(greeting, SayNode)
    changed = {**minato.dialog.nodes, minato.dialog.start: replace(greeting, text={"ja": "もしもし。"})}
    difference = replay(replace(minato.dialog, nodes=changed), call.record)
    assert isinstance(difference, Difference)
    assert (difference.seq, difference.event) == (1, BEGIN)
    assert isinstance(difference.now[1], Play)
    assert difference.now[1].prompts[0].text == "もしもし。"
    assert list(difference.stored) == call.items[1:3]


def test_a_forged_order_is_found(minato: Content) -> None:
    """A record that was tampered with does not replay."""
    call = transferring(minato.dialog)
    forged = [
        (seq, replace(item, department="税務課") if isinstance(item, Transfer) else item) for seq, item in call.record
    ]
    difference = replay(minato.dialog, forged)
    assert difference is not None
    assert isinstance(difference.event, PromptFinished)


def test_a_missing_order_is_found(minato: Content) -> None:
    """The record must hold all of them."""
    call = transferring(minato.dialog)
    difference = replay(minato.dialog, call.record[:-1])
    assert difference is not None
    assert difference.stored == ()


def test_a_call_that_came_back_from_a_failed_transfer_goes_on(minato: Content) -> None:
    """On another stream, with the stored state."""
    call = transferring(minato.dialog)
    call.happens(TransferEnded(call.state.turn, "busy"))
    call.happens(LookedUp(call.state.turn, "hours", OPEN))
    assert replay(minato.dialog, call.record) is None


def test_what_was_noted_while_the_caller_was_with_the_carrier_is_not_stepped(minato: Content) -> None:
    """The stream's end and late keys are in the record, but the conversation had been given back already."""
    call = transferring(minato.dialog)
    call.is_noted(DigitPressed("5"))
    call.is_noted(CallEnded("caller"))
    call.happens(TransferEnded(call.state.turn, "no_answer"))
    assert len(call.items) > 8
    assert replay(minato.dialog, call.record) is None


def test_a_line_that_was_lost_and_came_back_goes_on(minato: Content) -> None:
    """What was noted in between changed nothing."""
    call = Recording(minato.dialog)
    call.happens(BEGIN)
    call.happens(PromptFinished(call.state.turn))
    call.happens(CallEnded("line"))
    call.is_noted(TimedOut(call.state.turn, "no_input"))
    call.happens(CallResumed(AT))
    call.happens(DigitPressed("5"))
    assert replay(minato.dialog, call.record) is None


def test_a_caller_who_rings_on_after_the_end_is_greeted_again(minato: Content) -> None:
    """A stream that is opened again after the end begins with a new state."""
    call = Recording(minato.dialog)
    call.happens(BEGIN)
    call.happens(CallEnded("caller"))
    call.state = State(language=call.state.language)
    call.happens(CallResumed(AT))
    call.happens(DigitPressed("5"))
    assert replay(minato.dialog, call.record) is None


def test_a_state_that_could_not_be_read_begins_the_call_again(minato: Content) -> None:
    """The second beginning forgets the first."""
    call = Recording(minato.dialog)
    call.happens(BEGIN)
    call.happens(DigitPressed("5"))
    call.state = State(language="ja")
    call.happens(BEGIN)
    call.happens(DigitPressed("0"))
    assert replay(minato.dialog, call.record) is None


def test_random_calls_replay(minato: Content) -> None:
    """Fifty calls with every kind of event."""
    dice = random.Random(7)  # noqa: S311  no secret
    for _ in range(50):
        call = Recording(minato.dialog)
        call.happens(BEGIN)
        while call.state.phase != "ended" and len(call.items) < 60:
            turn = call.state.turn
            said = dice.choice(("住民票", "はい", "いいえ", "職員", "むにゃ", "ごみ"))
            event = dice.choice(
                (
                    PromptFinished(turn),
                    TimedOut(turn, "no_input"),
                    Heard(turn, (Alternative(said, reading(said), 0.9),)),
                    FaqAnswered(turn, ()),
                    LookedUp(turn, "hours", dice.choice((OPEN, {"open": False, "say": "閉まっています。"}))),
                    DigitPressed(dice.choice("01259*")),
                )
            )
            call.happens(event)
            if any(isinstance(item, Transfer | HangUp) for item in call.items[-2:]):
                break
        assert replay(minato.dialog, call.record) is None
