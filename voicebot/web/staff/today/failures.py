"""Parts that failed in calls within the last hours, as the calls told it. In memory, bounded, thread-safe."""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping

from voicebot.actions import Action
from voicebot.events import Event, PartFailed

KEPT_SECONDS = 24 * 3600.0
MOST = 1000


class Failures:
    """Satisfies `call.watched.Watcher` by `told`.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: deque[tuple[float, str]] = deque(maxlen=MOST)
        self._lock = threading.Lock()

    def told(self, call_id: str, seconds: float, record: Event | Action) -> None:
        """One more record of a call."""
        if isinstance(record, PartFailed):
            with self._lock:
                self._told.append((self._clock(), record.part))

    def by_part(self) -> Mapping[str, int]:
        """How often which part has failed, the most frequent first."""
        since = self._clock() - KEPT_SECONDS
        with self._lock:
            return dict(Counter(part for at, part in self._told if at >= since).most_common())
