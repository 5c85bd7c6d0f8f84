"""A trial by voice: the conversation of a call, whose wire leads to the browser. Keys and typed words go with it."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from voicebot import bootstrap
from voicebot.actions import Action, Expect, Play
from voicebot.call.conversation import Conversation
from voicebot.call.parts import Pools
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.events import (
    Alternative,
    CallStarted,
    DigitPressed,
    Event,
    FaqAnswered,
    Heard,
    Outcome,
    PromptFinished,
    TransferEnded,
)
from voicebot.telephony.line import TwilioLine
from voicebot.transcripts.decision import Decision
from voicebot.tuning.deeds import Done
from voicebot.web.staff.office import Office
from voicebot.web.staff.trying.pretended import Pretence
from voicebot.web.staff.trying.reasoning import reasons_of
from voicebot.web.staff.trying.showing import Showing
from voicebot.web.staff.trying.stage import Stage
from voicebot.web.staff.trying.typed import Typed
from voicebot.web.staff.trying.wanted import OUTCOMES
from voicebot.web.staff.trying.wire import Order, Wire

log = logging.getLogger(__name__)
STREAM = "trial"
"""The stream's name on the wire."""
MOST_SIGNS = 200
"""Of typed words."""
_OVER: tuple[Outcome, ...] = ("connected", "caller_gone")
"""Ends of a transfer after which the bot does not hear of the call again."""


class Spoken:
    """One trial.

    Args:
        office: The service.
        stage: What is tried.
        pools: Threads of trials.
        done: Notes what the caller does.
    """

    def __init__(self, office: Office, stage: Stage, pools: Pools, done: Done) -> None:
        self._service = office.service
        self._stage = stage
        self._pools = pools
        self._done = done
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._state = State()
        self._conversation: Conversation | None = None
        self._decision: Decision | None = None
        self._outcome: asyncio.Future[Outcome] | None = None
        self._typed = Typed()
        self._since: float | None = None
        """When the caller had finished what is being replied to."""
        self._replying = False
        self._errands: set[asyncio.Task[None]] = set()
        self._wire: Wire | None = None
        self._showing: Showing | None = None

    def state(self) -> State:
        """Where the conversation stands."""
        return self._conversation.state if self._conversation else self._state

    async def run(self, wire: Wire, showing: Showing) -> None:
        """Talk until the call is over or the browser gone."""
        self._wire, self._showing = wire, showing
        pretence = Pretence(self._service, self._stage.edition, self._pools, self._now, self._told, showing.believed)
        self._state = State(language=self._stage.language)
        first: Event | None = CallStarted("trial", None, "", self._stage.language, self._stage.moment)
        while first is not None:
            await self._stretch(pretence, first)
            first = await self._after()

    def ordered(self, order: Order) -> None:
        """What somebody does that a telephone cannot carry."""
        match order.get("do"), order.get("text"), order.get("outcome"):
            case "say", str() as text, _ if text.strip():
                self._spawn(self._say(text.strip()[:MOST_SIGNS]))
            case "noise", _, _:
                self._hear(())
            case "transfer", _, str() as named if named in OUTCOMES and self._outcome and not self._outcome.done():
                self._outcome.set_result(next(each for each in OUTCOMES if each == named))
            case "hang_up", _, _ if self._outcome and not self._outcome.done():
                self._outcome.set_result("caller_gone")

    def sounded(self) -> None:
        """Sound of ours goes out: the first of a reply tells how long the caller waited for it."""
        if self._replying and self._since is not None and self._showing:
            self._showing.waited(round(self._loop.time() - self._since, 3))
            self._since = None

    async def _stretch(self, pretence: Pretence, first: Event) -> None:
        """One stream of the call, as between two orders of a carrier."""
        assert self._wire is not None  # noqa: S101  `run` has set it
        self._decision = None
        parts = pretence.parts(TwilioLine(self._wire, STREAM), partial(setattr, self, "_decision"))
        self._conversation = Conversation(parts, self._stage.dialog, self._state, self._began)
        try:
            await self._conversation.run(first)
        except BaseExceptionGroup:
            log.exception("a trial broke")
        finally:
            self._state, self._conversation = self._conversation.state, None
            self._service.take_back(parts)

    async def _after(self) -> Event | None:
        """What a carrier would do with the decision; what the conversation goes on with, None when it is over."""
        if self._decision is None or self._decision.kind != "transfer":
            return None
        outcome = self._stage.wanted.outcome or await self._asked()
        ended = TransferEnded(self._state.turn, outcome)
        if outcome not in _OVER:
            return ended
        self._told(self._seconds(), ended)
        self._state, actions = step(self._stage.dialog, self._state, ended)
        for action in actions:
            self._told(self._seconds(), action)
        return None

    async def _asked(self) -> Outcome:
        """How the transfer ends, from whoever tries; the wire is read meanwhile.

        Raises:
            SocketClosed: the browser is gone.
        """
        assert self._wire is not None  # noqa: S101  `run` has set it
        self._outcome = self._loop.create_future()
        await _read_until(self._outcome, self._wire)
        return self._outcome.result()

    def _told(self, seconds: float, record: Event | Action) -> None:
        showing = self._showing
        assert showing is not None  # noqa: S101  `run` has set it
        self._done.told(record)
        showing.told(seconds, record)
        match record:
            case Heard():
                self._wait_for_reply(record.decode_seconds)
            case DigitPressed() | TransferEnded():
                self._wait_for_reply(0.0)
            case Play():
                self._replying = True
            case Expect():
                self._typed.bargein = record.bargein
                self._loop.call_soon(self._deliver)
            case PromptFinished():
                self._loop.call_soon(self._deliver)
            case FaqAnswered():
                self._spawn(self._explain(record, showing))

    def _wait_for_reply(self, decode_seconds: float) -> None:
        self._since, self._replying = self._loop.time() - decode_seconds, False

    async def _explain(self, found: FaqAnswered, showing: Showing) -> None:
        answers, asked = self._stage.edition.answers, showing.asked
        reasons = await self._loop.run_in_executor(self._pools.ask, reasons_of, answers, asked, found.hits)
        showing.reasons(found.turn, reasons)

    async def _say(self, text: str) -> None:
        language = self.state().language
        reading = await self._loop.run_in_executor(self._pools.ask, bootstrap.reader(), text, language)
        self._hear((Alternative(text, reading, 1.0),))

    def _hear(self, guesses: tuple[Alternative, ...]) -> None:
        if not self._typed.say(guesses, self._conversation) and self._showing:
            self._showing.held()

    def _deliver(self) -> None:
        self._typed.deliver(self._conversation)

    def _now(self) -> datetime:
        return self._stage.moment + timedelta(seconds=self._seconds())

    def _seconds(self) -> float:
        return round(self._loop.time() - self._began, 3)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


async def _read_until(settled: asyncio.Future[Any], wire: Wire) -> None:
    while not settled.done():
        reading = asyncio.ensure_future(wire.receive())
        await asyncio.wait({reading, settled}, return_when=asyncio.FIRST_COMPLETED)
        if reading.done():
            reading.result()
        else:
            reading.cancel()
