"""Distance from today."""

from datetime import date

import pytest

from voicebot.language.kana import compact
from voicebot.language.relative_days import relative_day, weekday_number

FRIDAY = date(2026, 11, 27)
SUNDAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("said", "today", "day"),
    [
        ("今週の月曜", FRIDAY, date(2026, 11, 23)),
        ("今週の月曜", SUNDAY, date(2026, 11, 30)),
        ("来週の日曜", FRIDAY, date(2026, 12, 6)),
        ("再来週の金曜", FRIDAY, date(2026, 12, 11)),
        ("今度の金曜", FRIDAY, date(2026, 12, 4)),
        ("金曜日", FRIDAY, FRIDAY),
        ("十日後", FRIDAY, date(2026, 12, 7)),
        ("1週間前", FRIDAY, date(2026, 11, 20)),
        ("あしたは", FRIDAY, date(2026, 11, 28)),
    ],
)
def test_distances(said: str, today: date, day: date) -> None:
    """Weeks begin on Monday."""
    found = relative_day(compact(said), today)
    assert found is not None
    assert found[0] == day


@pytest.mark.parametrize("said", ["第三水曜日", "アスファルト", "キノウショウガイ", "カンキョウノ", "九億日後"])
def test_other_words(said: str) -> None:
    """Parts of longer words are no days, nor is a day beyond the calendar."""
    assert relative_day(compact(said), FRIDAY) is None


def test_weekdays() -> None:
    """In both scripts."""
    assert weekday_number("月曜") == weekday_number("ゲツヨウ") == 0
    assert weekday_number("日曜") == weekday_number("ニチヨウ") == 6
