"""What the telephone makes alike is alike here, and what nobody confuses is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.checking.sounds import alike, distance, sounds
from voicebot.voice.reading import reading

CONFUSED = [
    ("一階", "七階"), ("病院", "美容院"), ("申し込み", "持ち込み"), ("四月", "七月"), ("加入", "記入"),
    ("給付", "交付"), ("相続", "存続"), ("科学", "化学"), ("接種", "摂取"), ("広報", "公報"),
]  # fmt: skip
"""Pairs that call centres and cities warn of, or that differ in one sound."""
CLEAR = [
    ("内科", "外科"), ("転入", "転出"), ("結婚", "離婚"), ("燃えるごみ", "燃えないごみ"), ("保育園", "幼稚園"),
    ("はい", "いいえ"), ("大人", "子ども"), ("びん", "缶"), ("収集日", "分け方"), ("国保", "介護"),
    ("課税証明", "納税証明"), ("水道", "下水道"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), CONFUSED)
def test_words_that_are_confused_on_the_telephone_are_alike(first: str, second: str) -> None:
    """By their readings, whatever they look like."""
    assert alike(reading(first), reading(second)), distance(reading(first), reading(second))


@pytest.mark.parametrize(("first", "second"), CLEAR)
def test_words_that_nobody_confuses_are_not(first: str, second: str) -> None:
    """A warning for each of them would be passed over, and the next one with it."""
    assert not alike(reading(first), reading(second)), distance(reading(first), reading(second))


def test_other_languages_are_compared_by_letters_and_korean_sound_by_sound() -> None:
    """일번 and 이번 differ in one of six."""
    assert not alike("garbage", "certificates", "en")
    assert alike("registration", "registrations", "en")
    assert distance("일", "이", "ko") < distance("쓰레기", "이", "ko")


def test_a_reading_falls_into_its_sounds() -> None:
    """Small signs, the moraic nasal, the long vowel."""
    assert sounds("キャッシュ") == ("k", "y", "a", "Q", "S", "y", "u")
    assert sounds("ビョーイン") == ("b", "y", "o", ":", "i", "N")


readings = st.text(alphabet="アイカキシチツナニンッーャョガザパラ", max_size=8)


@given(readings, readings)
def test_the_distance_is_one(first: str, second: str) -> None:
    """Nothing to itself, the same both ways, never negative."""
    assert distance(first, first) == (0.0, 0.0)
    assert distance(first, second) == pytest.approx(distance(second, first))
    assert min(distance(first, second)) >= 0
