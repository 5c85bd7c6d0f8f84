"""A kanji's readings come from the words that it stands in."""

import pytest

from voicebot.retrieval.deriving_readings import derived, first_level
from voicebot.retrieval.sudachi import SudachiWords

WORDS = {
    "豊": {"トヨ"},
    "富": {"フ"},
    "作": {"サク"},
    "満": {"マン"},
    "豊富": {"ホウフ"},
    "豊作": {"ホウサク"},
    "豊満": {"ホウマン"},
    "作満": {"サクマン"},
}


def test_a_reading_that_only_words_have_is_found() -> None:
    """ホウ stands in three words whose other half is known."""
    found = derived(tuple("豊富作満"), lambda text: WORDS.get(text, ()))
    assert found["豊"] == ("トヨ", "ホウ")
    assert found["作"] == ("サク",)


def test_a_reading_of_too_few_words_is_not_believed() -> None:
    """The sound of a word may be cut in a wrong place, once or twice."""
    few = {text: sounds for text, sounds in WORDS.items() if text != "豊満"}
    assert derived(tuple("豊富作満"), lambda text: few.get(text, ()))["豊"] == ("トヨ",)


def test_a_word_of_two_unknown_halves_tells_nothing() -> None:
    """It could be cut anywhere."""
    assert derived(tuple("甲乙"), lambda text: {"甲乙": {"コウオツ"}}.get(text, ())) == {}


def test_the_first_level_is_whole() -> None:
    """As the standard counts it."""
    kanji = first_level()
    assert len(kanji) == 2965
    assert (kanji[0], kanji[-1]) == ("亜", "腕")


@pytest.mark.slow
def test_the_dictionary_knows_how_kanji_are_read_within_words() -> None:
    """From the real dictionary, over the kanji of a few words of city halls."""
    kanji = tuple(dict.fromkeys("豊富作満漁豊年豊凶妊婦懐妊避妊不妊手術者娠骸骨形死残"))
    found = derived(kanji, SudachiWords().readings_of)
    assert "ホウ" in found["豊"]
    assert "ニン" in found["妊"]
