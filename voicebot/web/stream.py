"""One media socket: who it is, the conversation on it, and how the call's record goes on around it."""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from fastapi import WebSocket

from voicebot.actions import Action, DiscardCallRecording
from voicebot.bootstrap import Service
from voicebot.call.conversation import Conversation
from voicebot.dialog.machine import step
from voicebot.dialog.state import State, dump, restore
from voicebot.errors import CarrierProtocolError, TranscriptError
from voicebot.events import CallEnded, CallResumed, CallStarted, EndReason, Event, TransferEnded
from voicebot.telephony.line import TwilioLine, open_line
from voicebot.telephony.twilio import StreamStarted
from voicebot.telephony.webhooks import DialEnded
from voicebot.transcripts.calls import Call
from voicebot.transcripts.decision import Decision
from voicebot.web.admission import Admission
from voicebot.web.socket import StarletteSocket

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)
POLICY_VIOLATION = 1008


class Stream:
    """Serves media sockets and keeps the record of calls whose stream is elsewhere (dialling, over).

    Args:
        service: The whole house.
        admission: Who holds a place.
    """

    def __init__(self, service: Service, admission: Admission) -> None:
        self._service = service
        self._admission = admission
        self._live: set[str] = set()

    async def serve(self, socket: WebSocket) -> None:
        """From the `start` message to the end of the stream."""
        try:
            wire = StarletteSocket(socket)
            started, line = await open_line(wire, self._service.settings.start_timeout_seconds)
            call, decision = await self._identified(started)
        except (CarrierProtocolError, TranscriptError) as error:
            log.warning("a media socket was closed", extra={"code": error.code})
            await socket.close(POLICY_VIOLATION)
            return
        self._admission.talking(started.call_sid)
        try:
            await self._converse(call, decision, line)
        finally:
            self._admission.gone(started.call_sid)

    async def transferred(self, call_id: str, dialled: DialEnded) -> None:
        """A transfer ended without the caller coming back: the dialog is told, nothing is to be done."""
        call = await self._ask(lambda: self._service.store.call(call_id))
        state = await self._ask(lambda: self._stored_state(call_id))
        if call is not None and state is not None:
            self._happened(call, state, TransferEnded(state.turn, dialled.outcome, dialled.detail))

    async def ended(self, call_id: str, call_sid: str, reason: EndReason) -> None:
        """The call is over; may be told several times."""
        self._admission.gone(call_sid)
        call = await self._ask(lambda: self._service.store.call(call_id))
        if call is None or call.ended_at is not None:
            return
        items = await self._items(call_id)
        if not any(isinstance(item, CallEnded) and item.reason != "line" for item in items):
            state = await self._ask(lambda: self._stored_state(call_id))
            self._happened(call, state or State(), CallEnded(reason))
        refused = any(isinstance(item, DiscardCallRecording) for item in items)
        recording = f"{call_id}.wav"
        kept = not refused and (self._service.settings.calls / recording).exists()
        self._service.store.end_call(call_id, self._service.now(), reason, recording if kept else None)

    def resumes(self, call_id: str) -> int:
        """How often this call's stream has been opened again. Blocks."""
        return sum(isinstance(entry.item, CallResumed) for entry in self._service.store.records(call_id))

    async def _identified(self, started: StreamStarted) -> tuple[Call, Decision | None]:
        """The call that this stream belongs to, and what was waiting for it.

        Raises:
            CarrierProtocolError: the token is unknown, used, too old, or of another call.
        """
        store, now = self._service.store, self._service.now()
        call_id = await self._ask(lambda: store.find(started.call_sid))
        decision = await self._ask(lambda: store.decision(call_id)) if call_id else None
        redeemed = await self._ask(lambda: store.redeem_token(started.parameters.get("token", ""), now))
        call = await self._ask(lambda: store.call(redeemed)) if redeemed else None
        if call is None or redeemed != call_id or call_id in self._live:
            raise CarrierProtocolError(
                "carrier.token", "The stream's token does not belong to a waiting call; only the carrier may connect."
            )
        return call, decision

    async def _converse(self, call: Call, decision: Decision | None, line: TwilioLine) -> None:
        now = self._service.now()
        state = await self._ask(lambda: self._stored_state(call.id))
        first: Event
        if state is None:
            state = State(language=call.language)
            first = CallStarted(call.id, call.caller, call.called, call.language, now)
        elif decision and decision.outcome:
            first = TransferEnded(state.turn, decision.outcome, decision.detail)
        else:
            first = CallResumed(now)
            state = State(language=call.language) if state.phase == "ended" else state
        refused = any(isinstance(item, DiscardCallRecording) for item in await self._items(call.id))
        recorded = self._service.settings.record_calls and not refused
        parts = await self._ask(lambda: self._service.parts(line, call.id, recorded))
        began = asyncio.get_running_loop().time() - (now - call.started_at).total_seconds()
        conversation = Conversation(parts, self._service.content.dialog, state, began)
        self._live.add(call.id)
        try:
            await conversation.run(first)
        except BaseExceptionGroup:
            log.exception("a conversation broke; its caller was sent to a person", extra={"call_id": call.id})
        finally:
            self._live.discard(call.id)
        if conversation.ended == "caller":
            await self.ended(call.id, call.carrier_sid, "caller")

    def _stored_state(self, call_id: str) -> State | None:
        text = self._service.store.state(call_id)
        try:
            return restore(text) if text else None
        except TranscriptError as error:
            log.error("a stored state could not be read", extra={"call_id": call_id, "code": error.code})
            return None

    async def _items(self, call_id: str) -> tuple[Event | Action, ...]:
        """Everything recorded of a call so far."""

        def read() -> tuple[Event | Action, ...]:
            self._service.store.flush()
            return tuple(entry.item for entry in self._service.store.records(call_id))

        return await self._ask(read)

    def _happened(self, call: Call, state: State, event: Event) -> None:
        """An event while no stream is there to hear of it: recorded and stepped like any other."""
        transcript = self._service.store.transcript(call.id)
        seconds = round((self._service.now() - call.started_at).total_seconds(), 3)
        state, actions = step(self._service.content.dialog, state, event)
        for record in (event, *actions):
            transcript.append(seconds, record)
        transcript.keep_state(dump(state))

    async def _ask(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._service.pools.ask, work)
