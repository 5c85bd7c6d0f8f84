"""Which departments are open now, and what changes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from voicebot.city.load import City
from voicebot.city.situation import situation


@dataclass(frozen=True, slots=True)
class Counter:
    """Departments that keep the same hours."""

    names: tuple[str, ...]
    is_open: bool
    changes_at: datetime | None
    """When it closes, or opens; None when that is more than 60 days away, or never."""
    reason: str
    """Why it is closed, where that has a name (a holiday, the lunch break)."""


def counters(city: City, now: datetime) -> tuple[Counter, ...]:
    """All departments, those that share their hours together; open ones first, then by when they change."""
    by_hours: dict[str, list[str]] = {}
    for department in city.departments:
        by_hours.setdefault(department.hours, []).append(department.name)
    found = list(_counters(city, by_hours, now))
    return tuple(sorted(found, key=lambda each: (not each.is_open, each.changes_at is None, each.changes_at or now)))


def _counters(city: City, by_hours: dict[str, list[str]], now: datetime) -> Iterator[Counter]:
    for hours, names in by_hours.items():
        seen = situation(city.calendars[hours], now)
        at = seen.closes_at if seen.is_open else seen.next_opening
        yield Counter(tuple(names), seen.is_open, at, seen.reason.names.get("ja", "") if seen.reason else "")
