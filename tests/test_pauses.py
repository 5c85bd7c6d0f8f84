"""What is held for long is not looked through again and again, and still goes when it is not needed any more."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from voicebot.pauses import Pauses


class _Ring:
    """Holds itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def thresholds() -> Iterator[tuple[int, int, int]]:
    """The collector's own, as they were."""
    before = gc.get_threshold()
    yield before
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_there_is_at_the_beginning_is_set_aside(thresholds: tuple[int, int, int]) -> None:
    """So that not even the first search looks at it."""
    pauses = Pauses(longest_seconds=3600.0)
    held = [[] for _ in range(1000)]
    pauses.begin()
    assert gc.get_freeze_count() >= len(held)
    pauses.end()
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == thresholds


def test_a_long_search_sets_aside_what_it_leaves_over() -> None:
    """The next one does not look there."""
    pauses = Pauses(longest_seconds=0.0)  # every search is too long
    pauses.begin()
    before = gc.get_freeze_count()
    held = [[] for _ in range(1000)]
    gc.collect()
    assert gc.get_freeze_count() >= before + len(held)
    assert pauses.worst_seconds > 0.0
    pauses.end()


def test_a_short_search_sets_nothing_aside() -> None:
    """What it leaves over may still become garbage soon."""
    pauses = Pauses(longest_seconds=3600.0)
    pauses.begin()
    before = gc.get_freeze_count()
    held = [[] for _ in range(1000)]
    gc.collect()
    assert len(held) == 1000
    assert gc.get_freeze_count() <= before
    pauses.end()


def test_what_was_set_aside_goes_when_things_are_tidied_up() -> None:
    """Setting aside is no leak."""
    pauses = Pauses(longest_seconds=0.0)
    pauses.begin()
    ring = _Ring()
    gone = weakref.ref(ring)
    gc.collect()
    del ring
    gc.collect()
    assert gone() is not None, "it was set aside"
    pauses.tidy()
    assert gone() is None
    pauses.end()
