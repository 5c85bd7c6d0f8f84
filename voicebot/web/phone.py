"""The carrier's doors: every request is signed, and every answer is TwiML."""

import logging
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Request, Response, WebSocket

from voicebot.bootstrap import Service
from voicebot.errors import CarrierSignatureError, VoicebotError
from voicebot.telephony import twiml, webhooks
from voicebot.telephony.webhooks import DialEnded
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.decision import Decision
from voicebot.web.admission import Admission
from voicebot.web.instructions import APOLOGY, BUSY, KEPT, Instructions
from voicebot.web.record import Record
from voicebot.web.signed import Pairs, signed_form, target
from voicebot.web.stream import Stream

log = logging.getLogger(__name__)
OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


class Phone:
    """What the doors share: the service, who holds a place, the streams, the record, and how to answer.

    Args:
        service: The whole house.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self.admission = Admission(service.settings.max_calls)
        self._record = Record(service)
        self._instructions = Instructions(service, self._record)
        self._stream = Stream(service, self.admission, self._record)

    def router(self) -> APIRouter:
        """The doors, under `/twilio`."""
        router = APIRouter(prefix="/twilio")
        router.post("/voice")(self.voice)
        router.post("/after-stream")(self.after_stream)
        router.post("/after-dial")(self.after_dial)
        router.post("/after-message")(self.after_message)
        router.post("/status")(self.status)
        router.post("/stream-status")(self.stream_status)
        router.post("/fallback")(self.fallback)
        router.websocket("/media")(self.media)
        return router

    async def voice(self, request: Request) -> Response:
        """A call rings. Repeated requests for one call give the same call a fresh token."""
        call = webhooks.incoming_call(await self._signed(request))
        service, now = self._service, self._service.now()
        admitted = self.admission.admit(call.call_sid, now)
        language = service.content.city.profile.languages[0]
        new = NewCall(call.call_sid, call.caller, call.called, language, service.content.fingerprint)
        try:
            call_id = await self._record.ask(lambda: service.store.begin_call(new, now))
            if not admitted:
                return _xml(self._instructions.to_a_person(BUSY))
            return _xml(await self._instructions.open_stream(call_id))
        except VoicebotError as error:
            log.error("a call could not be begun", extra={"call": call.call_sid, "code": error.code})
            self.admission.gone(call.call_sid)
            return _xml(self._instructions.to_a_person(APOLOGY))

    async def after_stream(self, request: Request) -> Response:
        """The stream has ended: carry out what was decided, or open it again when it broke."""
        call = webhooks.incoming_call(await self._signed(request))
        if call.status in OVER:
            await self._over(call.call_sid)
            return _xml(twiml.nothing())
        store = self._service.store
        try:
            call_id = await self._record.ask(lambda: store.find(call.call_sid))
            if call_id is None:
                return _xml(self._instructions.to_a_person(APOLOGY))
            decision = await self._record.ask(lambda: store.decision(call_id)) or Decision("resume")
            self._stream.gone(call_id, clean=False)
            self.admission.gone(call.call_sid)
            return _xml(await self._instructions.carry_out(call_id, decision))
        except VoicebotError as error:
            log.error("a decision could not be carried out", extra={"call": call.call_sid, "code": error.code})
            return _xml(self._instructions.to_a_person(APOLOGY))

    async def after_dial(self, request: Request) -> Response:
        """A transfer is over. Unless the two have talked, the caller comes back to the bot."""
        dialled = webhooks.dial_ended(await self._signed(request))
        if _has_ended(dialled):
            return await self._ended_by_dial(dialled)
        store = self._service.store
        try:
            call_id = await self._record.ask(lambda: store.find(dialled.call_sid))
            if call_id is not None:
                back = Decision("resume", outcome=dialled.outcome, detail=dialled.detail)
                return _xml(await self._instructions.open_stream(call_id, back))
        except VoicebotError as error:
            log.error("a transfer could not be taken back", extra={"call": dialled.call_sid, "code": error.code})
        return _xml(self._instructions.to_a_person(APOLOGY, _dials(request.url.query, 1)))

    async def after_message(self, request: Request) -> Response:
        """The carrier has taken a message because nothing else worked: staff must fetch it there."""
        taken = webhooks.message_taken(await self._signed(request))
        log.error("the carrier holds a message", extra={"call": taken.call_sid, "code": taken.recording_sid})
        await self._over(taken.call_sid)
        return _xml(twiml.hang_up(KEPT))

    async def status(self, request: Request) -> Response:
        """The call has changed; only its end matters, and it may be told late or twice."""
        changed = webhooks.status_changed(await self._signed(request))
        if changed.status in OVER:
            await self._over(changed.call_sid)
        return Response(status_code=204)

    async def stream_status(self, request: Request) -> Response:
        """The stream has started, stopped or failed; for the log only."""
        changed = webhooks.stream_status_changed(await self._signed(request))
        if changed.event == "stream-error":
            log.warning("the carrier reports a stream error", extra={"call": changed.call_sid})
        return Response(status_code=204)

    async def fallback(self, request: Request) -> Response:
        """The carrier could not get an answer from us: nothing of ours is trusted, a person takes the call."""
        pairs = await self._signed(request)
        call = webhooks.incoming_call(pairs)
        log.error("the carrier used the fallback", extra={"call": call.call_sid, "code": call.error_code})
        fields = dict(pairs)
        if "DialCallStatus" in fields and _has_ended(webhooks.dial_ended(pairs)):
            return _xml(twiml.hang_up())
        return _xml(self._instructions.to_a_person(APOLOGY, _dials(urlsplit(fields.get("ErrorUrl", "")).query, 0)))

    async def media(self, socket: WebSocket) -> None:
        """The sound of a call."""
        try:
            self._service.signatures.check_socket(target(socket), socket.headers)
        except CarrierSignatureError as error:
            log.warning("a media socket without a valid signature was refused", extra={"code": error.code})
            await socket.close(1008)
            return
        await socket.accept()
        await self._stream.serve(socket)

    async def _signed(self, request: Request) -> Pairs:
        return await signed_form(request, self._service.signatures)

    async def _ended_by_dial(self, dialled: DialEnded) -> Response:
        """The two have talked, or the caller did not wait: in any case it is the end."""
        store = self._service.store
        gone = dialled.status in OVER
        try:
            call_id = await self._record.ask(lambda: store.find(dialled.call_sid))
        except VoicebotError as error:
            log.error("the end of a call could not be entered", extra={"call": dialled.call_sid, "code": error.code})
        else:
            if call_id is not None:
                await self._record.transferred(call_id, dialled)
                await self._record.ended(call_id, "transferred" if dialled.outcome == "connected" else "caller")
        return _xml(twiml.nothing() if gone else twiml.hang_up())

    async def _over(self, call_sid: str) -> None:
        """The caller is gone. A conversation that has not noticed yet is told, and enters the end itself."""
        self.admission.gone(call_sid)
        store = self._service.store
        try:
            call_id = await self._record.ask(lambda: store.find(call_sid))
        except VoicebotError as error:
            log.error("the end of a call could not be entered", extra={"call": call_sid, "code": error.code})
            return
        if call_id is not None and not self._stream.gone(call_id, clean=True):
            await self._record.ended(call_id, "caller")


def _has_ended(dialled: DialEnded) -> bool:
    return dialled.outcome == "connected" or dialled.status in OVER


def _dials(query: str, otherwise: int) -> int:
    """How often a person has been dialled without the bot; the address is signed, so it is ours."""
    given = dict(parse_qsl(query)).get("dials", "")
    return int(given) if given in {"1", "2", "3"} else otherwise


def _xml(text: str) -> Response:
    return Response(text, media_type="text/xml")
