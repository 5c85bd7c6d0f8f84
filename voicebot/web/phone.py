"""The carrier's doors: every request is signed, every answer is TwiML, and every TwiML ends at a person."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response, WebSocket
from starlette.requests import HTTPConnection

from voicebot.bootstrap import Service
from voicebot.errors import CarrierError, CarrierProtocolError, CarrierSignatureError, VoicebotError
from voicebot.events import EndReason
from voicebot.telephony import twiml, webhooks
from voicebot.telephony.twiml import Destination
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.decision import Decision
from voicebot.web.admission import Admission
from voicebot.web.stream import Stream

Pairs = list[tuple[str, str]]
Answer = TypeVar("Answer")
log = logging.getLogger(__name__)

TOKEN_LIFETIME = timedelta(seconds=60)
LARGEST_FORM_BYTES = 65_536
MOST_RESUMES = 3
"""A stream that keeps breaking is not opened for ever: then a person takes the call."""
OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
APOLOGY = "申し訳ございません。ただいま自動音声がご利用いただけません。係の者におつなぎします。"
BUSY = "ただいま電話が混み合っております。係の者におつなぎします。"


class Phone:
    """What the doors share: the service, who holds a place, and how to answer.

    Args:
        service: The whole house.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self.admission = Admission(service.settings.max_calls)
        self.stream = Stream(service, self.admission)

    def router(self) -> APIRouter:
        """The doors, under `/twilio`."""
        router = APIRouter(prefix="/twilio")
        router.post("/voice")(self.voice)
        router.post("/after-stream")(self.after_stream)
        router.post("/after-dial")(self.after_dial)
        router.post("/status")(self.status)
        router.post("/stream-status")(self.stream_status)
        router.post("/fallback")(self.fallback)
        router.websocket("/media")(self.media)
        return router

    async def voice(self, request: Request) -> Response:
        """A call rings. Repeated requests for one call give the same call a fresh token."""
        call = webhooks.incoming_call(await self._signed(request))
        service, now = self._service, self._service.now()
        if not self.admission.admit(call.call_sid, now):
            return _xml(self._to_a_person(BUSY))
        profile = service.content.city.profile
        new = NewCall(call.call_sid, call.caller, call.called, profile.languages[0], service.content.fingerprint)
        try:
            call_id = await self._ask(lambda: service.store.begin_call(new, now))
            return _xml(await self._open_stream(call_id))
        except VoicebotError as error:
            log.error("a call could not be begun", extra={"code": error.code})
            self.admission.gone(call.call_sid)
            return _xml(self._to_a_person(APOLOGY))

    async def after_stream(self, request: Request) -> Response:
        """The stream has ended: carry out what was decided, or open it again when it broke."""
        call = webhooks.incoming_call(await self._signed(request))
        service = self._service
        try:
            call_id = await self._ask(lambda: service.store.find(call.call_sid))
            if call_id is None:
                return _xml(self._to_a_person(APOLOGY))
            if call.status in OVER:
                await self.stream.ended(call_id, call.call_sid, "caller")
                return _xml(twiml.nothing())
            decision = await self._ask(lambda: service.store.decision(call_id))
            return _xml(await self._carried_out(call_id, call.call_sid, decision))
        except VoicebotError as error:
            log.error("a decision could not be read", extra={"code": error.code})
            return _xml(self._to_a_person(APOLOGY))

    async def after_dial(self, request: Request) -> Response:
        """A transfer is over. Unless the two have talked, the caller comes back to the bot."""
        dialled = webhooks.dial_ended(await self._signed(request))
        service = self._service
        try:
            call_id = await self._ask(lambda: service.store.find(dialled.call_sid))
            if call_id is None:
                return _xml(self._to_a_person(APOLOGY))
            gone = dialled.status in OVER
            if dialled.outcome == "connected" or gone:
                await self.stream.transferred(call_id, dialled)
                reason: EndReason = "transferred" if dialled.outcome == "connected" else "caller"
                await self.stream.ended(call_id, dialled.call_sid, reason)
                return _xml(twiml.nothing() if gone else twiml.hang_up())
            back = Decision("resume", outcome=dialled.outcome, detail=dialled.detail)
            return _xml(await self._open_stream(call_id, back))
        except VoicebotError as error:
            log.error("a transfer could not be taken back", extra={"code": error.code})
            return _xml(self._to_a_person(APOLOGY))

    async def status(self, request: Request) -> Response:
        """The call has changed; only its end matters, and it may be told late or twice."""
        changed = webhooks.status_changed(await self._signed(request))
        if changed.status in OVER:
            self.admission.gone(changed.call_sid)
            call_id = await self._ask(lambda: self._service.store.find(changed.call_sid))
            if call_id is not None:
                await self.stream.ended(call_id, changed.call_sid, "caller")
        return Response(status_code=204)

    async def stream_status(self, request: Request) -> Response:
        """The stream has started, stopped or failed; for the log only."""
        changed = webhooks.stream_status_changed(await self._signed(request))
        if changed.event == "stream-error":
            log.warning("the carrier reports a stream error", extra={"call": changed.call_sid})
        return Response(status_code=204)

    async def fallback(self, request: Request) -> Response:
        """The carrier could not get an answer from us: nothing of ours is trusted, a person takes the call."""
        call = webhooks.incoming_call(await self._signed(request))
        log.error("the carrier used the fallback", extra={"call": call.call_sid, "code": call.error_code})
        return _xml(self._to_a_person(APOLOGY))

    async def media(self, socket: WebSocket) -> None:
        """The sound of a call."""
        try:
            self._service.signatures.check_socket(_target(socket), socket.headers)
        except CarrierSignatureError as error:
            log.warning("a media socket without a valid signature was refused", extra={"code": error.code})
            await socket.close(1008)
            return
        await socket.accept()
        await self.stream.serve(socket)

    async def _signed(self, request: Request) -> Pairs:
        """The form of a request that bears the carrier's signature.

        Raises:
            CarrierSignatureError: it does not; answered with 403.
            CarrierProtocolError: it is not a form; answered with 400.
        """
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST_FORM_BYTES:
                raise CarrierProtocolError("carrier.form_too_large", "Send a form of at most 64 kB.")
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body))
        except (UnicodeDecodeError, ValueError) as error:
            raise CarrierProtocolError("carrier.not_a_form", "Send the parameters as a URL-encoded form.") from error
        self._service.signatures.check_webhook(_target(request), pairs, request.headers)
        return pairs

    async def _open_stream(self, call_id: str, decision: Decision | None = None) -> str:
        """TwiML that gives the sound to us; what `decision` says is remembered until the stream begins."""
        service = self._service
        token = await self._ask(lambda: service.store.issue_token(call_id, service.now(), TOKEN_LIFETIME))
        if decision is not None:
            await self._ask(lambda: service.store.decide(call_id, decision))
        numbers = self._destination(service.content.city.profile.duty).numbers
        return twiml.connect_stream(
            service.settings.media_url,
            self._url("after-stream"),
            token,
            APOLOGY,
            numbers[0] if numbers else None,
            service.settings.caller_id,
            self._url("stream-status"),
        )

    async def _carried_out(self, call_id: str, call_sid: str, decision: Decision | None) -> str:
        if decision is None or decision.kind == "resume":
            tries = decision.tries + 1 if decision else 1
            if tries > MOST_RESUMES or await self._ask(lambda: self.stream.resumes(call_id)) >= MOST_RESUMES:
                return self._to_a_person(APOLOGY)
            outcome, detail = (decision.outcome, decision.detail) if decision else (None, "")
            return await self._open_stream(call_id, Decision("resume", outcome=outcome, detail=detail, tries=tries))
        self.admission.gone(call_sid)
        if decision.kind == "hang_up":
            await self.stream.ended(call_id, call_sid, "bot")
            return twiml.hang_up(decision.say)
        try:
            return twiml.dial(self._destination(decision.department), self._url("after-dial"), decision.say)
        except CarrierError as error:
            log.error("a department cannot be dialled", extra={"code": error.code})
            back = Decision("resume", outcome="failed", detail=error.code)
            return await self._open_stream(call_id, back)

    def _to_a_person(self, say: str) -> str:
        """The last thing that always works: the carrier speaks and dials the desk that is always there."""
        return twiml.dial(self._destination(self._service.content.city.profile.duty), self._url("after-dial"), say)

    def _destination(self, department: str) -> Destination:
        found = self._service.desk.destination(department)
        return Destination(
            found.numbers, found.sequential, found.timeout_seconds, self._service.settings.caller_id, found.extension
        )

    def _url(self, door: str) -> str:
        return f"{self._service.settings.public_url.rstrip('/')}/twilio/{door}"

    async def _ask(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._service.pools.ask, work)


def _target(connection: HTTPConnection) -> str:
    """Path and query exactly as received: signatures are made over the bytes."""
    path = connection.scope.get("raw_path") or connection.url.path.encode()
    query = connection.scope.get("query_string", b"")
    return str((path + b"?" + query if query else path).decode("latin-1"))


def _xml(text: str) -> Response:
    return Response(text, media_type="text/xml")
