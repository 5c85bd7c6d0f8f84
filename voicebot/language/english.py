"""Days and times as an English-speaking clerk says them on the telephone."""

from datetime import date, datetime, time

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def say_date(day: date, today: date) -> str:
    """The day as it is seen from today: today; tomorrow, Tuesday; Monday, November 30."""
    match (day - today).days:
        case 0:
            return "today"
        case 1:
            return f"tomorrow, {DAYS[day.weekday()]}"
    year = f", {day.year}" if abs((day - today).days) >= 365 else ""
    return f"{DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}{year}"


def say_time(at: time | datetime) -> str:
    """8:30 a.m., noon, 5 p.m., midnight."""
    if at.minute == 0 and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    half = "a.m." if at.hour < 12 else "p.m."
    minute = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minute} {half}"


def and_so_on(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """The words in a row: a, b and c."""
    return " ".join(filter(None, (", ".join(words[:-1]), last if len(words) > 1 else "", *words[-1:])))
