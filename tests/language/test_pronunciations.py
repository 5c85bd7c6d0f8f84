"""How a city says its own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.language.pronunciations import NONE, LearningReader, Pronunciation, Pronunciations

KNOWN = Pronunciations(
    (
        Pronunciation("生田", "ショウダ", 1),
        Pronunciation("生田町", "ショウダマチ"),
        Pronunciation("方", "カタ"),
    )
)


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ("ショウダ", "ショーダ"),
        ("けいさつ", "ケーサツ"),
        ("こ・うし", "コウシ"),
        ("おおさか", "オーサカ"),
        ("にいがた", "ニイガタ"),
        ("くうこう", "クーコー"),
        ("ミナトシ", "ミナトシ"),
    ],
)
def test_long_vowels_are_said_long(reading: str, said: str) -> None:
    """As staff spell them; a point parts vowels that are two."""
    assert Pronunciation("語", reading).said == said


def test_the_longest_word_wins() -> None:
    """生田町 is not 生田 and 町."""
    assert KNOWN.in_kana("生田町と生田") == "ショーダマチとショーダ"


def test_a_single_kanji_counts_alone_only() -> None:
    """方 is no part of 方法."""
    assert KNOWN.in_kana("この方の方法") == "このカタの方法"


def test_a_reader_knows_the_words_and_leaves_the_rest_to_the_other() -> None:
    """In Japanese only."""
    read = KNOWN.reader(lambda text, language: f"<{text}>")
    assert read("生田の森", "ja") == "<ショーダの森>"
    assert read("生田", "en") == "<生田>"


def test_without_words_nothing_changes() -> None:
    """Not even the reader."""

    def plain(text: str, language: str) -> str:
        return text

    assert NONE.reader(plain) is plain
    assert NONE.in_kana("生田") == "生田"
    assert NONE.digest == ""
    assert NONE.used_in("生田") == ()


def test_only_the_words_of_a_text_matter_for_it() -> None:
    """So that what is kept of other texts stays good."""
    assert KNOWN.used_in("市民課") == ()
    assert [each.word for each in KNOWN.used_in("生田")] == ["生田"]
    assert KNOWN.digest != Pronunciations(KNOWN.words[:2]).digest


@given(st.text(), st.lists(st.text(min_size=1, max_size=4), max_size=5))
def test_any_word_can_be_written(text: str, words: list[str]) -> None:
    """Signs with a meaning elsewhere are signs here."""
    known = Pronunciations(tuple(Pronunciation(word, "カナ") for word in words))
    known.in_kana(text)
    assert "カナ" in known.in_kana(words[0]) if words else True


def test_a_reader_learns_while_it_is_in_use() -> None:
    """New words hold from the next text on."""
    reader = LearningReader(lambda text, language: text)
    assert reader("生田", "ja") == "生田"
    reader.known = KNOWN
    assert reader("生田", "ja") == "ショーダ"
