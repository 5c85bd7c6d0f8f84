"""Words that staff look for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.transcripts.store import Store
from voicebot.transcripts.word_search import MOST_WORDS, expression, has, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("粗大ごみ　日曜", ("粗大ごみ", "日曜")),
        ("税 ごみ ごみ", ("ごみ",)),
        ("  ", ()),
    ],
)
def test_words_are_told_apart_by_blanks_of_any_width(text: str, words: tuple[str, ...]) -> None:
    """Single letters are left out, and what is said twice."""
    assert words_in(text) == words


@given(st.text())
def test_no_text_makes_more_words_than_can_be_looked_for(text: str) -> None:
    """Whatever is typed."""
    assert len(words_in(text)) <= MOST_WORDS


def test_a_word_stands_in_a_text_whatever_the_case() -> None:
    """ABC is abc."""
    assert has("税金 ABC", "abc")
    assert not has("税金", "税務")


@given(st.text(min_size=2, max_size=12))
def test_what_is_asked_of_the_index_is_always_understood(word: str) -> None:
    """Quotes, blanks and signs of the query language mean nothing."""
    asked = expression(word, lambda sql, values: [])
    assert asked is not None
    assert asked.startswith('"')


def test_the_index_takes_every_expression(tmp_path: Path) -> None:
    """Also for words that it does not know."""
    with Store(tmp_path / "a.db") as store:
        for word in ("ごみ", 'a"b', "* OR", "粗大ごみ", "NEAR(", "^x", "\U0010ffff\U0010ffff"):
            asked = expression(word, store._rows)
            assert store._rows("SELECT rowid FROM turns_fts WHERE turns_fts MATCH ?", (asked,)) == []
