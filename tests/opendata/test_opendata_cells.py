"""What single cells of published lists mean."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.days import WEEKDAYS, parse_days
from voicebot.opendata.cells import day, degree, flag, is_empty, position, telephone_numbers, weekdays


@pytest.mark.parametrize(
    ("text", "meant"),
    [("○", True), ("◯", True), ("〇", True), ("◎", True), ("1", True), ("有", True), ("○(2階以上)", True),
     ("△", None), ("▲", None), ("×", False), ("✕", False), ("−", False), ("-", False), ("", False), ("0", False)],
)  # fmt: skip
def test_flags_of_every_kind_are_read(text: str, meant: bool | None) -> None:
    """Circles come in three code points, and a dash or nothing is a no."""
    assert flag(text) is meant


def test_a_flag_that_nobody_can_read_is_refused() -> None:
    """A shelter must not be named for a danger on a guess."""
    with pytest.raises(ValueError, match="○・△・×"):
        flag("たぶん")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("050-0000-1201", ("050-0000-1201",)), ("０５０－００００－１２０１", ("050-0000-1201",)),
     ("050(0000)1201", ("050-0000-1201",)), ("代表 050-0000-1201\n", ("050-0000-1201",)),
     ("050-0000-1201、050-0000-1202(夜間)", ("050-0000-1201", "050-0000-1202")),
     ("050-0000-1201(内線 1234)", ("050-0000-1201",)), ("-", ()), ("なし", ()), ("", ())],
)  # fmt: skip
def test_telephone_numbers_are_found_in_what_offices_write(text: str, numbers: tuple[str, ...]) -> None:
    """Full width, brackets, several in a cell, extensions."""
    assert telephone_numbers(text) == numbers


@pytest.mark.parametrize("text", ["市役所へ", "119", "12-34"])
def test_what_is_no_number_of_japan_is_refused_with_words(text: str) -> None:
    """Never an emergency service either."""
    with pytest.raises(ValueError, match="電話番号"):
        telephone_numbers(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("2026-04-01", date(2026, 4, 1)), ("2026/4/1", date(2026, 4, 1)), ("２０２６年４月１日", date(2026, 4, 1)),
     ("令和8年4月1日", date(2026, 4, 1)), ("令和元年5月1日", date(2019, 5, 1)), ("R8.4.1", date(2026, 4, 1)),
     ("H31/4/1", date(2019, 4, 1)), ("昭和64年1月7日", date(1989, 1, 7)), ("20260401", date(2026, 4, 1)), ("", None),
     ("未定", None)],
)  # fmt: skip
def test_dates_are_read_in_both_calendars(text: str, meant: date | None) -> None:
    """As published lists write them."""
    assert day(text) == meant


@pytest.mark.parametrize("text", ["2026-02-30", "春ごろ", "令和8年13月1日"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """In words for staff."""
    with pytest.raises(ValueError, match="日付"):
        day(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [("月火水木金", "月-金"), ("月・水・金", "月・水・金"), ("月曜日～金曜日", "月-金"), ("火水木金土日", "火-日"),
     ("月火木金", "月・火・木・金"), ("月火水木金土日", "毎日"), ("年中無休", "毎日"), ("平日", "平日"),
     ("土日祝以外", "月-金"), ("第2・第4水曜", "第2・第4水曜"), ("", ""), ("-", "")],
)  # fmt: skip
def test_days_of_the_week_are_written_as_the_citys_files_do(text: str, days: str) -> None:
    """What comes out can be read by `parse_days`."""
    found = weekdays(text)
    assert found == days or parse_days(found) == parse_days(days)
    assert not found or parse_days(found)


@given(st.sets(st.sampled_from(WEEKDAYS), min_size=1))
def test_any_set_of_days_keeps_its_days(days: set[str]) -> None:
    """Whatever order they are written in."""
    text = "".join(days)
    assert parse_days(weekdays(text)).weekdays == {WEEKDAYS.index(each) for each in days}


def test_coordinates_are_read_in_degrees_minutes_and_seconds_too() -> None:
    """And zero, which stands for nothing, is nothing."""
    assert degree("34°20′27″") == pytest.approx(34.340833, abs=1e-6)
    assert degree("３４．５") == 34.5
    assert degree("0") is None
    with pytest.raises(ValueError, match="緯度・経度"):
        degree("北のほう")


def test_exchanged_coordinates_are_put_right_and_foreign_ones_dropped() -> None:
    """Both with a word to staff."""
    assert position("137.5", "34.1") == ((34.1, 137.5), position("137.5", "34.1")[1])
    assert "逆" in position("137.5", "34.1")[1]
    assert position("34.1", "13.75") == (None, position("34.1", "13.75")[1])
    assert "日本の外" in position("34.1", "13.75")[1]
    assert position("", "") == (None, "")
    assert position("34.1", "137.5") == ((34.1, 137.5), "")


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    """Never another error than `ValueError`."""
    for reader in (flag, telephone_numbers, day, degree, weekdays):
        with suppress(ValueError):
            reader(text)


def test_dashes_and_words_for_nothing_are_empty() -> None:
    """In every width."""
    assert all(is_empty(text) for text in ("", "-", "−", "なし", "null"))
    assert not is_empty("あり")
