"""The carrier's doors beside a call: what who picks up hears and answers, its sound, each telephone, text messages."""

import logging
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from voicebot.errors import VoicebotError
from voicebot.service import Service
from voicebot.telephony import webhooks
from voicebot.web.legs import Legs
from voicebot.web.record import Record
from voicebot.web.signed import signed_form
from voicebot.web.sounds import Sounds
from voicebot.web.whispering import Whispering

log = logging.getLogger(__name__)


class BesideTheCall:
    """The doors.

    Args:
        service: The whole house.
        record: The record of calls.
        whispering: What operators hear.
        sounds: What the carrier fetches.
    """

    def __init__(self, service: Service, record: Record, whispering: Whispering, sounds: Sounds) -> None:
        self._service = service
        self._record = record
        self._whispering = whispering
        self._sounds = sounds
        self._legs = Legs(service, record)

    def router(self) -> APIRouter:
        """The doors, under the carrier's prefix."""
        router = APIRouter()
        router.post("/whisper")(self.whisper)
        router.post("/whisper-key")(self.whisper_key)
        router.post("/leg")(self.leg)
        router.post("/sms-status")(self.sms_status)
        router.get("/sound/{what}/{name}")(self.sound)
        return router

    async def whisper(self, request: Request) -> Response:
        """Somebody has picked up at a department, and hears what the call is about."""
        await signed_form(request, self._service.signatures)
        place = dict(parse_qsl(request.url.query))
        return _xml(await self._whispering.begin(place.pop("call", ""), place))

    async def whisper_key(self, request: Request) -> Response:
        """They have pressed a key, or none."""
        digits = dict(await signed_form(request, self._service.signatures)).get("Digits", "")
        place = dict(parse_qsl(request.url.query))
        return _xml(await self._whispering.key(place.pop("call", ""), place, digits))

    async def leg(self, request: Request) -> Response:
        """One of the telephones of a transfer was picked up, or is done."""
        changed = webhooks.leg_changed(await signed_form(request, self._service.signatures))
        place = dict(parse_qsl(request.url.query))
        call_id = place.pop("call", "")
        try:
            await self._legs.told(call_id, place, changed)
        except VoicebotError as error:
            log.error("the fate of a telephone could not be entered", extra={"call_id": call_id, "code": error.code})
        return Response(status_code=204)

    async def sms_status(self, request: Request) -> Response:
        """The carrier says what became of a text message."""
        changed = webhooks.text_message_changed(await signed_form(request, self._service.signatures))
        message = dict(parse_qsl(request.url.query)).get("message", "")
        if message.isdecimal():
            await self._record.texted(int(message[:18]), changed)
        return Response(status_code=204)

    async def sound(self, what: str, name: str) -> Response:
        """Sound of ours that the carrier plays; the address itself is the proof."""
        return await self._sounds.answer(what, name)


def _xml(text: str) -> Response:
    return Response(text, media_type="text/xml")
