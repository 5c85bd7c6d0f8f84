"""How what a caller said is said back, in the language of the call."""

import re
from collections.abc import Mapping
from datetime import date, time

from voicebot.language import dates, english, korean, times
from voicebot.language.romaji import hangul, latin

_HINT = re.compile(r"\{([^|{}]*)\|[^{}]*\}")


def say_day(day: date, today: date, language: str) -> str:
    """あす、十一月二十三日、月曜日."""
    match language:
        case "en":
            return english.say_date(day, today)
        case "ko":
            return korean.say_date(day, today)
    return dates.say_date(day, today)


def say_clock(at: time, language: str) -> str:
    """午前8時半."""
    match language:
        case "en":
            return english.say_time(at)
        case "ko":
            return korean.say_time(at)
    return times.say_time(at)


def say_person(name: str, language: str) -> str:
    """田中様; other languages have no such word behind a name."""
    return f"{name}様" if language == "ja" else name


def say_place(
    name: str, chome: int | None, readings: Mapping[str, str], spoken: Mapping[str, str], language: str
) -> str:
    """A district as a voice must say it: 本町2丁目, Honmachi 2-chome.

    Args:
        name: The district.
        chome: Its part; None when none was said.
        readings: Reading of each district by its name.
        spoken: Each district as a prompt must hold it ({緑町|ミドリマチ}), where its dictionary would misread it.
        language: Of the call.
    """
    match language:
        case "en":
            return latin(readings.get(name, name)) + (f" {chome}-chome" if chome is not None else "")
        case "ko":
            return hangul(readings.get(name, name)) + (f" {chome}초메" if chome is not None else "")
    return spoken.get(name, name) + (f"{chome}丁目" if chome is not None else "")


def as_written(text: str) -> str:
    """The text without the hints for a voice: for text messages and for staff."""
    return _HINT.sub(r"\1", text)
