"""The carrier's doors: every request is signed, and every answer is TwiML."""

import asyncio
import logging
from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Request, Response, WebSocket

from voicebot.errors import CarrierSignatureError, VoicebotError
from voicebot.service import Service
from voicebot.telephony import twiml, webhooks
from voicebot.telephony.webhooks import DialEnded, IncomingCall
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.decision import Decision
from voicebot.web.admission import Admission
from voicebot.web.beside import BesideTheCall
from voicebot.web.dialling import Dialling
from voicebot.web.endings import Endings
from voicebot.web.instructions import APOLOGY, BUSY, LEAVING, Instructions
from voicebot.web.record import Record
from voicebot.web.ringing import OVER
from voicebot.web.signed import Pairs, signed_form, target
from voicebot.web.sounds import Sounds
from voicebot.web.stream import Stream
from voicebot.web.whispering import Whispering

log = logging.getLogger(__name__)


class Phone:
    """What the doors share: the service, who holds a place, the streams, the record, and how to answer.

    Args:
        service: The whole house.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self.admission = Admission(service.settings.max_calls)
        self._record = Record(service)
        sounds = Sounds(service, self._record)
        whispering = Whispering(service, self._record, sounds)
        self._beside = BesideTheCall(service, self._record, whispering, sounds)
        self._dialling = Dialling(service, self._record, sounds, whispering)
        self._instructions = Instructions(service, self._record, self._dialling)
        self._stream = Stream(service, self.admission, self._record)
        self._endings = Endings(service, self._record, self.admission, self._stream, self._gone_on)
        self._leaving: set[str] | None = None
        self._all_gone = asyncio.Event()

    def router(self) -> APIRouter:
        """The doors, under `/twilio`."""
        router = APIRouter(prefix="/twilio")
        router.post("/voice")(self.voice)
        router.post("/after-stream")(self.after_stream)
        router.post("/after-dial")(self.after_dial)
        router.post("/fallback")(self.fallback)
        router.websocket("/media")(self.media)
        router.include_router(self._beside.router())
        router.include_router(self._endings.router())
        return router

    async def begin(self) -> None:
        """The service begins: what was left lying when it ended is taken up."""
        await self._record.salvage_all()

    def take_over(self, call_id: str, number: str, operator: str) -> bool:
        """An operator takes a call from the bot; see `Stream.take_over`."""
        return self._stream.take_over(call_id, number, operator)

    @property
    def stopping(self) -> bool:
        """Whether the service is about to end; nothing new is begun."""
        return self._leaving is not None

    async def leave(self, seconds: float) -> None:
        """The service stops: calls under way and new ones go to a person, as long as there is time.

        Returns when the carrier has been told what to do with every call, at the latest after so many seconds.
        """
        self._leaving = set(self._stream.calls)
        self._stream.leave(LEAVING)
        self._gone_on(None)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._all_gone.wait()

    def _gone_on(self, call_id: str | None) -> None:
        """The carrier knows what comes next for this call."""
        if self._leaving is not None:
            self._leaving.discard(call_id or "")
            if not self._leaving and not self._stream.calls:
                self._all_gone.set()

    async def voice(self, request: Request) -> Response:
        """A call rings. Repeated requests for one call give the same call a fresh token."""
        call = webhooks.incoming_call(await self._signed(request))
        service, now = self._service, self._service.now()
        admitted = self.admission.admit(call.call_sid, now)
        try:
            call_id = await self._record.ask(lambda: service.store.begin_call(_new(service, call), now))
            if not admitted or self.stopping:
                self.admission.gone(call.call_sid)
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
            await self._endings.over(call.call_sid)
            return _xml(twiml.nothing())
        store = self._service.store
        try:
            call_id = await self._record.ask(lambda: store.find(call.call_sid))
            if call_id is None:
                return _xml(self._instructions.to_a_person(APOLOGY))
            decision = await self._record.ask(lambda: store.decision(call_id)) or Decision("resume")
            self._stream.gone(call_id, clean=False)
            self.admission.gone(call.call_sid)
            self._gone_on(call_id)
            if self.stopping and decision.kind != "hang_up":
                # A document that needs nothing more of us before the two can talk.
                return _xml(self._instructions.to_a_person(LEAVING))
            return _xml(await self._instructions.carry_out(call_id, decision))
        except VoicebotError as error:
            log.error("a decision could not be carried out", extra={"call": call.call_sid, "code": error.code})
            return _xml(self._instructions.to_a_person(APOLOGY))

    async def after_dial(self, request: Request) -> Response:
        """A transfer is over. Unless the two have talked, the caller comes back to the bot."""
        dialled = webhooks.dial_ended(await self._signed(request))
        place = dict(parse_qsl(request.url.query))
        try:
            call_id = await self._record.ask(lambda: self._service.store.find(dialled.call_sid))
            if call_id is not None and "turn" in place:
                dialled = await self._dialling.judge(call_id, place, dialled)
            if call_id is not None and not _has_ended(dialled):
                return _xml(await self._instructions.ring_on(call_id, place, dialled))
        except VoicebotError as error:
            log.error("a transfer could not be taken back", extra={"call": dialled.call_sid, "code": error.code})
        if _has_ended(dialled):
            return await self._endings.by_dial(dialled)
        return _xml(self._instructions.to_a_person(APOLOGY, _dials(request.url.query, 1)))

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
        self._gone_on(None)

    async def _signed(self, request: Request) -> Pairs:
        return await signed_form(request, self._service.signatures)


def _new(service: Service, call: IncomingCall) -> NewCall:
    edition = service.edition()
    language = edition.content.city.profile.languages[0]
    return NewCall(
        call.call_sid,
        call.caller,
        call.called,
        language,
        edition.content.fingerprint,
        service.recognisers.name(language),
        service.voices.name(language),
        edition.release,
    )


def _has_ended(dialled: DialEnded) -> bool:
    return dialled.outcome == "connected" or dialled.status in OVER


def _dials(query: str, otherwise: int) -> int:
    """How often a person has been dialled without the bot; the address is signed, so it is ours."""
    given = dict(parse_qsl(query)).get("dials", "")
    return int(given) if given in {"1", "2", "3"} else otherwise


def _xml(text: str) -> Response:
    return Response(text, media_type="text/xml")
