"""One call at the carrier while it lasts: who calls whom, its state, and how it asks the service what to do next."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from voicebot.audio import wav
from voicebot.simulator.callbacks import Callbacks
from voicebot.simulator.chaos import Chaos
from voicebot.simulator.fetching import BAD_CONTENT, Fetcher, FetchFailed, Limits, Page, Service
from voicebot.simulator.hearing import SILENCE, tone
from voicebot.simulator.leg import Finished, Interruption, Result, Source, Telephone
from voicebot.simulator.resident import Emission, Performance
from voicebot.simulator.timeline import Timeline
from voicebot.simulator.twiml_document import SCHEMA_WARNING, Document, TwimlError, Verb, parse

APOLOGY = "We are sorry, an application error has occurred. Goodbye."
NO_PARAMS: Mapping[str, str] = {}
_MAX_DOCUMENTS = 200
_UNKNOWN_FIELDS = {
    "NewFieldOfNextYear": "値 & more",
    "EmptyFieldOfNextYear": "",
    "StirVerstat": "TN-Validation-Passed-A",
}


@dataclass(frozen=True, slots=True)
class Parties:
    """Who calls whom, and what the carrier calls the call."""

    account_sid: str
    call_sid: str
    caller: str
    called: str


@dataclass(frozen=True, slots=True)
class Violation:
    """A message of the service that Twilio would refuse, or that the caller would hear as noise."""

    error: int
    """Twilio's error number; 0 where Twilio says nothing and the caller suffers."""
    message: str
    count: int
    first_seconds: float


@dataclass(frozen=True, slots=True)
class Desk:
    """What the carrier uses for one call."""

    service: Service
    fetcher: Fetcher
    callbacks: Callbacks
    timeline: Timeline
    limits: Limits
    chaos: Chaos
    fallback_url: str | None
    """Asked when the service gives no usable answer."""
    voice: Callable[[str], bytes] | None
    """The carrier's own voice for `<Say>`; None for a hum of the right length."""


