"""The doctors on duty at nights, on Sundays and on holidays: who, from when to when.

A duty that goes over midnight belongs to the day it begins on. All moments carry a time zone. How the list is written
and said is not known here, nor what to advise: a caller in danger has been told of 119 before anybody asks here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from voicebot.city.time_ranges import ALL_DAY, Ranges
from voicebot.language.kana import compact

ANY_SUBJECT = "救急"
"""The subject of those who are on duty for everything."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clinic:
    """A clinic, and how to call it."""

    name: str
    reading: str
    """In katakana."""
    number: str
    """E.164; "" when it is not known."""
    spoken: str = ""
    """Its name as a prompt should hold it."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One clinic's duty in one subject, start included, end not."""

    subject: str
    clinic: Clinic
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Center:
    """The emergency clinic that is there every day."""

    clinic: Clinic
    subjects: tuple[str, ...]
    ranges: Ranges = ALL_DAY
    """Its hours, the same every day."""


@dataclass(frozen=True, slots=True)
class DutyList:
    """The whole list."""

    zone: tzinfo
    subjects: Mapping[str, tuple[str, ...]]
    """Subject -> words that people use for it; in the order in which they are tried when none was named."""
    duties: tuple[Duty, ...]
    """In order of their start; of those that begin together in the order of the file."""
    center: Center | None
    """None where no list tells of one."""
    first: date
    """The first day on the list."""
    last: date
    """The last day on the list; nobody knows of later ones yet."""

    def subject_called(self, words: str) -> str | None:
        """The subject meant by the words (歯が痛い: 歯科), by the longest of its words that they hold."""
        plain = compact(words)
        held = [
            (len(word), subject)
            for subject, also in self.subjects.items()
            for word in (subject, *also)
            if compact(word) in plain
        ]
        return max(held, key=lambda pair: pair[0])[1] if held else None


def on_duty(duties: DutyList, at: datetime, subject: str | None = None) -> tuple[Duty, ...]:
    """Everybody on duty at this moment: by the order of the subjects, then of the file."""
    return _by_subject(duties, subject, [duty for duty in duties.duties if duty.start <= at < duty.end])


def on_day(duties: DutyList, day: date, subject: str | None = None) -> tuple[Duty, ...]:
    """The duties that begin on this day: by the order of the subjects, then of time."""
    return _by_subject(duties, subject, [duty for duty in duties.duties if duty.start.date() == day])


def center_is_open(duties: DutyList, at: datetime) -> bool:
    """Whether the emergency clinic sees patients at this moment."""
    now = at.astimezone(duties.zone)
    if duties.center is None:
        return False
    for day in (now.date() - _ONE_DAY, now.date()):
        midnight = datetime.combine(day, time(), duties.zone)
        for item in duties.center.ranges:
            if midnight + timedelta(minutes=item.start) <= now < midnight + timedelta(minutes=item.end):
                return True
    return False


def _by_subject(duties: DutyList, subject: str | None, found: list[Duty]) -> tuple[Duty, ...]:
    order = tuple(duties.subjects) if subject is None else (subject,)
    return tuple(sorted((duty for duty in found if duty.subject in order), key=lambda duty: order.index(duty.subject)))
