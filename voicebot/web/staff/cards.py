"""A card: what operators see of one transfer, folded from the record of its call. Pure; the page words it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from voicebot.actions import Action, Play
from voicebot.city.telephone_numbers import readable
from voicebot.dialog.briefing import LIKELY, SHORTEST_MATTER
from voicebot.dialog.phrases import SCREENING as ASKED_BEFORE
from voicebot.events import (
    CallEnded,
    Dialled,
    Event,
    FaqAnswered,
    Heard,
    LegResult,
    LegUpdated,
    LookedUp,
    OperatorAnswer,
    OperatorAnswered,
    Outcome,
    Rang,
    TransferEnded,
    Whispered,
)
from voicebot.web.staff.board import Data
from voicebot.web.whispering import SCREENING, SHORT_SCREENING

CardState = Literal["dialling", "whispering", "connected", "over", "failed"]
MOST_SAID = 8
"""Of the caller's words, and of the answers, on a card."""
MOST_LIKELY = 4
"""Departments that can be reported as the right one with one click."""
_ANSWERS: Mapping[OperatorAnswer, LegResult] = {
    "accepted": "connected",
    "declined": "declined",
    "silent": "no_answer",
}
_LEG_OF: Mapping[Outcome, LegResult] = {
    "busy": "busy",
    "no_answer": "no_answer",
    "declined": "declined",
    "failed": "failed",
    "cancelled": "cancelled",
    "caller_gone": "cancelled",
}


@dataclass(slots=True)
class Talked:
    """What has been said in a call that an operator must know before the first word."""

    said: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    district: str = ""
    about: str = ""
    """The question of the FAQ that the call is about, as far as known."""
    asked: str = ""
    """What the department wanted to know of the caller before its telephones rang."""
    reply: str = ""
    evidence: dict[str, float] = field(default_factory=dict)
    """Whose matter it may be, by the department: the most that any of the caller's questions spoke for it."""
    _asked_in: int = -1
    """The turn in which that was asked."""

    def follow(self, record: Event | Action) -> None:
        """Take one record in; answers are told apart by who knows how they are worded (`answered`)."""
        match record:
            case Play(turn, prompts, node) if node == ASKED_BEFORE and prompts:
                self.asked, self._asked_in = prompts[-1].text, turn
            case Heard(turn, alternatives) if alternatives and turn == self._asked_in:
                self.reply = alternatives[0].text
            case Heard(_, alternatives) if alternatives:
                self.said.append(alternatives[0].text)
            case FaqAnswered(_, hits, departments):
                if hits and hits[0].confidence >= LIKELY:
                    self.about = hits[0].question
                for name, confidence in [
                    *((hit.department, hit.confidence) for hit in departments),
                    *((hit.department, hit.confidence) for hit in hits),
                ]:
                    self.evidence[name] = max(confidence, self.evidence.get(name, 0.0))
            case LookedUp(_, what, facts) if what == "district" and facts.get("found"):
                self.district = str(facts.get("district") or facts.get("name") or self.district)
            case _:
                pass

    @property
    def matter(self) -> str:
        """As the whisper tells it: the question that was answered or is most likely, else the caller's own words."""
        words = next((text for text in reversed(self.said) if len(text) >= SHORTEST_MATTER), "")
        return self.about or words

    def likely(self, beside: str) -> tuple[str, ...]:
        """The departments that the caller's words speak for, the likeliest first, beside one."""
        ranked = sorted(self.evidence, key=lambda name: -self.evidence[name])
        return tuple(name for name in ranked if name and name != beside)[:MOST_LIKELY]


@dataclass(slots=True)
class Leg:
    """One telephone that was rung."""

    number: str
    round: int
    result: LegResult | Literal["ringing", "unknown"] = "ringing"
    detail: str = ""
    """The carrier's own word and SIP code."""


