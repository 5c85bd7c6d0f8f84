"""What the carrier tells the service beside a call: status callbacks, which change nothing and come in any order."""

import asyncio
from collections.abc import Mapping
from random import Random
from typing import Any

from voicebot.simulator.chaos import Chaos
from voicebot.simulator.fetching import Fetcher, FetchFailed
from voicebot.simulator.timeline import Timeline


class Callbacks:
    """Everything that goes on beside one call, until it has settled.

    Args:
        fetcher: Asks the service.
        timeline: Failures are noted there.
        chaos: Whether callbacks are doubled or overtake one another.
    """

    def __init__(self, fetcher: Fetcher, timeline: Timeline, chaos: Chaos) -> None:
        self._fetcher = fetcher
        self._timeline = timeline
        self._chaos = chaos
        self._random = Random(chaos.seed)  # noqa: S311  a disturbance that can be repeated, not a secret
        self._tasks: set[asyncio.Future[Any]] = set()

    def send(self, url: str, params: Mapping[str, str], method: str = "POST", after_seconds: float = 0.0) -> None:
        """Deliver a status callback, now or later."""
        self.keep(asyncio.ensure_future(self._deliver(url, params, method, after_seconds)))

    def tell(self, url: str, params: Mapping[str, str], method: str) -> None:
        """Request an `action` whose answer will not be carried out."""
        self.keep(asyncio.ensure_future(self._tell(url, params, method)))

    def keep(self, task: "asyncio.Future[Any]") -> None:
        """Bring something to its end beside the call."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until nothing goes on any more."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, url: str, params: Mapping[str, str], method: str, after_seconds: float) -> None:
        overtaken = self._random.random() / 2 if self._chaos.reordered_callbacks else 0.0
        await asyncio.sleep(after_seconds + overtaken + self._chaos.late_callbacks_seconds)
        for _ in range(2 if self._chaos.duplicate_callbacks else 1):
            await self._fetcher.notify(url, params, method)

    async def _tell(self, url: str, params: Mapping[str, str], method: str) -> None:
        try:
            await self._fetcher.fetch(url, params, method)
        except FetchFailed as failure:
            self._timeline.note("error", f"{failure.error}: {failure}", {"error": failure.error})
