"""Entering what becomes of calls whose sound is elsewhere, stepped by the dialog like any other event. It blocks.

Every method may raise `TranscriptError`.
"""

import logging
from dataclasses import replace

from voicebot.actions import Action, Transfer
from voicebot.dialog.machine import step
from voicebot.dialog.state import State, dump, restore
from voicebot.errors import TranscriptError
from voicebot.events import CallEnded, EndReason, Event, MessageRecorded, Outcome, TransferEnded
from voicebot.service import Service
from voicebot.telephony.webhooks import DialEnded
from voicebot.transcripts.calls import Call
from voicebot.transcripts.codec import Entry
from voicebot.transcripts.salvage import lost_message
from voicebot.web.ringing import ringing

log = logging.getLogger(__name__)


class Entering:
    """For one service; used in threads of its pool.

    Args:
        service: The whole house.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def state(self, call_id: str) -> State | None:
        """Where the conversation stood; None for a new call, or when what is stored cannot be read. Blocks.

        Raises:
            TranscriptError: the store cannot be read.
        """
        text = self._service.store.state(call_id)
        try:
            return restore(text) if text else None
        except TranscriptError as error:
            log.error("a stored state could not be read", extra={"call_id": call_id, "code": error.code})
            return None

    def entries(self, call_id: str) -> tuple[Entry, ...]:
        """The record so far, with what was still on its way into the store. Blocks.

        Raises:
            TranscriptError: the store cannot be read.
        """
        if self._service.store.healthy:
            self._service.store.flush()
        return self._service.store.records(call_id)

    def end(self, call_id: str, reason: EndReason, told: bool) -> None:
        """The call is over; `told` when its conversation has entered that already."""
        call = self._service.store.call(call_id)
        if call is None or call.ended_at is not None:
            return
        if not told:
            state = self.state(call_id) or State()
            match state.phase:
                case "transferring":
                    self._while_it_rang(call, state)
                case "recording":
                    self.salvage(call_id)
            state = self.state(call_id) or state
            self._happened(call, state, CallEnded(reason))
        self.close(call_id, reason)

    def salvage(self, call_id: str) -> None:
        """A message that was being left when the service was killed, if there is one."""
        call, state = self._service.store.call(call_id), self.state(call_id)
        if call is None or state is None or state.phase != "recording":
            return
        found = lost_message(call_id, self.entries(call_id), self._service.settings.calls)
        if found and found.turn == state.turn:
            log.warning("a message that was cut off has been found", extra={"call_id": call_id})
            self._happened(call, state, MessageRecorded(found.turn, found.recording, found.seconds))

    def _while_it_rang(self, call: Call, state: State) -> None:
        """The caller is gone before the carrier has told how the transfer ended: who took the call has talked."""
        found = ringing(self.entries(call.id))
        if found is None or found.ended or found.order.number:
            return  # who picked up was not asked: only the carrier knows
        if self._service.desk.destination(found.order.department).whisper:
            outcome: Outcome = "connected" if found.taken else "caller_gone"
            self._happened(call, state, TransferEnded(state.turn, outcome, "told by the end of the call"))

    def close(self, call_id: str, reason: EndReason) -> None:
        """Close the call; only queued, and written when the store is well again."""
        recording = f"{call_id}.wav"
        # A recording that was refused has been deleted at once, so what is there may be kept.
        kept = (self._service.settings.calls / recording).exists()
        self._service.store.end_call(call_id, self._service.now(), reason, recording if kept else None)

    def transferred(self, call_id: str, dialled: DialEnded) -> None:
        """A transfer ended without the caller coming back."""
        call, state = self._service.store.call(call_id), self.state(call_id)
        found = ringing(self.entries(call_id))
        if call is None or state is None or (found and found.ended):
            return
        if call.ended_at is None:
            self._happened(call, state, TransferEnded(state.turn, dialled.outcome, dialled.detail))
        elif found:  # the end of the call was told first
            self._append(call, (TransferEnded(found.order.turn, dialled.outcome, dialled.detail),))

    def sent(self, call_id: str, department: str) -> None:
        """We connect the call ourselves, with all of a department's telephones and unasked."""
        call, state = self._service.store.call(call_id), self.state(call_id) or State()
        if call is not None:
            state = replace(state, phase="transferring", goal=department)
            number = next(iter(self._service.desk.destination(department).numbers), "")
            self._append(call, (Transfer(state.turn, department, number=number),), state)

    def _happened(self, call: Call, state: State, event: Event) -> None:
        """An event while no stream is there to hear of it: recorded and stepped like any other."""
        state, actions = step(self._service.edition(call.content).content.dialog, state, event)
        self._append(call, (event, *actions), state)

    def _append(self, call: Call, items: tuple[Event | Action, ...], state: State | None = None) -> None:
        transcript = self._service.transcript(call.id)
        seconds = round((self._service.now() - call.started_at).total_seconds(), 3)
        for item in items:
            transcript.append(seconds, item)
        if state is not None:
            transcript.keep_state(dump(state))
