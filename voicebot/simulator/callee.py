"""Scripted people at the other end of a `<Dial>`: who answers, who is busy, who hears the whisper and declines."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Literal

from voicebot.simulator.hearing import SILENCE, is_voiced, tone
from voicebot.simulator.leg import CalleeGone, Interruption, Result, Source
from voicebot.simulator.live_call import LiveCall
from voicebot.simulator.resident import (
    Emission,
    HangUp,
    Performance,
    Press,
    Resident,
    Say,
    Silence,
    Step,
    WaitForPrompt,
)
from voicebot.simulator.twiml_document import Document

Outcome = Literal["completed", "busy", "no-answer", "failed", "canceled"]
_SIP_CODES: Mapping[Outcome, int] = {"completed": 200, "busy": 486, "no-answer": 480, "failed": 503, "canceled": 487}
Answer = Literal["accept", "decline", "silent", "hang-up", "machine"]
_ANSWERS: Mapping[Answer, tuple[Step, ...]] = {
    "accept": (WaitForPrompt(0.3, 20.0), Press("1")),
    "decline": (WaitForPrompt(0.3, 20.0), Press("2")),
    "silent": (),
    "hang-up": (WaitForPrompt(0.3, 20.0), HangUp()),
    # An announcement, a tone, and then it records: no key is ever pressed.
    "machine": (Say("machine", tone(300, 4.0) + tone(1000, 0.5)), Silence(3600.0)),
}
_RING = (tone(400, 1.0, 0.05) + b"\xff" * 16000, 3.0)


@dataclass(frozen=True, slots=True)
class Callee:
    """What happens when somebody is called."""

    outcome: Outcome = "completed"
    ring_seconds: float | None = None
    """Until the outcome; None is two seconds, and the dial's whole patience for `no-answer`."""
    talk_seconds: float = 5.0
    """Then they hang up, if they were connected."""
    sip_code: int | None = None
    """The SIP answer; None for the usual one of the outcome."""
    target: str = ""
    """Only for this number or address; "" for whoever is called next."""
    answer: Answer = "accept"
    """What they do when they are asked to take the call: press 1, press 2, nothing, hang up; or a machine answers."""
    steps: tuple[Step, ...] | None = None
    """What they say and press after answering, instead of `answer`; the whisper is the first thing they hear."""

    @property
    def script(self) -> tuple[Step, ...]:
        """What they do after answering."""
        return _ANSWERS[self.answer] if self.steps is None else self.steps

    @property
    def sip_answer(self) -> int:
        """The code of the SIP answer."""
        return self.sip_code or _SIP_CODES[self.outcome]

    def rings(self, patience_seconds: float) -> float:
        """Seconds of ringing until the outcome."""
        if self.ring_seconds is not None:
            return self.ring_seconds
        return patience_seconds if self.outcome == "no-answer" else 2.0


def ringback(tick: int) -> bytes:
    """What the caller hears while it rings: the Japanese tone, 400 Hz, one second on and two off (tick of 20 ms)."""
    sound, seconds = _RING
    start = tick % round(seconds / 0.02) * 160
    return sound[start : start + 160]


class CalleeLeg:
    """The leg of the person who answered, while a whisper is spoken to them and the caller goes on waiting."""

    def __init__(self, call: LiveCall, callee: Callee, params: Mapping[str, str]) -> None:
        self._call = call
        self._params = params
        self._ticks = 0
        self.performance = Performance(Resident(callee.script, stays_seconds=inf))

    async def tick(self, said: bytes = SILENCE, source: Source = "carrier") -> Emission:
        """Let 20 ms pass. `source` does not matter: the caller does not hear it."""
        await self._call.tick(ringback(self._ticks), "ring")
        self._ticks += 1
        return self.exchange(is_voiced(said))

    def exchange(self, hears_speech: bool) -> Emission:
        """The person's next 20 ms.

        Raises:
            CalleeGone: they hung up.
        """
        emission = self.performance.tick(hears_speech)
        if emission.hang_up:
            raise CalleeGone
        return emission

    async def during(self, work: Awaitable[Result]) -> Result:
        """Let time pass while `work` is done."""
        return await self._call.during(work)

    async def document(self, url: str, method: str, extra: Mapping[str, str]) -> Document:
        """Ask the service in the name of this leg."""
        return await self._call.document(url, method, {**self._params, **extra})

    async def voice_of(self, words: str) -> bytes:
        """The carrier's own voice."""
        return await self._call.voice_of(words)

    async def fetch_sound(self, url: str) -> bytes:
        """A sound file of the service."""
        return await self._call.fetch_sound(url)

    def resolve(self, url: str, document: Document) -> str:
        """The public address of an address in a document."""
        return self._call.resolve(url, document)

    def note_verb(self, text: str, detail: Mapping[str, str | int]) -> None:
        """A verb of the whisper begins."""
        self._call.note_verb(f"whisper: {text}", detail)

    def answer(self) -> None:
        """The person has answered long since."""

    def hang_up(self) -> Interruption:
        """What to raise for `<Hangup>` in a whisper: only this leg ends."""
        return CalleeGone()
