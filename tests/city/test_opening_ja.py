"""Opening hours in Japanese, as they are spoken."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from voicebot.city.hours import Calendar
from voicebot.city.opening_ja import say
from voicebot.city.situation import situation
from voicebot.city.time_ranges import TimeRange

HEARD = [
    ("本庁", "2026-11-04T10:00", "きょうは午後5時15分までです。"),
    ("昼休み", "2026-11-04T10:00", "きょうは午後5時15分までです。ただし、正午から午後1時までは、お休みです。"),
    ("守衛室", "2026-11-04T10:00", "24時間、受け付けています。"),
    ("夜間", "2026-11-05T20:00", "あす、金曜日の午前8時半までです。"),
    ("夜間", "2026-11-06T20:00", "11月8日、日曜日の夜の12時までです。"),
    ("夜間", "2026-11-08T20:00", "きょうは夜の12時までです。"),
    ("本庁", "2026-11-08T20:00", "きょうは日曜日のため、お休みです。次は、あす、月曜日の午前8時半からです。"),
    ("本庁", "2026-11-04T20:00", "ただいまは業務時間外です。次は、あす、木曜日の午前8時半からです。"),
    ("本庁", "2026-11-04T06:00", "ただいまは業務時間外です。次は、きょう、午前8時半からです。"),
    ("本庁", "2026-11-06T18:00", "ただいまは業務時間外です。次は、11月9日、月曜日の午前8時半からです。"),
    ("本庁", "2026-11-03T10:00", "きょうは文化の日のため、お休みです。次は、あす、水曜日の午前8時半からです。"),
    ("本庁", "2026-05-06T10:00", "きょうは振替休日のため、お休みです。次は、あす、木曜日の午前8時半からです。"),
    ("本庁", "2027-01-02T09:00", "きょうは年末年始のため、お休みです。次は、1月4日、月曜日の午前8時半からです。"),
    ("市民課", "2026-11-08T10:00", "きょうは選挙事務のため、お休みです。次は、あす、月曜日の午前8時半からです。"),
    (
        "市民課",
        "2026-12-28T14:00",
        "仕事納めのため、ただいまは受け付けていません。次は、1月4日、月曜日の午前8時半からです。",
    ),
    ("昼休み", "2026-11-04T12:10", "ただいまは昼休みです。次は、きょう、午後1時からです。"),
    ("図書館", "2026-11-24T10:00", "きょうは祝日の振り替えのため、お休みです。次は、あす、水曜日の午前9時半からです。"),
    ("休館中", "2026-11-04T10:00", "きょうは改修工事のため、お休みです。次に開くのは、2か月以上先です。"),
]


@pytest.mark.parametrize(("name", "at", "words"), HEARD)
def test_a_clerk_would_say_it_so(
    calendars: Mapping[str, Calendar], moment: Callable[[str], datetime], name: str, at: str, words: str
) -> None:
    """Each row is what a caller hears."""
    assert say(situation(calendars[name], moment(at))) == words


@pytest.mark.parametrize(
    ("minute", "words"),
    [(0, "午前0時"), (30, "午前0時半"), (65, "午前1時5分"), (720, "正午"), (750, "午後0時半"), (1439, "午後11時59分")],
)
def test_times_of_the_day_are_said_in_halves(
    calendars: Mapping[str, Calendar], moment: Callable[[str], datetime], minute: int, words: str
) -> None:
    """And noon has its own word."""
    calendar = replace(calendars["本庁"], weekly=((TimeRange(minute, 1440),),) + ((),) * 6, specials=())
    assert say(situation(calendar, moment("2026-11-08T12:00"))).endswith(f"次は、あす、月曜日の{words}からです。")
