"""Shares of what a question turns on."""

import pytest

from voicebot.faq.bm25 import Bm25

DOCUMENTS = ({"ごみ": 1.0, "出す": 1.0}, {"ごみ": 1.0, "収集": 2.0}, {"年金": 3.0})


def test_a_rare_term_tells_more_than_a_frequent_one_and_an_unknown_one_most() -> None:
    """By how many documents hold it."""
    index = Bm25(DOCUMENTS)
    assert index.rarity("ごみ") < index.rarity("年金") < index.rarity("宇宙")


def test_shares_lie_between_nothing_and_all_and_unknown_terms_count_as_missing() -> None:
    """A question that is half unknown is half covered at most."""
    index = Bm25(DOCUMENTS)
    known, half = index.shares(["年金"]), index.shares(["年金", "宇宙"])
    assert known[2] > half[2] > 0
    assert known[0] == known[1] == 0
    assert all(0 <= share <= 1 for share in (*known, *half))


def test_saying_a_term_twice_in_the_question_changes_nothing() -> None:
    """A set is wanted."""
    index = Bm25(DOCUMENTS)
    assert index.shares(["ごみ", "ごみ"]).tolist() == index.shares(["ごみ"]).tolist()


@pytest.mark.parametrize("documents", [(), ({},)])
def test_an_empty_index_finds_nothing(documents: tuple[dict[str, float], ...]) -> None:
    """And does not divide by nothing."""
    assert Bm25(documents).shares(["ごみ"]).sum() == 0
    assert Bm25(documents).shares([]).sum() == 0
