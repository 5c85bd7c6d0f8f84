"""A stored call as what the caller did and what the bot did about it, ready to be held again. Pure.

A call is a row of inputs; after each of them the bot makes a move. Inputs belong to matters: a new one begins with the
first input after the bot has given an answer. What came too late to count (an answer to an older turn) is left out, as
the machine leaves it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from voicebot.actions import Action, HangUp, Play, Record, RequestCallback, Transfer
from voicebot.dialog.phrases import ANYTHING_ELSE, CANDIDATES, CONFIRM
from voicebot.events import (
    Alternative,
    CallEnded,
    CallResumed,
    CallStarted,
    DigitPressed,
    EndReason,
    Event,
    Heard,
    MessageRecorded,
    Outcome,
    PartFailed,
    PromptFinished,
    SpeechStarted,
    TakenOver,
    TimedOut,
    TransferEnded,
)

InputKind = Literal["said", "pressed", "silent", "left", "failed", "taken", "resumed"]
OFFERS = frozenset({CONFIRM, CANDIDATES})


@dataclass(slots=True)
class Move:
    """What the bot did after one input."""

    said: list[str] = field(default_factory=list)
    nodes: list[str] = field(default_factory=list)
    """The nodes and questions that spoke, in order."""
    offered: str = ""
    """What was offered, in words; empty when nothing was."""
    answers: list[str] = field(default_factory=list)
    """The entries and answer nodes that were given."""
    dialled: list[tuple[str, Outcome]] = field(default_factory=list)
    """The departments that were dialled, and how that ended."""
    message: str = ""
    """The department that was left a message."""
    callback: str = ""
    """The department that promised to call back."""
    ended: bool = False
    finished: int = 0
    """How many of its prompts were heard to the end."""

    def order(self, action: Action) -> None:
        """The bot orders this; transfers are added by whoever knows how they end."""
        match action:
            case Play():
                self.said += [prompt.text for prompt in action.prompts if prompt.text]
                self.nodes.append(action.node)
                self.answers += [action.answers] if action.answers else []
                self.offered = "".join(prompt.text for prompt in action.prompts) if action.node in OFFERS else ""
            case RequestCallback():
                self.callback = action.department
            case Record():
                self.message = action.department
            case HangUp():
                self.ended = True
            case _:
                pass

    @property
    def path(self) -> tuple[object, ...]:
        """Two moves are the same when these are: where they go, not how it is worded."""
        return (self.nodes, self.offered, self.answers, self.dialled, self.message, self.callback, self.ended)

    @property
    def question(self) -> str:
        """The node or question that spoke last."""
        return self.nodes[-1] if self.nodes else ""


@dataclass(frozen=True, slots=True)
class Input:
    """Something the caller did, or that happened to the caller."""

    kind: InputKind
    seconds: float
    """Since the start of the call."""
    turn: int
    question: str
    """What was being asked."""
    matter: int
    guesses: tuple[Alternative, ...] = ()
    digit: str = ""
    clock: Literal["no_input", "max_speech", "digits", "call"] = "no_input"
    interrupting: bool = False
    """Whether the bot had not spoken to the end."""
    event: Event | None = None
    """For what is given on as it is."""

    @property
    def words(self) -> str:
        """What the caller did, in words."""
        return self.guesses[0].text if self.guesses else self.digit


@dataclass(frozen=True, slots=True)
class StoredCall:
    """One call."""

    call: str
    at: datetime
    """When it began, in the city's time."""
    language: str
    caller: str | None
    inputs: tuple[Input, ...]
    moves: tuple[Move, ...]
    """One more than inputs: the first is the greeting."""
    reason: EndReason | None
    """Why it ended."""


def stored_call(call: str, items: Sequence[tuple[float, Event | Action]]) -> StoredCall | None:
    """The record of a call, (seconds, event or action) in order; None when it does not begin with a call."""
    reading = _Reading()
    for seconds, item in items:
        reading.take(seconds, item)
    began = reading.began
    if began is None:
        return None
    return StoredCall(
        call, began.at, began.language, began.caller, tuple(reading.inputs), tuple(reading.moves), reading.reason
    )


@dataclass(slots=True)
class _Reading:
    began: CallStarted | None = None
    reason: EndReason | None = None
    inputs: list[Input] = field(default_factory=list)
    moves: list[Move] = field(default_factory=lambda: [Move()])
    turn: int = 0
    interrupting: bool = False
    matter: int = 0
    adrift: bool = False
    going: str = ""

    def take(self, seconds: float, item: Event | Action) -> None:
        """The next line of the record."""
        if isinstance(item, CallEnded):
            self.reason = item.reason
            self._settle_transfer(None)
            self.adrift = True
        elif isinstance(item, CallStarted):
            self.began = self.began or item
        elif isinstance(item, TransferEnded):
            self._settle_transfer(item.outcome)
            self.adrift = False
        elif isinstance(item, CallResumed):
            if self.going:
                self._settle_transfer("failed")
            else:
                self._add(seconds, "resumed", event=item)
            self.adrift = False
        elif isinstance(item, Event):
            if not self.adrift:
                self._event(seconds, item)
        else:
            self._action(item)

    def _action(self, action: Action) -> None:
        self.turn = max(self.turn, getattr(action, "turn", 0))
        self.moves[-1].order(action)
        if isinstance(action, Play):
            self.interrupting = True
        if isinstance(action, Transfer):
            self.going = action.department
        self.adrift = self.adrift or isinstance(action, Transfer | HangUp)

    def _event(self, seconds: float, event: Event) -> None:
        turn = getattr(event, "turn", None)
        on_time = turn is None or turn == self.turn or (isinstance(event, TimedOut) and event.clock == "call")
        if not on_time:
            return
        match event:
            case PromptFinished():
                self.interrupting = False
                self.moves[-1].finished += 1
            case Heard():
                self._add(seconds, "said", guesses=event.alternatives, event=event)
            case DigitPressed():
                self._add(seconds, "pressed", digit=event.digit)
            case TimedOut():
                self._add(seconds, "silent", clock=event.clock)
            case MessageRecorded():
                self._add(seconds, "left", event=event)
            case PartFailed(part="recogniser" | "voice" | "recorder"):
                self._add(seconds, "failed", event=event)
            case TakenOver():
                self._add(seconds, "taken", event=event)
            case SpeechStarted() | _:
                pass

    def _add(self, seconds: float, kind: InputKind, **more: object) -> None:
        if self.moves[-1].answers or self.moves[-1].question == ANYTHING_ELSE:
            self.matter += 1
        question = next((move.question for move in reversed(self.moves) if move.question), "")
        self.inputs.append(
            Input(kind, seconds, self.turn, question, self.matter, interrupting=self.interrupting, **more)  # type: ignore[arg-type]
        )
        self.moves.append(Move())

    def _settle_transfer(self, outcome: Outcome | None) -> None:
        """How the transfer under way ended; where nobody told, the carrier had connected it."""
        if self.going:
            self.moves[-1].dialled.append((self.going, outcome or "connected"))
            self.moves[-1].ended = self.moves[-1].ended or outcome in {None, "connected", "caller_gone"}
            self.going = ""
