"""Where a speaker breathes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.voice.phrases import clauses, pace, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("はい。", ("はい。",)),
        ("はい。お待ちください", ("はい。", "お待ちください")),
        ("よろしいですか？はい！", ("よろしいですか？", "はい！")),
        ("「はい。」と言ってください。", ("「はい。」", "と言ってください。")),
        ("一行目\n二行目", ("一行目", "二行目")),
        ("。。。", ()),
        ("", ()),
    ],
)
def test_a_text_falls_into_sentences(text: str, expected: tuple[str, ...]) -> None:
    """A sentence ends with its sign, and what has no words is nothing."""
    assert sentences(text) == expected


def test_a_sentence_falls_into_clauses() -> None:
    """A clause ends with its comma."""
    assert clauses("申し込みは、いち、料金は、に。") == ("申し込みは、", "いち、", "料金は、", "に。")


@given(st.text(alphabet="あ亜1a。、！？\n …」", max_size=40))
def test_no_word_is_lost(text: str) -> None:
    """Every letter and digit is said once, in order."""
    words = [sign for sign in text if sign.isalnum()]
    said = [sign for part in sentences(text) for clause in clauses(part) for sign in clause if sign.isalnum()]
    assert said == words


@given(st.floats(0.5, 2))
def test_slow_speech_is_slower_in_every_respect(rate: float) -> None:
    """Slower sounds, longer pauses, shorter phrases."""
    normal, slow = pace(rate, slow=False), pace(rate, slow=True)
    assert slow.rate < normal.rate
    assert slow.clause_seconds > normal.clause_seconds
    assert slow.sentence_seconds > normal.sentence_seconds
    assert slow.breath_morae < normal.breath_morae
