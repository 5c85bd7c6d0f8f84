"""A conversation on a stage: every part is a fake that keeps to its port, and the caller plays from a script."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from still_time import StillPool, now

from voicebot.actions import Action, Grammar, Prompt, RequestCallback, SendSms
from voicebot.call.conversation import Conversation
from voicebot.call.parts import Parts, Pools
from voicebot.dialog.state import State, restore
from voicebot.dialog.tree import Dialog
from voicebot.errors import VoiceError
from voicebot.events import (
    Alternative,
    AudioReceived,
    CallStarted,
    DepartmentHit,
    Event,
    FaqHit,
    Json,
    KeyReceived,
    LineDropped,
    LineEvent,
    MarkReceived,
)
from voicebot.language.kana import matching_form
from voicebot.transcripts.decision import Decision
from voicebot.voice.reading import reading

OFFICE = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
FRAME = 0.02
LOUD = b"\x10\x90" * 80
QUIET = b"\xff" * 160
CALLER = "+815000000001"


class FakeLine:
    """The port `Line`: sends the caller's 20 ms frames on the dot, and plays what it is sent as a carrier does."""

    def __init__(self) -> None:
        self.said: list[tuple[float, str, Any]] = []
        """(second, `send` | `mark` | `clear` | `close`, what)."""
        self.speech: list[tuple[float, float]] = []
        """When the caller speaks."""
        self.loses_marks = False
        self.ahead = 0.0
        """The most seconds of sound that were ever queued."""
        self._inbox: asyncio.Queue[LineEvent] = asyncio.Queue()
        self._until = 0.0
        self._marks: dict[str, asyncio.TimerHandle] = {}
        self._ticker: asyncio.TimerHandle | None = None
        self._script: list[asyncio.TimerHandle] = []
        self._dropped: LineDropped | None = None

    def begin(self) -> None:
        """The stream has started."""
        self._tick(now())

    def keys(self, at: float, digits: str) -> None:
        """The caller presses keys."""
        self.later(at, *(KeyReceived(digit) for digit in digits))

    def drop(self, at: float, *, clean: bool) -> None:
        """The line is gone."""
        loop = asyncio.get_running_loop()
        self._script.append(loop.call_later(at - now(), self._gone, LineDropped(clean)))

    def later(self, at: float, *events: LineEvent) -> None:
        """Something comes over the line."""
        loop = asyncio.get_running_loop()
        self._script += [loop.call_later(at - now(), self._inbox.put_nowait, event) for event in events]

    def silent_wire(self, at: float) -> None:
        """From now on nothing comes at all, and nobody says why."""
        self.loses_marks = True
        self._script.append(asyncio.get_running_loop().call_later(at - now(), self._stop_ticking))

    async def receive(self) -> LineEvent:
        if self._dropped and self._inbox.empty():
            return self._dropped
        event = await self._inbox.get()
        if isinstance(event, LineDropped):
            self._dropped = event
        return event

    async def send(self, mulaw: bytes) -> None:
        self._note("send", mulaw)
        self._until = max(self._until, now()) + len(mulaw) / 8000
        self.ahead = max(self.ahead, self._until - now())

    async def mark(self, name: str) -> None:
        self._note("mark", name)
        if not self.loses_marks:
            handle = asyncio.get_running_loop().call_later(max(0.0, self._until - now()), self._return, name)
            self._marks[name] = handle

    async def clear(self) -> None:
        self._note("clear", round(max(0.0, self._until - now()), 3))
        self._until = now()
        for name, handle in list(self._marks.items()):
            handle.cancel()
            self._return(name)

    async def close(self) -> None:
        self._note("close", None)
        self._gone(LineDropped(clean=True))

    # --- for the tests ----------------------------------------------------------------------------------------------

    def of(self, kind: str) -> list[tuple[float, Any]]:
        """What was done of one kind, and when."""
        return [(at, what) for at, done, what in self.said if done == kind]

    def sound(self) -> bytes:
        """Everything that was sent."""
        return b"".join(what for _, what in self.of("send"))

    def end(self) -> None:
        """Nothing more happens."""
        self._stop_ticking()
        for handle in (*self._marks.values(), *self._script):
            handle.cancel()

    def _note(self, kind: str, what: Any) -> None:
        self.said.append((now(), kind, what))

    def _return(self, name: str) -> None:
        self._marks.pop(name, None)
        self._inbox.put_nowait(MarkReceived(name))

    def _gone(self, dropped: LineDropped) -> None:
        self.end()
        self._inbox.put_nowait(dropped)

    def _tick(self, at: float) -> None:
        loud = any(start <= at < end for start, end in self.speech)
        self._inbox.put_nowait(AudioReceived(LOUD if loud else QUIET))
        loop = asyncio.get_running_loop()
        self._ticker = loop.call_later(at + FRAME - now(), self._tick, round(at + FRAME, 6))

    def _stop_ticking(self) -> None:
        if self._ticker:
            self._ticker.cancel()
            self._ticker = None


