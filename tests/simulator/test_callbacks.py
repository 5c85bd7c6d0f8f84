"""What goes on beside a call."""

import asyncio

import pytest
from small_bot import PUBLIC, SmallBot, carrier_to
from virtual_time import run

from voicebot.simulator.callbacks import Callbacks
from voicebot.simulator.chaos import Chaos
from voicebot.simulator.fetching import Fetcher, Limits, Service
from voicebot.simulator.signing import Signer
from voicebot.simulator.timeline import Timeline


def deliver(chaos: Chaos, *numbers: int) -> tuple[list[str], list[str]]:
    """Send numbered callbacks at once; gives what arrived, in order, and what the debugger shows."""

    async def send() -> list[str]:
        timeline = Timeline(asyncio.get_running_loop().time)
        service = Service("http://127.0.0.1:8080", PUBLIC)
        fetcher = Fetcher(service, Signer("a token for tests"), Limits(), timeline, transport, tampered=False)
        callbacks = Callbacks(fetcher, timeline, chaos)
        for number in numbers:
            callbacks.send(f"{PUBLIC}/told", {"Number": str(number)})
        callbacks.tell("https://elsewhere.example.com/", {}, "POST")
        await callbacks.settle()
        await fetcher.aclose()
        return [entry.text for entry in timeline.entries if entry.kind == "error"]

    bot = SmallBot({})
    transport = carrier_to(bot)._transport
    errors = run(send())
    return [form["Number"] for form in bot.forms("/told")], errors


def test_callbacks_arrive_in_order_and_once() -> None:
    """A perfect line."""
    arrived, errors = deliver(Chaos(), 1, 2, 3)
    assert arrived == ["1", "2", "3"]
    assert errors[0].startswith("11200")


@pytest.mark.parametrize("seed", range(5))
def test_chaos_doubles_and_reorders_them_and_loses_none(seed: int) -> None:
    """As Twilio's page warns."""
    arrived, _ = deliver(Chaos(reordered_callbacks=True, duplicate_callbacks=True, seed=seed), *range(9))
    assert sorted(arrived) == sorted([str(number) for number in range(9)] * 2)
    assert arrived != sorted(arrived)
