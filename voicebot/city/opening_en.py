"""Opening hours as an English-speaking clerk says them on the telephone."""

from datetime import date, time, timedelta

from voicebot.city.hours import Reason
from voicebot.city.situation import Situation
from voicebot.language.english import DAYS, MONTHS, say_time

_UNNAMED = frozenset({"Substitute Holiday", "National Holiday"})


def say(now: Situation) -> str:
    """Until when, or why not and when next."""
    if now.reason is None:
        return _open(now)
    return f"{_closed(now, now.reason)} {_next(now)}"


def _open(now: Situation) -> str:
    if now.closes_at is None:
        return "We are open 24 hours a day."
    # Midnight is the end of the evening before it.
    today, end = now.at.date(), now.closes_at
    day = end.date() - timedelta(days=1) if end.time() == time() else end.date()
    sentence = f"We are open until {say_time(end)} {_day(day, today).removesuffix(',')}"
    pauses = " and ".join(f"from {say_time(pause.start)} to {say_time(pause.end)}" for pause in now.pauses)
    return _stop(sentence) + (f" {_stop(f'We take a break {pauses}')}" if pauses else "")


def _closed(now: Situation, reason: Reason) -> str:
    name = reason.names.get("en", "")
    match reason.kind:
        case "hours":
            return "We are closed at the moment."
        case "break":
            return f"We are closed at the moment for {name}."
        case "day_off":
            return f"We are closed today, {DAYS[reason.weekday]}."
        case "moved":
            return "We are closed today in place of a national holiday."
        case "holiday" | "yearly" | "special":
            when = "at the moment" if now.today else "today"
            cause = "a national holiday" if name in _UNNAMED else name
            return f"We are closed {when} for {cause}." if cause else f"We are closed {when}."


def _next(now: Situation) -> str:
    if now.next_opening is None:
        return "We open again in more than two months."
    return _stop(f"We open next {_day(now.next_opening.date(), now.at.date())} at {say_time(now.next_opening)}")


def _stop(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."


def _day(day: date, today: date) -> str:
    match (day - today).days:
        case 0:
            return "today"
        case 1:
            return f"tomorrow, {DAYS[day.weekday()]},"
        case _:
            return f"on {DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day},"
