"""National holidays against the Cabinet Office's list."""

from datetime import date, timedelta

import pytest

from voicebot.city.holidays import national_holiday

LIST = {
    2026: "1-1 1-12 2-11 2-23 3-20 4-29 5-3 5-4 5-5 5-6 7-20 8-11 9-21 9-22 9-23 10-12 11-3 11-23",
    2027: "1-1 1-11 2-11 2-23 3-21 3-22 4-29 5-3 5-4 5-5 7-19 8-11 9-20 9-23 10-11 11-3 11-23",
}


@pytest.mark.parametrize("year", LIST)
def test_the_year_has_exactly_the_holidays_of_the_official_list(year: int) -> None:
    """Cabinet Office, 国民の祝日について, lists for 2026 and 2027."""
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    found = [f"{day.month}-{day.day}" for day in days if national_holiday(day) is not None]
    assert found == LIST[year].split()


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 5, 6), "振替休日"),  # 5-3 is a Sunday, 5-4 and 5-5 are holidays: the substitute waits for 5-6
        (date(2026, 9, 22), "国民の休日"),  # between 敬老の日 and 秋分の日
        (date(2027, 3, 22), "振替休日"),
        (date(2026, 11, 3), "文化の日"),
        (date(2027, 1, 1), "元日"),
    ],
)
def test_substitute_and_in_between_holidays_have_their_names(day: date, name: str) -> None:
    """These are the ones that calendars forget."""
    names = national_holiday(day)
    assert names is not None
    assert names["ja"] == name


def test_an_english_name_is_there_too() -> None:
    """Callers who hear English get the English name."""
    assert national_holiday(date(2026, 11, 3)) == {"ja": "文化の日", "en": "Culture Day"}
