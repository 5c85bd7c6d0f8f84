"""Periods of days as they stand in an address, the one before, and how finely one is shown. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_DAYS = 3 * 366
USUAL_DAYS = 30
_DAYS_SHOWN, _WEEKS_SHOWN = 45, 210
"""So many days are shown one by one; so many by weeks; more by months."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both with it."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def query(self) -> str:
        """As it stands in an address."""
        return f"from={self.first.isoformat()}&to={self.last.isoformat()}"

    @property
    def before(self) -> "Period":
        """As many days just before; of a whole month the whole month before."""
        if self.is_month:
            return month_of(self.first - timedelta(days=1))
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    @property
    def is_month(self) -> bool:
        """Whether it is a month of the calendar."""
        return self == month_of(self.first)

    def bucket(self, day: date) -> date:
        """The first day of what the day is shown with: itself, its week from Monday, or its month."""
        if self.days <= _DAYS_SHOWN:
            return day
        if self.days <= _WEEKS_SHOWN:
            return max(self.first, day - timedelta(days=day.weekday()))
        return max(self.first, day.replace(day=1))

    def buckets(self) -> tuple[date, ...]:
        """All of them, in order."""
        return tuple(dict.fromkeys(self.bucket(self.first + timedelta(days=number)) for number in range(self.days)))

    def weekdays(self) -> tuple[int, ...]:
        """How often each weekday, from Monday, is in it."""
        whole, more = divmod(self.days, 7)
        start = self.first.weekday()
        return tuple(whole + ((each - start) % 7 < more) for each in range(7))


def month_of(day: date) -> Period:
    """The month of a day."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(first, following - timedelta(days=1))


def of_query(query: Mapping[str, str], today: date) -> Period:
    """What an address asks for; the last thirty days where it asks for nothing that can be."""
    first, last = _day(query.get("from", "")), _day(query.get("to", ""))
    last = last or today
    first = first or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        first, last = last, first
    return Period(max(first, last - timedelta(days=LONGEST_DAYS - 1)), last)


def usual(today: date) -> tuple[tuple[str, Period], ...]:
    """Periods to choose from, by name; the business year begins in April."""
    this = month_of(today)
    year = today.year if today.month >= 4 else today.year - 1
    return (
        ("today", Period(today, today)),
        ("week", Period(today - timedelta(days=6), today)),
        ("month", Period(today - timedelta(days=29), today)),
        ("this_month", Period(this.first, today)),
        ("last_month", month_of(this.first - timedelta(days=1))),
        ("year", Period(date(year, 4, 1), today)),
    )


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None
