"""Media sockets: which call each belongs to, and the conversation on it."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import WebSocket

from voicebot.actions import DiscardCallRecording
from voicebot.call.conversation import Conversation
from voicebot.dialog.state import State
from voicebot.errors import CarrierProtocolError, TranscriptError, VoicebotError
from voicebot.events import CallResumed, CallStarted, EndReason, Event, PartFailed, TakenOver, TransferEnded
from voicebot.service import Service
from voicebot.telephony.line import SocketClosed, TwilioLine, open_line
from voicebot.telephony.twilio import StreamStarted
from voicebot.telephony.twiml import Destination, check_destination
from voicebot.transcripts.calls import Call
from voicebot.transcripts.decision import Decision
from voicebot.web.admission import Admission
from voicebot.web.record import Record
from voicebot.web.socket import StarletteSocket

log = logging.getLogger(__name__)
POLICY_VIOLATION = 1008
TURN_SECONDS = 8.0
"""How long a stream that replaces a broken one waits until the last words on that one have been written down."""


@dataclass(slots=True)
class _Live:
    """A stream while it lasts."""

    finished: asyncio.Event = field(default_factory=asyncio.Event)
    conversation: Conversation | None = None
    ending: bool = False
    """The carrier has said that the stream is over."""
    over: bool = False
    """The carrier has said that the call is over."""
    failed: list[PartFailed] = field(default_factory=list)
    """What broke before there was a conversation to be told of it."""

    def recording_failed(self, error: VoicebotError) -> None:
        """The call goes on unrecorded; its transcript says so."""
        event = PartFailed("recorder", error.code)
        if self.conversation is None:
            self.failed.append(event)
        else:
            self.conversation.tell(event)


class Stream:
    """Serves media sockets.

    Args:
        service: The whole house.
        admission: Who holds a place.
        record: The record of calls.
    """

    def __init__(self, service: Service, admission: Admission, record: Record) -> None:
        self._service = service
        self._admission = admission
        self._record = record
        self._live: dict[str, _Live] = {}

    async def serve(self, socket: WebSocket) -> None:
        """From the `start` message to the end of the stream."""
        wire = StarletteSocket(socket)
        try:
            started, line = await open_line(wire, self._service.settings.start_timeout_seconds)
            call, decision = await self._identified(started)
        except (CarrierProtocolError, TranscriptError) as error:
            log.warning("a media socket was closed", extra={"code": error.code})
            with suppress(SocketClosed):
                await wire.close(POLICY_VIOLATION, "")
            return
        self._admission.talking(started.call_sid)
        live = self._live[call.id]
        ended: EndReason | None = None
        try:
            ended = await self._converse(call, decision, line, live)
        except VoicebotError as error:
            log.error("a conversation could not begin", extra={"call_id": call.id, "code": error.code})
            await line.close()
        finally:
            self._admission.gone(started.call_sid)
            del self._live[call.id]
            live.finished.set()
        if ended == "caller" or live.over:
            await self._record.ended(call.id, "caller", told=ended == "caller")

    def gone(self, call_id: str, *, clean: bool) -> bool:
        """The carrier says that this call's stream is over, or the call itself (`clean`); whether there was one."""
        live = self._live.get(call_id)
        if live is None:
            return False
        live.ending, live.over = True, live.over or clean
        if live.conversation is not None:
            live.conversation.line_gone(clean)
        return True

    def take_over(self, call_id: str, number: str, operator: str) -> bool:
        """An operator takes this call from the bot; whether there is a conversation that can be taken.

        Used from the event loop only. When the operator then does not answer, the conversation goes on where it was.

        Args:
            call_id: The call.
            number: Where the operator is: E.164 or a SIP address.
            operator: Their name, for the transcript.

        Raises:
            CarrierError: the number cannot be dialled.
        """
        check_destination(Destination((number,)))
        live = self._live.get(call_id)
        if live is None or live.conversation is None or live.ending:
            return False
        live.conversation.tell(TakenOver(number, operator))
        return True

    def leave(self, say: str) -> None:
        """The service stops: every conversation ends with a sentence of the carrier, and a person takes the call."""
        for live in self._live.values():
            if live.conversation is not None:
                live.conversation.leave(say)

    @property
    def calls(self) -> frozenset[str]:
        """The ids of the calls whose sound is here."""
        return frozenset(self._live)

    async def _identified(self, started: StreamStarted) -> tuple[Call, Decision | None]:
        """The call that this stream belongs to, and what was waiting for it. The call is live from then on.

        Raises:
            CarrierProtocolError: the token is unknown, used, too old, or of another call; or the call is on the line.
            TranscriptError: the store is out of order.
        """
        store, now, ask = self._service.store, self._service.now(), self._record.ask
        call_id = await ask(lambda: store.find(started.call_sid))
        if call_id is None:
            raise _unknown()
        await self._its_turn(call_id)
        decision = await ask(lambda: store.decision(call_id))
        redeemed = await ask(lambda: store.redeem_token(started.parameters.get("token", ""), now))
        call = await ask(lambda: store.call(call_id)) if redeemed == call_id else None
        if call is None or call_id in self._live:
            raise _unknown()
        self._live[call_id] = _Live()
        return call, decision

    async def _its_turn(self, call_id: str) -> None:
        """One stream a call. One that broke is let finish, so that nothing is written twice or out of order."""
        live = self._live.get(call_id)
        if live is not None and live.ending:
            with suppress(TimeoutError):
                async with asyncio.timeout(TURN_SECONDS):
                    await live.finished.wait()
        if call_id in self._live:
            raise CarrierProtocolError("carrier.second_stream", "This call has a stream; the carrier opens one only.")

    async def _converse(self, call: Call, decision: Decision | None, line: TwilioLine, live: _Live) -> EndReason | None:
        """Talk; why the line is gone, if it was not given back.

        Raises:
            VoicebotError: a part cannot be had.
        """
        now, ask = self._service.now(), self._record.ask
        await self._record.salvage(call.id)
        stored = await ask(lambda: self._record.state(call.id))
        refused = 0 if stored is None else await ask(lambda: self._record.count(call.id, DiscardCallRecording))
        recorded = self._service.settings.record_calls and not refused
        edition = self._service.edition(call.content)
        parts = await ask(lambda: self._service.parts(line, call.id, recorded, live.recording_failed, edition))
        began = asyncio.get_running_loop().time() - (now - call.started_at).total_seconds()
        state, first = _beginning(call, stored, decision, now)
        conversation = live.conversation = Conversation(parts, edition.content.dialog, state, began)
        try:
            await conversation.run(first, *live.failed)
        except BaseExceptionGroup:
            log.exception("a conversation broke; its caller was sent to a person", extra={"call_id": call.id})
        finally:
            self._service.take_back(parts)
        return conversation.ended


def _beginning(call: Call, stored: State | None, decision: Decision | None, now: datetime) -> tuple[State, Event]:
    """Where the conversation goes on, and what it is told first."""
    if stored is None:
        return State(language=call.language), CallStarted(call.id, call.caller, call.called, call.language, now)
    if decision and decision.outcome and stored.phase == "transferring":
        return stored, TransferEnded(stored.turn, decision.outcome, decision.detail)
    return State(language=call.language) if stored.phase == "ended" else stored, CallResumed(now)


def _unknown() -> CarrierProtocolError:
    return CarrierProtocolError(
        "carrier.token", "The stream's token does not belong to a waiting call; only the carrier may connect."
    )
