"""What must be done, in the imperative: the only values that the dialog machine ever gives out.

This module is part of the words of the house: it knows nothing but the standard library.
An order that takes time carries a `turn`; its answer is an event with the same turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from voicebot.events import Alternative, Clock, EndReason

GrammarKind = Literal["open", "choices", "yes_no", "digits"]
Missed = Literal["", "no_input", "no_match", "rejected", "wrong_key"]
"""Why a caller is asked once more: silence, words that mean nothing here, a no to what was offered, a wrong key."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to be said to the caller."""

    text: str
    """As written, in the language of the prompt; the voice room turns numbers and dates into speech."""
    language: str = "ja"
    slow: bool = False
    name: str = ""
    """The prompt's name: a recording of this name in `recordings/prompts/` is played instead of synthesis."""
    message: str = ""
    """Play this caller's message back instead: a file name inside the recordings folder."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the caller is likely to say next."""

    language: str
    kind: GrammarKind
    phrases: tuple[str, ...] = ()
    """Phrases as written, to bias or to limit the recogniser."""
    end_silence_seconds: float = 0.7
    """Silence after speech that ends the caller's turn."""


@dataclass(frozen=True, slots=True)
class Play:
    """Say this *instead* of whatever is being said; answered by `PromptFinished`."""

    turn: int
    prompts: tuple[Prompt, ...]
    node: str = ""
    """The node or question that speaks; for the transcript."""
    answers: str = ""
    """What this gives the caller as an answer: the FAQ entry's id, or the node's name; empty for anything else."""
    missed: Missed = field(default="", compare=False)
    """Why this is said, when the caller's last turn was of no use; for the transcript, so it makes no other order."""


@dataclass(frozen=True, slots=True)
class StopPlaying:
    """Fall silent at once: the caller is speaking or has pressed a key."""

    turn: int


@dataclass(frozen=True, slots=True)
class Expect:
    """From now on speech belongs to this turn; answered by `SpeechStarted` and `Heard` if the caller speaks."""

    turn: int
    grammar: Grammar
    bargein: bool = True
    """Whether speech counts while the prompt is still being played. Keys always count."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Start a clock; answered by `TimedOut` unless a newer `Wait` or turn replaces it."""

    turn: int
    seconds: float
    clock: Clock


@dataclass(frozen=True, slots=True)
class AskFaq:
    """Search the FAQ; answered by `FaqAnswered`."""

    turn: int
    language: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class LookUp:
    """Look up a fact of the city; answered by `LookedUp`."""

    turn: int
    what: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    missed: Missed = field(default="", compare=False)
    """As in `Play`: a caller who was not understood too often is led to a person, whose hours are looked up first."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Connect the caller with a department; the stream ends, and `TransferEnded` comes when it is over."""

    turn: int
    department: str
    say: str = ""
    """Spoken by the carrier before it dials; only when our own voice is broken."""
    number: str = ""
    """Ring only this telephone, without asking whether it takes the call: its operator has asked for it."""


@dataclass(frozen=True, slots=True)
class Record:
    """Keep the caller's message; answered by `MessageRecorded`."""

    turn: int
    department: str
    """Whom the message is for."""
    max_seconds: float
    silence_seconds: float
    """Silence that ends the message."""


@dataclass(frozen=True, slots=True)
class FinishRecording:
    """The caller has said, by a key, that the message is complete."""

    turn: int


@dataclass(frozen=True, slots=True)
class DropMessage:
    """The caller has recorded this message anew: the one before is not wanted any more."""

    recording: str
    """File name inside the recordings folder."""


@dataclass(frozen=True, slots=True)
class RequestCallback:
    """Note that a department shall call back; answered by `CallbackBooked`."""

    turn: int
    department: str
    phone: str
    """National digits."""
    name: str
    matter: str
    when: str
    """When the caller would like to be called, in the caller's words."""


@dataclass(frozen=True, slots=True)
class SendSms:
    """Send a text message to a mobile telephone; answered by `SmsSent`. Only after the caller has agreed."""

    turn: int
    phone: str
    """National digits."""
    text: str


@dataclass(frozen=True, slots=True)
class DiscardCallRecording:
    """The caller refuses to be recorded: stop, and delete what was kept of this call's sound."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""

    reason: EndReason
    say: str = ""
    """Spoken by the carrier before it hangs up; only when our own voice is broken."""


Action = (
    Play
    | StopPlaying
    | Expect
    | Wait
    | AskFaq
    | LookUp
    | Transfer
    | Record
    | FinishRecording
    | DropMessage
    | RequestCallback
    | SendSms
    | DiscardCallRecording
    | HangUp
)
