"""The sockets in the wall: what one call needs from the world, as roles.

Implementations satisfy these by their shape and never import this module. Everything here that is not `async` may
block and is called from a thread of a sized pool, except where a docstring says otherwise.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from voicebot.actions import Action, Grammar, Prompt
from voicebot.events import Alternative, DepartmentHit, Event, FaqHit, Json, LineEvent

Reader = Callable[[str, str], str]
"""`reader(text, language)` gives the reading that matching is done on (katakana for Japanese)."""


class Line(Protocol):
    """The wire of one call, as the carrier's adapter offers it. Used from the event loop only."""

    async def receive(self) -> LineEvent:
        """The next thing that happened; after `LineDropped` always `LineDropped` again. Never raises."""

    async def send(self, mulaw: bytes) -> None:
        """Queue sound at the carrier, any length. Raises nothing when the line is gone."""

    async def mark(self, name: str) -> None:
        """Ask for `MarkReceived(name)` when the sound sent so far has been played (or cleared)."""

    async def clear(self) -> None:
        """Drop what the carrier has not played yet; pending marks come back."""

    async def close(self) -> None:
        """End the stream from our side; the carrier then asks what to do next."""


class Recogniser(Protocol):
    """One call's recognition in one language. Used by one thread at a time."""

    rate: int
    """Samples a second that `feed` wants."""
    deferred: bool
    """Whether `finish` does all the work at once, so that it pays to try it in the caller's pauses."""

    def expect(self, grammar: Grammar) -> None:
        """Use this grammar from the next utterance on; an utterance under way is not disturbed."""

    def feed(self, pcm: bytes) -> str:
        """More of an utterance (16-bit little-endian mono at `rate`); the partial text so far, "" if unknown."""

    def finish(self) -> tuple[Alternative, ...]:
        """End the utterance: best guess first, readings filled in; empty when no words were said."""

    def close(self) -> None:
        """Free what this call holds."""


class Recognisers(Protocol):
    """Opens a recogniser for a call."""

    def open(self, language: str) -> Recogniser:
        """Raises `RecogniserError` when no engine can hear this language."""

    def name(self, language: str) -> str:
        """What hears this language, for the record; empty when nothing does. Loads nothing."""


class VoiceActivity(Protocol):
    """Tells speech from other sound; one instance a call. Fast enough for the event loop."""

    window: int
    """Samples at 8 kHz that one question takes."""

    def probability(self, pcm: bytes) -> float:
        """How likely speech is in this window (16-bit mono, 8 kHz, exactly `window` samples)."""

    def reset(self) -> None:
        """Forget the stream so far: the next window begins another one."""


class Voice(Protocol):
    """Turns a prompt into sound; one instance a call, so that one voice speaks through the whole call."""

    def render(self, prompt: Prompt) -> bytes:
        """mu-law at 8 kHz. Raises `VoiceError` when no voice can say it."""


class Answers(Protocol):
    """Searches the city's FAQ."""

    def search(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[FaqHit, ...]:
        """Best first, at most five. Raises `VoicebotError` when the index is broken."""

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        """The departments whose matter it may be: best first, at most three. Raises as `search`."""


class CityDesk(Protocol):
    """Knows the facts of the city at a moment."""

    def look_up(self, what: str, arguments: Mapping[str, str], now: datetime) -> Mapping[str, Json]:
        """Raises `VoicebotError` when the question or the data is wrong."""


class Presence(Protocol):
    """Knows which telephones of the departments need not be rung just now."""

    def absent(self) -> frozenset[str]:
        """The numbers (E.164) and SIP addresses whose people are away or busy; empty when nothing is known."""


class Transcript(Protocol):
    """The append-only record of one call. Fast: it only queues, so it may be used from the event loop."""

    def append(self, seconds: float, record: Event | Action) -> None:
        """Store one event or action, `seconds` after the start of the call.

        Never raises: what cannot be written now is kept and written later.
        """

    def keep_state(self, state: str) -> None:
        """Store the conversation's state (JSON), so that it can go on after a transfer or a restart."""


class CallRecorder(Protocol):
    """Both channels of one call, streamed to disk. Fast enough for the event loop (it buffers). Never raises."""

    def heard(self, mulaw: bytes) -> None:
        """The caller's sound; its length is the clock of the recording."""

    def said(self, mulaw: bytes) -> None:
        """Sound queued at the carrier."""

    def cleared(self) -> None:
        """What was queued and not yet played was dropped."""

    def discard(self) -> None:
        """Stop and delete: the caller refuses."""

    def close(self) -> None:
        """Finish the file."""


class MessageRecorder(Protocol):
    """A caller's message, streamed to disk. Never raises; a failure shows in `close` or `discard`."""

    def write(self, mulaw: bytes) -> None:
        """More of the message."""

    def close(self) -> str:
        """The file's name. Raises `VoicebotError` when it could not be kept."""

    def discard(self) -> None:
        """Nothing was said: leave no file behind. Raises `VoicebotError` when nothing could have been kept."""
