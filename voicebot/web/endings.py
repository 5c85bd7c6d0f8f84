"""The carrier's doors for what is over: the call, its stream, a message that the carrier had to take itself."""

import logging
from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter, Request, Response

from voicebot.errors import VoicebotError
from voicebot.service import Service
from voicebot.telephony import twiml, webhooks
from voicebot.telephony.webhooks import DialEnded
from voicebot.web.admission import Admission
from voicebot.web.instructions import KEPT
from voicebot.web.record import Record
from voicebot.web.ringing import OVER
from voicebot.web.signed import signed_form
from voicebot.web.stream import Stream

log = logging.getLogger(__name__)


class Endings:
    """The doors.

    Args:
        service: The whole house.
        record: The record of calls.
        admission: Who holds a place.
        stream: The conversations.
        gone_on: Told of a call that needs nothing more.
    """

    def __init__(
        self,
        service: Service,
        record: Record,
        admission: Admission,
        stream: Stream,
        gone_on: Callable[[str | None], None],
    ) -> None:
        self._service = service
        self._record = record
        self._admission = admission
        self._stream = stream
        self._gone_on = gone_on

    def router(self) -> APIRouter:
        """The doors, under the carrier's prefix."""
        router = APIRouter()
        router.post("/after-message")(self.after_message)
        router.post("/status")(self.status)
        router.post("/stream-status")(self.stream_status)
        return router

    async def after_message(self, request: Request) -> Response:
        """The carrier has taken a message because nothing else worked: staff must fetch it there."""
        taken = webhooks.message_taken(await signed_form(request, self._service.signatures))
        log.error("the carrier holds a message", extra={"call": taken.call_sid, "code": taken.recording_sid})
        await self.over(taken.call_sid)
        return Response(twiml.hang_up(KEPT), media_type="text/xml")

    async def status(self, request: Request) -> Response:
        """The call has changed; only its end matters, and it may be told late or twice."""
        changed = webhooks.status_changed(await signed_form(request, self._service.signatures))
        if changed.status in OVER:
            await self.over(changed.call_sid)
        return Response(status_code=204)

    async def stream_status(self, request: Request) -> Response:
        """The stream has started, stopped or failed; for the log only."""
        changed = webhooks.stream_status_changed(await signed_form(request, self._service.signatures))
        if changed.event == "stream-error":
            log.warning("the carrier reports a stream error", extra={"call": changed.call_sid})
        return Response(status_code=204)

    async def by_dial(self, dialled: DialEnded) -> Response:
        """The two have talked, or the caller did not wait: in any case it is the end."""
        store = self._service.store
        gone = dialled.status in OVER
        if dialled.outcome != "connected":
            dialled = replace(dialled, outcome="caller_gone")
        try:
            call_id = await self._record.ask(lambda: store.find(dialled.call_sid))
        except VoicebotError as error:
            log.error("the end of a call could not be entered", extra={"call": dialled.call_sid, "code": error.code})
        else:
            if call_id is not None:
                await self._record.transferred(call_id, dialled)
                await self._record.ended(call_id, "transferred" if dialled.outcome == "connected" else "caller")
        return Response(twiml.nothing() if gone else twiml.hang_up(), media_type="text/xml")

    async def over(self, call_sid: str) -> None:
        """The caller is gone. A conversation that has not noticed yet is told, and enters the end itself."""
        self._admission.gone(call_sid)
        store = self._service.store
        try:
            call_id = await self._record.ask(lambda: store.find(call_sid))
        except VoicebotError as error:
            log.error("the end of a call could not be entered", extra={"call": call_sid, "code": error.code})
            return
        self._gone_on(call_id)
        if call_id is not None and not self._stream.gone(call_id, clean=True):
            await self._record.ended(call_id, "caller")
