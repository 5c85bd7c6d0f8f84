"""The doctors on duty as values."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.duty_doctors import DutyList, center_is_open, on_day, on_duty
from voicebot.city.load import City
from voicebot.city.time_ranges import parse_ranges

Moment = Callable[[str], datetime]


@pytest.fixture(scope="module")
def duties(minato: City) -> DutyList:
    """The demo city's list."""
    assert minato.duty is not None
    return minato.duty


@pytest.mark.parametrize(
    ("at", "subject", "names"),
    [
        ("2026-11-22T08:29", "内科", []),
        ("2026-11-22T08:30", "内科", ["はまかぜ内科医院"]),
        ("2026-11-22T17:29", "内科", ["はまかぜ内科医院"]),
        ("2026-11-22T17:30", "内科", ["みなと中央病院"]),
        ("2026-11-23T00:00", "内科", ["みなと中央病院"]),
        ("2026-11-23T08:29", "内科", ["みなと中央病院"]),
        ("2026-11-23T08:30", "内科", ["みどり内科クリニック"]),
        ("2026-11-22T20:00", None, ["みなと中央病院", "本町外科医院"]),
        ("2026-11-22T20:00", "歯科", []),
        ("2026-11-25T20:00", None, []),
    ],
)
def test_who_is_on_duty(duties: DutyList, moment: Moment, at: str, subject: str | None, names: list[str]) -> None:
    """To the minute, and over midnight."""
    assert [duty.clinic.name for duty in on_duty(duties, moment(at), subject)] == names


def test_a_night_belongs_to_the_day_it_begins_on(duties: DutyList) -> None:
    """In the order of the subjects, then of time."""
    found = on_day(duties, date(2026, 11, 22))
    assert [(duty.subject, duty.start.hour) for duty in found] == [
        ("内科", 8), ("内科", 17), ("小児科", 8), ("外科", 8), ("歯科", 9)
    ]  # fmt: skip
    assert on_day(duties, date(2026, 11, 24)) == ()


@given(st.integers(0, 99 * 24 * 60), st.sampled_from(["内科", "小児科", "外科", "歯科", None]))
def test_at_any_minute_those_are_found_whose_duty_holds_it_and_no_others(
    minato: City, minute: int, subject: str | None
) -> None:
    """Checked against a plain walk through the list, over the whole covered range and a day around it."""
    duties = minato.duty
    assert duties is not None
    at = datetime(2026, 11, 22, tzinfo=duties.zone) + timedelta(minutes=minute) - timedelta(hours=12)
    expected = {
        (duty.subject, duty.clinic.name)
        for duty in duties.duties
        if duty.subject == (subject or duty.subject) and duty.start <= at and at < duty.end
    }
    assert {(duty.subject, duty.clinic.name) for duty in on_duty(duties, at, subject)} == expected


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("内科", "内科"),
        ("歯が痛い", "歯科"),
        ("子どもの熱", "小児科"),
        ("足をねんざした", "外科"),
        ("カゼ", "内科"),
        ("犬", None),
        ("", None),
    ],
)
def test_subjects_are_known_by_the_words_of_residents(duties: DutyList, words: str, subject: str | None) -> None:
    """By the longest word."""
    assert duties.subject_called(words) == subject


def test_the_emergency_clinic_has_its_hours(duties: DutyList, moment: Moment) -> None:
    """Around the clock here; elsewhere over midnight."""
    assert all(center_is_open(duties, moment("2026-11-25T00:00") + timedelta(hours=hour)) for hour in range(25))
    assert duties.center is not None
    night = replace(duties, center=replace(duties.center, ranges=parse_ranges("19:00-翌7:00")))
    open_at = {hour for hour in range(24) if center_is_open(night, moment("2026-11-25T00:00") + timedelta(hours=hour))}
    assert open_at == {*range(7), *range(19, 24)}
