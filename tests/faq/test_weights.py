"""From evidence to an order, a probability, and a place on the dialog's scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.faq.weights import ANSWER, CONFIRM, OFFER, Thresholds, fuse, pooled, probability, ranking, scaled, shares

THRESHOLDS = Thresholds(answer=0.7, confirm=0.4, offer=0.2)


def test_the_thresholds_stand_on_the_steps_of_the_scale() -> None:
    """And nothing and certainty on its ends."""
    assert [scaled(chance, THRESHOLDS) for chance in (0, 0.2, 0.4, 0.7, 1)] == [0, OFFER, CONFIRM, ANSWER, 1]


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_surer_stays_surer(one: float, other: float) -> None:
    """The scale rises."""
    low, high = sorted((one, other))
    assert scaled(low, THRESHOLDS) <= scaled(high, THRESHOLDS)


def test_equal_thresholds_leave_a_scale_that_rises() -> None:
    """Where offering is never better than confirming."""
    same = Thresholds(0.7, 0.4, 0.4)
    assert scaled(0.39, same) < CONFIRM <= scaled(0.41, same)


def test_evidence_is_added_up_and_ordered_with_ties_by_place() -> None:
    """Two kinds, three entries."""
    scores = fuse((1.0, 2.0), np.array([[1, 0, 0], [0, 1, 1]], np.float32))
    assert scores.tolist() == [1, 2, 2]
    assert ranking(scores) == [1, 2, 0]
    assert float(shares(scores, [1, 2, 0]).sum()) == pytest.approx(1)


def test_departments_pool_what_their_entries_are_worth() -> None:
    """Entries without one count for none."""
    assert pooled([0.4, 0.3, 0.2, 0.1], ["税務課", "市民課", "", "市民課"]) == pytest.approx(
        {"税務課": 0.4, "市民課": 0.4}
    )


def test_probabilities_stay_within_bounds() -> None:
    """However strong the signs."""
    assert (
        0
        < probability((1.0,), np.array([-1e6], np.float32))
        < 0.5
        < probability((1.0,), np.array([1e6], np.float32))
        <= 1
    )
