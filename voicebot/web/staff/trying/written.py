"""A trial in writing: the same machine without a voice and without waiting. Silence is something that one does."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from voicebot import bootstrap
from voicebot.actions import Action
from voicebot.call.parts import Pools
from voicebot.dialog.state import State
from voicebot.events import CallEnded, Event, FaqAnswered
from voicebot.telephony.line import SocketClosed
from voicebot.tuning.deeds import Done
from voicebot.tuning.golden import Act, Line, act, out_of_place
from voicebot.tuning.talk import Talk
from voicebot.web.staff.trying.reasoning import reasons_of
from voicebot.web.staff.trying.showing import Showing
from voicebot.web.staff.trying.stage import Stage
from voicebot.web.staff.trying.wanted import OUTCOMES
from voicebot.web.staff.trying.wire import Item, Order, Wire

IDLE_SECONDS = 1800.0
"""A trial in which nothing is done for so long is over."""
MOST_SIGNS = 200
"""Of typed words."""
_KEYS = frozenset("0123456789*#")
_ENOUGH = 20
"""More transfers than a conversation can have."""
_ACTS: dict[str, Act] = {"silence": "無言", "noise": "雑音", "message": "伝言"}


class Written:
    """One trial.

    Args:
        stage: What is tried.
        pools: Threads of trials.
        done: Notes what the caller does.
    """

    def __init__(self, stage: Stage, pools: Pools, done: Done) -> None:
        self._stage = stage
        self._pools = pools
        self._done = done
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._orders: asyncio.Queue[Order] = asyncio.Queue(20)
        self._items: list[Item] = []
        wanted, edition = stage.wanted, stage.edition
        self._talk = Talk(
            stage.dialog, edition.answers, edition.city_desk, bootstrap.reader(), stage.moment,
            (wanted.outcome,) * _ENOUGH if wanted.outcome else (), held=True, watch=self._told,
        )  # fmt: skip
        self._showing = Showing(stage.dialog, self._items.append, self.state)

    def state(self) -> State:
        """Where the conversation stands."""
        return self._talk.state

    def ordered(self, order: Order) -> None:
        """What somebody does; who does more than can be done at once is not followed."""
        with suppress(asyncio.QueueFull):
            self._orders.put_nowait(order)

    async def run(self, wire: Wire) -> None:
        """Talk until the call is over, the browser gone, or nothing done for long."""
        reading = asyncio.ensure_future(_read(wire))
        try:
            await self._carry_out(wire, partial(self._talk.begin, self._stage.language))
            while self._talk.state.phase != "ended":
                order = asyncio.ensure_future(self._orders.get())
                await asyncio.wait({reading, order}, timeout=IDLE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                if not order.done():
                    order.cancel()
                    return
                if order.result().get("do") == "hang_up":
                    self._told(CallEnded("caller"))
                    await self._carry_out(wire, lambda: None)
                    return
                deed = self._deed(order.result())
                if deed is None:
                    wire.show({"what": "not_now"})
                else:
                    await self._carry_out(wire, deed)
        finally:
            reading.cancel()

    async def _carry_out(self, wire: Wire, deed: Callable[[], object]) -> None:
        """In a thread of the trials: searching and reading block."""
        await self._loop.run_in_executor(self._pools.ask, deed)
        for item in self._items:
            wire.show(item)
        self._items.clear()

    def _deed(self, order: Order) -> Callable[[], object] | None:
        """What is to be done; None when there is no place for it now."""
        text = order.get("text")
        match order.get("do"):
            case "transfer" if self._talk.state.phase == "transferring":
                outcome = next((each for each in OUTCOMES if each == order.get("outcome")), None)
                return partial(self._talk.transferred, outcome) if outcome else None
            case _ if self._talk.state.phase == "transferring":
                return None
            case "say" if isinstance(text, str) and text.strip():
                return self._act(Line("市民", (text.strip()[:MOST_SIGNS],), 0))
            case "keys" if isinstance(text, str) and text and len(text) <= 20 and _KEYS.issuperset(text):
                return self._act(Line("キー", (text,), 0))
            case str() as name if name in _ACTS:
                return self._act(Line(_ACTS[name], (), 0))
        return None

    def _act(self, line: Line) -> Callable[[], object] | None:
        return None if out_of_place(line, self._talk) else partial(act, line, self._talk)

    def _told(self, record: Event | Action) -> None:
        self._done.told(record)
        self._showing.told(round(self._loop.time() - self._began, 3), record)
        if isinstance(record, FaqAnswered):
            answers = self._stage.edition.answers
            self._showing.reasons(record.turn, reasons_of(answers, self._showing.asked, record.hits))


async def _read(wire: Wire) -> None:
    """Until the browser is gone; what a telephone would send means nothing here."""
    with suppress(SocketClosed):
        while True:
            await wire.receive()
