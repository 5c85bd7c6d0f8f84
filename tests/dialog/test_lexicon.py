"""What can be said, laid out for comparison."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.dialog.lexicon import finder, ways

texts = st.text("アイウカキク火事", max_size=8)


@given(st.lists(texts, max_size=6), st.text("アイウカキク火事", max_size=20))
def test_a_finder_finds_what_stands_in_the_text_and_nothing_else(words: list[str], text: str) -> None:
    """The same as looking for each word in turn."""
    assert finder(words).finds(text) == any(word in text for word in words if word)


def test_readings_keep_the_number_of_their_thing() -> None:
    """Empty readings say nothing and are left out."""
    laid = ways([["ゴミ", ""], [], ["ジューミンヒョー"]])
    assert laid.readings == ("ゴミ", "ジューミンヒョー")
    assert laid.owners == (0, 2)
    assert laid.lengths.tolist() == [2, 8]


def test_common_signs_are_counted_in_order_for_each_utterance() -> None:
    """A row an utterance, a column a reading."""
    laid = ways([["ゴミ"], ["ミズ"]])
    assert laid.common(["ゴミノヒ", "ミズモレ"]).tolist() == [[2, 1], [1, 2]]
