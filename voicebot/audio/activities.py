"""Speech detectors that wait for the next call: making one takes 0.1 s, which a caller would hear as silence."""

from collections import deque
from collections.abc import Callable
from typing import Protocol


class Activity(Protocol):
    """One stream's speech detection (the shape of `ports.VoiceActivity`) that can begin anew."""

    window: int

    def probability(self, pcm: bytes) -> float:
        """How likely speech is in this window."""

    def reset(self) -> None:
        """Forget the stream so far."""


class Activities:
    """Lends a detector to each call. May be used from several threads: a deque's ends are safe.

    Args:
        make: Makes one more when none waits.
        most: So many are kept (about 10 MB each).
    """

    def __init__(self, make: Callable[[], Activity], most: int) -> None:
        self._make = make
        self._waiting: deque[Activity] = deque(maxlen=most)

    def prepare(self, count: int) -> None:
        """Make some before the first call comes. Raises what `make` raises."""
        while len(self._waiting) < count:
            self._waiting.append(self._make())

    def take(self) -> Activity:
        """One that has heard nothing yet. Raises what `make` raises."""
        try:
            return self._waiting.pop()
        except IndexError:
            return self._make()

    def give_back(self, activity: Activity) -> None:
        """The call that used it is over."""
        activity.reset()
        self._waiting.append(activity)
