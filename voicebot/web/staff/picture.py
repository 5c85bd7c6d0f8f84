"""What operators see of one call, folded from its record: the call, its lines, and a card for each transfer. Pure.

Whatever is told here is data; the page words it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from voicebot.actions import Action, Play, Record, Transfer
from voicebot.city.telephone_numbers import readable
from voicebot.events import (
    CallbackBooked,
    CallEnded,
    CallResumed,
    CallStarted,
    DigitPressed,
    Event,
    FaqAnswered,
    Heard,
    LegUpdated,
    MessageRecorded,
    OperatorAnswered,
    PartFailed,
    Rang,
    SmsSent,
    SmsUpdated,
    TakenOver,
    TransferEnded,
)
from voicebot.transcripts.text_log import LAST
from voicebot.web.staff.board import Data
from voicebot.web.staff.cards import Card, Talked

CallState = Literal["talking", "dialling", "connected", "message", "interrupted", "ended"]
MOST_LINES = 200
"""Of a call on the board; the record has them all."""


@dataclass(slots=True)
class Picture:
    """A call as it looks just now.

    Args:
        call_id: Ours.
        started: When it began, if that is known before its record tells.
    """

    call_id: str
    started: datetime | None = None
    number: str = ""
    language: str = ""
    state: CallState = "talking"
    department: str = ""
    ended_at: float | None = None
    """Milliseconds since 1970."""
    told_at: float = 0.0
    """Milliseconds since 1970: when something was last told of it."""
    reason: str = ""
    speaking: str = ""
    """The caller's words so far, while they speak."""
    last: str = ""
    last_who: str = ""
    lines: int = 0
    cards: list[Card] = field(default_factory=list)
    talked: Talked = field(default_factory=Talked)

    @property
    def key(self) -> str:
        """Of the call on the board."""
        return f"call:{self.call_id}"

    def data(self) -> Data:
        """Of the call itself."""
        return {
            "kind": "call",
            "id": self.call_id,
            "number": self.number,
            "language": self.language,
            "started": self.started.timestamp() * 1000 if self.started else None,
            "ended": self.ended_at,
            "state": self.state,
            "reason": self.reason,
            "department": self.department,
            "last": self.last,
            "who": self.last_who,
            "speaking": self.speaking,
        }

    def card(self, card: Card) -> tuple[str, Data]:
        """Of a transfer: its key and data."""
        return f"card:{self.call_id}:{card.number}", card.data(self.call_id, self.number, self.language)

    def told(self, seconds: float, record: Event | Action) -> Iterator[tuple[str, Data]]:
        """Take one record in, `seconds` after the start of the call; the lines that it adds, with their keys."""
        at = (self.started.timestamp() + seconds) * 1000 if self.started else 0.0
        self._follow(record)
        self.talked.follow(record)
        self._follow_transfer(record, at)
        if isinstance(record, CallEnded):
            self.ended_at = None if record.reason == "line" else at
        line = _line(record)
        if line is not None:
            who, code, text, confidence = line
            self.lines += 1
            self.last, self.last_who = (text, who) if who != "note" else (self.last, self.last_who)
            yield (
                f"line:{self.call_id}:{self.lines}",
                {
                    "kind": "line",
                    "call": self.call_id,
                    "n": self.lines,
                    "at": round(seconds, 1),
                    "who": who,
                    "code": code,
                    "text": text,
                    "confidence": confidence,
                },
            )

    def _follow(self, record: Event | Action) -> None:
        match record:
            case CallStarted(_, caller, _, language, at):
                self.number, self.language = readable(caller or ""), language
                self.started, self.state = at, "talking"
            case CallResumed():
                self.state, self.ended_at = "talking", None
            case Play() if record.prompts:
                self.speaking, self.language = "", record.prompts[0].language
                if record.answers:
                    self.talked.answered.append(_text(record))
            case Heard():
                self.speaking = ""
            case Record(_, department):
                self.state, self.department = "message", department
            case CallEnded(reason):
                self.state = "interrupted" if reason == "line" else "ended"
                self.reason, self.speaking = reason, ""
            case _:
                pass

    def _follow_transfer(self, record: Event | Action, at: float) -> None:
        if isinstance(record, Transfer):
            self.state, self.department = "dialling", record.department
            number = len(self.cards) + 1
            self.cards.append(Card.begun(number, record.department, record.turn, at, self.talked))
            return
        if isinstance(record, LegUpdated):  # told late it is about an earlier one
            for card in self.cards[:-1]:
                card.follow(record)
        if self.cards:
            self.cards[-1].follow(record)
            if self.cards[-1].state == "connected" and self.state == "dialling":
                self.state = "connected"
        if isinstance(record, TransferEnded):
            self.state = "connected" if record.outcome == "connected" else "talking"


def _line(record: Event | Action) -> tuple[str, str, str, float | None] | None:
    """Who, which note, the words, and how sure the recogniser is; None for what only the machine cares for."""
    match record:
        case Play() if any(prompt.text for prompt in record.prompts):
            return "bot", "", _text(record), None
        case Heard(_, alternatives):
            if not alternatives:
                return "caller", "no_words", "", None
            return "caller", "", alternatives[0].text, round(alternatives[0].confidence, 2)
        case DigitPressed(digit):
            return "caller", "key", digit, None
        case FaqAnswered(_, hits):
            return "note", "faq" if hits else "faq_nothing", hits[0].question if hits else "", None
        case _:
            return _note(record)


def _note(record: Event | Action) -> tuple[str, str, str, float | None] | None:
    match record:
        case Transfer(_, department):
            return "note", "transfer", department, None
        case TransferEnded(_, outcome):
            return "note", f"transfer_{outcome}", "", None
        case Rang(_, outcome):
            return "note", f"transfer_{outcome}", "", None
        case OperatorAnswered(_, answer):
            return "note", f"operator_{answer}", "", None
        case TakenOver(_, operator):
            return "note", "taken_over", operator, None
        case Record(_, department):
            return "note", "recording", department, None
        case MessageRecorded(_, recording, seconds) if recording:
            return "note", "message", f"{seconds:.0f}", None
        case CallbackBooked(_, ticket):
            return "note", "callback", ticket, None
        case SmsSent():
            return "note", "sms_sent", "", None
        case SmsUpdated(status, error) if status in LAST:
            return "note", "sms_delivered" if status == "delivered" else "sms_failed", error, None
        case PartFailed(part):
            return "note", "broken", part, None
        case CallResumed():
            return "note", "resumed", "", None
        case CallEnded(reason):
            return "note", f"ended_{reason}", "", None
        case _:
            return None


def _text(play: Play) -> str:
    return "".join(prompt.text for prompt in play.prompts)
