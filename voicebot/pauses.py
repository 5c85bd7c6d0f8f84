"""Keeps the garbage collector from stopping calls.

Python's search for garbage in cycles looks at everything that is held, and nothing else runs meanwhile: with the index
of an FAQ 200 to 400 ms, in which no caller hears a sound. What is held for long does not have to be looked at again and
again; so what a long search has left over is set aside (`gc.freeze`), where later searches do not look.
"""

import gc
import time

LONGEST_SECONDS = 0.02
"""Of one search; a frame of sound is as long."""
_YOUNG = 5_000
"""New objects until the youngest are looked through. Python's own 700 are few for a program that holds millions."""


class Pauses:
    """Watches the collector of this process from `begin` on, until `end`.

    Args:
        longest_seconds: A search that takes longer sets aside what it leaves over.
    """

    def __init__(self, longest_seconds: float = LONGEST_SECONDS) -> None:
        self._longest_seconds = longest_seconds
        self._began = 0.0
        self._before = gc.get_threshold()
        self.worst_seconds = 0.0
        """The longest search since `begin`."""

    def begin(self) -> None:
        """Set aside what the program has built until now, and watch."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(_YOUNG, *self._before[1:])
        gc.callbacks.append(self._told)

    def tidy(self) -> None:
        """Look for garbage in everything, also in what was set aside. Stops the program for a part of a second."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """Leave the collector as it was."""
        gc.callbacks.remove(self._told)
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def _told(self, phase: str, about: dict[str, int]) -> None:
        """Called by the collector, in whatever thread it runs."""
        if phase == "start":
            self._began = time.perf_counter()
            return
        spent = time.perf_counter() - self._began
        self.worst_seconds = max(self.worst_seconds, spent)
        if spent > self._longest_seconds:
            gc.freeze()
