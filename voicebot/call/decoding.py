"""A recogniser at work in the pool: one step after the other, none for ever, and never freed under a thread's hands."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from voicebot.ports import Recogniser, Recognisers

Result = TypeVar("Result")
OPEN_SECONDS = 15.0
"""Loading a model takes seconds; a recogniser that is not open after this is broken."""
DECODE_SECONDS = 10.0
"""A recogniser that takes longer than this for one step is broken: nobody waits longer for a reply."""


class Decoding:
    """One call's recogniser. Methods are used from the event loop, one after the other.

    Args:
        recogniser: With nothing under way.
        pool: Where it runs.
    """

    def __init__(self, recogniser: Recogniser, pool: Executor) -> None:
        self.recogniser = recogniser
        self._pool = pool
        self._step: Future[Any] | None = None

    async def run(self, work: Callable[..., Result], *arguments: object) -> Result:
        """One step of the recogniser.

        Raises:
            RecogniserError: the step failed.
            TimeoutError: it took too long; the recogniser must not be used any more.
        """
        step = self._pool.submit(work, *arguments)
        self._step = step
        async with asyncio.timeout(DECODE_SECONDS):
            return await asyncio.wrap_future(step)

    def close(self) -> None:
        """Free the recogniser: now, or as soon as the thread that is at work with it lets go."""
        if self._step is None:
            self.recogniser.close()
        else:
            self._step.add_done_callback(lambda step: self.recogniser.close())


async def opened(recognisers: Recognisers, language: str, pool: Executor) -> Decoding:
    """Open a recogniser for a call.

    Raises:
        RecogniserError: no engine can hear this language.
        TimeoutError: it took too long.
    """
    opening = pool.submit(recognisers.open, language)
    try:
        async with asyncio.timeout(OPEN_SECONDS):
            return Decoding(await asyncio.wrap_future(opening), pool)
    except (TimeoutError, asyncio.CancelledError):
        opening.add_done_callback(_close_unused)
        raise


def _close_unused(opening: Future[Recogniser]) -> None:
    """Nobody waits for it any more: what opens late is closed at once."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
