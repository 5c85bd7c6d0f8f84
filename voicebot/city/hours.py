"""Opening hours as a thing of their own: is it open, until when, when next, and why not.

A day's hours come from the first of these that speaks of the day: a dated exception (a shorter period before a longer
one), a yearly exception (year end), the national holiday, the n-th weekday of the month, the weekday. A stretch that
goes over midnight belongs to the day it begins on. All moments carry a time zone; answers are in the calendar's zone.
Nothing here reads a clock or knows how hours are written or spoken.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Literal

from voicebot.city.days import Days, Period, which_ones
from voicebot.city.holidays import Names, national_holiday
from voicebot.city.time_ranges import ALL_DAY, Ranges
from voicebot.errors import VoicebotError

HORIZON_DAYS = 60
"""How far ahead openings and closings are looked for."""

ReasonKind = Literal["hours", "break", "day_off", "holiday", "moved", "yearly", "special"]
_ONE_DAY = timedelta(days=1)
_LUNCH: Names = {"ja": "昼休み", "en": "the lunch break", "ko": "점심시간"}
_BREAK: Names = {"ja": "休憩時間", "en": "a break", "ko": "휴식 시간"}


@dataclass(frozen=True, slots=True)
class Special:
    """Hours that hold on certain dates instead of the usual ones."""

    period: Period
    ranges: Ranges
    reason: Names
    """Why, ready to be spoken before 「のため」; may be empty for an extra opening."""
    days: Days | None = None
    """Only these days of the period, of its holidays none unless they are named; None for all."""

    def holds(self, day: date) -> bool:
        """Whether this day is meant."""
        if not self.period.holds(day):
            return False
        if self.days is None:
            return True
        return self.days.holidays if national_holiday(day) is not None else self.days.hold(day)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The opening hours of one counter."""

    name: str
    zone: tzinfo
    weekly: tuple[Ranges, ...]
    """Seven, from Monday."""
    nths: Mapping[tuple[int, int], Ranges] = field(default_factory=dict)
    """(weekday, which one of the month) -> hours."""
    holiday: Ranges | None = ()
    """Hours on national holidays; None: as on any such weekday."""
    moved: bool = False
    """A day off that is a national holiday is open, and the next working day is closed instead (libraries)."""
    specials: tuple[Special, ...] = ()
    """The first one that holds a day wins."""


@dataclass(frozen=True, slots=True)
class Span:
    """An unbroken stretch of opening time, start included, end not."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it is closed."""

    kind: ReasonKind
    names: Names = field(default_factory=dict)
    """The holiday or the exception, by language."""
    weekday: int = 0
    """Of the moment; 0 is Monday."""

    def __str__(self) -> str:
        name = self.names.get("ja", "")
        match self.kind:
            case "hours":
                return "時間外"
            case "break":
                return name
            case "day_off":
                return f"{'月火水木金土日'[self.weekday]}曜日"
            case "holiday":
                return f"祝日 {name}"
            case "moved":
                return "祝日の振替休業"
            case "yearly":
                return name
            case "special":
                return f"臨時休業 {name}"


