"""Opening hours of published lists, with what is written beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.opendata.hours import hours_of, row_of


@pytest.mark.parametrize(
    ("days", "start", "end", "note", "week", "closed", "moved"),
    [
        ("月火水木金", "08:30", "17:00", "", {"月-金": "8:30-17:00"}, [], ""),
        ("月～金", "８：３０", "１７：１５", "土曜日は12：30まで。祝日、12/29～1/3を除く。",
         {"月-金": "8:30-17:15", "土": "8:30-12:30", "祝日": "休み"}, ["12-29..01-03"], ""),
        ("月火水木金", "08:30", "17:00",
         "国民の祝日に関する法律に規定する休日及び年末年始（１２月２９日から翌年の１月３日まで）は利用不可。",
         {"月-金": "8:30-17:00", "祝日": "休み"}, ["12-29..01-03"], ""),
        ("月火水木金土日", "9:00", "21:00", "日曜日は9：00～17：00、8/13～8/15、12/29～1/3を除く",
         {"毎日": "9:00-21:00", "日": "9:00-17:00"}, ["08-13..08-15", "12-29..01-03"], ""),
        ("火水木金土日", "9:00", "17:00", "月曜休館（祝日の場合は翌日）を除く",
         {"火-日": "9:00-17:00", "月": "休み"}, [], "次の平日に休む"),
        ("毎日", "17:30", "08:30", "", {"毎日": "17:30-翌8:30"}, [], ""),
        ("毎日", "18:00", "26:00", "", {"毎日": "18:00-翌2:00"}, [], ""),
        ("月火水木金土日", "0:00", "23:59", "終日利用可能", {"毎日": "24時間"}, [], ""),
        ("平日", "830", "1715", "", {"平日": "8:30-17:15"}, [], ""),
    ],
)  # fmt: skip
def test_notes_that_are_understood_become_hours(
    days: str, start: str, end: str, note: str, week: dict[str, str], closed: list[str], moved: str
) -> None:
    """Nothing of them is left uncertain."""
    found = hours_of(days, start, end, note)
    assert found.week == week
    assert [row["date"] for row in found.special] == closed
    assert (found.after_holiday, found.unsure, found.fault) == (moved, False, "")


def test_a_note_that_is_not_understood_makes_the_hours_uncertain_and_keeps_what_was() -> None:
    """A caller then hears that there are exceptions."""
    found = hours_of("火水木金土日", "9:30", "19:00", "土日祝は17：00まで。毎月末日休館。12/28　9：30～17：00。")
    assert found.week == {"火-日": "9:30-19:00", "土・日・祝日": "9:30-17:00"}
    assert found.special == [{"date": "12-28", "hours": "9:30-17:00"}]
    assert found.unsure
    assert row_of(found)["unsure"] is True


def test_hours_in_one_cell_and_days_off_in_another_are_understood() -> None:
    """As smaller cities publish them."""
    found = hours_of("", "", "", "", "9:00～17:00", "月曜日、祝日")
    assert (found.week, found.unsure) == ({"毎日": "9:00-17:00", "月": "休み", "祝日": "休み"}, False)


def test_without_days_the_hours_are_uncertain_and_without_hours_there_are_none() -> None:
    """Nobody knows on which days they hold."""
    assert hours_of("", "9:00", "17:00").unsure
    assert row_of(hours_of("月-金", "", "")) == {}


@pytest.mark.parametrize(("start", "end"), [("9時ごろ", "17:00"), ("9:70", "17:00"), ("31:00", "32:00")])
def test_hours_that_cannot_be_read_say_why(start: str, end: str) -> None:
    """They are left out; the place is kept."""
    assert "時刻" in hours_of("月-金", start, end).fault


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_note_is_survived(note: str, closed: str) -> None:
    """And what comes out never holds two rows for one day."""
    found = hours_of("月火水木金", "9:00", "17:00", note, "", closed)
    assert found.week
    assert not found.fault
