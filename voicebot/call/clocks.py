"""The clocks of a conversation: one for the turn, one for the whole call."""

import asyncio

from voicebot.actions import Wait
from voicebot.call.parts import Report
from voicebot.events import TimedOut


class Clocks:
    """Starts clocks and reports those that run out. Used from the event loop only.

    Args:
        started: The event loop's time at which the call began; the call's clock counts from there.
        most_seconds: A call's clock never runs longer than this, whatever is ordered.
        report: The call's inbox.
    """

    def __init__(self, started: float, most_seconds: float, report: Report) -> None:
        self._started = started
        self._most = most_seconds
        self._report = report
        self._running: dict[str, asyncio.TimerHandle] = {}

    def start(self, order: Wait) -> None:
        """Start the ordered clock; a newer one for the turn replaces an older one."""
        loop = asyncio.get_running_loop()
        slot = "call" if order.clock == "call" else "turn"
        if slot in self._running:
            self._running[slot].cancel()
        until = loop.time() + order.seconds
        if slot == "call":
            until = self._started + min(order.seconds, self._most)
        self._running[slot] = loop.call_at(until, self._report, TimedOut(order.turn, order.clock))

    def go_on(self, call_seconds: float) -> None:
        """The call came back: its clock goes on, unless its time was up before, when it has been told so."""
        if self._started + min(call_seconds, self._most) > asyncio.get_running_loop().time():
            self.start(Wait(0, call_seconds, "call"))

    def stop(self) -> None:
        """The conversation is over."""
        for clock in self._running.values():
            clock.cancel()
        self._running.clear()
