"""`hours.yaml`: what the rows mean together, and every fault at its line."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from voicebot.city.hours import Calendar, is_open, spans
from voicebot.city.hours_file import load_hours
from voicebot.documents import read
from voicebot.errors import ContentError, Fault

Moment = Callable[[str], datetime]


def calendar(text: str, name: str = "窓口") -> Calendar:
    """One calendar of a file."""
    return load_hours(read(text, "hours.yaml"), ZoneInfo("Asia/Tokyo"))[name]


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a file."""
    with pytest.raises(ContentError) as caught:
        calendar(text)
    return caught.value.faults


def hours(one: Calendar, day: str) -> list[str]:
    """The stretches of a day, for comparing."""
    return [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in spans(one, date.fromisoformat(day))]


def test_the_row_that_names_fewer_days_wins_whatever_the_order() -> None:
    """So staff may write the exception before or after the rule."""
    one = calendar("calendars: {窓口: {week: {木: 8:30-19:00, 毎日: 9:00-17:00, 月-金: 8:30-17:15}}}")
    assert hours(one, "2026-11-05") == ["08:30-19:00"]
    assert hours(one, "2026-11-06") == ["08:30-17:15"]
    assert hours(one, "2026-11-07") == ["09:00-17:00"]


def test_every_day_holds_holidays_too_and_a_day_off_beside_it_still_holds() -> None:
    """A museum that is shut on Mondays is shut on a holiday Monday."""
    one = calendar("calendars: {窓口: {week: {毎日: 9:00-17:00, 月: 休み}}}")
    assert hours(one, "2026-11-03") == ["09:00-17:00"]
    assert hours(one, "2026-11-23") == []


def test_holidays_are_closed_when_nothing_is_said_and_may_be_as_on_any_weekday() -> None:
    """City hall's rule is the default."""
    assert hours(calendar("calendars: {窓口: {week: {月-金: 9:00-17:00}}}"), "2026-11-03") == []
    one = calendar("calendars: {窓口: {week: {月-金: 9:00-17:00, 祝日: 曜日どおり}}}")
    assert hours(one, "2026-11-03") == ["09:00-17:00"]
    one = calendar("calendars: {窓口: {week: {月-金: 9:00-17:00, 祝日: 10:00-12:00}}}")
    assert hours(one, "2026-11-03") == ["10:00-12:00"]


def test_a_calendar_takes_over_what_it_does_not_say_itself() -> None:
    """Own rows first, then those of the calendar below, then the one below that."""
    text = """
calendars:
  窓口:
    based_on: 中間
    week: {水: 休み}
    special: [{date: 2026-11-06, hours: 10:00-11:00}]
  中間:
    based_on: 本庁
    week: {木: 8:30-19:00, 第2土曜: 9:00-12:00}
  本庁:
    week: {月-金: 8:30-17:15, 祝日: 13:00-15:00}
    special:
      - {date: 2026-11-06, hours: 休み, reason: 停電}
      - {date: 12-29..01-03, hours: 休み, reason: 年末年始}
"""
    one = calendar(text)
    expected = {
        "2026-11-02": ["08:30-17:15"],
        "2026-11-03": ["13:00-15:00"],
        "2026-11-04": [],
        "2026-11-05": ["08:30-19:00"],
        "2026-11-06": ["10:00-11:00"],  # its own row beats the same date of the calendar below
        "2026-11-14": ["09:00-12:00"],
        "2026-12-29": [],
    }
    assert {day: hours(one, day) for day in expected} == expected
    assert hours(calendar(text, "本庁"), "2026-11-06") == []


def test_a_dated_exception_beats_a_yearly_one_and_a_short_one_a_long_one() -> None:
    """The more particular row is the one that was meant."""
    text = """
calendars:
  窓口:
    week: {月-金: 9:00-17:00}
    special:
      - {date: 12-29..01-03, hours: 休み, reason: 年末年始}
      - {date: 2026-12-01..2027-01-31, days: 月-日, hours: 9:00-20:00}
      - {date: 2026-12-30, hours: 9:00-12:00}
"""
    one = calendar(text)
    assert hours(one, "2026-12-28") == ["09:00-20:00"]
    assert hours(one, "2026-12-29") == ["09:00-20:00"]
    assert hours(one, "2026-12-30") == ["09:00-12:00"]
    assert hours(one, "2027-12-29") == []


def test_after_holiday_moves_the_day_off(moment: Moment) -> None:
    """And the Monday that was given up is taken on Tuesday."""
    text = "calendars: {窓口: {week: {毎日: 休み, 火-日: 9:00-17:00, 祝日: 9:00-17:00}, after_holiday: 次の平日に休む}}"
    assert is_open(calendar(text), moment("2026-11-23T10:00"))
    assert not is_open(calendar(text), moment("2026-11-24T10:00"))


def test_every_fault_of_the_file_is_reported_at_its_line() -> None:
    """One of every kind of mistake."""
    text = """\
calendars:
  本庁:
    week:
      月-金: 17:15-8:30
      げつ: 9:00-10:00
    special:
      - date: 2027-02-30
        hours: 休み
        reason: 工事
      - date: 2027-02-20
        hours: 休み
  市民課:
    based_on: 本丁
  空:
    special: []
"""
    found = faults(text)
    assert [fault.line for fault in found] == [13, 4, 5, 7, 10, 14]
    messages = "\n".join(str(fault) for fault in found)
    for words in ("もしかして: 「本庁」", "翌8:30", "「げつ」は曜日", "暦にない", "reason", "「空」に week"):
        assert words in messages


def test_two_rows_of_equal_breadth_that_share_a_day_are_a_fault() -> None:
    """Guessing would open or close a counter by accident."""
    (fault,) = faults("calendars:\n  窓口:\n    week:\n      月-水: 9:00-10:00\n      水-金: 9:00-11:00\n")
    assert fault.line == 5
    assert "どちらの時間か決まりません" in fault.message


def test_a_circle_of_calendars_is_one_fault_that_shows_the_way() -> None:
    """And what only leads into it is not blamed."""
    text = "calendars:\n  窓口: {based_on: い}\n  い: {based_on: ろ}\n  ろ: {based_on: 窓口}\n  は: {based_on: い}\n"
    (fault,) = faults(text)
    assert "窓口 → い → ろ → 窓口" in fault.message
    assert fault.line == 2


def test_a_misspelt_key_is_named_with_the_right_one() -> None:
    """As in every file of the city."""
    (fault,) = faults("calendars:\n  窓口:\n    weak: {月: 9:00-10:00}\n")
    assert "もしかして: 「week」" in fault.message


def test_the_words_that_will_be_said_after_it_are_taken_off_the_reason() -> None:
    """Otherwise callers would hear it twice."""
    text = "calendars: {窓口: {week: {月: 休み}, special: [{date: 2027-04-11, hours: 休み, reason: 選挙事務のため}]}}"
    assert calendar(text).specials[0].reason == {"ja": "選挙事務"}
