"""Periods of the figures: from an address, the one before, and how finely they are shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.web.staff.figures.periods import LONGEST_DAYS, Period, month_of, of_query, usual

TODAY = date(2026, 11, 22)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, Period(date(2026, 10, 24), TODAY)),
        ({"from": "2026-11-01", "to": "2026-11-10"}, Period(date(2026, 11, 1), date(2026, 11, 10))),
        ({"from": "2026-11-10", "to": "2026-11-01"}, Period(date(2026, 11, 1), date(2026, 11, 10))),
        ({"from": "きのう", "to": "99999-01-01"}, Period(date(2026, 10, 24), TODAY)),
        ({"from": "2026-11-22"}, Period(TODAY, TODAY)),
    ],
)
def test_an_address_names_a_period_or_the_last_thirty_days(query: dict[str, str], expected: Period) -> None:
    """Whatever stands in it."""
    assert of_query(query, TODAY) == expected


def test_a_period_is_never_longer_than_can_be_shown() -> None:
    """Its end stands."""
    found = of_query({"from": "2000-01-01"}, TODAY)
    assert (found.days, found.last) == (LONGEST_DAYS, TODAY)


@given(days, st.integers(0, 400))
def test_buckets_and_weekdays_hold_every_day_once(first: date, more: int) -> None:
    """However long the period is, and wherever it begins."""
    period = Period(first, first + timedelta(days=more))
    each = [first + timedelta(days=number) for number in range(period.days)]
    assert {period.bucket(day) for day in each} == set(period.buckets())
    assert len(period.buckets()) <= 46
    assert period.weekdays() == tuple(sum(day.weekday() == weekday for day in each) for weekday in range(7))


@given(days, st.integers(0, 400))
def test_the_period_before_ends_the_day_before(first: date, more: int) -> None:
    """And is as long, but for months."""
    period = Period(first, first + timedelta(days=more))
    assert period.before.last == first - timedelta(days=1)
    assert period.before.days == period.days or period.is_month


def test_a_month_is_compared_with_the_month_before() -> None:
    """Though that is shorter."""
    assert month_of(date(2026, 3, 9)).before == Period(date(2026, 2, 1), date(2026, 2, 28))


def test_the_usual_periods_follow_the_business_year() -> None:
    """From April."""
    found = dict(usual(date(2027, 2, 3)))
    assert found["year"].first == date(2026, 4, 1)
    assert found["last_month"] == Period(date(2027, 1, 1), date(2027, 1, 31))
    assert dict(usual(TODAY))["week"].days == 7
