"""Names in what callers say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.city.calling import NEAR, SURE, Called, Calling
from voicebot.language.kana import compact, matching_form

NAMES = [
    ("乾電池", "カンデンチ"),
    ("毛布", "モウフ"),
    ("扇風機", "センプウキ"),
    ("アイロン", "アイロン"),
    ("生ごみ", "ナマゴミ"),
]
CALLING = Calling(
    tuple(Called(at, compact(name), matching_form(sound)) for at, (name, sound) in enumerate(NAMES)),
    re.compile("(?:ハ|ノ)?(?:何|捨テ|デス)"),
    frozenset({"ゴミ"}),
)


@pytest.mark.parametrize(
    ("words", "reading", "name", "sure"),
    [
        ("扇風機", "", "扇風機", True),
        ("古い扇風機の捨て方", "", "扇風機", True),
        ("先風気", "センプウキ", "扇風機", True),
        ("", "センプーキワナニゴミデスカ", "扇風機", True),
        ("電池", "デンチ", "乾電池", False),
        ("電気毛布", "デンキモウフ", "毛布", False),
        ("", "アイヨン", "アイロン", False),
    ],
)
def test_names_are_found_written_by_sound_within_questions_and_as_tails(
    words: str, reading: str, name: str, sure: bool
) -> None:
    """What is only a part of another word is never sure."""
    (thing, score), *_ = CALLING.ranked(words, reading)
    assert (NAMES[thing][0], score >= SURE) == (name, sure)


@pytest.mark.parametrize("words", ["ごみ", "", "ラーメン", "。"])
def test_what_is_no_name_is_not_found(words: str) -> None:
    """ごみ is the end of 生ごみ, but no name."""
    assert CALLING.ranked(words) == ()


@given(st.text(max_size=80), st.text(alphabet="アイウカセンプキモフーッ", max_size=40))
def test_likeness_falls_and_stays_within_its_bounds(words: str, reading: str) -> None:
    """Whatever is said."""
    scores = [score for _, score in CALLING.ranked(words, reading)]
    assert scores == sorted(scores, reverse=True)
    assert all(NEAR <= score <= 1 for score in scores)
