"""One leg of a call: a person's telephone line, 20 ms at a time, and the ways in which it can be cut off.

Verbs drive the line: each `tick` waits for its moment, gives the person 20 ms of sound and takes 20 ms from them.
Moments are counted from the start of the call, never from the last tick, so that nothing drifts.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, Protocol, TypeVar

from voicebot.simulator.hearing import FRAME_SECONDS, SILENCE, SpeechSpans, is_voiced
from voicebot.simulator.resident import Emission, Farewell, Performance
from voicebot.simulator.timeline import Timeline
from voicebot.simulator.twiml_document import Document

Source = Literal["bot", "carrier", "person", "ring"]
EndedBy = Literal["resident", "bot", "carrier", "rest"]
Result = TypeVar("Result")


class Interruption(Exception):  # noqa: N818  what ends a verb before its time; none of these is an error
    """Something ends the verb under way."""


class HungUp(Interruption):
    """The caller hung up."""

    def __init__(self, how: Farewell) -> None:
        super().__init__(how)
        self.how: Farewell = how


class Finished(Interruption):
    """The call is over for another reason.

    Args:
        by: Who ended it.
        status: The call's final `CallStatus`.
    """

    def __init__(self, by: EndedBy, status: str = "completed") -> None:
        super().__init__(by)
        self.by: EndedBy = by
        self.status = status


class Jumped(Interruption):
    """The service has given the live call other instructions over REST."""

    def __init__(self, *, twiml: str | None = None, url: str | None = None, method: str = "POST") -> None:
        super().__init__("rest")
        self.twiml = twiml
        self.url = url
        self.method = method


class CalleeGone(Interruption):
    """The person who was called is gone again: hung up, or sent away by a whisper."""


class Leg(Protocol):
    """What verbs that speak and listen need."""

    async def tick(self, said: bytes = SILENCE, source: Source = "carrier") -> Emission:
        """Let 20 ms pass. Raises `Interruption`."""

    async def during(self, work: Awaitable[Result]) -> Result:
        """Let time pass while `work` is done; gives its result. Raises `Interruption`."""

    async def document(self, url: str, method: str, extra: Mapping[str, str]) -> Document:
        """Ask the service what to do next. Raises `Interruption` when even the fallback does not say."""

    async def voice_of(self, words: str) -> bytes:
        """The carrier's own voice, mu-law."""

    async def fetch_sound(self, url: str) -> bytes:
        """A sound file of the service, mu-law; silence, and a note, when it cannot be had."""

    def resolve(self, url: str, document: Document) -> str:
        """The public address of an address in a document."""

    def note_verb(self, text: str, detail: Mapping[str, str | int]) -> None:
        """A verb begins."""

    def answer(self) -> None:
        """The verb under way needs sound: pick up, if that has not happened."""

    def hang_up(self) -> Interruption:
        """What to raise for `<Hangup>`."""


class Telephone:
    """The caller's telephone: moments, both directions of sound, and who spoke when.

    Args:
        performance: The person.
        timeline: Where speech and keys are noted.
        interrupted: Asked at each tick for an order from outside, which is raised.
        limit_seconds: How long a call may last.
    """

    def __init__(
        self,
        performance: Performance,
        timeline: Timeline,
        interrupted: Callable[[], Interruption | None],
        limit_seconds: float,
    ) -> None:
        self._performance = performance
        self._timeline = timeline
        self._interrupted = interrupted
        self._limit_seconds = limit_seconds
        self._origin = asyncio.get_running_loop().time()
        self._ticks = 0
        self._spans: dict[Source, SpeechSpans] = {}
        self._resident_spans = SpeechSpans()
        self._words: list[str] = []
        self.picked_up = False
        self.late_seconds = 0.0
        self.left = bytearray()
        self.right = bytearray()

    async def tick(self, said: bytes, source: Source) -> Emission:
        """Let 20 ms pass.

        Raises:
            Interruption: the person hung up, the service gave another order, or the call lasts too long.
        """
        at = self._ticks * FRAME_SECONDS
        self._ticks += 1
        loop = asyncio.get_running_loop()
        deadline = self._origin + self._ticks * FRAME_SECONDS
        await asyncio.sleep(deadline - loop.time())
        self.late_seconds = max(self.late_seconds, loop.time() - deadline)
        if order := self._interrupted():
            raise order
        if at >= self._limit_seconds:
            self._timeline.note("error", "the carrier's time limit for a call is reached")
            raise Finished("carrier")
        hears = source != "ring" and is_voiced(said)
        emission = self._performance.tick(hears) if self.picked_up else Emission()
        self.left += emission.sound
        self.right += said
        self._note_speech(at, emission, hears, source)
        if emission.hang_up:
            raise HungUp(emission.hang_up)
        return emission

    async def during(self, work: "asyncio.Future[Result]") -> Result:
        """Let time pass until `work` is done; on an interruption `work` goes on without us."""
        loop = asyncio.get_running_loop()
        while not work.done():
            next_tick = self._origin + (self._ticks + 1) * FRAME_SECONDS
            await asyncio.wait({work}, timeout=max(0.0, next_tick - loop.time()))
            if not work.done():
                await self.tick(SILENCE, "ring")
        return work.result()

    def finish(self) -> None:
        """Note the speech that was cut off by the end of the call."""
        for source, spans in self._spans.items():
            if source != "ring" and (span := spans.finish()):
                self._timeline.spoken(source, "", span.start, span.end)
        if span := self._resident_spans.finish():
            self._timeline.spoken("resident", self._take_words(), span.start, span.end)

    def _note_speech(self, at: float, emission: Emission, hears: bool, source: Source) -> None:
        for other in self._spans.keys() | {source}:
            span = self._spans.setdefault(other, SpeechSpans()).note(at, hears and other == source)
            if span and other != "ring":
                self._timeline.spoken(other, "", span.start, span.end)
        if span := self._resident_spans.note(at, emission.voiced):
            self._timeline.spoken("resident", self._take_words(), span.start, span.end)
        if emission.words:
            self._words.append(emission.words)
        if emission.key:
            self._timeline.note("key", emission.key, at=at)
        if emission.note:
            self._timeline.note("note", emission.note)

    def _take_words(self) -> str:
        words = " ".join(self._words)
        self._words.clear()
        return words
