"""The one loop: an event from the inbox, a step, the orders carried out. Everything is logged in order."""

import asyncio
from dataclasses import dataclass, replace

from voicebot.actions import Action, DiscardCallRecording, DropMessage, Transfer
from voicebot.call.clocks import Clocks
from voicebot.call.ear import Ear
from voicebot.call.errands import Errands
from voicebot.call.giving_back import give_back
from voicebot.call.incoming import Incoming
from voicebot.call.listening import Listening
from voicebot.call.mouth import Mouth
from voicebot.call.orders import Orders, transferring
from voicebot.call.parts import Parts
from voicebot.call.tasks import Tasks
from voicebot.dialog.machine import step
from voicebot.dialog.state import State, dump
from voicebot.dialog.tree import Dialog
from voicebot.events import CallEnded, EndReason, Event
from voicebot.transcripts.decision import Decision

LAST_WORDS_SECONDS = 5.0
"""How long a call that is over waits for the recognition of its last words, and for the end of a message."""


@dataclass(frozen=True, slots=True)
class _Leave:
    """In the inbox, and no event: nothing of it is in the record but what is done."""

    say: str


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
        self._inbox: asyncio.Queue[Event | _Leave] = asyncio.Queue()
        self._tasks = Tasks()
        report = self._inbox.put_nowait
        self._clocks = Clocks(parts.most_seconds, report)
        self._mouth = Mouth(parts.line, parts.voice, parts.pools.render, parts.recorder, self._tasks.spawn, report)
        self._listening = Listening(parts.recognisers, parts.pools.decode, report)
        self._listening.on_partial = parts.believed
        self._ear = Ear(self._listening, lambda: self._mouth.speaking, report)
        self._incoming = Incoming(parts, self._ear, self._mouth, self._tasks.spawn, report)
        self._orders = Orders(
            parts, self._ear, self._mouth, self._clocks, Errands(parts, report), self._incoming, self._tasks.spawn
        )
        self._over = False
        self._line_gone = False
        self.ended: EndReason | None = None
        """Why the line is gone, when it was not we who gave it back."""

    async def run(self, first: Event, *others: Event) -> State:
        """Talk until the line is given back or gone; the state in which the conversation then stands.

        When anything unforeseen breaks, the caller is first sent to a person, then the error is raised.
        """
        for event in (first, *others):
            self._inbox.put_nowait(event)
        try:
            async with self._tasks:
                self._tasks.spawn(self._incoming.run(self.line_gone))
                self._tasks.spawn(self._listening.run(self.state.language))
                await self._converse()
        except BaseExceptionGroup:
            await self._send_to_a_person()
            raise
        finally:
            self._clocks.stop()
            if self._parts.recorder:
                self._parts.recorder.close()
            self._write_down_the_rest()
        return self.state

    def line_gone(self, clean: bool) -> None:
        """Nobody is on this stream any more; the carrier may tell it earlier than the wire does.

        After a clean end the call is over; a line that broke may come back, so the state stays as it is.
        """
        if self._over or self._line_gone:
            return
        self._line_gone = True
        self._mouth.silence()
        self._ear.cut()
        self._tasks.spawn(self._end_when_settled(CallEnded("caller" if clean else "line")))

    def tell(self, event: Event) -> None:
        """Something has happened outside of the line that the conversation must know."""
        self._inbox.put_nowait(event)

    def leave(self, say: str) -> None:
        """The service stops: the carrier says this, and a person takes the call."""
        self._inbox.put_nowait(_Leave(say))

    async def _converse(self) -> None:
        while not self._over:
            item = await self._inbox.get()
            if not isinstance(item, _Leave):
                await self._happened(item)
            elif not self._line_gone:
                await self._incoming.finish_message()
                await self._send_to_a_person(item.say)
        self._write_down_the_rest()

    def _write_down_the_rest(self) -> None:
        """What was heard so far is in the transcript, whatever came first; so is what failed at the very end."""
        while not self._inbox.empty():
            item = self._inbox.get_nowait()
            if not isinstance(item, _Leave):
                self._log(item)

    async def _happened(self, event: Event) -> None:
        self._log(event)
        self.state, actions = step(self._dialog, self.state, event)
        for action in actions:
            self._log(action)
            # Without a line there is nothing to be done, except what is owed to the caller all the same.
            if not self._line_gone or isinstance(action, DiscardCallRecording | DropMessage):
                decision = self._orders.carry_out(action)
                if decision:
                    await self._give_back(decision)
        self._parts.transcript.keep_state(dump(self.state))
        if isinstance(event, CallEnded):
            self.ended = event.reason
            self._over = True

    async def _give_back(self, decision: Decision) -> None:
        self._over = True
        self._mouth.silence()
        self._parts.transcript.keep_state(dump(self.state))
        await give_back(self._parts, decision)

    async def _send_to_a_person(self, say: str = "") -> None:
        """The last thing we can do when we break: the duty desk is always there."""
        if self._over:
            return  # what was decided before stands
        order = Transfer(self.state.turn, self._parts.duty, say)
        self.state = replace(self.state, phase="transferring", goal=order.department)
        self._log(order)
        try:
            await self._give_back(transferring(order))
        except Exception:  # noqa: S110  the error that brought us here is the one to raise; the line is closed
            pass

    async def _end_when_settled(self, ended: CallEnded) -> None:
        """The last words are still being recognised, a message still being kept: both belong before the end."""
        try:
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                await self._listening.settled()
                await self._incoming.finish_message()
        except TimeoutError:
            pass  # the transcript ends without them
        self._inbox.put_nowait(ended)

    def _log(self, record: Event | Action) -> None:
        self._parts.transcript.append(round(asyncio.get_running_loop().time() - self._started, 3), record)
