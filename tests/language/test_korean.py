"""Days, times and particles for callers who speak Korean."""

from datetime import date, time

import pytest

from voicebot.language.korean import say_date, say_time, with_particle

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "오늘"),
        (date(2026, 11, 23), "내일, 월요일"),
        (date(2026, 11, 30), "11월 30일, 월요일"),
        (date(2027, 11, 30), "2027년 11월 30일, 화요일"),
    ],
)
def test_a_day_is_said_as_it_is_seen_from_today(day: date, said: str) -> None:
    """A year is said only where it is another one."""
    assert say_date(day, TODAY) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(12), "정오"),
        (time(0), "오전 0시"),
        (time(8, 30), "오전 8시 30분"),
        (time(12, 5), "오후 12시 5분"),
        (time(17), "오후 5시"),
    ],
)
def test_a_time_is_said_with_its_half_of_the_day(at: time, said: str) -> None:
    """Noon has a name."""
    assert say_time(at) == said


def test_the_particle_follows_the_last_sound() -> None:
    """은 behind a consonant, 는 behind a vowel and behind what is no Hangul."""
    assert with_particle("공원", "은", "는") == "공원은"
    assert with_particle("대피소", "은", "는") == "대피소는"
    assert with_particle("Park", "은", "는") == "Park는"
    assert with_particle("", "은", "는") == "는"
