"""`<Dial>`: ring scripted people at once or one after the other, whisper, connect, and report how it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from time import time

from voicebot.simulator.callee import Callee, CalleeLeg, ringback
from voicebot.simulator.carrier_recording import keep_recording
from voicebot.simulator.execution import WHISPER_VERBS, carry_out
from voicebot.simulator.hearing import FRAME_SECONDS, SILENCE
from voicebot.simulator.leg import CalleeGone, HungUp, Interruption
from voicebot.simulator.live_call import NO_PARAMS, LiveCall
from voicebot.simulator.sids import new_sid
from voicebot.simulator.twiml_document import Document, Verb

BAD_TARGET = 13224
_NOUNS = ("Number", "Sip", "Client")


@dataclass(slots=True)
class Attempt:
    """One person being called."""

    noun: Verb
    callee: Callee
    rings_seconds: float
    outcome: str
    """How it will end; `completed` when they answer."""
    sid: str = field(default_factory=lambda: new_sid("CA"))
    sequence: int = 0
    status: str = "initiated"


@dataclass(slots=True)
class Result:
    """How a dial ended, as `action` is told."""

    status: str
    attempt: Attempt | None
    talk_seconds: float = 0.0
    bridged: bool = False
    heard: bytearray = field(default_factory=bytearray)
    """The caller's sound while connected."""
    recording: Mapping[str, str] = field(default_factory=dict)

    def params(self) -> dict[str, str]:
        """The fields `Dial...` of the request to `action`."""
        fields = {"DialCallStatus": self.status, "DialBridged": "true" if self.bridged else "false"}
        if self.attempt:
            fields["DialCallSid"] = self.attempt.sid
            if self.attempt.noun.name == "Sip":
                fields["DialSipResponseCode"] = str(self.attempt.callee.sip_answer)
                fields["DialSipCallId"] = f"{self.attempt.sid}@simulator"
        if self.bridged:
            fields["DialCallDuration"] = str(round(self.talk_seconds))
        if url := self.recording.get("RecordingUrl"):
            fields["RecordingUrl"] = url
        return fields


class DialScript:
    """The people who will be called, in the order in which they are written.

    The next call goes to the first one left whose `target` fits; when nobody is left, to the last one again, and
    without any script to somebody who answers.
    """

    def __init__(self, callees: Sequence[Callee]) -> None:
        self._waiting = list(callees)
        self._last = Callee()

    def next_for(self, target: str) -> Callee:
        """Who is reached at this number or address."""
        for callee in self._waiting:
            if callee.target in ("", target):
                self._waiting.remove(callee)
                self._last = callee
                return callee
        return self._last