class LiveCall:
    """The caller's leg, as the verbs see it."""

    def __init__(self, parties: Parties, desk: Desk, performance: Performance) -> None:
        self.parties = parties
        self.desk = desk
        self.timeline = desk.timeline
        self.limits = desk.limits
        self.chaos = desk.chaos
        self.callbacks = desk.callbacks
        self.status = "ringing"
        self.answered_seconds: float | None = None
        self.stream_seconds: float | None = None
        self.recordings: dict[str, bytes] = {}
        self.violations: dict[str, Violation] = {}
        self.orders: deque[Interruption] = deque()
        """What the service wants over REST; taken up at the next 20 ms."""
        self.telephone = Telephone(
            performance, desk.timeline, lambda: self.orders.popleft() if self.orders else None, desk.limits.call_seconds
        )
        self._documents = 0

    def params(self, extra: Mapping[str, str] = NO_PARAMS) -> dict[str, str]:
        """The fields of a webhook, as Twilio sends them."""
        anonymous = self.chaos.anonymous
        caller = "anonymous" if anonymous else self.parties.caller
        standard = {
            "AccountSid": self.parties.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": self.parties.call_sid,
            "CallStatus": self.status,
            "Direction": "inbound",
        }
        origin = {"From": caller, "Caller": caller, "FromCountry": "" if anonymous else "JP", "FromCity": ""}
        goal = {"To": self.parties.called, "Called": self.parties.called, "ToCountry": "JP", "ToCity": ""}
        return {
            **standard,
            **origin,
            **goal,
            **(_UNKNOWN_FIELDS if self.chaos.unknown_parameters else NO_PARAMS),
            **extra,
        }

    async def tick(self, said: bytes = SILENCE, source: Source = "carrier") -> Emission:
        """Let 20 ms pass."""
        return await self.telephone.tick(said, source)

    async def during(self, work: Awaitable[Result]) -> Result:
        """Let time pass while `work` is done; it is brought to its end even when the call is cut off meanwhile."""
        task = asyncio.ensure_future(work)
        try:
            return await self.telephone.during(task)
        except Interruption:
            self.callbacks.keep(task)
            raise

    async def document(self, url: str, method: str, extra: Mapping[str, str]) -> Document:
        """Ask the service what to do next, and its fallback when it does not say.

        Raises:
            Interruption: the call ended meanwhile, or nobody can say what to do.
        """
        self._documents += 1
        if self._documents > _MAX_DOCUMENTS:
            self.timeline.note("error", "the documents lead to one another without end")
            raise Finished("carrier")
        try:
            return await self._ask(url, method, extra)
        except (FetchFailed, TwimlError) as failure:
            self._note_failure(failure)
            broken = {"ErrorCode": str(failure.error), "ErrorUrl": url}
        if self.desk.fallback_url:
            try:
                return await self._ask(self.desk.fallback_url, "POST", {**extra, **broken})
            except (FetchFailed, TwimlError) as failure:
                self._note_failure(failure)
        # Without a usable answer the caller hears a canned message.
        return Document(url, (Verb("Say", {}, APOLOGY), Verb("Hangup", {}, "")))

    async def action(self, verb: Verb, document: Document, extra: Mapping[str, str]) -> Document | None:
        """What the `action` of a verb answers; None when it has none and the next verb is due."""
        if "action" not in verb.attributes:
            return None
        url = self.resolve(verb.attributes["action"], document)
        if self.chaos.duplicate_actions:
            await self.document(url, verb.attributes.get("method", "POST"), extra)
        return await self.document(url, verb.attributes.get("method", "POST"), extra)

    def action_after_hangup(self, verb: Verb, document: Document, extra: Mapping[str, str]) -> None:
        """Tell the `action` that it is over; what it answers is not carried out any more."""
        self.status = "completed"
        if "action" in verb.attributes and not self.chaos.no_action_after_hangup:
            url = self.resolve(verb.attributes["action"], document)
            self.callbacks.tell(url, self.params(extra), verb.attributes.get("method", "POST"))

    async def voice_of(self, words: str) -> bytes:
        """The carrier's own voice. Without one a hum that lasts as long as the words would."""
        if self.desk.voice:
            return await self.during(asyncio.to_thread(self.desk.voice, words))
        # Eight Japanese signs a second, or twice as many letters.
        return tone(180, sum(0.0625 if sign.isascii() else 0.125 for sign in words))

    async def fetch_sound(self, url: str) -> bytes:
        """A sound file of the service; nothing, and a note, when it cannot be had."""
        try:
            page = await self.during(self.desk.fetcher.fetch(url, NO_PARAMS, "GET"))
            return wav.telephone(wav.read(page.body))
        except (FetchFailed, ValueError) as failure:
            self.timeline.note("error", f"<Play>: {failure}", {"error": BAD_CONTENT})
            return b""

    def resolve(self, url: str, document: Document) -> str:
        """The public address of an address in a document."""
        return self.desk.service.resolve(url, document.url)

    def note_verb(self, text: str, detail: Mapping[str, str | int]) -> None:
        """A verb begins."""
        self.timeline.note("verb", text, dict(detail))

    def answer(self) -> None:
        """Pick up, if that has not happened."""
        if not self.telephone.picked_up:
            self.telephone.picked_up = True
            self.status = "in-progress"
            self.answered_seconds = self.timeline.seconds
            self.timeline.note("note", "the call is answered")

    def hang_up(self) -> Interruption:
        """What to raise for `<Hangup>`."""
        return Finished("bot")

    async def _ask(self, url: str, method: str, extra: Mapping[str, str]) -> Document:
        page = await self.during(self.desk.fetcher.fetch(url, self.params(extra), method))
        document = _document(page)
        for warning in document.warnings:
            self.timeline.note("error", f"TwiML: {warning}", {"error": SCHEMA_WARNING})
        return document

    def _note_failure(self, failure: FetchFailed | TwimlError) -> None:
        self.timeline.note("error", f"{failure.error}: {failure}", {"error": failure.error})


def _document(page: Page) -> Document:
    """What Twilio makes of an answer: TwiML by its media type, words to read aloud, or a sound to play."""
    if page.is_twiml:
        return parse(page.text, page.url)
    if page.kind == "text/plain":
        try:
            return parse(page.text, page.url)
        except TwimlError:
            return Document(page.url, (Verb("Say", {}, page.text), Verb("Hangup", {}, "")))
    if page.kind.startswith("audio/"):
        return Document(page.url, (Verb("Play", {}, page.url), Verb("Hangup", {}, "")))
    raise TwimlError(BAD_CONTENT, f"an answer of type '{page.kind}' is no TwiML")
