"""Hours of a day as staff write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.time_ranges import ALL_DAY, TimeRange, parse_ranges


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("8:30-17:15", [(510, 1035)]),
        ("８：３０〜１７：１５", [(510, 1035)]),
        ("8時半から17時15分まで", [(510, 1035)]),
        ("9時-12時", [(540, 720)]),
        ("8:30-12:00、13:00-17:15", [(510, 720), (780, 1035)]),
        ("13:00-17:15, 8:30-12:00", [(510, 720), (780, 1035)]),
        ("8:30-12:00と13:00-17:15", [(510, 720), (780, 1035)]),
        ("17:15-翌8:30", [(1035, 1950)]),
        ("17:15-翌日8:30", [(1035, 1950)]),
        ("22:00-24:00", [(1320, 1440)]),
        ("8:30-翌8:30", [(510, 1950)]),
        ("休み", []),
        ("閉館", []),
    ],
)
def test_hours_are_understood_as_people_write_them(text: str, minutes: list[tuple[int, int]]) -> None:
    """Signs of every width, several stretches, over midnight, words for closed."""
    assert [(item.start, item.end) for item in parse_ranges(text)] == minutes


def test_24_hours_are_the_whole_day() -> None:
    """Both ways of writing it are one."""
    assert parse_ranges("24時間") == ALL_DAY == parse_ranges("0:00-24:00")


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("朝から晩まで", "の形で書いて"),
        ("", "の形で書いて"),
        ("17:15-8:30", "翌8:30"),
        ("9:00-9:00", "翌8:30"),
        ("9:60-12:00", "0:00から24:00まで"),
        ("9:00-25:00", "0:00から24:00まで"),
        ("24:00-翌8:00", "23:59"),
        ("8:00-翌9:00", "24時間より長く"),
        ("9:00-12:00、11:00-15:00", "重なって"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_cure(text: str, cure: str) -> None:
    """Each kind of mistake has its own cure."""
    with pytest.raises(ValueError, match=cure):
        parse_ranges(text)


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_every_stretch_up_to_a_day_can_be_written_and_read_again(start: int, length: int) -> None:
    """Up to twenty-four hours, over midnight or not."""
    end = start + length
    over = end > 1440
    written = f"{start // 60}:{start % 60:02}-{'翌' if over else ''}{(end - 1440 * over) // 60}:{end % 60:02}"
    assert parse_ranges(written) == (TimeRange(start, end),)


@given(st.text(alphabet="0123456789:-翌、時分半休み24間 ", max_size=15))
def test_any_text_gives_ordered_hours_or_a_value_error(text: str) -> None:
    """Nothing but a `ValueError` comes out."""
    try:
        ranges = parse_ranges(text)
    except ValueError:
        return
    assert all(0 <= item.start < item.end <= item.start + 1440 for item in ranges)
    assert list(ranges) == sorted(ranges, key=lambda item: item.start)
