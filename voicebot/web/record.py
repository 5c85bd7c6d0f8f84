"""The record of calls whose sound is elsewhere: with the carrier that dials, or nowhere any more.

Everything here may be told late, twice and in any order, and a store that is out of order is logged, not raised: the
caller must not suffer for the record.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from voicebot.bootstrap import Service
from voicebot.actions import Action, DiscardCallRecording, Transfer
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

    async def transferred(self, call_id: str, dialled: DialEnded) -> None:
        """A transfer ended without the caller coming back: the dialog is told, nothing is to be done."""

        def enter() -> None:
            call = self._service.store.call(call_id)
            state = self.state(call_id)
            if call is not None and call.ended_at is None and state is not None:
                self._happened(call, state, TransferEnded(state.turn, dialled.outcome, dialled.detail))

        await self._enter(call_id, enter)

    async def ended(self, call_id: str, reason: EndReason, *, told: bool = False) -> None:
        """The call is over.

        Args:
            call_id: The call.
            reason: Why.
            told: Its conversation has entered the end already.
        """
        if call_id in self._ended:
            return
        self._ended[call_id] = None
        if len(self._ended) > MOST_REMEMBERED:
            del self._ended[next(iter(self._ended))]
        store, folder = self._service.store, self._service.settings.calls
        recording = f"{call_id}.wav"

        def enter() -> None:
            # A refused recording was deleted at once, so what is there may be kept.
            store.end_call(
                call_id, self._service.now(), reason, recording if (folder / recording).exists() else None
            )

        def tell() -> None:
            call = store.call(call_id)
            if call is not None and call.ended_at is None:
                if not told:
                    self._happened(call, self.state(call_id) or State(), CallEnded(reason))
                enter()

        if not await self._enter(call_id, tell):
            enter()  # only queued: it is written when the store is well again

    async def sent_to_a_person(self, call_id: str, department: str) -> None:
        """We could not go on with this call and connect it ourselves; how that ends, the dialog is told later."""

        def enter() -> None:
            call, state = self._service.store.call(call_id), self.state(call_id) or State()
            if call is not None:
                self._append(call, state, (Transfer(state.turn, department),), "transferring", department)

        await self._enter(call_id, enter)

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
        """How often this happened or was ordered in a call so far. Blocks.

        Raises:
            TranscriptError: the store cannot be read.
        """
        self._service.store.flush()
        return sum(isinstance(entry.item, kind) for entry in self._service.store.records(call_id))
