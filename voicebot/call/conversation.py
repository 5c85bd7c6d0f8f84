"""The one loop: an event from the inbox, a step, the orders carried out. Everything is logged in order."""

import asyncio
from collections.abc import Coroutine
from typing import Any, assert_never

from voicebot.actions import (
    Action,
    AskFaq,
    DiscardCallRecording,
    Expect,
    FinishRecording,
    HangUp,
    LookUp,
    Play,
    Record,
    StopPlaying,
    Transfer,
    Wait,
)
from voicebot.call.ear import Ear, Windows
from voicebot.call.message import MessageTaking
from voicebot.call.mouth import Mouth
from voicebot.call.parts import Parts
from voicebot.dialog.machine import step
from voicebot.dialog.state import State, dump
from voicebot.dialog.tree import Dialog
from voicebot.errors import VoicebotError
from voicebot.events import (
    AudioReceived,
    CallEnded,
    DigitPressed,
    EndReason,
    Event,
    FaqAnswered,
    KeyReceived,
    LineDropped,
    LookedUp,
    MarkReceived,
    PartFailed,
    TimedOut,
)
from voicebot.transcripts.decision import Decision

LAST_WORDS_SECONDS = 5.0
"""How long a call that is over waits for the recognition of its last words."""
ASK_SECONDS = 5.0
"""A search or look-up that takes longer is broken."""


