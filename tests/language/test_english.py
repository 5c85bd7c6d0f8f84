"""Days and times for callers who speak English."""

from datetime import date, time

import pytest

from voicebot.language.english import and_so_on, say_date, say_time

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 23), "tomorrow, Monday"),
        (date(2026, 11, 30), "Monday, November 30"),
        (date(2026, 11, 21), "Saturday, November 21"),
        (date(2027, 11, 30), "Tuesday, November 30, 2027"),
    ],
)
def test_a_day_is_said_as_it_is_seen_from_today(day: date, said: str) -> None:
    """A year is said only where it is another one."""
    assert say_date(day, TODAY) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0), "midnight"), (time(12), "noon"), (time(0, 5), "12:05 a.m."), (time(8, 30), "8:30 a.m."),
        (time(12, 15), "12:15 p.m."), (time(17), "5 p.m."),
    ],
)  # fmt: skip
def test_a_time_is_said_by_the_clock_of_twelve_hours(at: time, said: str) -> None:
    """Noon and midnight have names."""
    assert say_time(at) == said


@pytest.mark.parametrize(
    ("words", "row"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_in_a_row(words: list[str], row: str) -> None:
    """With one and."""
    assert and_so_on(words) == row
