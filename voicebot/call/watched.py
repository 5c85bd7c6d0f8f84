"""A transcript that is also told to somebody while it happens: the terminal, an operator's page."""

from collections.abc import Callable

from voicebot.actions import Action
from voicebot.events import Event
from voicebot.ports import Transcript

Watcher = Callable[[str, float, Event | Action], None]
"""`watcher(call_id, seconds, record)`; must be quick and must not raise."""


def both(first: Watcher | None, second: Watcher) -> Watcher:
    """A watcher that tells both."""
    if first is None:
        return second

    def told(call_id: str, seconds: float, record: Event | Action) -> None:
        first(call_id, seconds, record)
        second(call_id, seconds, record)

    return told


class WatchedTranscript:
    """Satisfies `ports.Transcript`: passes everything on, and tells the watcher.

    Args:
        call_id: The call.
        transcript: Where the record is kept.
        watcher: Who is told.
    """

    def __init__(self, call_id: str, transcript: Transcript, watcher: Watcher) -> None:
        self._call_id = call_id
        self._transcript = transcript
        self._watcher = watcher

    def append(self, seconds: float, record: Event | Action) -> None:
        """Store one event or action, and tell it."""
        self._transcript.append(seconds, record)
        self._watcher(self._call_id, seconds, record)

    def keep_state(self, state: str) -> None:
        """Store the conversation's state."""
        self._transcript.keep_state(state)