class Conversation:
    """One stretch of a call on one media stream.

    Args:
        parts: What this call is given.
        dialog: The city's dialog, the same from the first event to the last.
        state: Where the conversation stands; a new `State()` for a new call.
        started: The event loop's time at which the call began, for the seconds of the transcript.
    """

    def __init__(self, parts: Parts, dialog: Dialog, state: State, started: float) -> None:
        self._parts = parts
        self._dialog = dialog
        self.state = state
        self._started = started
        self._inbox: asyncio.Queue[Event] = asyncio.Queue()
        self._tasks: asyncio.TaskGroup | None = None
        self._clocks: dict[str, asyncio.TimerHandle] = {}
        self._windows = Windows(parts.activity)
        report = self._inbox.put_nowait
        self._mouth = Mouth(parts.line, parts.voice, parts.pools.render, parts.recorder, self._spawn, report)
        self._ear = Ear(parts.recognisers, parts.pools.decode, lambda: self._mouth.audible, report)
        self._message: MessageTaking | None = None
        self._over = False
        self.ended: EndReason | None = None
        """Why the line is gone, when it was not we who gave it back."""

    async def run(self, first: Event) -> State:
        """Talk until the line is given back or gone; the state in which the conversation then stands.

        When anything unforeseen breaks, the caller is first sent to a person, then the error is raised.
        """
        self._inbox.put_nowait(first)
        try:
            async with asyncio.TaskGroup() as self._tasks:
                background = [self._spawn(self._receive()), self._spawn(self._ear.listen(self.state.language))]
                await self._converse()
                for clock in self._clocks.values():
                    clock.cancel()
                self._mouth.silence()
                for task in background:
                    task.cancel()
        except BaseExceptionGroup:
            await self._send_to_a_person()
            raise
        finally:
            if self._parts.recorder:
                self._parts.recorder.close()
        return self.state

    async def _converse(self) -> None:
        while not self._over:
            event = await self._inbox.get()
            await self._happened(event)
        while not self._inbox.empty():
            self._log(self._inbox.get_nowait())  # what was heard so far is in the transcript, whatever came first

    async def _happened(self, event: Event) -> None:
        self._log(event)
        self.state, actions = step(self._dialog, self.state, event)
        for action in actions:
            self._log(action)
            await self._carry_out(action)
        self._parts.transcript.keep_state(dump(self.state))
        if isinstance(event, CallEnded):
            self.ended = event.reason
            self._over = True

    async def _carry_out(self, action: Action) -> None:
        match action:
            case Play():
                self._ear.ignore()
                self._mouth.play(action)
            case StopPlaying():
                self._mouth.stop()
            case Expect():
                self._ear.expect(action)
            case Wait():
                self._start_clock(action)
            case AskFaq():
                self._spawn(self._ask_faq(action))
            case LookUp():
                self._spawn(self._look_up(action))
            case Record():
                self._message = MessageTaking(
                    action, self._parts.message_recorder(), self._parts.pools.ask, self._inbox.put_nowait
                )
            case FinishRecording():
                if self._message:
                    self._spawn(self._message.finish())
            case DiscardCallRecording():
                if self._parts.recorder:
                    self._parts.recorder.discard()
            case Transfer():
                await self._give_back(Decision("transfer", action.department, action.say, action.turn))
            case HangUp():
                await self._give_back(Decision("hang_up", say=action.say))
            case _:
                assert_never(action)

    async def _give_back(self, decision: Decision) -> None:
        """The carrier takes over: it asks what to do as soon as the stream has ended, so the decision comes first."""
        loop = asyncio.get_running_loop()
        self._parts.transcript.keep_state(dump(self.state))
        await loop.run_in_executor(self._parts.pools.ask, self._parts.decide, decision)
        self._over = True
        await self._parts.line.close()

    async def _send_to_a_person(self) -> None:
        """The last thing we can do when we break: the duty desk is always there."""
        try:
            await self._give_back(Decision("transfer", self._parts.duty))
        except VoicebotError:
            await self._parts.line.close()  # without a decision the carrier's own fallback connects the caller

    async def _receive(self) -> None:
        while True:
            match await self._parts.line.receive():
                case AudioReceived(mulaw):
                    self._hear(mulaw)
                case KeyReceived(digit):
                    self._inbox.put_nowait(DigitPressed(digit))
                case MarkReceived(name):
                    self._mouth.mark_received(name)
                case LineDropped(clean):
                    self._line_dropped(clean)
                    return

    def _hear(self, mulaw: bytes) -> None:
        if self._parts.recorder:
            self._parts.recorder.heard(mulaw)
        for window in self._windows.push(mulaw):
            if self._message and not self._message.over:
                self._message.push(window, self._spawn)
            else:
                self._ear.push(window)

    def _line_dropped(self, clean: bool) -> None:
        """Gone. After a clean end the call is over; a line that broke may come back, so the state stays as it is."""
        if self._over:
            return
        self._mouth.silence()
        if self._message:
            self._message.keep_what_there_is()
        self._ear.cut()
        self._spawn(self._end_when_heard(CallEnded("caller" if clean else "line")))

    async def _end_when_heard(self, ended: CallEnded) -> None:
        """The last words are still being recognised: they belong into the transcript before the end."""
        try:
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                await self._ear.settled()
        except TimeoutError:
            pass  # the transcript ends without them
        self._inbox.put_nowait(ended)

    def _start_clock(self, order: Wait) -> None:
        slot = "call" if order.clock == "call" else "turn"
        if slot in self._clocks:
            self._clocks[slot].cancel()
        loop = asyncio.get_running_loop()
        event = TimedOut(order.turn, order.clock)
        self._clocks[slot] = loop.call_later(order.seconds, self._inbox.put_nowait, event)

    async def _ask_faq(self, order: AskFaq) -> None:
        loop = asyncio.get_running_loop()
        search = self._parts.answers.search
        try:
            async with asyncio.timeout(ASK_SECONDS):
                hits = await loop.run_in_executor(self._parts.pools.ask, search, order.alternatives, order.language)
        except (VoicebotError, TimeoutError) as error:
            self._inbox.put_nowait(PartFailed("faq", _code(error, "faq.timeout"), order.turn))
        else:
            self._inbox.put_nowait(FaqAnswered(order.turn, hits))

    async def _look_up(self, order: LookUp) -> None:
        loop = asyncio.get_running_loop()
        look_up, now = self._parts.desk.look_up, self._parts.now()
        try:
            async with asyncio.timeout(ASK_SECONDS):
                facts = await loop.run_in_executor(self._parts.pools.ask, look_up, order.what, order.arguments, now)
        except (VoicebotError, TimeoutError) as error:
            self._inbox.put_nowait(PartFailed("lookup", _code(error, "lookup.timeout"), order.turn))
        else:
            self._inbox.put_nowait(LookedUp(order.turn, order.what, dict(facts)))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        assert self._tasks is not None, "a conversation is spawned from within run()"  # noqa: S101
        return self._tasks.create_task(work)

    def _log(self, record: Event | Action) -> None:
        self._parts.transcript.append(round(asyncio.get_running_loop().time() - self._started, 3), record)


def _code(error: VoicebotError | TimeoutError, otherwise: str) -> str:
    return error.code if isinstance(error, VoicebotError) else otherwise
