"""Amounts of yen."""

import pyopenjtalk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.money import money_reading, parse_money, say_money


@given(st.integers(min_value=0, max_value=10**12))
def test_what_is_said_is_understood(yen: int) -> None:
    """In kanji, in figures, as our reading and as a dictionary's."""
    for said in (
        say_money(yen),
        f"{yen:,}円です",
        f"¥{yen:,}",
        money_reading(yen),
        pyopenjtalk.g2p(say_money(yen), kana=True),
    ):
        assert parse_money(said) == yen


@pytest.mark.parametrize(
    ("said", "yen"),
    [
        ("10万円", 100_000),
        ("1万2千円", 12_000),
        ("さんびゃくえんです", 300),
        ("三百", 300),
        ("手数料は300円ですか", 300),
        ("援助", None),
        ("公園", None),
    ],
)
def test_amounts_as_callers_say_them(said: str, yen: int | None) -> None:
    """Whole amounts, mixtures, and words that only sound like yen."""
    assert parse_money(said) == yen


def test_four_yen() -> None:
    """ヨエン, not ヨンエン."""
    assert money_reading(1204) == "センニヒャクヨエン"
