"""The desk that answers questions about the city at a moment (the port `CityDesk`, by its shape)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from voicebot.city import answers
from voicebot.city.departments import OFFERS, Department
from voicebot.city.due import due
from voicebot.city.hours import Calendar, is_open
from voicebot.city.load import City
from voicebot.city.situation import situation
from voicebot.city.spoken_hours import explain, say
from voicebot.city.telephone_numbers import national
from voicebot.errors import VoicebotError
from voicebot.events import Json

QUESTIONS = ("hours", "department", "fact", "city", *answers.QUESTIONS)
_IN_JAPANESE = {"message": "伝言", "callback": "折り返しの電話"}


@dataclass(frozen=True, slots=True)
class Destination:
    """How to ring a department."""

    department: str
    numbers: tuple[str, ...]
    """E.164, in order."""
    sequential: bool
    """One after the other instead of all at once."""
    timeout_seconds: int
    """For each attempt."""
    extension: str
    """Keys to press when the call is answered; "" for none."""
    wait_seconds: int = 120
    """How long the caller waits in all; then no further telephone is rung."""
    talk_minutes: int = 0
    """How long the two may talk; 0 leaves it to the carrier."""
    whisper: bool = True
    """Whether who picks up hears what the call is about and is asked whether to take it."""
    screening: str = ""
    """What they are asked; "" for the usual words."""


class Desk:
    """Knows the facts of one city. Holds no state, so any thread may ask."""

    def __init__(self, city: City) -> None:
        self._city = city

    def look_up(self, what: str, arguments: Mapping[str, str], now: datetime) -> Mapping[str, Json]:
        """The answer to one of `QUESTIONS`; every text is ready to be spoken.

        - `hours` (`department`, `language`): `open`, `say`, `next_opening` and `closes_at` (ISO 8601 or None), `reason`
          ("" when open), `closed` (`message`, `callback`, or a department that is open now), `next` (the first open
          department to try when nobody answers, or `message` or `callback`; "" for none), `ask` (what the caller is
          asked before its telephones ring; "" for nothing).
        - `department` (`department`, `language`): `name`, `reading`, `number` (050-0000-1010), `duties`, `open`.
        - `fact` (`name`): `value`.
        - `city` (`language`): `name`, `reading`, `switchboard`, `duty`.
        - `district`, `garbage_day`, `garbage_item`, `shelter`, `water`, `duty_doctor`, `facility`, `nearby`: see
          `city.answers`; they always
          have `found` and `say`, and are in Japanese only.

        `department` may be any of its names; left out or empty it is the switchboard. `language` is `ja` unless given.

        Raises:
            VoicebotError: `city.unknown_question`, `city.unknown_department`, `city.unknown_fact`,
                `city.unknown_language`, `city.unreadable_date` or `city.time_without_zone`.
        """
        if what in answers.QUESTIONS:
            return answers.answer(self._city, what, arguments, now)
        language = arguments.get("language") or "ja"
        match what:
            case "hours":
                return self._hours(self._department(arguments.get("department", "")), language, now)
            case "department":
                return self._about(self._department(arguments.get("department", "")), language, now)
            case "fact":
                return {"value": self._fact(arguments.get("name", ""))}
            case "city":
                profile = self._city.profile
                name = profile.names.get(language, profile.name)
                return {
                    "name": name, "reading": profile.reading, "switchboard": profile.switchboard, "duty": profile.duty
                }  # fmt: skip
        raise VoicebotError("city.unknown_question", f"Ask the city's desk one of: {', '.join(QUESTIONS)}.")

    def destination(self, department: str) -> Destination:
        """How to ring this department (any of its names; empty: the switchboard).

        Raises:
            VoicebotError: `city.unknown_department`.
        """
        found = self._department(department)
        return Destination(
            found.name, found.numbers, found.sequential, found.timeout_seconds, found.extension,
            found.wait_seconds, found.talk_minutes, found.whisper, found.screening,
        )  # fmt: skip

    def due(self, department: str, at: datetime) -> datetime | None:
        """By when this department owes an answer to a promise made at this moment; None when it cannot be known."""
        found = self._city.departments.find(department or self._city.profile.switchboard)
        return due(self._calendar(found), at) if found else None

    def explain(self, name: str, at: datetime, language: str = "ja") -> str:
        """For staff: what holds for a department or a calendar at a moment, and what a caller would hear.

        Raises:
            VoicebotError: neither a department nor a calendar has this name.
        """
        calendar = self._city.calendars.get(name)
        department = self._city.departments.find(name)
        if department is None and calendar is not None:
            return explain(calendar, at, language)
        department = self._department(name)
        text = explain(self._calendar(department), at, language)
        if self._is_open(department, at):
            return f"{department.name}: {text}"
        offer = self._offer(department, at)
        return f"{department.name}: {text}\n  代わりの案内: {_IN_JAPANESE.get(offer, offer)}"

    def _hours(self, department: Department, language: str, now: datetime) -> Mapping[str, Json]:
        found = situation(self._calendar(department), now)
        return {
            "department": department.name,
            "open": found.is_open,
            "say": say(found, language),
            "reason": "" if found.reason is None else str(found.reason),
            "next_opening": found.next_opening.isoformat() if found.next_opening else None,
            "closes_at": found.closes_at.isoformat() if found.closes_at else None,
            "closed": self._offer(department, now),
            "next": self._next(department, now),
            "ask": department.ask_caller.get(language, ""),
        }

    def _about(self, department: Department, language: str, now: datetime) -> Mapping[str, Json]:
        return {
            "department": department.name,
            "name": department.called(language),
            "reading": department.reading,
            "number": national(department.public_number),
            "duties": "、".join(department.duties),
            "open": self._is_open(department, now),
        }

    def _fact(self, name: str) -> str:
        fact = self._city.facts.get(name)
        if fact is None:
            raise VoicebotError("city.unknown_fact", "Ask for a fact by a name that stands in facts.yaml.")
        return fact.value

    def _department(self, words: str) -> Department:
        found = self._city.departments.find(words or self._city.profile.switchboard)
        if found is None:
            # The words may be a caller's: they stay out of the message.
            raise VoicebotError("city.unknown_department", "Ask for a department by a name in departments.yaml.")
        return found

    def _calendar(self, department: Department) -> Calendar:
        return self._city.calendars[department.hours]

    def _is_open(self, department: Department, now: datetime) -> bool:
        return is_open(self._calendar(department), now)

    def _offer(self, department: Department, now: datetime) -> str:
        """Follow `closed` past departments that are closed too; `load` has refused circles."""
        offer = department.closed
        while offer not in OFFERS:
            stand_in = self._department(offer)
            if self._is_open(stand_in, now):
                return stand_in.name
            offer = stand_in.closed
        return offer

    def _next(self, department: Department, now: datetime) -> str:
        """Follow `next` past departments that are closed; `load` has refused circles."""
        while department.next:
            if department.next in OFFERS:
                return department.next
            department = self._department(department.next)
            if self._is_open(department, now):
                return department.name
        return ""
