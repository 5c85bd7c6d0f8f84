"""Opening hours in Korean, as they are spoken."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from voicebot.city.hours import Calendar
from voicebot.city.opening_ko import say
from voicebot.city.situation import situation

HEARD = [
    ("本庁", "2026-11-04T10:00", "오늘은 오후 5시 15분까지입니다."),
    ("昼休み", "2026-11-04T10:00", "오늘은 오후 5시 15분까지입니다. 다만, 정오부터 오후 1시까지는 쉽니다."),
    ("守衛室", "2026-11-04T10:00", "24시간 접수하고 있습니다."),
    ("夜間", "2026-11-05T20:00", "내일, 금요일 오전 8시 30분까지입니다."),
    ("夜間", "2026-11-08T20:00", "오늘은 밤 12시까지입니다."),
    ("夜間", "2026-11-02T12:00", "지금은 업무 시간이 아닙니다. 다음 업무는 오늘 오후 5시 15분부터입니다."),
    ("本庁", "2026-11-08T20:00", "오늘은 일요일이므로 쉽니다. 다음 업무는 내일, 월요일 오전 8시 30분부터입니다."),
    ("本庁", "2026-11-03T10:00", "오늘은 공휴일이므로 쉽니다. 다음 업무는 내일, 수요일 오전 8시 30분부터입니다."),
    ("本庁", "2027-01-02T09:00", "오늘은 연말연시 관계로 쉽니다. 다음 업무는 1월 4일, 월요일 오전 8시 30분부터입니다."),
    ("市民課", "2026-12-28T14:00", "지금은 접수하지 않습니다. 다음 업무는 1월 4일, 월요일 오전 8시 30분부터입니다."),
    ("昼休み", "2026-11-04T12:10", "지금은 점심시간입니다. 다음 업무는 오늘 오후 1시부터입니다."),
    (
        "図書館",
        "2026-11-24T10:00",
        "오늘은 공휴일 대체 휴무로 쉽니다. 다음 업무는 내일, 수요일 오전 9시 30분부터입니다.",
    ),
    ("休館中", "2026-11-04T10:00", "오늘은 쉽니다. 다음 업무는 두 달 이상 뒤에 시작합니다."),
]


@pytest.mark.parametrize(("name", "at", "words"), HEARD)
def test_a_clerk_would_say_it_so(
    calendars: Mapping[str, Calendar], moment: Callable[[str], datetime], name: str, at: str, words: str
) -> None:
    """Each row is what a caller hears."""
    assert say(situation(calendars[name], moment(at))) == words
