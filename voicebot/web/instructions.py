"""What the carrier is told to do with a call, as TwiML. Every document ends at a person, or at the end of the call."""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeVar

from voicebot.events import CallResumed, TransferEnded
from voicebot.service import Service
from voicebot.telephony import twiml
from voicebot.telephony.twiml import Destination
from voicebot.telephony.webhooks import DialEnded
from voicebot.transcripts.decision import Decision
from voicebot.web.dialling import Dialling
from voicebot.web.record import Record

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)

TOKEN_LIFETIME = timedelta(seconds=60)
MOST_RESUMES = 3
"""A stream that keeps breaking is not opened for ever: then a person takes the call."""
MOST_DIALS = 2
"""So often a person is dialled without the bot; then the carrier takes a message, or the caller would go in circles."""
APOLOGY = "申し訳ございません。ただいま自動音声がご利用いただけません。係の者におつなぎします。"
BUSY = "ただいま電話が混み合っております。係の者におつなぎします。"
NOBODY = (
    "申し訳ございません。係の者が電話に出ることができません。"
    "発信音のあとに、お名前と、お電話番号と、ご用件をお話しください。終わりましたら、シャープを押してください。"
)
LEAVING = "申し訳ございません。ただいまより、自動音声の点検に入ります。係の者におつなぎします。"
KEPT = "ご伝言をお預かりしました。失礼いたします。"


class Instructions:
    """Makes the documents.

    Args:
        service: The whole house.
        record: The record of calls.
        dialling: Rings departments.
    """

    def __init__(self, service: Service, record: Record, dialling: Dialling) -> None:
        self._service = service
        self._record = record
        self._dialling = dialling

    async def open_stream(self, call_id: str, decision: Decision | None = None) -> str:
        """Give the sound to us; what `decision` says is remembered until the stream begins.

        Raises:
            TranscriptError: the store is out of order.
            CarrierError: no document can be made.
        """
        service = self._service
        token = await self._ask(lambda: service.store.issue_token(call_id, service.now(), TOKEN_LIFETIME))
        if decision is not None:
            await self._ask(lambda: service.store.decide(call_id, decision))
        numbers = self._destination(self._duty).numbers
        return twiml.connect_stream(
            service.settings.media_url,
            self._url("after-stream"),
            token,
            APOLOGY,
            numbers[0] if numbers else None,
            service.settings.caller_id,
            self._url("stream-status"),
        )

    async def carry_out(self, call_id: str, decision: Decision) -> str:
        """What the conversation has decided, or the stream again. Raises as `open_stream`."""
        match decision.kind:
            case "hang_up":
                await self._record.ended(call_id, "bot")
                return twiml.hang_up(decision.say)
            case "transfer":
                return await self._or_back(call_id, await self._dialling.begin(call_id, decision))
            case "resume":
                return await self._resume(call_id, decision)

    def to_a_person(self, say: str, dials: int = 0) -> str:
        """The last thing that always works: the carrier speaks and dials the desk that is always there.

        Args:
            say: What the caller hears first.
            dials: How often that has been done for this call; beyond `MOST_DIALS` the carrier takes a message.

        Raises:
            CarrierError: the desk cannot be dialled.
        """
        if dials >= MOST_DIALS:
            return twiml.take_message(self._url("after-message"), NOBODY)
        return twiml.dial(self._destination(self._duty), f"{self._url('after-dial')}?dials={dials + 1}", say)

    async def ring_on(self, call_id: str, place: Mapping[str, str], dialled: DialEnded) -> str:
        """A round of a transfer is over and nobody took the call. Raises as `open_stream`."""
        return await self._or_back(call_id, await self._dialling.go_on(call_id, place, dialled))

    async def _or_back(self, call_id: str, what: str | Decision) -> str:
        return what if isinstance(what, str) else await self.open_stream(call_id, what)

    async def _resume(self, call_id: str, decision: Decision) -> str:
        resumes = await self._ask(lambda: self._record.count(call_id, CallResumed))
        if max(decision.tries, resumes) < MOST_RESUMES:
            again = Decision("resume", outcome=decision.outcome, detail=decision.detail, tries=decision.tries + 1)
            return await self.open_stream(call_id, again)
        log.error("a stream broke too often", extra={"call_id": call_id})
        dials = await self._ask(lambda: self._record.count(call_id, TransferEnded))
        document = self.to_a_person(APOLOGY, dials)
        await self._record.sent_to_a_person(call_id, self._duty)
        return document

    @property
    def _duty(self) -> str:
        return self._service.content.city.profile.duty

    def _destination(self, department: str) -> Destination:
        found = self._service.desk.destination(department)
        return Destination(
            found.numbers, found.sequential, found.timeout_seconds, self._service.settings.caller_id, found.extension
        )

    def _url(self, door: str) -> str:
        return f"{self._service.settings.public_url.rstrip('/')}/twilio/{door}"

    async def _ask(self, work: Callable[[], Answer]) -> Answer:
        return await self._record.ask(work)
