"""The choice of language, and the explanation for staff."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from voicebot.city.hours import Calendar
from voicebot.city.situation import situation
from voicebot.city.spoken_hours import LANGUAGES, explain, say
from voicebot.errors import VoicebotError

Calendars = Mapping[str, Calendar]
Moment = Callable[[str], datetime]


def test_each_language_says_it_in_its_own_words(calendars: Calendars, moment: Moment) -> None:
    """No language falls back on another without saying so."""
    said = {say(situation(calendars["本庁"], moment("2026-11-04T10:00")), language) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES) == 3
    assert say(situation(calendars["本庁"], moment("2026-11-04T10:00")), "ja") in said


def test_a_language_without_words_is_refused(calendars: Calendars, moment: Moment) -> None:
    """Rather an error in the test than silence on the line."""
    with pytest.raises(VoicebotError) as caught:
        say(situation(calendars["本庁"], moment("2026-11-04T10:00")), "fr")
    assert caught.value.code == "city.unknown_language"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_said_at_every_hour_of_a_year(calendars: Calendars, moment: Moment, language: str) -> None:
    """No gaps, no doubled stops, whatever the calendar."""
    for calendar in calendars.values():
        for month in range(1, 13):
            for hour in (0, 8, 12, 23):
                at = moment(f"2027-{month:02}-{month + 2:02}T{hour:02}:10")
                text = say(situation(calendar, at), language)
                assert text.endswith((".", "。"))
                assert "  " not in text
                assert ".." not in text


def test_closed_is_explained_with_reason_and_next_opening(calendars: Calendars, moment: Moment) -> None:
    """The whole of what the command prints."""
    assert explain(calendars["本庁"], moment("2027-01-02T09:00")) == (
        "本庁 2027年1月2日(土) 9:00\n"
        "  状態: 閉まっています(年末年始)\n"
        "  この日の時間: 休み\n"
        "  次に開く時刻: 2027年1月4日(月) 8:30\n"
        "  電話での案内: きょうは年末年始のため、お休みです。次は、1月4日、月曜日の午前8時半からです。"
    )


@pytest.mark.parametrize(
    ("name", "at", "rows"),
    [
        ("昼休み", "2026-11-04T09:05", ["8:30-12:00、13:00-17:15", "閉まる時刻: 2026年11月4日(水) 17:15"]),
        ("夜間", "2026-11-04T20:00", ["この日の時間: 17:15-翌8:30", "閉まる時刻: 2026年11月5日(木) 8:30"]),
        ("守衛室", "2026-11-04T20:00", ["この日の時間: 0:00-24:00", "閉まる時刻: なし(24時間)"]),
        ("休館中", "2026-11-04T20:00", ["次に開く時刻: 60日以内にはありません"]),
    ],
)
def test_the_hours_of_the_day_are_shown_as_they_are_written(
    calendars: Calendars, moment: Moment, name: str, at: str, rows: list[str]
) -> None:
    """In the notation that staff use in the file."""
    text = explain(calendars[name], moment(at))
    assert all(row in text for row in rows)