@dataclass(slots=True)
class Card:
    """A transfer: on its way, connected, or over."""

    number: int
    """Counts the transfers of a call."""
    department: str
    at: float
    """Milliseconds since 1970."""
    turn: int = 0
    state: CardState = "dialling"
    matter: str = ""
    whisper: str = ""
    """What the operator's telephone says before the caller is connected."""
    taker: str = ""
    """The telephone of whoever took it."""
    outcome: str = ""
    said: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    district: str = ""
    asked: str = ""
    reply: str = ""
    """To what was asked before the telephones rang."""
    likely: tuple[str, ...] = ()
    """Where else the caller may belong."""
    legs: list[Leg] = field(default_factory=list)
    """Every telephone that was rung, in order."""
    rounds: int = 0
    """How often telephones have been rung in vain."""

    @classmethod
    def begun(cls, number: int, department: str, turn: int, at: float, talked: Talked) -> "Card":
        """The caller is handed to the carrier."""
        return cls(
            number, department, at, turn, matter=talked.matter, said=tuple(talked.said[-MOST_SAID:]),
            answered=tuple(talked.answered[-MOST_SAID:]), district=talked.district,
            asked=talked.asked if talked.reply else "", reply=talked.reply, likely=talked.likely(department),
        )  # fmt: skip

    @property
    def is_past(self) -> bool:
        """Whether it is over, well or badly."""
        return self.state in {"over", "failed"}

    def follow(self, record: Event | Action) -> None:
        """Take one record in."""
        match record:
            case Dialled(numbers):
                # The carrier may ask twice and is answered the same: the round is shown once.
                self.legs = [leg for leg in self.legs if leg.round != self.rounds]
                self.legs += [Leg(number, self.rounds) for number in numbers]
            case LegUpdated(number, result, detail, turn, which) if turn == self.turn:
                self._told(number, which, result, detail)
            case Whispered(number, text) if not self.is_past:
                self.state, self.taker = "whispering", readable(number)
                self.whisper = text.removesuffix(SCREENING).removesuffix(SHORT_SCREENING)
                self._told(number, self.rounds, "answered")
            case OperatorAnswered(number, answer) if not self.is_past:
                self.taker = readable(number) if answer == "accepted" else ""
                self.state = "connected" if answer == "accepted" else "dialling"
                self._told(number, self.rounds, _ANSWERS[answer])
            case Rang(numbers, outcome):
                self._round_over(_LEG_OF.get(outcome) if len(numbers) == 1 else None)
                self.rounds += 1
            case TransferEnded(_, outcome):
                self._end(outcome)
            case CallEnded(reason) if not self.is_past:
                self._end("connected" if reason == "transferred" else "caller_gone")
            case _:
                pass

    def data(self, call_id: str, number: str, language: str) -> Data:
        """As it is shown, with what it tells of its call."""
        return {
            "kind": "card",
            "call": call_id,
            "n": self.number,
            "department": self.department,
            "at": self.at,
            "state": self.state,
            "matter": self.matter,
            "whisper": self.whisper,
            "taker": self.taker,
            "outcome": self.outcome,
            "said": self.said,
            "answered": self.answered,
            "district": self.district,
            "asked": self.asked,
            "reply": self.reply,
            "likely": self.likely,
            "legs": [
                {"number": readable(leg.number), "round": leg.round, "result": leg.result, "detail": leg.detail}
                for leg in self.legs
            ],
            "number": number,
            "language": language,
        }

    def _told(self, number: str, which: int, result: LegResult, detail: str = "") -> None:
        for leg in self.legs:
            if (leg.number, leg.round) == (number, which) and (result != "answered" or leg.result == "ringing"):
                leg.result, leg.detail = result, detail or leg.detail
        if result == "connected" and self.state == "dialling" and which == self.rounds:
            self.state, self.taker = "connected", readable(number)  # where nobody is asked

    def _round_over(self, result: LegResult | None) -> None:
        """What the carrier has not told of by now it may still tell later."""
        for leg in self.legs:
            if leg.round == self.rounds and leg.result == "ringing":
                leg.result = result or "unknown"

    def _end(self, outcome: Outcome) -> None:
        alone = sum(leg.round == self.rounds for leg in self.legs) == 1
        self._round_over(_LEG_OF.get(outcome) if alone else None)
        self.state = "over" if outcome == "connected" else "failed"
        self.outcome = outcome
