"""An event loop whose clock jumps to the next timer as soon as everything waits: seven seconds of silence take no time.

Nothing runs in threads: `StillPool` does its work on the loop, at once or after as many seconds as a test wants.
"""

import asyncio
import math
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

Result = TypeVar("Result")
NEVER = math.inf


class _Jumping(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 100.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("every task waits and no timer is set: nothing can ever happen again")
        if not ready and timeout:
            self.now += timeout
        return ready


class _StillLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.jumping = _Jumping()
        super().__init__(self.jumping)

    def time(self) -> float:
        return self.jumping.now

    def waiting_timers(self) -> list[asyncio.TimerHandle]:
        """Timers that would still go off, but for the pools' threads, which nobody can stop."""
        waiting = [handle for handle in self._scheduled if not handle.cancelled()]  # type: ignore[attr-defined]
        return [handle for handle in waiting if "StillPool" not in repr(handle)]


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end in still time; fails when a task or a timer is left behind, or an error went unnoticed."""
    unnoticed: list[dict[str, Any]] = []

    async def watched() -> Result:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, _StillLoop)
        loop.set_exception_handler(lambda loop, context: unnoticed.append(context))
        try:
            return await work
        finally:
            await asyncio.sleep(0)
            left = asyncio.all_tasks() - {asyncio.current_task()}
            assert not left, f"tasks left behind: {left}"
            timers = loop.waiting_timers()
            assert not timers, f"timers left behind: {timers}"

    with asyncio.Runner(loop_factory=_StillLoop) as runner:
        result = runner.run(watched())
    assert not unnoticed, unnoticed
    return result


def now() -> float:
    """Seconds since the beginning."""
    return round(asyncio.get_running_loop().time() - 100.0, 6)


class StillPool(Executor):
    """Does its work on the loop. `slow` says by the function's name how many seconds a piece of work takes.

    As in a thread, work that has begun cannot be called off.
    """

    def __init__(self, slow: dict[str, float] | None = None) -> None:
        self.slow = slow if slow is not None else {}
        self.begun: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        name = getattr(fn, "__name__", "")
        self.begun.append(name)

        def work() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except Exception as error:
                future.set_exception(error)

        seconds = self.slow.get(name, 0.0)
        if seconds == 0.0:
            work()
        elif seconds != NEVER:
            asyncio.get_running_loop().call_later(seconds, work)
        return future
