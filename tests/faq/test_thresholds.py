"""Thresholds keep promises."""

from dataclasses import replace

import numpy as np

from voicebot.faq.thresholds import ENTRY, Outcome, Promise, choose, falling


def outcomes(*groups: tuple[float, int, int]) -> list[Outcome]:
    """Groups of (chance, right, wrong)."""
    return [
        Outcome(chance, first, near=True)
        for chance, right, wrong in groups
        for first in (*[True] * right, *[False] * wrong)
    ]


def test_answers_are_given_at_once_only_where_they_are_right_often_enough() -> None:
    """The lowest chance that still keeps both promises."""
    found = choose(outcomes((0.9, 50, 0), (0.6, 30, 10), (0.3, 5, 45)), ENTRY)
    assert 0.6 < found.answer <= 0.9
    assert 0.3 < found.confirm <= 0.6
    assert found.offer <= found.confirm


def test_a_few_lucky_questions_promise_nothing() -> None:
    """Two right of two is no ninety in a hundred."""
    assert choose(outcomes((0.9, 2, 0), (0.5, 0, 5)), Promise(1.0, 0.9, 0.5, 0.5)).answer == 0.98


def test_nothing_is_answered_at_once_when_too_many_would_be_wrong() -> None:
    """Of all questions, not only of those that are answered."""
    right = outcomes((0.9, 90, 10))
    assert choose(right, Promise(wrong=0.2, answer=0.8, confirm=0.5, offer=0.5)).answer == 0.9
    assert choose(right, Promise(wrong=0.05, answer=0.8, confirm=0.5, offer=0.5)).answer == 0.98


def test_the_promise_is_kept_in_each_series() -> None:
    """Those who type do not make up for wrong answers to those who speak."""
    typed = [replace(each, series="typed") for each in outcomes((0.9, 80, 0), (0.7, 20, 0))]
    spoken = [replace(each, series="spoken") for each in outcomes((0.9, 80, 0), (0.7, 10, 10))]
    promise = Promise(wrong=0.05, answer=0.7, confirm=0.4, offer=0.3)
    assert choose(typed, promise).answer == 0.7
    assert choose([*typed, *spoken], promise).answer == 0.9
    together = [replace(each, series="") for each in (*typed, *spoken)]
    assert choose(together, promise).answer == 0.7


def test_equally_sure_answers_stand_or_fall_together() -> None:
    """A threshold cannot lie between equals."""
    found = choose(outcomes((0.9, 60, 0), (0.8, 30, 10)), Promise(wrong=0.05, answer=0.7, confirm=0.4, offer=0.3))
    assert found.answer == 0.9


def test_shares_are_pooled_until_they_fall() -> None:
    """Isotonic regression."""
    assert falling(np.array([1.0, 0.0, 1.0, 0.0]), np.ones(4)).tolist() == [1.0, 0.5, 0.5, 0.0]
