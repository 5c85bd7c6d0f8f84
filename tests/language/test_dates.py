"""Days as people say them."""

from datetime import date, timedelta

import pyopenjtalk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.dates import DateFound, parse_date, say_date, wareki

TODAY = date(2026, 11, 22)
"""A Sunday."""


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_said_with_its_era_is_understood(day: date) -> None:
    """From the text and from the reading of Open JTalk, with the weekday that belongs to it."""
    for said in (say_date(day), pyopenjtalk.g2p(say_date(day), kana=True)):
        found = parse_date(said, TODAY)
        assert found is not None
        assert (found.day, found.year_said, found.weekday_agrees) == (day, True, True)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1)), st.integers(min_value=-2, max_value=400))
def test_a_near_day_said_without_its_year_is_understood(today: date, distance: int) -> None:
    """きのう, きょう, あす and the coming twelve months."""
    day = today + timedelta(days=distance)
    found = parse_date(say_date(day, today), today)
    assert found is not None
    assert (found.day, found.weekday_agrees) == (day, True)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("きょう", date(2026, 11, 22)),
        ("明日", date(2026, 11, 23)),
        ("アシタデス", date(2026, 11, 23)),
        ("あさってなんですけど", date(2026, 11, 24)),
        ("昨日", date(2026, 11, 21)),
        ("来週の月曜", date(2026, 11, 23)),
        ("ライシューノゲツヨービデス", date(2026, 11, 23)),
        ("今週の土曜日", date(2026, 11, 28)),
        ("今度の日曜", date(2026, 11, 29)),
        ("日曜日", date(2026, 11, 22)),
        ("月末", date(2026, 11, 30)),
        ("来月の三日", date(2026, 12, 3)),
        ("来月末", date(2026, 12, 31)),
        ("十二月末", date(2026, 12, 31)),
        ("四月一日", date(2027, 4, 1)),
        ("シガツツイタチ", date(2027, 4, 1)),
        ("はつか", date(2026, 12, 20)),
        ("よっか", date(2026, 12, 4)),
        ("ヨーカ", date(2026, 12, 8)),
        ("20日に行きたいんですが", date(2026, 12, 20)),
        ("昭和三十九年十月十日", date(1964, 10, 10)),
        ("S39.10.10", date(1964, 10, 10)),
        ("令和元年五月一日", date(2019, 5, 1)),
        ("2026-11-22", date(2026, 11, 22)),
        ("11/25", date(2026, 11, 25)),
        ("三日後", date(2026, 11, 25)),
        ("ミッカゴ", date(2026, 11, 25)),
        ("二週間後", date(2026, 12, 6)),
        ("2月29日", date(2028, 2, 29)),
        ("去年の五月五日", date(2025, 5, 5)),
        ("元日", date(2027, 1, 1)),
        ("大晦日", date(2026, 12, 31)),
    ],
)
def test_days_as_callers_say_them(said: str, day: date) -> None:
    """Near days, weekdays, months, eras."""
    found = parse_date(said, TODAY)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "said",
    ["2月30日", "13月1日", "東京の教育", "キョウイク", "トウキョウノ", "住民票", "一日中", "8:30", "本町2-3-1", ""],
)
def test_what_is_no_day(said: str) -> None:
    """Days that do not exist, and words that only sound like one."""
    assert parse_date(said, TODAY) is None


def test_a_weekday_that_is_not_the_days_shows() -> None:
    """So that the caller can be asked which of the two was meant."""
    assert parse_date("11月23日(日)", TODAY) == DateFound(date(2026, 11, 23), "11月23日", False, False)  # noqa: FBT003
    assert parse_date("11月23日の月曜", TODAY) == DateFound(date(2026, 11, 23), "11月23日", False, True)  # noqa: FBT003


def test_a_caller_who_speaks_of_the_past() -> None:
    """四月一日 was this year's."""
    found = parse_date("四月一日", TODAY, past=True)
    assert found is not None
    assert found.day == date(2026, 4, 1)


def test_saying() -> None:
    """Near days get their name, far days their era."""
    assert say_date(date(2026, 11, 23), TODAY) == "あす、十一月二十三日、月曜日"
    assert say_date(date(2026, 12, 24), TODAY) == "十二月二十四日、木曜日"
    assert say_date(date(2030, 7, 1), TODAY) == "令和十二年七月一日、月曜日"
    assert wareki(date(2019, 5, 1)) == "令和元年五月一日"
    assert wareki(date(1850, 1, 2)) == "千八百五十年一月二日"


@given(
    st.text(alphabet="0123456789一二十月日年曜火土来週今度末後前令和昭和ガツニチヨウカきょうあす/-.年", max_size=15),
    st.dates(),
)
def test_never_raises(text: str, today: date) -> None:
    """Not even at the ends of the calendar."""
    found = parse_date(text, today)
    assert found is None or isinstance(found.day, date)
