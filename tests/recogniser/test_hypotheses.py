"""Guesses are pooled by probability, and confidences say how much of it agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.recogniser.hypotheses import Hypothesis, alternatives, chained, pooled, written


def upper(text: str, language: str) -> str:
    """A reading that can be told from the text."""
    return f"{language}:{text.upper()}"


def test_a_lone_guess_is_certain() -> None:
    """There is nothing it could be taken for."""
    assert pooled([[Hypothesis(("はい",), 85.0)]], 5) == [(Hypothesis(("はい",), 85.0), pytest.approx(1.0))]


def test_confidence_is_the_share_of_agreeing_guesses() -> None:
    """Two guesses of equal score that share one of two words: that word is certain, the other is a coin's toss."""
    found = pooled([[Hypothesis(("a", "b"), 10.0), Hypothesis(("a", "c"), 10.0)]], 5)
    assert [confidence for _, confidence in found] == [pytest.approx(0.75)] * 2


def test_the_same_words_from_two_recognisers_count_once() -> None:
    """The better score stands."""
    found = pooled([[Hypothesis(("a",), 1.0)], [Hypothesis(("a",), 5.0)]], 5)
    assert [hypothesis.score for hypothesis, _ in found] == [5.0]


def test_hopeless_guesses_are_dropped() -> None:
    """What lies 20 below the best is as good as impossible and must not be found by a patient search."""
    found = pooled([[Hypothesis(("a",), 30.0), Hypothesis(("b",), 10.0)]], 5)
    assert [hypothesis.words for hypothesis, _ in found] == [("a",)]


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b", "a b", "c d"]), st.floats(-500, 500)), max_size=8))
def test_pools_are_ordered_limited_and_between_0_and_1(guesses: list[tuple[str, float]]) -> None:
    """Whatever the scores, nothing overflows and best comes first."""
    found = pooled([[Hypothesis(tuple(text.split()), score) for text, score in guesses]], 3)
    scores = [hypothesis.score for hypothesis, _ in found]
    assert scores == sorted(scores, reverse=True)
    assert len(found) <= 3
    assert all(0 <= confidence <= 1 + 1e-9 for _, confidence in found)
    assert bool(found) == bool(guesses)


def test_stretches_are_chained_best_first() -> None:
    """The best pairs of two stretches, by the sum of their scores."""
    first = [Hypothesis(("a",), 3.0), Hypothesis(("b",), 1.0)]
    then = [Hypothesis(("c",), 2.0), Hypothesis(("d",), 1.5)]
    assert [hypothesis.words for hypothesis in chained(first, then, 3)] == [("a", "c"), ("a", "d"), ("b", "c")]


def test_alternatives_have_readings_and_falling_confidences() -> None:
    """Empty and repeated texts fall away, and nothing further down is surer than what is above."""
    found = alternatives([("", 0.9), ("a", 0.5), ("a", 0.4), ("b", 0.7)], "en", upper)
    assert [(one.text, one.reading, one.confidence) for one in found] == [("a", "en:A", 0.5), ("b", "en:B", 0.5)]


@pytest.mark.parametrize(("language", "text"), [("ja", "ごみの日"), ("zh-TW", "ごみの日"), ("ko", "ごみ の 日")])
def test_words_are_written_as_the_language_does(language: str, text: str) -> None:
    """Japanese and Chinese have no spaces, Korean has."""
    assert written(("ごみ", "の", "日"), language) == text
