"""Opening hours in English, as they are spoken."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from voicebot.city.hours import Calendar
from voicebot.city.opening_en import say
from voicebot.city.situation import situation

HEARD = [
    ("本庁", "2026-11-04T10:00", "We are open until 5:15 p.m. today."),
    ("昼休み", "2026-11-04T10:00", "We are open until 5:15 p.m. today. We take a break from noon to 1 p.m."),
    ("守衛室", "2026-11-04T10:00", "We are open 24 hours a day."),
    ("夜間", "2026-11-05T20:00", "We are open until 8:30 a.m. tomorrow, Friday."),
    ("夜間", "2026-11-06T20:00", "We are open until midnight on Sunday, November 8."),
    ("本庁", "2026-11-04T06:00", "We are closed at the moment. We open next today at 8:30 a.m."),
    ("本庁", "2026-11-08T20:00", "We are closed today, Sunday. We open next tomorrow, Monday, at 8:30 a.m."),
    (
        "本庁",
        "2026-11-03T10:00",
        "We are closed today for Culture Day. We open next tomorrow, Wednesday, at 8:30 a.m.",
    ),
    (
        "本庁",
        "2026-05-06T10:00",
        "We are closed today for a national holiday. We open next tomorrow, Thursday, at 8:30 a.m.",
    ),
    (
        "本庁",
        "2027-01-02T09:00",
        "We are closed today for the New Year holidays. We open next on Monday, January 4, at 8:30 a.m.",
    ),
    (
        "市民課",
        "2026-12-28T14:00",
        "We are closed at the moment. We open next on Monday, January 4, at 8:30 a.m.",
    ),  # a reason that exists in Japanese only is left out
    ("昼休み", "2026-11-04T12:10", "We are closed at the moment for the lunch break. We open next today at 1 p.m."),
    (
        "図書館",
        "2026-11-24T10:00",
        "We are closed today in place of a national holiday. We open next tomorrow, Wednesday, at 9:30 a.m.",
    ),
    ("休館中", "2026-11-04T10:00", "We are closed today. We open again in more than two months."),
]


@pytest.mark.parametrize(("name", "at", "words"), HEARD)
def test_a_clerk_would_say_it_so(
    calendars: Mapping[str, Calendar], moment: Callable[[str], datetime], name: str, at: str, words: str
) -> None:
    """Each row is what a caller hears."""
    assert say(situation(calendars[name], moment(at))) == words