class Dialling:
    """One `<Dial>` under way."""

    def __init__(self, call: LiveCall, verb: Verb, document: Document, script: DialScript) -> None:
        self._call = call
        self._verb = verb
        self._document = document
        self._script = script
        self._patience_seconds = verb.number("timeout", 30) + call.limits.ring_extra_seconds
        self._attempts: list[Attempt] = []
        self._result = Result("failed", None)

    async def run(self) -> Result:
        """Ring until somebody is connected or nobody is left.

        Raises:
            Interruption: the call ended; the service has been told.
        """
        nouns = tuple(child for child in self._verb.children if child.name in _NOUNS)
        if self._verb.text:
            nouns = (Verb("Number", {}, self._verb.text), *nouns)
        groups = [(noun,) for noun in nouns] if self._verb.flag("sequential", default=False) else [nouns]
        try:
            for group in groups:
                self._attempts = [self._attempt(noun) for noun in group]
                self._result = await self._ring()
                if self._result.bridged:
                    break
        except Interruption as interruption:
            self._break_off()
            if isinstance(interruption, HungUp):
                self._call.action_after_hangup(self._verb, self._document, self._result.params())
            raise
        return self._result

    def _attempt(self, noun: Verb) -> Attempt:
        callee = self._script.next_for(noun.text)
        rings, outcome = callee.rings(self._patience_seconds), str(callee.outcome)
        if noun.name == "Number" and not (noun.text.startswith("+") and noun.text[1:].isdecimal()):
            self._call.timeline.note("error", "<Number> is not written as +81...", {"error": BAD_TARGET})
            rings, outcome = 0.0, "failed"
        elif rings > self._patience_seconds:
            rings, outcome = self._patience_seconds, "no-answer"
        attempt = Attempt(noun, callee, rings, outcome)
        self._report(attempt, "initiated")
        if outcome != "failed":
            self._report(attempt, "ringing")
        return attempt

    async def _ring(self) -> Result:
        """Let it ring everywhere; the first to answer is the only one."""
        waiting = sorted(self._attempts, key=lambda attempt: attempt.rings_seconds)
        rung_ticks = 0
        for attempt in waiting:
            while rung_ticks * FRAME_SECONDS < attempt.rings_seconds:
                await self._call.tick(ringback(rung_ticks), "ring")
                rung_ticks += 1
            if attempt.outcome == "completed":
                for other in waiting:
                    if other.status == "ringing" and other is not attempt:
                        self._report(other, "canceled")
                return await self._connect(attempt)
            self._report(attempt, attempt.outcome)
        for outcome in ("no-answer", "busy", "canceled", "failed"):
            if matching := [attempt for attempt in waiting if attempt.outcome == outcome]:
                return Result(outcome, matching[-1])
        return Result("failed", None)

    async def _connect(self, attempt: Attempt) -> Result:
        """Whisper to the person who answered, and let the two talk."""
        self._report(attempt, "in-progress")
        self._result = Result("completed", attempt)
        leg = CalleeLeg(self._call, attempt.callee, self._child(attempt))
        try:
            if url := attempt.noun.attributes.get("url"):
                method = attempt.noun.attributes.get("method", "POST")
                whisper = await leg.document(self._call.resolve(url, self._document), method, {})
                await carry_out(leg, whisper, WHISPER_VERBS)
            await self._talk(leg, attempt)
        except CalleeGone:
            self._call.timeline.note("dial", "the person who was called is gone")
        self._conclude(attempt)
        return self._result

    async def _talk(self, leg: CalleeLeg, attempt: Attempt) -> None:
        """Let the two talk until one of them has had enough."""
        self._call.answer()
        self._call.timeline.note("dial", "connected", {"target": attempt.noun.text})
        self._result.bridged = True
        most = min(attempt.callee.talk_seconds, self._verb.number("timeLimit", 14400))
        reply = SILENCE
        while self._result.talk_seconds < most:
            emission = await self._call.tick(reply, "person")
            self._result.heard += emission.sound
            self._result.talk_seconds += FRAME_SECONDS
            if emission.key == "*" and self._verb.flag("hangupOnStar", default=False):
                return
            reply = leg.exchange(emission.voiced).sound

    def _break_off(self) -> None:
        """The call is gone: nobody needs to be called any more."""
        for attempt in self._attempts:
            if attempt.status == "in-progress":
                self._conclude(attempt)
            elif attempt.status in {"initiated", "ringing"}:
                self._report(attempt, "canceled")
                self._result = Result("canceled", attempt)

    def _conclude(self, attempt: Attempt) -> None:
        self._report(attempt, "completed", {"CallDuration": str(round(self._result.talk_seconds))})
        if self._result.heard and self._verb.attributes.get("record", "do-not-record") != "do-not-record":
            sound = bytes(self._result.heard)
            self._result.recording = keep_recording(self._call, sound, self._verb, self._document, "DialVerb")

    def _child(self, attempt: Attempt) -> dict[str, str]:
        """The fields of a webhook about the leg of the person who is called."""
        return {
            "CallSid": attempt.sid,
            "ParentCallSid": self._call.parties.call_sid,
            "CallStatus": attempt.status,
            "Direction": "outbound-dial",
            "From": self._verb.attributes.get("callerId", self._call.params()["From"]),
            "To": attempt.noun.text,
        }

    def _report(self, attempt: Attempt, status: str, extra: Mapping[str, str] = NO_PARAMS) -> None:
        """The leg has reached this state: note it, and tell the service if it wants to know."""
        attempt.status = status
        detail = {"target": attempt.noun.text, "sip": attempt.callee.sip_answer if status == attempt.outcome else None}
        self._call.timeline.note("dial", status, detail)
        event = {"initiated": "initiated", "ringing": "ringing", "in-progress": "answered"}.get(status, "completed")
        wanted = attempt.noun.attributes.get("statusCallbackEvent", "completed").split()
        if event in wanted and (url := attempt.noun.attributes.get("statusCallback")):
            progress = {
                "CallbackSource": "call-progress-events",
                "SequenceNumber": str(attempt.sequence),
                "Timestamp": formatdate(time(), usegmt=True),
                **({"SipResponseCode": str(attempt.callee.sip_answer)} if event == "completed" else NO_PARAMS),
            }
            params = self._call.params({**self._child(attempt), **progress, **extra})
            method = attempt.noun.attributes.get("statusCallbackMethod", "POST")
            self._call.callbacks.send(self._call.resolve(url, self._document), params, method)
            attempt.sequence += 1


async def dial(call: LiveCall, verb: Verb, document: Document, script: DialScript) -> Document | None:
    """Call people; with `action` the service says what comes next, otherwise the next verb does."""
    if not verb.flag("answerOnBridge", default=False):
        call.answer()
    call.note_verb("<Dial>", {"targets": len(verb.children) or 1})
    unknown = [child.name for child in verb.children if child.name not in _NOUNS]
    if unknown:
        call.note_verb(f"<Dial><{unknown[0]}> unsupported noun", {})
    result = await Dialling(call, verb, document, script).run()
    return await call.action(verb, document, result.params())
