"""A transcript that is also told to somebody while it happens."""

from stage import FakeTranscript

from voicebot.actions import Action
from voicebot.call.watched import WatchedTranscript
from voicebot.events import DigitPressed, Event


def test_everything_is_kept_and_told_in_order() -> None:
    """The record comes first, then the watcher; the state is nobody's business but the store's."""
    told: list[tuple[str, float, Event | Action]] = []
    kept = FakeTranscript()
    watched = WatchedTranscript("call-1", kept, lambda *what: told.append(what))
    watched.append(0.5, DigitPressed("1"))
    watched.append(1.0, DigitPressed("2"))
    watched.keep_state("{}")
    assert kept.items == [(0.5, DigitPressed("1")), (1.0, DigitPressed("2"))]
    assert told == [("call-1", 0.5, DigitPressed("1")), ("call-1", 1.0, DigitPressed("2"))]
    assert kept.states == ["{}"]
