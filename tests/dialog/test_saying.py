"""What a caller said is said back in the language of the call."""

from datetime import date, time

import pytest

from voicebot.dialog.saying import as_written, say_clock, say_day, say_person, say_place

READINGS = {"本町": "ホンマチ", "緑町": "ミドリマチ"}
SPOKEN = {"本町": "本町", "緑町": "{緑町|ミドリマチ}"}


@pytest.mark.parametrize(
    ("language", "day", "clock", "person", "place"),
    [
        ("ja", "あす、十一月二十六日、木曜日", "午前8時半", "田中様", "{緑町|ミドリマチ}2丁目"),
        ("en", "tomorrow, Thursday", "8:30 a.m.", "田中", "Midorimachi 2-chome"),
        ("ko", "내일, 목요일", "오전 8시 30분", "田中", "미도리마치 2초메"),
    ],
)
def test_values_are_said_in_the_language_of_the_call(
    language: str, day: str, clock: str, person: str, place: str
) -> None:
    """様 is Japanese only; a district has the hint that its voice needs."""
    assert say_day(date(2026, 11, 26), date(2026, 11, 25), language) == day
    assert say_clock(time(8, 30), language) == clock
    assert say_person("田中", language) == person
    assert say_place("緑町", 2, READINGS, SPOKEN, language) == place


def test_a_district_without_a_part_or_unknown_is_its_name() -> None:
    """Nothing is made up."""
    assert say_place("本町", None, READINGS, SPOKEN, "ja") == "本町"
    assert say_place("東町", None, READINGS, SPOKEN, "ja") == "東町"
    assert say_place("本町", None, READINGS, SPOKEN, "en") == "Honmachi"


def test_hints_are_for_voices_only() -> None:
    """A text message and the staff's note are read by people."""
    assert as_written("{緑町|ミドリマチ}2丁目の{品物}") == "緑町2丁目の{品物}"
