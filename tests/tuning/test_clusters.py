"""Groups by average linkage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.tuning.clusters import clusters


def likeness(rows: list[list[float]]) -> np.ndarray:
    """A symmetric matrix."""
    return np.array(rows, np.float32)


def test_what_is_alike_becomes_one_group() -> None:
    """The largest first; what is like nothing stays alone."""
    near = likeness([[1, 0.9, 0.1, 0.8], [0.9, 1, 0.0, 0.7], [0.1, 0.0, 1, 0.1], [0.8, 0.7, 0.1, 1]])
    assert clusters(near, 0.5) == ((0, 1, 3), (2,))
    assert clusters(near, 0.95) == ((0,), (1,), (2,), (3,))
    assert clusters(near, 0.0) == ((0, 1, 2, 3),)
    assert clusters(near, -5.0) == ((0, 1, 2, 3),)


def test_a_chain_of_neighbours_is_no_group() -> None:
    """Averages count: the ends of a chain have nothing in common."""
    near = likeness([[1, 0.6, 0.0], [0.6, 1, 0.6], [0.0, 0.6, 1]])
    assert clusters(near, 0.5) == ((0, 1), (2,))


def test_nothing_gives_no_groups() -> None:
    """Also no error."""
    assert clusters(np.empty((0, 0), np.float32), 0.5) == ()


def plainly(near: np.ndarray, least: float) -> set[frozenset[int]]:
    """The same, computed anew at each step."""
    groups = [frozenset([place]) for place in range(len(near))]
    while len(groups) > 1:
        pairs = [
            (float(np.mean([near[a, b] for a in one for b in other])), one, other)
            for place, one in enumerate(groups)
            for other in groups[place + 1 :]
        ]
        best, one, other = max(pairs, key=lambda pair: pair[0])
        if best < least:
            break
        groups = [each for each in groups if each not in (one, other)] + [one | other]
    return set(groups)


@given(st.integers(1, 9), st.integers(0, 10_000), st.sampled_from([0.3, 0.5, 0.7]))
def test_it_is_average_linkage(count: int, seed: int, least: float) -> None:
    """As the definition says, however it is computed; the order of the rows decides nothing."""
    chance = np.random.default_rng(seed)
    near = chance.random((count, count)).astype(np.float32)
    near = ((near + near.T) / 2).astype(np.float32)
    np.fill_diagonal(near, 1)
    found = clusters(near, least)
    assert {frozenset(group) for group in found} == plainly(near, least)
    order = chance.permutation(count)
    turned = clusters(near[np.ix_(order, order)], least)
    assert {frozenset(int(order[place]) for place in group) for group in turned} == {frozenset(g) for g in found}


@pytest.mark.slow
def test_a_thousand_cases_are_grouped_in_a_moment() -> None:
    """Each is in exactly one group."""
    chance = np.random.default_rng(1)
    points = chance.random((1000, 16)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    found = clusters((points @ points.T).astype(np.float32), 0.9)
    assert sorted(place for group in found for place in group) == list(range(1000))
