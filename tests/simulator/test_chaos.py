"""Disturbances that can be repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.simulator.chaos import Chaos, Network


def test_a_perfect_line_loses_and_delays_nothing() -> None:
    """The default."""
    network = Network(Chaos())
    assert not any(network.loses() for _ in range(1000))
    assert [network.release(now / 50) for now in range(100)] == [now / 50 for now in range(100)]


def test_loss_has_its_rate_and_is_the_same_for_the_same_seed() -> None:
    """A bad call can be had again."""
    first, again, other = (Network(Chaos(loss=0.1, seed=seed)) for seed in (1, 1, 2))
    lost = [first.loses() for _ in range(5000)]
    assert sum(lost) / 5000 == pytest.approx(0.1, abs=0.02)
    assert lost == [again.loses() for _ in range(5000)]
    assert lost != [other.loses() for _ in range(5000)]


@given(st.lists(st.floats(0, 0.1), max_size=50), st.integers(), st.floats(0, 2))
def test_nothing_overtakes_and_nothing_is_later_than_the_jitter(gaps: list[float], seed: int, jitter: float) -> None:
    """A websocket runs over TCP."""
    network = Network(Chaos(jitter_seconds=jitter, seed=seed))
    now = last = 0.0
    for gap in gaps:
        now += gap
        release = network.release(now)
        assert release >= max(now, last)
        assert release <= max(now + jitter, last)
        last = release
