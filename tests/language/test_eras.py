"""Eras and their first days."""

from datetime import date

import pytest

from voicebot.language.eras import ERAS, era_of, western_year


@pytest.mark.parametrize(
    ("day", "name", "year"),
    [
        (date(2019, 5, 1), "令和", 1),
        (date(2019, 4, 30), "平成", 31), (date(1989, 1, 8), "平成", 1),
        (date(1989, 1, 7), "昭和", 64),
        (date(1926, 12, 25), "昭和", 1),
        (date(1926, 12, 24), "大正", 15),
        (date(1912, 7, 30), "大正", 1),
        (date(1912, 7, 29), "明治", 45),
        (date(1873, 1, 1), "明治", 6),
    ],
)  # fmt: skip
def test_boundaries(day: date, name: str, year: int) -> None:
    """The first day of an era is the new era's."""
    found = era_of(day)
    assert found is not None
    assert (found[0].name, found[1]) == (name, year)


def test_before_the_gregorian_calendar_there_is_no_era_here() -> None:
    """Days of the old calendar cannot be converted by counting years."""
    assert era_of(date(1872, 12, 31)) is None


def test_years_by_name_reading_and_letter() -> None:
    """Also years that came after the era's end, as printed forms have them."""
    assert western_year("昭和", 39) == western_year("ショウワ", 39) == western_year("S", 39) == 1964
    assert western_year("平成", 34) == 2022
    assert western_year("慶応", 3) is None
    assert [era.first_day for era in ERAS] == sorted((era.first_day for era in ERAS), reverse=True)
