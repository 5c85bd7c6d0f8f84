"""All that can be said about one counter at one moment, gathered once for every language that says it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from voicebot.city.hours import (
    Calendar,
    Reason,
    Span,
    closes_at,
    local,
    next_opening,
    spans,
    why_closed,
)

LONGEST_BREAK = timedelta(hours=3)
"""A longer gap between two stretches is the time between two shifts, and the first stretch's end is the end."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One counter at one moment; all moments are in the calendar's zone."""

    calendar: str
    at: datetime
    today: tuple[Span, ...]
    """The stretches that begin today."""
    reason: Reason | None
    """Why it is closed; None: it is open."""
    next_opening: datetime | None
    """From `at` on; `at` itself when it is open, None when it is more than 60 days away."""
    closes_at: datetime | None
    """The end of the last stretch of today when it is open, breaks passed over; None when it never closes."""
    pauses: tuple[Span, ...]
    """Breaks between now and `closes_at`."""

    @property
    def is_open(self) -> bool:
        """Whether somebody is there."""
        return self.reason is None


def situation(calendar: Calendar, at: datetime) -> Situation:
    """What holds at this moment."""
    now = local(calendar, at)
    today = spans(calendar, now.date())
    reason = why_closed(calendar, now)
    pauses: list[Span] = []
    end = closes_at(calendar, now)
    if end is not None:
        for span in today:
            if end < span.start <= end + LONGEST_BREAK:
                pauses.append(Span(end, span.start))
                end = closes_at(calendar, span.start) or span.end
    return Situation(calendar.name, now, today, reason, next_opening(calendar, now), end, tuple(pauses))
