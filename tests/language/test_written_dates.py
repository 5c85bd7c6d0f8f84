"""Dates, weekdays, times and ranges, as they are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.dates import parse_date
from voicebot.language.written_dates import dates


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2027/4", "2027年4月"),
        ("2027/04", "2027年4月"),
        ("H31.4.30", "平成31年4月30日"),
        ("R8.4", "令和8年4月"),
        ("R.4", "令和4年"),
        ("S64年", "昭和64年"),
        ("5/3・5/4", "5月3日・5月4日"),
        ("08:30〜09:00", "8時30分から9時"),
        ("AM9:00-PM5:00", "午前9時から午後5時"),
        ("1:2", "1:2"),
        ("(月・水・金)", "(月曜日、水曜日、金曜日)"),
        ("(日)", "(日)"),
        ("土日祝", "土日祝日"),
        ("第1・3・5土曜", "第1、第3、第5土曜"),
        ("4月・5月", "4月・5月"),
        ("次の(1)～(8)", "次の(1)から(8)"),
        ("50cc～125cc", "50ccから125cc"),
        ("3歳～小学生", "3歳から小学生"),
        ("正午～午後4時", "正午から午後4時"),
        ("5-10分", "5から10分"),
        ("寺町～神社", "寺町～神社"),
    ],
)
def test_signs_become_words(written: str, words: str) -> None:
    """Figures stay; they are the next step's."""
    assert dates(written) == words


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(["-", "/", "."]))
def test_every_figure_date_is_the_same_day(day: date, sign: str) -> None:
    """With leading zeros or without."""
    for written in (day.strftime(f"%Y{sign}%m{sign}%d"), f"{day.year}{sign}{day.month}{sign}{day.day}"):
        found = parse_date(dates(written), day)
        assert found is not None
        assert found.day == day
