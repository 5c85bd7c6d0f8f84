"""The record of calls whose sound is elsewhere: with the carrier that dials, or nowhere any more.

Everything here may be told late, twice and in any order, and a store that is out of order is logged, not raised: the
caller must not suffer for the record.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from voicebot.actions import Action, DiscardCallRecording, Transfer
from voicebot.bootstrap import Service
from voicebot.dialog.machine import step
from voicebot.dialog.state import State, dump, restore
from voicebot.errors import TranscriptError
from voicebot.events import CallEnded, CallResumed, EndReason, Event, TransferEnded
from voicebot.telephony.webhooks import DialEnded
from voicebot.transcripts.calls import Call

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)
MOST_REMEMBERED = 1000


class Record:
    """What becomes of calls, for the transcripts.

    Args:
        service: The whole house.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._ended: dict[str, None] = {}
        """The calls whose end was entered last, so that it is entered once although several doors tell it."""

    async def ended(self, call_id: str, reason: EndReason, *, told: bool = False) -> None:
        """The call is over; `told` when its conversation has entered that already."""
        if call_id in self._ended:
            return
        self._ended[call_id] = None
        if len(self._ended) > MOST_REMEMBERED:
            del self._ended[next(iter(self._ended))]
        if not await self._entered(call_id, partial(self._end, call_id, reason, told)):
            self._close(call_id, reason)  # only queued: it is written when the store is well again

    async def transferred(self, call_id: str, dialled: DialEnded) -> None:
        """A transfer ended without the caller coming back: the dialog is told, nothing is to be done."""
        if call_id not in self._ended:
            await self._entered(call_id, partial(self._transferred, call_id, dialled))

    async def sent_to_a_person(self, call_id: str, department: str) -> None:
        """We could not go on and connect the call ourselves; when that has ended the dialog goes on from there."""
        await self._entered(call_id, partial(self._sent, call_id, department))

    def state(self, call_id: str) -> State | None:
        """Where the conversation stood; None for a new call, or when what is stored cannot be read. Blocks.

        Raises:
            TranscriptError: the store cannot be read.
        """
        text = self._service.store.state(call_id)
        try:
            return restore(text) if text else None
        except TranscriptError as error:
            log.error("a stored state could not be read", extra={"call_id": call_id, "code": error.code})
            return None

    def count(self, call_id: str, kind: type[CallResumed | TransferEnded | DiscardCallRecording]) -> int:
        """How often this has happened or been ordered in a call. Blocks.

        Raises:
            TranscriptError: the store cannot be read.
        """
        if self._service.store.healthy:
            self._service.store.flush()
        return sum(isinstance(entry.item, kind) for entry in self._service.store.records(call_id))

    async def ask(self, work: Callable[[], Answer]) -> Answer:
        """Run what blocks."""
        return await asyncio.get_running_loop().run_in_executor(self._service.pools.ask, work)

    async def _entered(self, call_id: str, work: Callable[[], None]) -> bool:
        try:
            await self.ask(work)
        except TranscriptError as error:
            log.error("the record of a call could not be read", extra={"call_id": call_id, "code": error.code})
            return False
        return True

    # --- in a thread of the pool --------------------------------------------------------------------------------

    def _end(self, call_id: str, reason: EndReason, told: bool) -> None:
        call = self._service.store.call(call_id)
        if call is None or call.ended_at is not None:
            return
        if not told:
            self._happened(call, self.state(call_id) or State(), CallEnded(reason))
        self._close(call_id, reason)

    def _close(self, call_id: str, reason: EndReason) -> None:
        recording = f"{call_id}.wav"
        # A recording that was refused has been deleted at once, so what is there may be kept.
        kept = (self._service.settings.calls / recording).exists()
        self._service.store.end_call(call_id, self._service.now(), reason, recording if kept else None)

    def _transferred(self, call_id: str, dialled: DialEnded) -> None:
        call, state = self._service.store.call(call_id), self.state(call_id)
        if call is not None and call.ended_at is None and state is not None:
            self._happened(call, state, TransferEnded(state.turn, dialled.outcome, dialled.detail))

    def _sent(self, call_id: str, department: str) -> None:
        call, state = self._service.store.call(call_id), self.state(call_id) or State()
        if call is not None:
            state = replace(state, phase="transferring", goal=department)
            self._append(call, (Transfer(state.turn, department),), state)

    def _happened(self, call: Call, state: State, event: Event) -> None:
        """An event while no stream is there to hear of it: recorded and stepped like any other."""
        state, actions = step(self._service.content.dialog, state, event)
        self._append(call, (event, *actions), state)

    def _append(self, call: Call, items: tuple[Event | Action, ...], state: State) -> None:
        transcript = self._service.store.transcript(call.id)
        seconds = round((self._service.now() - call.started_at).total_seconds(), 3)
        for item in items:
            transcript.append(seconds, item)
        transcript.keep_state(dump(state))
