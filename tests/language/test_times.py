"""Times of day."""

from datetime import time

import pyopenjtalk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.times import parse_duration, parse_range, parse_time, say_duration, say_range, say_time

TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(TIMES)
def test_what_is_said_is_understood(at: time) -> None:
    """From the text and from the reading of Open JTalk."""
    for said in (say_time(at), pyopenjtalk.g2p(say_time(at), kana=True)):
        found = parse_time(said)
        assert found is not None
        assert (found.time, found.certain) == (at, True)


@given(TIMES, TIMES)
def test_a_range_that_is_said_is_understood(start: time, end: time) -> None:
    """Over midnight too."""
    found = parse_range(say_range(start, end))
    assert found is not None
    assert (found[0].time, found[1].time) == (start, end)


@given(st.integers(min_value=1, max_value=6000))
def test_a_duration_that_is_said_is_understood(minutes: int) -> None:
    """From figures and from a reading."""
    assert parse_duration(say_duration(minutes)) == minutes
    assert parse_duration(pyopenjtalk.g2p(say_duration(minutes), kana=True)) == minutes


@pytest.mark.parametrize(
    ("said", "at", "certain"),
    [
        ("午後3時半", time(15, 30), True),
        ("15時", time(15), True),
        ("夕方5時", time(17), True),
        ("正午", time(12), True),
        ("昼の十二時", time(12), True),
        ("ヒルノイチジ", time(13), True),
        ("8時15分前", time(7, 45), False),
        ("ゴゴゴジ", time(17), True),
        ("ゴゼンハチジハン", time(8, 30), True),
        ("深夜2時", time(2), True),
        ("正午10分過ぎ", time(12, 10), True),
        ("午前12時10分", time(0, 10), True),
        ("午後12時49分", time(12, 49), True),
        ("3時", time(15), False),
        ("くじ", time(9), False),
        ("17:30", time(17, 30), True),
    ],
)
def test_times_as_callers_say_them(said: str, at: time, *, certain: bool) -> None:
    """Without 午前 or 午後 a time is only probable."""
    found = parse_time(said)
    assert found is not None
    assert (found.time, found.certain) == (at, certain)


@pytest.mark.parametrize(("said", "at"), [("25時", time(1)), ("夜の12時", time(0)), ("深夜24時", time(0))])
def test_times_past_midnight_are_the_next_days(said: str, at: time) -> None:
    """As the duty doctors' lists have them."""
    found = parse_time(said)
    assert found is not None
    assert (found.time, found.next_day) == (at, True)


@pytest.mark.parametrize("said", ["一時的に", "一時間", "住民票", "四十時", "いちばんの", ""])
def test_what_is_no_time(said: str) -> None:
    """Words with a 時 in them."""
    assert parse_time(said) is None


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("午前8時半から午後5時15分まで", time(8, 30), time(17, 15)),
        ("9時〜12時", time(9), time(12)),
        ("8:30-17:15", time(8, 30), time(17, 15)),
        ("9時から5時", time(9), time(17)),
        ("1時から3時", time(13), time(15)),
    ],
)
def test_ranges_as_they_are_written_and_said(said: str, start: time, end: time) -> None:
    """The end comes after the beginning."""
    found = parse_range(said)
    assert found is not None
    assert (found[0].time, found[1].time) == (start, end)


def test_saying() -> None:
    """Noon is 正午, half past is 半, and an end before the beginning is the next day's."""
    assert say_time(time(12)) == "正午"
    assert say_time(time(12, 30)) == "午後0時半"
    assert say_range(time(17, 30), time(8, 30)) == "午後5時半から翌日の午前8時半まで"
    assert parse_range("朝から晩まで") is None
    assert parse_duration("住民票") is None
