"""By when a department owes an answer to a caller who was promised one: within its opening hours, soon."""

from datetime import datetime, timedelta

from voicebot.city.hours import Calendar
from voicebot.city.situation import situation

ENOUGH = timedelta(hours=2)
"""So much of the day must be left for an answer on the same day; who never closes answers within this."""


def due(calendar: Calendar, at: datetime) -> datetime | None:
    """The end of this opening when enough of it is left, else of the next one; None when it does not open again."""
    now = situation(calendar, at)
    if now.is_open and now.closes_at is None:
        return now.at + ENOUGH
    if now.is_open and now.closes_at and now.closes_at - now.at >= ENOUGH:
        return now.closes_at
    opening = situation(calendar, now.closes_at).next_opening if now.closes_at else now.next_opening
    if opening is None:
        return None
    return situation(calendar, opening).closes_at or opening + ENOUGH