class FakeActivity:
    """The port `VoiceActivity`: whatever is not silence is speech."""

    window = 256

    def probability(self, pcm: bytes) -> float:
        assert len(pcm) == 512
        return 1.0 if any(pcm) else 0.0

    def reset(self) -> None:
        """Nothing is remembered."""


@dataclass
class FakeRecogniser:
    """The ports `Recognisers` and `Recogniser`: hears what it was told, one text at each end of an utterance."""

    script: list[str] = field(default_factory=list)
    deferred: bool = False
    rate: int = 8000
    partials: list[str] = field(default_factory=list)
    fails: dict[str, Exception] = field(default_factory=dict)
    """By method, what it raises."""
    fed: list[bytes] = field(default_factory=list)
    """The sound of each `finish`, and of what is under way."""
    grammars: list[Grammar] = field(default_factory=list)
    language: str = ""
    closed: int = 0
    _under_way: bytearray = field(default_factory=bytearray)

    def open(self, language: str) -> "FakeRecogniser":
        self._fail("open")
        self.language = language
        return self

    def name(self, language: str) -> str:
        return "fake"

    def expect(self, grammar: Grammar) -> None:
        self.grammars.append(grammar)

    def feed(self, pcm: bytes) -> str:
        self._fail("feed")
        self._under_way += pcm
        return self.partials[0] if self.partials else ""

    def finish(self) -> tuple[Alternative, ...]:
        self._fail("finish")
        self.fed.append(bytes(self._under_way))
        self._under_way.clear()
        text = self.script.pop(0) if self.script else ""
        return (Alternative(text, matching_form(reading(text, "ja")), 0.9),) if text else ()

    def close(self) -> None:
        self.closed += 1

    def _fail(self, what: str) -> None:
        if what in self.fails:
            raise self.fails[what]


@dataclass
class FakeVoice:
    """The port `Voice`: a tenth of a second a sign. Each prompt has its own sound."""

    broken: str = ""
    """A text in whose presence it fails; `*` for any."""
    error: Exception = field(default_factory=lambda: VoiceError("voice.none", "Record it."))
    said: list[Prompt] = field(default_factory=list)

    def render(self, prompt: Prompt) -> bytes:
        if self.broken and (self.broken == "*" or self.broken in prompt.text):
            raise self.error
        self.said.append(prompt)
        return bytes([1 + len(self.said) % 100]) * 800 * (len(prompt.text) or 3)


@dataclass
class FakeCity:
    """The ports `Answers` and `CityDesk`."""

    hits: tuple[FaqHit, ...] = ()
    departments: tuple[DepartmentHit, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=lambda: {"open": True, "next": ""})
    error: Exception | None = None
    asked: list[Any] = field(default_factory=list)

    def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
        self.asked.append(alternatives)
        if self.error:
            raise self.error
        return self.hits

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        return self.departments

    def look_up(self, what: str, arguments: Mapping[str, str], at: datetime) -> Mapping[str, Json]:
        self.asked.append(dict(arguments))
        if self.error:
            raise self.error
        return self.facts


