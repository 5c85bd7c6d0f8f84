"""The record of calls whose sound is elsewhere: with the carrier that dials, or nowhere any more.

Everything here may be told late, twice and in any order, and a store that is out of order is logged, not raised: the
caller must not suffer for the record.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from voicebot.actions import DiscardCallRecording
from voicebot.errors import TranscriptError
from voicebot.events import CallResumed, EndReason, Event, SmsUpdated, TransferEnded
from voicebot.service import Service
from voicebot.telephony.webhooks import DialEnded, TextMessageChanged
from voicebot.web.entering import Entering

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
        self._entering = Entering(service)
        self.state, self.entries = self._entering.state, self._entering.entries
        self._ended: dict[str, None] = {}
        """The calls whose end was entered last, so that it is entered once although several doors tell it."""

    async def ended(self, call_id: str, reason: EndReason, *, told: bool = False) -> None:
        """The call is over; `told` when its conversation has entered that already."""
        if call_id in self._ended:
            return
        self._ended[call_id] = None
        if len(self._ended) > MOST_REMEMBERED:
            del self._ended[next(iter(self._ended))]
        if not await self._entered(call_id, partial(self._entering.end, call_id, reason, told)):
            self._entering.close(call_id, reason)  # only queued: it is written when the store is well again

    async def transferred(self, call_id: str, dialled: DialEnded) -> None:
        """A transfer ended without the caller coming back: the dialog is told, nothing is to be done."""
        await self._entered(call_id, partial(self._entering.transferred, call_id, dialled))

    async def sent_to_a_person(self, call_id: str, department: str) -> None:
        """We could not go on and connect the call ourselves; when that has ended the dialog goes on from there."""
        await self._entered(call_id, partial(self._entering.sent, call_id, department))

    async def texted(self, message: int, changed: TextMessageChanged) -> None:
        """The carrier says what became of a text message; what is news is entered in its call's record."""
        log_of_texts, now = self._service.store.text_log, self._service.now()
        update = partial(log_of_texts.update, message, changed.status, now, sid=changed.sid, error=changed.error)
        try:
            news = await self.ask(update)
        except TranscriptError as error:
            log.error("the fate of a text message could not be entered", extra={"code": error.code})
            return
        if news is not None:
            await self.note(news.call_id, SmsUpdated(changed.status, changed.error))

    def count(self, call_id: str, kind: type[CallResumed | TransferEnded | DiscardCallRecording]) -> int:
        """How often this has happened or been ordered in a call. Blocks.

        Raises:
            TranscriptError: the store cannot be read.
        """
        return sum(isinstance(entry.item, kind) for entry in self.entries(call_id))

    async def salvage(self, call_id: str) -> None:
        """A message that was being left when the service was killed is entered, if there is one."""
        await self._entered(call_id, partial(self._entering.salvage, call_id))

    async def salvage_all(self) -> None:
        """The same for every call that has not ended; when the service begins, before anybody calls."""
        try:
            calls = await self.ask(lambda: self._service.store.calls(open_only=True, limit=-1))
        except TranscriptError as error:
            log.error("the calls before the start could not be read", extra={"code": error.code})
            return
        for call in calls:
            await self.salvage(call.id)

    async def note(self, call_id: str, event: Event) -> bool:
        """Something has happened beside the conversation of a call; whether it could be entered."""
        store, service = self._service.store, self._service
        try:
            call, transcript = await self.ask(lambda: (store.call(call_id), service.transcript(call_id)))
        except TranscriptError as error:
            log.error("the record of a call could not be read", extra={"call_id": call_id, "code": error.code})
            return False
        if call is not None:
            # Here and not in a thread: never between an event of the conversation and the orders that follow it.
            transcript.append(round((service.now() - call.started_at).total_seconds(), 3), event)
        return call is not None

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
