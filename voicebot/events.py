"""What has happened, in the past tense: the only values that the dialog machine ever receives.

This module is part of the words of the house: it knows nothing but the standard library.
Two families live here. *Line events* are what the wire reports (`LineEvent`); *events* are what the
dialog machine steps over and what the transcript stores (`Event`). An event that answers an order carries the
`turn` of that order; an answer whose turn is no longer current is ignored by the machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Json = str | int | float | bool | None
Clock = Literal["no_input", "max_speech", "digits", "call"]
Part = Literal["recogniser", "voice", "faq", "lookup", "transcripts", "recorder", "transfer", "tickets", "sms"]
Outcome = Literal["connected", "busy", "no_answer", "declined", "failed", "cancelled", "caller_gone"]
OperatorAnswer = Literal["accepted", "declined", "silent"]
LegResult = Literal["answered", "connected", "busy", "no_answer", "declined", "failed", "cancelled"]
"""What became of one telephone. `answered` is not the end of it; `cancelled` when another was picked up."""
EndReason = Literal["caller", "bot", "line", "limit", "transferred", "error"]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One guess of the recogniser at what was said."""

    text: str
    """The words as written, without spaces between Japanese words; may hold the wrong homophone."""
    reading: str
    """The same in katakana (other languages: lower-case text); matching is done on this."""
    confidence: float
    """Between 0 and 1, as comparable between engines as their adapters can make it."""


@dataclass(frozen=True, slots=True)
class FaqHit:
    """One candidate answer from the FAQ."""

    entry: str
    """The entry's id, unique in the city's content."""
    question: str
    answer: str
    department: str
    confidence: float
    """Between 0 and 1: how sure the search is that this entry answers the question."""
    reading: str = ""
    """The question's reading in matching form, so that it can be chosen by voice."""


@dataclass(frozen=True, slots=True)
class DepartmentHit:
    """One department that a question may be for."""

    department: str
    confidence: float
    """Between 0 and 1: how sure the search is that this department is the right one."""


# --- on the line ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AudioReceived:
    """A piece of the caller's sound."""

    mulaw: bytes
    """G.711 mu-law, 8,000 bytes a second, any length."""


@dataclass(frozen=True, slots=True)
class KeyReceived:
    """A key of the telephone was pressed."""

    digit: str
    """One of 0-9, * and #."""


@dataclass(frozen=True, slots=True)
class MarkReceived:
    """The carrier gave a mark back: the sound before it was played, or was cleared."""

    name: str


@dataclass(frozen=True, slots=True)
class LineDropped:
    """The wire is gone; nothing more will come from it."""

    clean: bool
    """True when the carrier said so (`stop`), False for a connection that simply broke."""


LineEvent = AudioReceived | KeyReceived | MarkReceived | LineDropped


# --- in the conversation ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A resident's call has been answered and sound flows."""

    call_id: str
    caller: str | None
    """The caller's number as the carrier gave it; None when it was withheld."""
    called: str
    language: str
    at: datetime
    """Local time of the city, with time zone."""


@dataclass(frozen=True, slots=True)
class CallResumed:
    """The line came back after it had been lost, or after the service was restarted."""

    at: datetime


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The caller began to speak."""

    turn: int


@dataclass(frozen=True, slots=True)
class Heard:
    """The caller finished speaking; empty `alternatives` means sound without words."""

    turn: int
    alternatives: tuple[Alternative, ...]
    """Best first."""
    speech_seconds: float = 0.0
    """How long the caller spoke."""
    decode_seconds: float = 0.0
    """From the decision that the caller had finished to these words."""


@dataclass(frozen=True, slots=True)
class DigitPressed:
    """The caller pressed a key; keys work at any moment, so there is no turn."""

    digit: str


@dataclass(frozen=True, slots=True)
class PromptFinished:
    """The whole prompt of this turn has been played to the caller."""

    turn: int


@dataclass(frozen=True, slots=True)
class TimedOut:
    """A clock that was started with `Wait` has run out."""

    turn: int
    clock: Clock


@dataclass(frozen=True, slots=True)
class FaqAnswered:
    """The FAQ was searched; best first, empty when nothing is near."""

    turn: int
    hits: tuple[FaqHit, ...]
    departments: tuple[DepartmentHit, ...] = ()
    """Whose matter it may be; best first."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A fact of the city was looked up."""

    turn: int
    what: str
    facts: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TransferEnded:
    """A transfer is over, well or badly."""

    turn: int
    outcome: Outcome
    detail: str = ""
    """The carrier's own word or SIP code, for the transcript."""


@dataclass(frozen=True, slots=True)
class Dialled:
    """The carrier has been told to ring these telephones of a department, all at once."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rang:
    """Telephones of a department were rung, all at once, and nobody took the call; others may be rung after them."""

    numbers: tuple[str, ...]
    outcome: Outcome
    detail: str = ""
    """The carrier's own word or SIP code."""


@dataclass(frozen=True, slots=True)
class LegUpdated:
    """The carrier tells of one of the telephones that were rung, however the others fare; perhaps late."""

    number: str
    result: LegResult
    detail: str = ""
    """The carrier's own word and SIP code."""
    turn: int = 0
    """Of the transfer that rang it."""
    round: int = 0
    """Counts the times that telephones were rung for that transfer, from 0."""


@dataclass(frozen=True, slots=True)
class Whispered:
    """Somebody picked up at a department and is told, before the caller is connected, what the call is about."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class OperatorAnswered:
    """Who picked up takes the call, declines it, or pressed no key (as an answering machine does)."""

    number: str
    answer: OperatorAnswer


@dataclass(frozen=True, slots=True)
class TakenOver:
    """An operator takes this call from the bot."""

    number: str
    """Where the operator is: E.164 or a SIP address."""
    operator: str
    """The operator's name, for the transcript."""


@dataclass(frozen=True, slots=True)
class MessageRecorded:
    """The caller's message has been kept."""

    turn: int
    recording: str
    """File name inside the recordings folder; empty when nothing was said."""
    seconds: float


@dataclass(frozen=True, slots=True)
class CallbackBooked:
    """The wish to be called back has been noted."""

    turn: int
    ticket: str
    """The number that the caller is told."""


@dataclass(frozen=True, slots=True)
class SmsSent:
    """The carrier has taken a text message."""

    turn: int


@dataclass(frozen=True, slots=True)
class SmsUpdated:
    """The carrier tells what became of a text message, perhaps long after the call."""

    status: str
    """Twilio's `MessageStatus`: `queued`, `sent`, `delivered`, `undelivered`, `failed` ..."""
    error: str = ""
    """Twilio's error number, if there is one."""


@dataclass(frozen=True, slots=True)
class PartFailed:
    """A part of the house is broken; the conversation goes on without it."""

    part: Part
    code: str
    """The error's code; never what was said."""
    turn: int | None = None
    """The order that will not be answered, if there was one."""


@dataclass(frozen=True, slots=True)
class CallEnded:
    """Nobody is on the line any more."""

    reason: EndReason


Event = (
    CallStarted
    | CallResumed
    | SpeechStarted
    | Heard
    | DigitPressed
    | PromptFinished
    | TimedOut
    | FaqAnswered
    | LookedUp
    | TransferEnded
    | Dialled
    | Rang
    | LegUpdated
    | Whispered
    | OperatorAnswered
    | TakenOver
    | MessageRecorded
    | CallbackBooked
    | SmsSent
    | SmsUpdated
    | PartFailed
    | CallEnded
)
