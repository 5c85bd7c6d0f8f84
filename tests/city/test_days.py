"""Days and dates as staff write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.days import LAST, WEEKDAYS, Days, Period, parse_days, parse_period, which_ones


@pytest.mark.parametrize(
    ("text", "weekdays", "nths", "holidays"),
    [
        ("月-金", "月火水木金", [], False),
        ("月曜〜金曜", "月火水木金", [], False),
        ("月曜日から金曜日まで", "月火水木金", [], False),
        ("金-月", "金土日月", [], False),
        ("平日", "月火水木金", [], False),
        ("木", "木", [], False),
        ("木曜日", "木", [], False),
        ("日曜日", "日", [], False),
        ("土日", "土日", [], False),
        ("土・日・祝日", "土日", [], True),
        ("土日祝", "土日", [], True),
        ("月、水、金", "月水金", [], False),
        ("祝日", "", [], True),
        ("毎日", "月火水木金土日", [], True),
        ("第2日曜", "", [("日", 2)], False),
        ("第2・第4土曜", "", [("土", 2), ("土", 4)], False),
        ("第1・3土曜日", "", [("土", 1), ("土", 3)], False),
        ("最終金曜", "", [("金", LAST)], False),
        ("土・第2日曜", "土", [("日", 2)], False),
    ],
)
def test_days_are_understood_as_people_write_them(
    text: str, weekdays: str, nths: list[tuple[str, int]], holidays: bool
) -> None:
    """Range, list, n-th and last weekday, holidays; short and long names."""
    expected = Days(
        frozenset(WEEKDAYS.index(day) for day in weekdays),
        frozenset((WEEKDAYS.index(day), which) for day, which in nths),
        holidays,
    )
    assert parse_days(text) == expected


@pytest.mark.parametrize("text", ["", "げつようび", "月-", "第6日曜", "第2", "月月火水木金金X", "Mon-Fri", "、"])
def test_other_words_are_refused_with_examples(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="「月-金」「第2日曜」"):
        parse_days(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2027-04-11", Period(date(2027, 4, 11), date(2027, 4, 11), yearly=False)),
        ("2027年4月11日", Period(date(2027, 4, 11), date(2027, 4, 11), yearly=False)),
        ("令和9年4月11日", Period(date(2027, 4, 11), date(2027, 4, 11), yearly=False)),
        ("2027-02-16..2027-03-15", Period(date(2027, 2, 16), date(2027, 3, 15), yearly=False)),
        ("2027年2月16日から3月15日まで", Period(date(2027, 2, 16), date(2027, 3, 15), yearly=False)),
        ("12-29..01-03", Period(date(2028, 12, 29), date(2028, 1, 3), yearly=True)),
        ("12月29日から1月3日まで", Period(date(2028, 12, 29), date(2028, 1, 3), yearly=True)),
        ("2月29日", Period(date(2028, 2, 29), date(2028, 2, 29), yearly=True)),
    ],
)
def test_dates_are_understood_as_people_write_them(text: str, period: Period) -> None:
    """ISO and Japanese dates, single or from-to, with and without a year."""
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("年末", "のどれかの形"),
        ("2027-02-30", "暦にない"),
        ("13-01", "暦にない"),
        ("2027-12-29..01-03", "両方に年"),
        ("12-29..2027-01-03", "両方に年"),
        ("2027-04-11..", "のどれかの形"),
    ],
)
def test_dates_that_cannot_be_meant_are_refused(text: str, cure: str) -> None:
    """Each kind of mistake has its own cure."""
    with pytest.raises(ValueError, match=cure):
        parse_period(text)


def test_a_yearly_period_goes_over_new_year() -> None:
    """Year end is the commonest exception of all."""
    period = parse_period("12-29..01-03")
    days = [date(2026, 12, 28) + timedelta(days=number) for number in range(8)]
    assert [period.holds(day) for day in days] == [False, True, True, True, True, True, True, False]
    assert period.length == 6


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_the_which_one_of_a_weekday_is_counted_from_the_first_of_the_month(day: date) -> None:
    """Checked against counting the days of the month."""
    same = [one for one in (day.replace(day=1) + timedelta(days=n) for n in range(31)) if one.month == day.month]
    row = [one for one in same if one.weekday() == day.weekday()]
    expected = (row.index(day) + 1,) + ((LAST,) if day == row[-1] else ())
    assert which_ones(day) == expected


def test_days_hold_by_weekday_and_by_place_in_the_month() -> None:
    """As exceptions limited to some weekdays use it."""
    days = parse_days("土・第2日曜")
    assert days.hold(date(2026, 11, 7))
    assert days.hold(date(2026, 11, 8))
    assert not days.hold(date(2026, 11, 15))
