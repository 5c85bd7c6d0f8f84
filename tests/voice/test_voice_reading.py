"""Readings from Open JTalk's dictionary."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.errors import VoiceError
from voicebot.voice.reading import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住民票の写しは、どこですか？", "ジューミンヒョーノウツシワドコデスカ"),
        ("出生届", "シュッショートドケ"),
        ("粗大ごみ", "ソダイゴミ"),
        ("ｶﾞｽ", "ガス"),
        ("こんにちは", "コンニチワ"),
        ("", ""),
        ("、。 ", ""),
    ],
)
def test_japanese_is_read_in_katakana(text: str, expected: str) -> None:
    """As it is pronounced, without punctuation."""
    assert reading(text, "ja") == expected


def test_homophones_have_one_reading() -> None:
    """What a recogniser confuses, matching must not."""
    assert reading("市民化") == reading("市民課")


def test_other_languages_keep_their_letters() -> None:
    """Lower case, without punctuation and spaces."""
    assert reading("Straße 12, please!", "de") == "strasse12please"
    assert reading("안녕하세요.", "ko") == "안녕하세요"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_any_text_has_a_reading_without_punctuation(text: str) -> None:
    """Garbage is letters and digits or `VoiceError`."""
    try:
        read = reading(text)
    except VoiceError:
        return
    assert all(sign.isalnum() or sign == "ー" for sign in read)


def test_readings_are_right_in_many_threads() -> None:
    """The dictionary is shared; different texts at once do not mix (no text twice, so none comes from the cache)."""
    texts = [f"{number}番の窓口は何階ですか" for number in range(1000, 1080)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(reading, texts))
    reading.__globals__["_katakana"].cache_clear()
    assert together == [reading(text) for text in texts]
