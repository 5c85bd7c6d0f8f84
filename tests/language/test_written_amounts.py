"""Money, measures, fractions and decimals, as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.numbers import parse_number
from voicebot.language.written_amounts import amounts


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("¥1,200-", "千二百円"),
        ("¥3万", "三万円"),
        ("10 %", "十パーセント"),
        ("B1F・2F", "地下一階・二階"),
        ("80km/h", "八十キロメートル毎時"),
        ("3m2", "三平方メートル"),
        ("5G", "五G"),
        ("No.3", "ナンバー三"),
        ("1と1/2", "一と二分の一"),
        ("-1.06", "マイナス一点零六"),
        ("東-5", "東-五"),
        ("0.5", "零点五"),
        ("2×4", "二かける四"),
        ("1.2.3", "一.二.三"),
        ("B5、PM2.5", "B5、PM2.5"),
        ("0時0円", "零時ゼロ円"),
    ],
)
def test_amounts_are_said(written: str, said: str) -> None:
    """Figures behind a letter are left."""
    assert amounts(written) == said


@given(st.integers(min_value=0, max_value=10**19))
def test_a_number_keeps_its_value(number: int) -> None:
    """With separators too."""
    assert parse_number(amounts(f"{number:,}")) == number
