"""The dialog tree as frozen values: what staff wrote, ready for the machine.

Texts exist once for each language (`Texts`); phrases carry their reading, because matching is done on readings.
Everything a caller can be asked is one shape, `Question`, whether it was written as a node or made up on the way
(a confirmation, an offer): options with words and keys, and what to do with free speech and with silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from voicebot.actions import GrammarKind
from voicebot.dialog.lexicon import Lexicon
from voicebot.dialog.limits import Limits
from voicebot.dialog.slots import Slot, SlotKind, Value
from voicebot.events import FaqHit

Texts = Mapping[str, str]
"""The same text by language code; Japanese (`ja`) always exists."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of saying something."""

    text: str
    reading: str
    """In the form that `language.kana.matching_form` gives."""


# --- where an option leads --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToNode:
    """Go on at this node of the tree."""

    node: str
    to: Literal["node"] = "node"


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """Give this answer of the FAQ."""

    hit: FaqHit
    to: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Connect with a department, or with the switchboard when it is empty."""

    department: str = ""
    to: Literal["person"] = "person"


@dataclass(frozen=True, slots=True)
class ToMessage:
    """Take a message for a department."""

    department: str = ""
    to: Literal["message"] = "message"


@dataclass(frozen=True, slots=True)
class ToReview:
    """What is done with the message that the caller has just left."""

    what: Literal["listen", "again", "keep"]
    to: Literal["review"] = "review"


@dataclass(frozen=True, slots=True)
class ToCommand:
    """Carry out a command that works everywhere, or a step the machine takes by itself."""

    command: Literal["repeat", "slow", "back", "restart", "end", "refuse_recording", "reject"]
    to: Literal["command"] = "command"


@dataclass(frozen=True, slots=True)
class ToSlot:
    """Ask for this slot of the form (again); "" asks which one."""

    slot: str
    refused: bool = False
    """Whether the caller has said no to what was read back."""
    to: Literal["slot"] = "slot"


@dataclass(frozen=True, slots=True)
class ToValue:
    """This is the slot's value."""

    slot: str
    value: Value
    chosen: bool = False
    """Whether the caller chose it from a list that was read out: then it need not be read back."""
    to: Literal["value"] = "value"


@dataclass(frozen=True, slots=True)
class ToCallback:
    """Note a wish to be called back by a department, asking for what is needed."""

    department: str = ""
    to: Literal["callback"] = "callback"


@dataclass(frozen=True, slots=True)
class ToBooking:
    """All that a call back needs is known: note it."""

    department: str
    to: Literal["booking"] = "booking"


@dataclass(frozen=True, slots=True)
class ToSms:
    """The caller has agreed to a text message: send it."""

    text: str
    to: Literal["sms"] = "sms"


@dataclass(frozen=True, slots=True)
class ToLanguage:
    """Go on in another language, from its beginning."""

    language: str
    to: Literal["language"] = "language"


@dataclass(frozen=True, slots=True)
class ToNothing:
    """The matter is settled: is there anything else?"""

    to: Literal["nothing"] = "nothing"


Target = (
    ToNode
    | ToAnswer
    | ToPerson
    | ToMessage
    | ToReview
    | ToCommand
    | ToSlot
    | ToValue
    | ToCallback
    | ToBooking
    | ToSms
    | ToLanguage
    | ToNothing
)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing the caller can choose, by voice or by key."""

    target: Target
    phrases: tuple[Phrase, ...] = ()
    key: str = ""
    label: str = ""
    """What it is called when choices are read out, in the call's language."""
    share: float = 0.0
    """How much of what was said the phrases must make up, 0 to 1: 失礼します ends the call only when that is all."""


@dataclass(frozen=True, slots=True)
class Question:
    """Everything needed to ask, to understand the reply, and to ask again."""

    name: str
    """The node's name, or what the machine is doing (`phrases.OWN_QUESTIONS`)."""
    text: str
    kind: GrammarKind
    options: tuple[Option, ...] = ()
    open: bool = False
    """Whether speech that fits no option is searched in the FAQ."""
    reword: str = ""
    """What to say instead of `text` the second time."""
    recording: str = ""
    """Name of the recorded prompt."""
    bargein: bool = True
    silence: Target | None = None
    """Where silence leads; None means up the ladder."""
    slot: str = ""
    """The slot of the form that speech and keys fill; "" for none."""
    slot_kind: SlotKind | None = None


