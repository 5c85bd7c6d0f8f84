"""The caller's telephone, 20 ms at a time."""

import asyncio

import pytest
from virtual_time import run

from voicebot.simulator.hearing import SILENCE, tone
from voicebot.simulator.leg import Finished, HungUp, Interruption, Telephone
from voicebot.simulator.resident import HangUp, Performance, Resident, Say, Silence, Step
from voicebot.simulator.timeline import Timeline

LOUD = tone(300, 0.02, 0.3)


def telephone(*steps: Step, orders: list[Interruption] | None = None, limit: float = 100) -> tuple[Telephone, Timeline]:
    """A telephone with a person at it; must be made on a running loop."""
    timeline = Timeline(asyncio.get_running_loop().time)
    performance = Performance(Resident(steps))
    return Telephone(performance, timeline, lambda: orders.pop() if orders else None, limit), timeline


def test_both_sides_are_kept_and_speech_is_told_apart() -> None:
    """The ringing tone is sound, but nobody's speech."""

    async def work() -> None:
        phone, timeline = telephone(Silence(0.2), Say("はい", tone(300, 0.1, 0.3)), Silence(9))
        phone.picked_up = True
        for said, source in ((LOUD, "ring"), (SILENCE, "bot"), (LOUD, "bot"), (LOUD, "person")):
            for _ in range(5):
                await phone.tick(said, source)  # type: ignore[arg-type]
        phone.finish()
        assert bytes(phone.right) == LOUD * 5 + SILENCE * 5 + LOUD * 10
        assert bytes(phone.left) == SILENCE * 10 + tone(300, 0.1, 0.3) + SILENCE * 5
        spoken = [(entry.kind, entry.text, entry.seconds, entry.until) for entry in timeline.entries]
        assert sorted(spoken) == [("bot", "", 0.2, 0.3), ("person", "", 0.3, 0.4), ("resident", "はい", 0.2, 0.3)]

    run(work())


def test_nobody_speaks_before_the_call_is_picked_up() -> None:
    """The script waits."""

    async def work() -> None:
        phone, _ = telephone(HangUp())
        await phone.tick(SILENCE, "ring")
        phone.picked_up = True
        with pytest.raises(HungUp):
            await phone.tick(SILENCE, "ring")

    run(work())


def test_time_passes_while_something_is_done_and_what_it_gives_is_given() -> None:
    """Its errors too."""

    async def work() -> None:
        phone, timeline = telephone()
        assert await phone.during(asyncio.ensure_future(asyncio.sleep(1, "done"))) == "done"
        assert len(phone.right) == pytest.approx(8000, abs=160)
        assert timeline.seconds == pytest.approx(1)

        async def fail() -> None:
            raise ValueError("x")

        with pytest.raises(ValueError, match="x"):
            await phone.during(asyncio.ensure_future(fail()))

    run(work())


def test_orders_and_the_time_limit_end_a_tick() -> None:
    """The person is not asked any more."""

    async def work() -> None:
        phone, _ = telephone(orders=[Finished("rest")], limit=0.1)
        with pytest.raises(Finished) as order:
            await phone.tick(SILENCE, "ring")
        assert order.value.by == "rest"
        for _ in range(4):
            await phone.tick(SILENCE, "ring")
        with pytest.raises(Finished) as limit:
            await phone.tick(SILENCE, "ring")
        assert limit.value.by == "carrier"

    run(work())