@dataclass
class FakeTranscript:
    """The port `Transcript`."""

    items: list[tuple[float, Event | Action]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    def append(self, seconds: float, record: Event | Action) -> None:
        self.items.append((seconds, record))

    def keep_state(self, state: str) -> None:
        self.states.append(state)

    def of(self, *kinds: type) -> list[Any]:
        """The records of these kinds, in order."""
        return [record for _, record in self.items if isinstance(record, kinds)]

    def at(self, kind: type) -> list[float]:
        """When records of this kind were made."""
        return [seconds for seconds, record in self.items if isinstance(record, kind)]

    @property
    def state(self) -> State:
        return restore(self.states[-1])


@dataclass
class FakeRecorder:
    """The port `CallRecorder`: what was done to it, in order."""

    done: list[tuple[str, int]] = field(default_factory=list)

    def heard(self, mulaw: bytes) -> None:
        self.done.append(("heard", len(mulaw)))

    def said(self, mulaw: bytes) -> None:
        self.done.append(("said", len(mulaw)))

    def cleared(self) -> None:
        self.done.append(("cleared", 0))

    def discard(self) -> None:
        self.done.append(("discard", 0))

    def close(self) -> None:
        self.done.append(("close", 0))

    def count(self, what: str) -> int:
        """How often that was done."""
        return sum(done == what for done, _ in self.done)


@dataclass
class FakeMessage:
    """The port `MessageRecorder`."""

    error: Exception | None = None
    sound: bytearray = field(default_factory=bytearray)
    closed: int = 0
    discarded: int = 0

    def write(self, mulaw: bytes) -> None:
        self.sound += mulaw

    def close(self) -> str:
        self.closed += 1
        if self.error:
            raise self.error
        return f"message-{self.closed}.wav"

    def discard(self) -> None:
        self.discarded += 1
        if self.error:
            raise self.error


class Stage:
    """Everything one conversation needs, and what came of it."""

    def __init__(self, dialog: Dialog, *heard: str, **recogniser: Any) -> None:
        self.dialog = dialog
        self.line = FakeLine()
        self.recogniser = FakeRecogniser(list(heard), **recogniser)
        self.voice = FakeVoice()
        self.city = FakeCity()
        self.transcript = FakeTranscript()
        self.recorder = FakeRecorder()
        self.messages: list[FakeMessage] = []
        self.message_error: Exception | None = None
        self.decisions: list[Decision] = []
        self.decide_error: Exception | None = None
        self.booked: list[RequestCallback] = []
        self.texted: list[SendSms] = []
        self.errand_error: Exception | None = None
        self.slow: dict[str, float] = {}
        """Seconds by the name of the function: `finish`, `render`, `asked`, `look_up`, `decide`, `open`, `close`."""
        self.most_seconds = 900.0
        self.conversation: Conversation | None = None

    def decide(self, decision: Decision) -> None:
        if self.decide_error:
            raise self.decide_error
        self.decisions.append(decision)

    def message(self) -> FakeMessage:
        self.messages.append(FakeMessage(self.message_error))
        return self.messages[-1]

    def book(self, order: RequestCallback) -> str:
        """Notes a call back; the first ticket is 1001."""
        if self.errand_error:
            raise self.errand_error
        self.booked.append(order)
        return str(1000 + len(self.booked))

    def text(self, order: SendSms) -> None:
        """Sends a text message."""
        if self.errand_error:
            raise self.errand_error
        self.texted.append(order)

    def parts(self) -> Parts:
        return Parts(
            line=self.line,
            recognisers=self.recogniser,
            activity=FakeActivity(),
            voice=self.voice,
            answers=self.city,
            desk=self.city,
            transcript=self.transcript,
            recorder=self.recorder,
            message_recorder=self.message,
            decide=self.decide,
            book=self.book,
            send_sms=self.text,
            pools=Pools(StillPool(self.slow), StillPool(self.slow), StillPool(self.slow)),
            now=lambda: OFFICE,
            duty="守衛室",
            most_seconds=self.most_seconds,
        )

    async def converse(self, state: State | None = None, first: Event | None = None, ago: float = 0.0) -> State:
        """The whole conversation, from a state (a new call unless told) that began so long ago."""
        began = asyncio.get_running_loop().time() - ago
        self.conversation = Conversation(self.parts(), self.dialog, state or State(), began)
        self.line.begin()
        try:
            return await self.conversation.run(first or started())
        finally:
            self.line.end()

    def texts(self) -> list[str]:
        """What was ordered to be said, one text a prompt order."""
        from_orders = [record for _, record in self.transcript.items if type(record).__name__ == "Play"]
        return ["".join(prompt.text for prompt in order.prompts) for order in from_orders]


def started() -> CallStarted:
    """A call begins."""
    return CallStarted("call-1", CALLER, "+815000002000", "ja", OFFICE)


def kinds(records: Sequence[tuple[float, object]]) -> list[str]:
    """The names of the records, in order."""
    return [type(record).__name__ for _, record in records]
