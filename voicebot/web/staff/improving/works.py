"""Work behind the calls: one thread, at the lowest priority, that makes way while somebody is on the line."""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from voicebot.errors import VoicebotError

log = logging.getLogger(__name__)
_NICENESS = 10
"""Recognition of calls goes first."""
_LONGEST_PAUSE_SECONDS = 2.0


@dataclass(slots=True)
class Work:
    """Something that is done, or waits to be."""

    name: str
    run: Callable[["Work"], None]
    done: int = 0
    of: int = 0
    """How many pieces it has; 0 while that is not known."""
    step: str = ""
    """What is being done, as the name of a word."""
    failed: str = ""
    """The code of the error that ended it."""
    cancelled: bool = False
    over: bool = False
    _since: float = field(default_factory=time.monotonic)
    busy: Callable[[], bool] = field(default=lambda: False)

    def at(self, done: int, of: int, step: str = "") -> bool:
        """Tell how far it is; whether to go on. While calls are under way it rests for as long as it has worked."""
        self.done, self.of, self.step = done, of, step or self.step
        if self.busy():
            time.sleep(min(_LONGEST_PAUSE_SECONDS, time.monotonic() - self._since))
        self._since = time.monotonic()
        return not self.cancelled


class Works:
    """The work of one service; may be used from any thread."""

    def __init__(self) -> None:
        self.busy: Callable[[], bool] = lambda: False
        """Whether somebody is on the line; asked between two pieces of work."""
        self._waiting: deque[Work] = deque()
        self._known: dict[str, Work] = {}
        self._bell = threading.Condition()
        self._thread: threading.Thread | None = None

    def begin(self, name: str, run: Callable[[Work], None]) -> Work:
        """Do this when what was asked for before is done; what is under way or waits by this name stays as it is."""
        with self._bell:
            present = self._known.get(name)
            if present is not None and not present.over:
                return present
            work = self._known[name] = Work(name, run, busy=self.busy)
            self._waiting.append(work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="improving")
                self._thread.start()
            self._bell.notify_all()
            return work

    def of(self, name: str) -> Work | None:
        """The latest work of this name."""
        with self._bell:
            return self._known.get(name)

    def cancel(self, name: str) -> None:
        """It need not go on."""
        with self._bell:
            work = self._known.get(name)
            if work is not None:
                work.cancelled = True

    def settled(self, name: str, seconds: float) -> bool:
        """Wait for it; whether it is over (or was never begun)."""
        with self._bell:
            return self._bell.wait_for(lambda: name not in self._known or self._known[name].over, seconds)

    def _work(self) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        while True:
            with self._bell:
                self._bell.wait_for(lambda: bool(self._waiting))
                work = self._waiting.popleft()
            self._run(work)
            with self._bell:
                work.over = True
                self._bell.notify_all()

    def _run(self, work: Work) -> None:
        if work.cancelled:
            return
        try:
            work.run(work)
        except VoicebotError as error:
            work.failed = error.code
            log.warning("work behind the calls has failed", extra={"code": error.code})
        except Exception:  # the next work must still be done
            work.failed = "improve.failed"
            log.exception("work behind the calls has failed")
