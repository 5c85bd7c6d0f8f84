"""Which garbage is collected where and when.

The rule of a day comes from the first of these that speaks of it: an extra collection, a closure (year end), the rule
for national holidays, the days of the area. How the rules are written and what a caller hears is not known here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from voicebot.city.days import Days, Period
from voicebot.city.holidays import national_holiday
from voicebot.city.names import word_form
from voicebot.city.sorting import SortingList
from voicebot.language.kana import matching_form

HORIZON_DAYS = 100
"""How far ahead a collection is looked for: three months, so that a monthly one is found past any closure."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of garbage."""

    name: str
    reading: str
    """In katakana."""
    also: tuple[str, ...] = ()
    """Other names that people call it by."""
    predicate: str = ""
    """What is said behind 「アイロンは、」: 燃えないごみです, 市では集められません."""
    hint: str = ""
    """How it is put out, or what to do where it is not collected; whole sentences."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which nothing is collected."""

    period: Period
    reason: str
    """Ready to be spoken before 「のため」."""
    areas: tuple[str, ...] = ()
    """Empty: everywhere."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A collection out of turn."""

    period: Period
    kinds: tuple[str, ...]
    areas: tuple[str, ...] = ()
    """Empty: everywhere."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A day on which the garbage is collected."""

    day: date
    kinds: tuple[str, ...]
    """Those that were asked for and are collected on it, in the order of the file."""
    skipped: str = ""
    """Why a day before it was left out (年末年始), "" when none was."""


@dataclass(frozen=True, slots=True)
class Garbage:
    """Everything about the city's garbage."""

    kinds: Mapping[str, Kind]
    areas: Mapping[str, Mapping[str, Days]]
    """Area -> kind -> days."""
    put_out_by: time
    """Until when it must be out on the day."""
    put_out_words: str
    """The same as it is spoken (朝8時)."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words for several kinds at once (資源ごみ)."""
    on_holidays: bool = True
    """Whether it is collected on national holidays."""
    closures: tuple[Closure, ...] = ()
    extras: tuple[Extra, ...] = ()
    items: SortingList = field(default_factory=SortingList)
    remarks: Mapping[str, str] = field(default_factory=dict)
    """What callers from an area must know about its days (some streets have other ones); whole sentences."""

    def kinds_called(self, words: str, reading: str = "") -> tuple[str, ...]:
        """The kinds that go by these words, written or by their reading; empty when none does."""
        written, heard = word_form(words), matching_form(reading or words)
        for group, kinds in self.groups.items():
            if written == word_form(group):
                return kinds
        for kind in self.kinds.values():
            if written in {word_form(name) for name in (kind.name, *kind.also)}:
                return (kind.name,)
        return tuple(kind.name for kind in self.kinds.values() if heard and heard == matching_form(kind.reading))[:1]

    def has_days(self, kind: str) -> bool:
        """Whether this kind is collected by the calendar anywhere."""
        return any(kind in days for days in self.areas.values())


def is_collected(garbage: Garbage, area: str, kind: str, day: date) -> bool:
    """Whether this kind is collected in this area on this day."""
    if any(_holds(extra, area, kind, day) for extra in garbage.extras):
        return True
    return _is_regular(garbage, area, kind, day) and not _reason_closed(garbage, area, day)


def next_collection(garbage: Garbage, area: str, kinds: tuple[str, ...], first: date) -> Collection | None:
    """The first day from `first` on that collects any of the kinds; None when there is none within 100 days."""
    skipped = ""
    for day in _days_from(first):
        collected = tuple(kind for kind in garbage.kinds if kind in kinds and is_collected(garbage, area, kind, day))
        if collected:
            return Collection(day, collected, skipped)
        if any(_is_regular(garbage, area, kind, day) for kind in kinds):
            skipped = skipped or _reason_closed(garbage, area, day)
    return None


def _days_from(first: date) -> Iterator[date]:
    return (first + number * _ONE_DAY for number in range(HORIZON_DAYS + 1))


def _is_regular(garbage: Garbage, area: str, kind: str, day: date) -> bool:
    days = garbage.areas[area].get(kind)
    return days is not None and days.hold(day)


def _reason_closed(garbage: Garbage, area: str, day: date) -> str:
    for closure in garbage.closures:
        if closure.period.holds(day) and (not closure.areas or area in closure.areas):
            return closure.reason
    holiday = None if garbage.on_holidays else national_holiday(day)
    return holiday["ja"] if holiday else ""


def _holds(extra: Extra, area: str, kind: str, day: date) -> bool:
    return extra.period.holds(day) and kind in extra.kinds and (not extra.areas or area in extra.areas)
