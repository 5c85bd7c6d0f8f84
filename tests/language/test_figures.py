"""Kanji numerals as figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.figures import figures
from voicebot.language.numbers import say_number


@pytest.mark.parametrize(
    ("heard", "shown"),
    [
        ("三月一日水曜日", "3月1日(水)"),
        ("五から九日は休みの日", "5から9日は休みの日".replace("から", "〜")),
        ("三分の一を削る", "1/3を削る"),
        ("マイナス一と四分の三", "-1 3/4"),
        ("気温は二十五点三度", "気温は25.3度"),
        ("第十三班", "第13班"),
        ("一時十分", "1時10分"),
        ("本町二丁目三番一号", "本町2丁目3番1号"),
        ("手数料は三百円です", "手数料は300円です"),
    ],
)
def test_numbers_are_shown_as_figures(heard: str, shown: str) -> None:
    """For eyes that read quickly."""
    assert figures(heard) == shown


@pytest.mark.parametrize(
    "text", ["一緒に行く", "一般の方", "三重県", "千葉", "十分です", "八百屋", "ジュウミンヒョウ", "お願いします"]
)
def test_words_that_only_contain_a_numeral_stay(text: str) -> None:
    """They count nothing."""
    assert figures(text) == text


@given(st.integers(min_value=0, max_value=10**15))
def test_every_number_said_is_shown(number: int) -> None:
    """The inverse of saying it; ゼロ in kana is left."""
    assert figures(say_number(number)) == (str(number) if number else "ゼロ")


@given(st.text(alphabet="一二三十百千万億分の点マイナスと第月日曜水〇零か緒"))
def test_never_raises(text: str) -> None:
    """Whatever was recognised."""
    assert isinstance(figures(text), str)
