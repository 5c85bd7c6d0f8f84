"""What the caller did in a conversation, read from its record, in the words of a golden talk. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from voicebot.actions import Action, DropMessage, FinishRecording, Play, StopPlaying, Transfer, Wait
from voicebot.dialog.phrases import REVIEW
from voicebot.events import DigitPressed, Event, Heard, MessageRecorded, Outcome, TimedOut, TransferEnded
from voicebot.tuning.golden import Act

MOST_GUESSES = 3
"""So many guesses of the recogniser are kept of an utterance; further ones decide next to nothing."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that the caller did."""

    act: Act
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class Done:
    """A conversation seen from the caller, in order; grows record by record."""

    deeds: list[Deed] = field(default_factory=list)
    transfers: list[Outcome] = field(default_factory=list)
    """How the transfers ended."""
    answers: list[str] = field(default_factory=list)
    """What was given as an answer."""
    dialled: list[str] = field(default_factory=list)
    """The departments that were dialled."""
    _turn: int = 0
    _pressing: bool = False
    """Whether a further key belongs to the keys before it: nothing was said in between."""
    _reviewing: bool = False
    """Whether the caller is asked what to do with the message; a talk's 伝言 leaves it as it is."""
    _finished: bool = False
    """Whether a key has ended the message that comes now."""

    def told(self, record: Event | Action) -> None:
        """Take one record in."""
        self._turn = getattr(record, "turn", None) or self._turn if isinstance(record, Action) else self._turn
        match record:
            case Heard() if record.turn == self._turn:
                self._add(_spoken(record))
            case DigitPressed(digit):
                self._press(digit)
            case TimedOut(turn, "no_input" | "digits") if turn == self._turn:
                self._add(Deed("無言"))
            case MessageRecorded():
                self._message(record)
            case TransferEnded(_, outcome):
                self.transfers.append(outcome)
            case Play():
                self._said(record)
            case Transfer(_, department):
                self.dialled.append(department)
            case FinishRecording():
                self._finished = True
            case DropMessage():
                self._drop()
            case Wait() | StopPlaying():
                pass  # nothing was said
            case _ if isinstance(record, Action):
                self._pressing = False

    def _add(self, deed: Deed) -> None:
        self._pressing = False
        if not self._reviewing:
            self.deeds.append(deed)

    def _press(self, digit: str) -> None:
        if self._pressing and self.deeds and not self._reviewing:
            self.deeds[-1] = Deed("キー", (self.deeds[-1].words[0] + digit,))
        else:
            self._add(Deed("キー", (digit,)))
        self._pressing = True

    def _message(self, kept: MessageRecorded) -> None:
        if not self._finished:
            self._reviewing = False
            self._add(Deed("伝言" if kept.recording else "無言"))
            self._reviewing = bool(kept.recording)
        self._finished = False

    def _said(self, order: Play) -> None:
        self._pressing = False
        self._reviewing = self._reviewing and order.node in {"", REVIEW}
        if order.answers:
            self.answers.append(order.answers)

    def _drop(self) -> None:
        """The message was recorded anew: the talk leaves one."""
        places = [place for place, deed in enumerate(self.deeds) if deed.act == "伝言"]
        if places:
            del self.deeds[places[-1]]


def done(records: Iterable[Event | Action]) -> Done:
    """A conversation seen from the caller."""
    found = Done()
    for record in records:
        found.told(record)
    return found


def _spoken(heard: Heard) -> Deed:
    """The guesses that hold words, each once."""
    texts = tuple(dict.fromkeys(guess.text for guess in heard.alternatives if guess.text))[:MOST_GUESSES]
    return Deed("市民", texts) if texts else Deed("雑音")
