"""Sounds that are taken for one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.faq.soundalikes import Soundalikes, morae, sound_class


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("シュウショク", "スウショク"),
        ("クジョウ", "クジョ"),
        ("タイイクカン", "タイクカン"),
        ("ハッポウ", "ハポウ"),
        ("カイゴ", "ガイコ"),
    ],
)
def test_sounds_that_a_telephone_confuses_are_of_one_class(one: str, other: str) -> None:
    """Voice, small ャュョ, length and ッ make no difference."""
    assert sound_class(one) == sound_class(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ゲスイ", "ゲシ"), ("コウジョウ", "クジョウ"), ("カンイ", "カニ"), ("A", "B")]
)
def test_other_sounds_are_of_other_classes(one: str, other: str) -> None:
    """Vowels and ン do."""
    assert sound_class(one) != sound_class(other)


def test_small_kana_belong_to_the_one_before() -> None:
    """ショ is one mora."""
    assert morae("トショカン") == ("ト", "ショ", "カ", "ン")


def test_words_of_a_class_are_found_with_how_far_apart_they_are() -> None:
    """Those that are too far apart are not."""
    alike = Soundalikes(["シュウショク", "ショウショク", "クジョウ"])
    assert alike.like(sound_class("スウショク"), "スウショク", 2) == [("シュウショク", 2)]
    assert alike.like(sound_class("スウショク"), "スウショク", 1) == []
    assert alike.begins(sound_class("スウ"))
    assert not alike.begins(sound_class("ナ"))


@given(st.text("アカガキシュョッンートドヲヴA1ー", max_size=12))
def test_the_class_of_a_beginning_begins_the_class(sound: str) -> None:
    """So that words can be sought mora by mora."""
    said = morae(sound)
    for count in range(len(said)):
        assert sound_class(sound).startswith(sound_class("".join(said[:count])))
