"""The clocks of the turn and of the call."""

import asyncio

from still_time import now, run

from voicebot.actions import Wait
from voicebot.call.clocks import Clocks
from voicebot.events import Event, TimedOut


def test_a_newer_clock_of_the_turn_replaces_the_older_and_the_calls_clock_runs_on() -> None:
    """Two slots: what the caller is waited for, and the whole call."""
    told: list[tuple[float, Event]] = []

    async def call() -> None:
        clocks = Clocks(900.0, lambda event: told.append((now(), event)))
        clocks.start(Wait(0, 60.0, "call"))
        clocks.start(Wait(1, 5.0, "no_input"))
        await asyncio.sleep(3)
        clocks.start(Wait(1, 25.0, "max_speech"))
        await asyncio.sleep(70)
        clocks.start(Wait(2, 5.0, "no_input"))
        clocks.stop()
        await asyncio.sleep(10)

    run(call())
    assert told == [(28.0, TimedOut(1, "max_speech")), (60.0, TimedOut(0, "call"))]


def test_a_call_never_lasts_longer_than_the_service_allows() -> None:
    """The setting is stronger than the city's dialog."""
    told: list[tuple[float, Event]] = []

    async def call() -> None:
        clocks = Clocks(30.0, lambda event: told.append((now(), event)))
        clocks.start(Wait(0, 60.0, "call"))
        await asyncio.sleep(100)

    run(call())
    assert told == [(30.0, TimedOut(0, "call"))]