@dataclass(frozen=True, slots=True)
class _Plan:
    ranges: Ranges
    kind: ReasonKind
    names: Names = field(default_factory=dict)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether somebody is there at this moment."""
    return _end_of_span(calendar, local(calendar, at)) is not None


def spans(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """The stretches that begin on this day, in order; the last may end on the next day."""
    midnight = datetime.combine(day, time(), calendar.zone)
    return tuple(
        Span(midnight + timedelta(minutes=item.start), midnight + timedelta(minutes=item.end))
        for item in _plan(calendar, day).ranges
    )


def next_opening(calendar: Calendar, at: datetime) -> datetime | None:
    """The first moment from `at` on at which it is open: `at` itself when it is open now.

    None when that is more than 60 days away.
    """
    now = local(calendar, at)
    if _end_of_span(calendar, now) is not None:
        return now
    for span in _spans_from(calendar, now.date()):
        if span.start > now:
            return span.start if span.start - now <= timedelta(days=HORIZON_DAYS) else None
    return None


def closes_at(calendar: Calendar, at: datetime) -> datetime | None:
    """When the present stretch ends, stretches that touch taken as one.

    None when it is closed now, and when it stays open for more than 60 days.
    """
    now = local(calendar, at)
    end = None if always_open(calendar) else _end_of_span(calendar, now)
    while end is not None and end - now <= timedelta(days=HORIZON_DAYS):
        further = _end_of_span(calendar, end)
        if further is None:
            return end
        end = further
    return None


def why_closed(calendar: Calendar, at: datetime) -> Reason | None:
    """The reason that a caller would understand, None when it is open."""
    now = local(calendar, at)
    if _end_of_span(calendar, now) is not None:
        return None
    plan, weekday, minute = _plan(calendar, now.date()), now.weekday(), now.hour * 60 + now.minute
    if not plan.ranges:
        return Reason(plan.kind, plan.names, weekday)
    if plan.kind in {"special", "yearly"} and plan.names and _usually_open(calendar, now):
        return Reason(plan.kind, plan.names, weekday)
    for before, after in pairwise(plan.ranges):
        if before.end <= minute < after.start:
            at_noon = before.end < 13 * 60 and after.start > 12 * 60
            return Reason("break", _LUNCH if at_noon else _BREAK, weekday)
    return Reason("hours", weekday=weekday)


def always_open(calendar: Calendar) -> bool:
    """Whether it never closes: every day, holidays and exceptions too."""
    days = (*calendar.weekly, *calendar.nths.values(), *(special.ranges for special in calendar.specials))
    return all(ranges == ALL_DAY for ranges in days) and calendar.holiday in (None, ALL_DAY)


def local(calendar: Calendar, at: datetime) -> datetime:
    """The moment on the calendar's clock.

    Raises:
        VoicebotError: the moment has no time zone.
    """
    if at.utcoffset() is None:
        raise VoicebotError(
            "city.time_without_zone", "Give the moment with a time zone, such as 2027-01-04T09:00+09:00."
        )
    return at.astimezone(calendar.zone)


def _end_of_span(calendar: Calendar, now: datetime) -> datetime | None:
    """The latest end among the stretches that hold this moment; None when there is none."""
    today = now.date()
    ends = [
        span.end for day in (today - _ONE_DAY, today) for span in spans(calendar, day) if span.start <= now < span.end
    ]
    return max(ends, default=None)


def _spans_from(calendar: Calendar, day: date) -> Iterator[Span]:
    for offset in range(HORIZON_DAYS + 1):
        yield from spans(calendar, day + timedelta(days=offset))


def _plan(calendar: Calendar, day: date) -> _Plan:
    for special in calendar.specials:
        if special.holds(day):
            return _Plan(special.ranges, "yearly" if special.period.yearly else "special", special.reason)
    return _usual_plan(calendar, day)


def _usual_plan(calendar: Calendar, day: date) -> _Plan:
    holiday = national_holiday(day)
    if holiday is not None and calendar.holiday is not None:
        return _Plan(calendar.holiday, "holiday", holiday)
    if calendar.moved and _takes_moved_day_off(calendar, day):
        return _Plan((), "moved")
    return _Plan(_by_weekday(calendar, day), "day_off")


def _by_weekday(calendar: Calendar, day: date) -> Ranges:
    if calendar.nths:
        for which in reversed(which_ones(day)):
            ranges = calendar.nths.get((day.weekday(), which))
            if ranges is not None:
                return ranges
    return calendar.weekly[day.weekday()]


def _takes_moved_day_off(calendar: Calendar, day: date) -> bool:
    """Whether the holidays (and week-ends) just before the day held a day off that was given up."""
    if day.weekday() >= 5 or national_holiday(day) is not None or not _by_weekday(calendar, day):
        return False
    before = day - _ONE_DAY
    while before.weekday() >= 5 or national_holiday(before) is not None:
        if national_holiday(before) is not None and not _by_weekday(calendar, before):
            return True
        before -= _ONE_DAY
    return False


def _usually_open(calendar: Calendar, now: datetime) -> bool:
    minute = now.hour * 60 + now.minute
    return any(item.start <= minute < item.end for item in _usual_plan(calendar, now.date()).ranges)
