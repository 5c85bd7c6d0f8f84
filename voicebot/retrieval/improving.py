"""A search that answers at once and becomes better when the better one is ready.

Making the vectors of a city's FAQ takes a minute or more of a core; calls must not wait for it.
"""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from voicebot.errors import VoicebotError
from voicebot.events import Alternative, DepartmentHit, FaqHit
from voicebot.faq.reasons import Reason

log = logging.getLogger(__name__)
_NICENESS = 10
"""Recognition of calls goes first."""


class Searches(Protocol):
    """What both searches do."""

    def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
        """Best first."""

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        """Best first."""

    def reasons(self, alternatives: Sequence[Alternative], hits: Sequence[FaqHit]) -> tuple[Reason, ...]:
        """What speaks for each hit."""


class Improving:
    """Satisfies `ports.Answers` with the first search, then with the better one, which it begins to make at once.

    Args:
        first: Ready now.
        better: Makes the better search, in a thread of its own; it is given a question to ask from time to time, which
            is answered with no when it shall stop, and then gives None.
    """

    def __init__(self, first: Searches, better: Callable[[Callable[[], bool]], Searches | None]) -> None:
        self._now = first
        self._better = better
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._improve, daemon=True, name="faq")
        self._thread.start()

    def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
        """Best first, at most five."""
        return self._now.search(alternatives, language)

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        """The likeliest departments, best first."""
        return self._now.route(alternatives, language)

    def reasons(self, alternatives: Sequence[Alternative], hits: Sequence[FaqHit]) -> tuple[Reason, ...]:
        """What speaks for each of these hits."""
        return self._now.reasons(alternatives, hits)

    def settled(self, seconds: float) -> bool:
        """Wait for the better search; whether nothing is under way any more."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def close(self) -> None:
        """End the work under way; what is done is kept."""
        self._stop.set()
        self._thread.join()

    def _improve(self) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        try:
            found = self._better(lambda: not self._stop.is_set())
        except VoicebotError as error:
            log.warning("the FAQ is searched without meaning", extra={"code": error.code})
            return
        if found is not None:
            self._now = found
            log.info("the FAQ is searched by meaning too")