# --- nodes ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SayNode:
    """Says something and goes on."""

    text: Texts
    goto: str
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One line under `choices:`."""

    say: Mapping[str, tuple[Phrase, ...]]
    """Ways of saying it, by language."""
    key: str
    label: Texts
    goto: str


@dataclass(frozen=True, slots=True)
class AskNode:
    """Asks: fixed choices, an open question, or both."""

    text: Texts
    choices: tuple[Choice, ...]
    open: bool
    reword: Texts | None = None
    bargein: bool = True


@dataclass(frozen=True, slots=True)
class AnswerNode:
    """Gives an answer, then asks whether there is anything else."""

    text: Texts
    department: str = ""


@dataclass(frozen=True, slots=True)
class TransferNode:
    """Connects with a department."""

    department: str
    text: Texts | None = None


@dataclass(frozen=True, slots=True)
class MessageNode:
    """Takes a message for a department."""

    department: str
    text: Texts | None = None


@dataclass(frozen=True, slots=True)
class EndNode:
    """Says goodbye and hangs up."""

    text: Texts


@dataclass(frozen=True, slots=True)
class FormNode:
    """Asks for several things, in the order written; a caller may say them at once, and correct them at the end."""

    slots: tuple[Slot, ...]
    goto: str
    text: Texts | None = None
    summary: Texts | None = None
    """How everything is read back, with {slot} for what was said; None lists the slots."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line under `when:`. All conditions that are written must hold."""

    goto: str
    open: str = ""
    """This department is open now."""
    slot: str = ""
    values: tuple[str, ...] = ()
    """The slot has one of these values; empty: it has any."""
    language: str = ""
    fact_name: str = ""
    fact: str | None = None
    """The fact's value, as it was when the content was loaded, is one of `values`; None does not ask for a fact."""
    happened: str = ""
    """One of `HAPPENINGS`."""


HAPPENINGS = ("answered", "not_reached", "not_understood", "recording_refused")
"""What a branch can ask of the call so far."""


@dataclass(frozen=True, slots=True)
class BranchNode:
    """Says nothing: goes on at the first case that holds."""

    cases: tuple[Case, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class LookupNode:
    """Looks something up in the city's data and says it."""

    what: str
    arguments: Mapping[str, str]
    """Values, or {slot} for what the caller said."""
    found: Texts | None = None
    """What to say, with {name} for what was found; None says what the look-up itself proposes."""
    missing: Texts | None = None
    goto: str = ""
    """Where to go on; "" asks whether there is anything else."""
    department: str = ""


@dataclass(frozen=True, slots=True)
class CallbackNode:
    """Notes that a department shall call back."""

    department: str
    text: Texts | None = None


@dataclass(frozen=True, slots=True)
class SmsNode:
    """Offers to send a text message."""

    message: Texts
    text: Texts | None = None


Node = (
    SayNode
    | AskNode
    | AnswerNode
    | TransferNode
    | MessageNode
    | EndNode
    | FormNode
    | BranchNode
    | LookupNode
    | CallbackNode
    | SmsNode
)


@dataclass(frozen=True, slots=True)
class Disaster:
    """The pack that replaces the greeting while it is in force."""

    start: str
    until: datetime
    """It ends by itself then."""


@dataclass(frozen=True, slots=True)
class Dialog:
    """A whole line: the nodes, the standard phrases, and how commands are said."""

    start: str
    nodes: Mapping[str, Node]
    phrases: Mapping[str, Texts]
    """The machine's own sentences by name; `phrases.PHRASES` says which must exist."""
    commands: Mapping[str, tuple[Option, ...]]
    """Options that work everywhere, by language."""
    offers: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    """Ways of choosing what the machine itself offers (`phrases.OFFERS`)."""
    departments: Mapping[str, tuple[Phrase, ...]]
    """Ways of naming each department."""
    emergency: Mapping[str, tuple[Phrase, ...]]
    """Words that mean danger, by language."""
    emergency_unless: Mapping[str, tuple[Phrase, ...]]
    """Words that take the danger out of an emergency word (罹災証明, 講習)."""
    connect: Mapping[str, tuple[Phrase, ...]]
    """Words that ask to be connected (つないで, 代わって); with a department's name they mean a transfer."""
    yes: Mapping[str, tuple[Phrase, ...]]
    no: Mapping[str, tuple[Phrase, ...]]
    switchboard: str
    duty: str
    """The department that is always there; the last rung."""
    starts: Mapping[str, str] = field(default_factory=dict)
    """Where callers begin who chose another language."""
    districts: Mapping[str, str] = field(default_factory=dict)
    """Reading of each district of the city by its name."""
    spoken_districts: Mapping[str, str] = field(default_factory=dict)
    """Each district as a prompt must hold it ({緑町|ミドリマチ}), where it is misread otherwise."""
    chome: Mapping[str, int] = field(default_factory=dict)
    """How many 丁目 a district has, by its name."""
    label_sounds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Reading in matching form of the labels among the phrases, by language."""
    disaster: Disaster | None = None
    vocabulary: tuple[str, ...] = ()
    """Words of the city that open questions may hold; they bias the recogniser."""
    limits: Limits = field(default_factory=Limits)
    lexicons: Mapping[str, Lexicon] = field(default_factory=dict)
    """What works at every question, laid out for comparison, by language (`match.lexicon_of`)."""
    fingerprint: str = ""
    """Changes when anything of the content changes; kept with each call."""
