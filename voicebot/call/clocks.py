"""The clocks of a conversation: one for the turn, one for the whole call."""

import asyncio

from voicebot.actions import Wait
from voicebot.call.parts import Report
from voicebot.events import TimedOut


class Clocks:
    """Starts clocks and reports those that run out. Used from the event loop only.

    Args:
        most_seconds: The call's clock never runs longer than this, whatever is ordered.
        report: The call's inbox.
    """

    def __init__(self, most_seconds: float, report: Report) -> None:
        self._most = most_seconds
        self._report = report
        self._running: dict[str, asyncio.TimerHandle] = {}

    def start(self, order: Wait) -> None:
        """Start the ordered clock instead of the one of its kind that runs."""
        slot = "call" if order.clock == "call" else "turn"
        if slot in self._running:
            self._running[slot].cancel()
        seconds = min(order.seconds, self._most) if slot == "call" else order.seconds
        loop = asyncio.get_running_loop()
        self._running[slot] = loop.call_later(seconds, self._report, TimedOut(order.turn, order.clock))

    def stop(self) -> None:
        """The conversation is over."""
        for clock in self._running.values():
            clock.cancel()
        self._running.clear()
