"""Where a conversation stands: one frozen value with one owner, plain data that can be stored.

The state of a call is stored after every step, so that the call can continue after a failed transfer, a dropped line
or a restart of the service.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from voicebot.actions import Prompt
from voicebot.dialog.slots import Slot, Value
from voicebot.dialog.tree import Option, Question, Target
from voicebot.errors import TranscriptError

Phase = Literal[
    "new",
    "notice",  # a prompt that speech cannot interrupt; the question comes after it
    "asking",  # a question is being spoken, or has been spoken and is waiting
    "hearing",  # the caller is speaking
    "searching",  # the FAQ is being searched
    "looking_up",  # is the department open?
    "handing_over",  # "I connect you" is being spoken
    "transferring",  # the carrier is dialling
    "inviting",  # "leave your message after the tone" is being spoken
    "recording",  # the caller is leaving a message
    "booking",  # a call back is being noted
    "sending",  # a text message is being sent
    "closing",  # goodbye is being spoken
    "ended",
]


@dataclass(frozen=True, slots=True)
class Form:
    """What is being asked for in a call, in the call's language; made from a node or by the machine itself."""

    name: str
    slots: tuple[Slot, ...]
    summary: str
    then: Target
    """Where agreement leads."""
    declined: Target | None = None
    """Where a plain no leads; None asks what was wrong."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A choice whose words were among what the caller said, should the FAQ know nothing better."""

    option: Option
    confidence: float


@dataclass(frozen=True, slots=True)
class State:
    """Everything the machine remembers of a call.

    Nothing else is remembered anywhere: equal states go on equally.
    """

    phase: Phase = "new"
    turn: int = 0
    language: str = "ja"
    node: str = ""
    question: Question | None = None
    """What the caller is being asked; in `notice`, what comes next (its keys already work)."""
    parent: Question | None = None
    """The question to return to when a confirmation is answered with no."""
    leaning: Leaning | None = None
    """While the FAQ is searched: the choice that is taken when it finds nothing likely."""
    history: tuple[str, ...] = ()
    """Nodes that asked something, oldest first; for going back."""
    prompts: tuple[Prompt, ...] = ()
    """What was said last."""
    recap: tuple[Prompt, ...] = ()
    """What was said before the question and is repeated with it: the answer, the opening hours."""
    rung: int = 0
    """How often the caller was not understood or silent, over the whole call. Never falls."""
    slow: bool = False
    deaf: bool = False
    """The recogniser is broken: keys only."""
    mute: bool = False
    """The voice is broken: the carrier must speak."""
    spoken: bool = False
    """Whether the prompt of this turn has been spoken to its end."""
    interrupted: bool = False
    """Whether the caller's present speech interrupted the prompt."""
    noises: int = 0
    """How often noise or a mere nod interrupted a prompt; speech then no longer interrupts."""
    refused: tuple[str, ...] = ()
    """Entries of the FAQ that were offered and that the caller did not mean, since the last answer."""
    unmeant: tuple[Target, ...] = ()
    """What else was asked about (a department, a choice) and not meant, since the last answer."""
    answered: bool = False
    """Whether an answer has been given in this call."""
    department: str = ""
    """Whose matter the call is about, as far as known."""
    wanted: str = ""
    """The department that the caller asked for; a message is for it, whoever was tried after it."""
    goal: str = ""
    """The department that is being looked up, dialled or left a message."""
    tried: tuple[str, ...] = ()
    """Departments that could not be reached in this call."""
    taker: str = ""
    """The telephone of the operator who takes this call, while it is being handed to them."""
    after: str = ""
    """The department to try when `goal` does not answer."""
    before: tuple[Prompt, ...] = ()
    """What to say in front of what the look-up brings."""
    opening: str = ""
    """When the department that was closed opens again, as a sentence; said once more before a goodbye without help."""
    calls_back: bool = False
    """Whether the department that is closed would rather call back than be left a message."""
    empty_messages: int = 0
    message: str = ""
    """The message that the caller has left and may still replace."""
    start: str = ""
    """Where this call begins anew; "" for the dialog's own start."""
    today: date | None = None
    """The city's date when the call began."""
    caller: str = ""
    """The caller's number in national digits, as far as it is one of this country."""
    purpose: Literal["hand_over", "branch", "look_up"] = "hand_over"
    """What the present look-up is for."""
    case: int = 0
    """The line of the branch whose look-up is under way."""
    form: Form | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    """What the caller has said, by slot, over the whole call."""
    screened: tuple[str, ...] = ()
    """Questions of departments that were put to the caller before their telephones rang."""
    keys: str = ""
    """Digits pressed so far for the present slot; while there are some, speech does not count."""
    unrecorded: bool = False
    """Whether the caller refused to be recorded."""


_ADAPTER = TypeAdapter(State)
_NAMES = tuple(field.name for field in fields(State))
_VALUES = attrgetter(*_NAMES)


def changed(state: State, **changes: object) -> State:
    """`dataclasses.replace`, at half the price: a step makes several states."""
    return State(**{**dict(zip(_NAMES, _VALUES(state), strict=True)), **changes})


def dump(state: State) -> str:
    """The state as JSON."""
    return _ADAPTER.dump_json(state).decode()


def restore(text: str) -> State:
    """The state from JSON.

    Raises:
        TranscriptError: the text is not a state of this version; start the conversation anew.
    """
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise TranscriptError("transcript.state", "The stored state of the call cannot be read; start anew.") from error
