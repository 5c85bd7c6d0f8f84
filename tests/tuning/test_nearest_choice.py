"""Which choice a caller's words were nearest to."""

from datetime import datetime

from voicebot.content import Content
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.events import Alternative, CallStarted, DigitPressed, Event, Heard, LookedUp, PromptFinished
from voicebot.tuning.nearest_choice import nearest_choices
from voicebot.voice.reading import reading

AT = datetime.fromisoformat("2026-11-25T10:00:00+09:00")


def recorded(dialog: Dialog, *events: Event) -> list[tuple[int, object]]:
    """The record of a call in which this happened."""
    state, items = State(), []
    for event in (CallStarted("c", None, "", "ja", AT), *events):
        state, actions = step(dialog, state, event)
        items += [event, *actions]
    return list(enumerate(items, start=1))


def heard(turn: int, text: str) -> Heard:
    """Words."""
    return Heard(turn, (Alternative(text, reading(text), 0.9),))


def questions(content: Content) -> list[tuple[int, object]]:
    """A call that has come to the menu, where the garbage is asked for, then nonsense."""
    opened = LookedUp(2, "hours", {"open": True, "next": ""})
    first = recorded(content.dialog, PromptFinished(1), opened, DigitPressed("5"))
    turn = max(getattr(item, "turn", 0) for _, item in first)
    return recorded(
        content.dialog, PromptFinished(1), opened, DigitPressed("5"), heard(turn, "ごみ"), heard(turn + 1, "えっと")
    )


def test_the_nearest_choice_is_told_with_how_near_it_was(minato: Content) -> None:
    """By the number of what was heard."""
    record = questions(minato)
    found = nearest_choices(minato.dialog, record)  # type: ignore[arg-type]
    first = next(seq for seq, item in record if isinstance(item, Heard))
    assert first in found
    assert "ごみ" in found[first].label
    assert found[first].enough == minato.dialog.limits.choice_confidence
    assert found[first].enough <= found[first].confidence <= 1.0


def test_nothing_is_told_behind_the_first_difference(minato: Content) -> None:
    """The content is another one: what the caller could choose is not known any more."""
    record = questions(minato)
    first = next(seq for seq, item in record if isinstance(item, Heard))
    cut = [(seq, item) for seq, item in record if seq != first - 1]
    assert nearest_choices(minato.dialog, cut[: first - 3]) == {}  # type: ignore[arg-type]
