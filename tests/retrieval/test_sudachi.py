"""Japanese words by the real dictionary."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from voicebot.faq.words import meanings, sound, terms
from voicebot.retrieval.sudachi import SudachiWords


@pytest.fixture(scope="module")
def analyse() -> SudachiWords:
    """The dictionary, loaded once."""
    return SudachiWords()


@pytest.mark.parametrize("text", ["引越しの届", "引っ越しの届け", "引越の届出"])
def test_spellings_of_one_word_are_one(analyse: SudachiWords, text: str) -> None:
    """By its dictionary form."""
    assert terms(analyse(text))[0] == "引っ越し"


def test_synonyms_meet_in_a_group(analyse: SudachiWords) -> None:
    """転居 and 引っ越し share one."""
    assert {each for each in meanings(analyse("転居")) if each[0] == "#"} & set(meanings(analyse("引っ越し")))


def test_particles_are_read_as_they_are_said_and_signs_not_at_all(analyse: SudachiWords) -> None:
    """は is ワ."""
    assert sound(analyse("今日は、晴れ。")) == "キョウワハレ"


def test_the_signs_of_words_in_kanji_have_all_their_readings(analyse: SudachiWords) -> None:
    """Other words have none."""
    library, of = analyse("図書館の")[-2:]
    assert library.surface.endswith("館")
    assert "カン" in library.signs[-1]
    assert of.signs == ()


def test_kana_within_a_word_with_kanji_are_read_as_they_are_written(analyse: SudachiWords) -> None:
    """診した may be シンシタ, whatever the dictionary says of 診す."""
    word = next(each for each in analyse("診した") if each.signs)
    assert "シン" in word.signs[0]
    assert word.signs[1:] == (("シ",),) * (len(word.surface) - 1)


def test_numbers_stay_different(analyse: SudachiWords) -> None:
    """1 is not 10."""
    assert terms(analyse("10円")) != terms(analyse("1円"))


def test_what_the_dictionary_cannot_take_gives_no_words(analyse: SudachiWords) -> None:
    """No sentence of a caller is so long."""
    assert analyse("あ" * 50_000) == ()
    assert analyse("") == ()


def test_threads_share_one_dictionary(analyse: SudachiWords) -> None:
    """Each with its own tokenizer."""
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda at: terms(analyse(f"住民票{at}通")), range(40)))
    assert all(words[0] == "住民" for words in found)
