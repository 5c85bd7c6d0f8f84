"""Counted things."""

import pyopenjtalk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.counters import count_reading, parse_count
from voicebot.language.kana import matching_form

COUNTERS = (
    *("階", "回", "か月", "か所", "個", "件", "軒", "歳", "冊", "週間", "世帯", "通", "丁目", "頭", "点", "本", "匹"),
    *("杯", "泊", "分", "人", "時", "時間", "年", "円", "月", "日", "番", "枚", "台", "名", "号"),
)


@pytest.mark.parametrize(
    ("number", "counter", "reading"),
    [
        (1, "階", "イッカイ"), (3, "階", "サンガイ"), (3, "本", "サンボン"), (20, "日", "ハツカ"), (1, "人", "ヒトリ"),
        (4, "時", "ヨジ"), (7, "時", "シチジ"),
        (9, "時", "クジ"),
        (10, "分", "ジュップン"), (8, "分", "ハップン"), (14, "人", "ジュウヨニン"),
        (100, "本", "ヒャッポン"), (6, "ヶ月", "ロッカゲツ"), (19, "日", "ジュウクニチ"),
        (20, "歳", "ハタチ"), (3, "つ", "ミッツ"),
    ],
)  # fmt: skip
def test_euphony(number: int, counter: str, reading: str) -> None:
    """As the tables of counters have it."""
    assert count_reading(number, counter) == reading


@given(st.integers(min_value=1, max_value=9999), st.sampled_from(COUNTERS))
def test_what_is_said_is_understood(number: int, counter: str) -> None:
    """From the reading and from figures."""
    assert parse_count(count_reading(number, counter), counter) == number
    assert parse_count(f"{number}{counter}です", counter) == number


@pytest.mark.parametrize(
    "counter",
    ["階", "回", "か月", "個", "件", "軒", "冊", "通", "本", "匹", "杯", "泊", "時間", "年", "円", "月", "日", "枚"],
)
def test_a_dictionary_reads_the_same(counter: str) -> None:
    """From two to twelve, as Open JTalk has it; 七 may be ナナ or シチ there, 八 ハチ or ハッ."""
    for number in range(2, 13):
        theirs = matching_form(pyopenjtalk.g2p(f"{number}{counter}", kana=True))
        assert _either(theirs) == _either(matching_form(count_reading(number, counter)))


def _either(reading: str) -> str:
    return reading.replace("シチ", "ナナ").replace("ハチ", "ハッ")


@pytest.mark.parametrize(
    ("said", "counter", "number"),
    [
        ("二人です", "人", 2),
        ("ひとつ", "個", 1),
        ("はちふん", "分", 8),
        ("3ヶ月", "か月", 3),
        ("住民票", "通", None),
        ("とお", "つ", 10),
    ],
)
def test_counts_as_callers_say_them(said: str, counter: str, number: int | None) -> None:
    """With native numerals too."""
    assert parse_count(said, counter) == number


def test_an_unknown_counter_is_refused() -> None:
    """Rather than said wrongly."""
    with pytest.raises(ValueError, match="counter"):
        count_reading(3, "反")
    with pytest.raises(ValueError, match="counter"):
        count_reading(11, "つ")
