"""Words that are typed into a conversation by voice: they wait, as somebody polite does, until they are listened to."""

from collections import deque
from typing import Protocol

from voicebot.dialog.state import State
from voicebot.events import Alternative, Event, Heard, SpeechStarted


class Talking(Protocol):
    """A conversation on the line."""

    state: State

    def tell(self, event: Event) -> None:
        """Something has happened."""


class Typed:
    """What has been typed and not yet been said."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Alternative, ...]] = deque()
        self.bargein = True
        """Whether speech counts while the present question is still being spoken."""

    def say(self, guesses: tuple[Alternative, ...], talking: Talking | None) -> bool:
        """Say this, now if somebody listens; whether nothing waits any more."""
        self._waiting.append(guesses)
        self.deliver(talking)
        return not self._waiting

    def deliver(self, talking: Talking | None) -> None:
        """Say the next of what waits, when somebody listens."""
        if talking is None or not self._waiting:
            return
        state = talking.state
        if state.phase == "hearing" or (state.phase == "asking" and (state.spoken or self.bargein)):
            talking.tell(SpeechStarted(state.turn))
            talking.tell(Heard(state.turn, self._waiting.popleft()))
