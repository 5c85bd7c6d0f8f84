"""Sound of ours that the carrier fetches: whispers to operators, and words for a caller who is with the carrier.

Each address is sealed with a key that only we have, and can be fetched once, within a minute: what it holds is about
one caller.
"""

import asyncio
import hashlib
import hmac
import logging
from datetime import timedelta
from functools import partial

from fastapi import Response
from fastapi.responses import PlainTextResponse

from voicebot.actions import Prompt
from voicebot.audio import mulaw, wav
from voicebot.dialog.speaking import phrase
from voicebot.dialog.state import State
from voicebot.errors import TranscriptError, VoiceError
from voicebot.events import Whispered
from voicebot.service import Service
from voicebot.web.record import Record

log = logging.getLogger(__name__)
LIFETIME = timedelta(seconds=60)
WHISPER, NEXT = "whisper", "next"
"""What can be fetched: what the operator is told, and that somebody else is being called."""


class Sounds:
    """Makes the addresses and answers them.

    Args:
        service: The whole house.
        record: The record of calls.
    """

    def __init__(self, service: Service, record: Record) -> None:
        self._service = service
        self._record = record
        secret = service.settings.twilio_auth_token.get_secret_value()
        self._key = hashlib.sha256(b"voicebot sound " + secret.encode()).digest()

    async def address(self, call_id: str, what: str) -> str:
        """A new address that gives this sound, once.

        Raises:
            TranscriptError: the store is out of order.
        """
        service = self._service
        token = await self._record.ask(lambda: service.store.issue_token(call_id, service.now(), LIFETIME, what))
        base = service.settings.public_url.rstrip("/")
        return f"{base}/twilio/sound/{what}/{token}.{self._seal(what, token)}"

    async def answer(self, what: str, name: str) -> Response:
        """The sound behind an address; 403 for one that is not ours, 410 for one that has been used or is too old."""
        token, _, seal = name.partition(".")
        if what not in {WHISPER, NEXT} or not hmac.compare_digest(seal.encode(), self._seal(what, token).encode()):
            return PlainTextResponse("Forbidden", 403)
        service, ask = self._service, self._record.ask
        try:
            call_id = await ask(lambda: service.store.redeem_token(token, service.now(), what))
            prompt = await ask(partial(self._prompt, call_id, what)) if call_id else None
            if prompt is None:
                return PlainTextResponse("Gone", 410)
            sound = await self.rendered(prompt)
        except (TranscriptError, VoiceError) as error:
            log.error("a sound could not be given", extra={"code": error.code})
            return PlainTextResponse(error.message, 500)
        body = wav.write(wav.Sound(mulaw.decode(sound), mulaw.BYTES_PER_SECOND))
        return Response(body, media_type="audio/wav", headers={"Cache-Control": "no-store"})

    async def rendered(self, prompt: Prompt) -> bytes:
        """A prompt as mu-law.

        Raises:
            VoiceError: no voice can say it.
        """
        voices = self._service.voices.taught(self._service.content.city.readings)
        render = voices.for_call().render
        return await asyncio.get_running_loop().run_in_executor(self._service.pools.render, render, prompt)

    def _prompt(self, call_id: str, what: str) -> Prompt | None:
        if what == NEXT:
            state = self._record.state(call_id) or State()
            return phrase(self._service.content.dialog, state, "connecting_next")
        told = [entry.item for entry in self._record.entries(call_id) if isinstance(entry.item, Whispered)]
        return Prompt(told[-1].text) if told else None

    def _seal(self, what: str, token: str) -> str:
        return hmac.new(self._key, f"{what} {token}".encode(), hashlib.sha256).hexdigest()
