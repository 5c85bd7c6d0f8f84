"""Opening hours as a calendar: one month, day by day, and every department at one moment. No requests here."""

import calendar as weeks_of
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from voicebot.city.desk import Desk
from voicebot.city.holidays import national_holiday
from voicebot.city.hours import Calendar, always_open, spans, why_closed
from voicebot.city.load import City
from voicebot.city.spoken_hours import LANGUAGES, span_text


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the calendar."""

    day: date
    inside: bool
    """Whether it belongs to the month."""
    hours: str
    """8:30-17:15; "" when it is closed."""
    why: str
    """The reason why it is closed, or why its hours are special; "" for a usual day."""
    special: bool
    """Whether an exception makes its hours."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One department at a moment."""

    department: str
    calendar: str
    open: bool
    say: Mapping[str, str]
    """What callers hear, by language."""
    instead: str
    """What they are offered while it is closed: `message`, `callback`, or a department; "" while it is open."""


def month(calendar: Calendar, first: date) -> list[list[Day]]:
    """The weeks of a month, each from Monday to Sunday."""
    found = weeks_of.Calendar().monthdatescalendar(first.year, first.month)
    return [[_day(calendar, day, first.month) for day in week] for week in found]


def neighbours(first: date) -> tuple[date, date]:
    """The first days of the month before and of the one after."""
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    return before, date(first.year + (first.month == 12), first.month % 12 + 1, 1)


def heard(city: City, at: datetime, languages: tuple[str, ...]) -> Iterator[Heard]:
    """What callers of each department hear at this moment."""
    desk = Desk(city)
    for department in city.departments:
        asked = {"department": department.name}
        found = {
            language: desk.look_up("hours", {**asked, "language": language}, at)
            for language in languages
            if language in LANGUAGES
        }
        first = next(iter(found.values()))
        is_open = bool(first["open"])
        yield Heard(
            department.name,
            department.hours,
            is_open,
            {language: str(answer["say"]) for language, answer in found.items()},
            "" if is_open else str(first["closed"]),
        )


def _day(calendar: Calendar, day: date, this_month: int) -> Day:
    stretches = spans(calendar, day)
    special = next((each for each in calendar.specials if each.holds(day)), None)
    hours = "24時間" if stretches and always_open(calendar) else "、".join(map(span_text, stretches))
    if special is not None:
        why = special.reason.get("ja", "")
    elif stretches:
        holiday = national_holiday(day)
        why = holiday["ja"] if holiday else ""
    else:
        reason = why_closed(calendar, datetime.combine(day, time(12), calendar.zone))
        why = str(reason) if reason else ""
    return Day(day, day.month == this_month, hours, why, special is not None)
