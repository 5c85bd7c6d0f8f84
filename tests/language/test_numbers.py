"""Whole numbers both ways."""

import pyopenjtalk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.numbers import LIMIT, number_reading, parse_number, say_number

NUMBERS = st.integers(min_value=0, max_value=10**6) | st.integers(min_value=-LIMIT + 1, max_value=LIMIT - 1)


@given(NUMBERS)
def test_what_is_said_is_understood(number: int) -> None:
    """In kanji and as a reading."""
    assert parse_number(say_number(number)) == number
    assert parse_number(number_reading(number)) == number


@given(st.integers(min_value=0, max_value=10**8))
def test_what_a_dictionary_reads_is_understood(number: int) -> None:
    """Open JTalk writes long vowels as ー; something must be counted, or 八百 is ヤオ."""
    assert parse_number(pyopenjtalk.g2p(f"{say_number(number)}円", kana=True)) == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("3,200円です", 3200),
        ("3千2百", 3200),
        ("二〇二六", 2026),
        ("三番です", 3),
        ("さんばん", 3),
        ("ヨニンデス", 4),
        ("よん", 4),
        ("シチ", 7),
        ("ごー", 5),
        ("1万2000円", 12000),
        ("えーと、三千二百円です", 3200),
        ("ヒャクトオ", None),
        ("住民票を3通", 3),
        ("5と6", None),
        ("千葉です", None),
        ("一緒に", None),
        ("", None),
    ],
)
def test_numbers_as_callers_say_them(said: str, number: int | None) -> None:
    """Figures, kanji, kana and mixtures."""
    assert parse_number(said) == number


@pytest.mark.parametrize(
    ("number", "reading"),
    [
        (0, "ゼロ"),
        (8316, "ハッセンサンビャクジュウロク"),
        (10**7, "イッセンマン"),
        (10**12, "イッチョウ"),
        (3600, "サンゼンロッピャク"),
    ],
)
def test_euphony(number: int, reading: str) -> None:
    """Where sounds change."""
    assert number_reading(number) == reading


def test_a_number_without_words_says_the_cure() -> None:
    """Too long is digit by digit."""
    with pytest.raises(ValueError, match="digits_one_by_one"):
        say_number(LIMIT)


@given(st.text(alphabet="一二三十百千万億ニサンヨジュウヒャクセンマン0123,円です、"))
def test_never_raises(text: str) -> None:
    """Whatever was heard."""
    value = parse_number(text)
    assert value is None or isinstance(value, int)
