"""How many trials at once: residents go first, and no thread of a trial takes the place of one of theirs."""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from voicebot.call.parts import Pools
from voicebot.tuning.retelling import Retold
from voicebot.web.staff.trying.wanted import By

MOST: dict[By, int] = {"voice": 2, "text": 8}
"""Trials at once. Recognition takes most of a core while somebody speaks; typed words cost next to nothing."""
KEPT = 20
"""So many trials are remembered, until the service ends, so that they can be kept as a talk."""
_NICENESS = 10
"""Calls go first."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is remembered of a trial: what the caller did, no sound."""

    who: str
    """The account."""
    retell: Callable[[], Retold]
    """Holds it once more, to be written down. Blocks."""


class Places:
    """The trials of one service. Used from the event loop only."""

    def __init__(self) -> None:
        self._taken: dict[By, int] = {"voice": 0, "text": 0}
        self._pools: Pools | None = None
        self._trials: OrderedDict[str, Trial] = OrderedDict()

    def refusal(self, by: By, calls: int, most_calls: int) -> str:
        """Why no trial can begin now, as a code of the words; "" when one can."""
        if self._taken[by] >= MOST[by]:
            return "try.full"
        return "try.calls" if by == "voice" and calls + self._taken["voice"] >= most_calls else ""

    def crowded(self, calls: int, most_calls: int) -> bool:
        """Whether residents need the place of a trial that is under way."""
        return calls + self._taken["voice"] > most_calls

    @contextmanager
    def taken(self, by: By) -> Iterator[None]:
        """Hold a place until the end of the block."""
        self._taken[by] += 1
        try:
            yield
        finally:
            self._taken[by] -= 1

    @property
    def pools(self) -> Pools:
        """Threads of the trials, apart from those of the calls and after them in turn."""
        if self._pools is None:
            self._pools = Pools(_behind("decode", 1), _behind("render", 1), _behind("ask", 2))
        return self._pools

    def remember(self, trial_id: str, trial: Trial) -> None:
        """So that it can be kept as a talk; the oldest one is forgotten."""
        self._trials[trial_id] = trial
        while len(self._trials) > KEPT:
            self._trials.popitem(last=False)

    def trial(self, trial_id: str, who: str) -> Trial | None:
        """One's own trial; None when it is not remembered."""
        found = self._trials.get(trial_id)
        return found if found and found.who == who else None


def _behind(name: str, count: int) -> Executor:
    """Threads that run when those of calls do not."""
    return ThreadPoolExecutor(count, f"trial-{name}", _step_back)


def _step_back() -> None:
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
