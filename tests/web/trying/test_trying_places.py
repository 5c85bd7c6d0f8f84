"""At most so many trials, and residents first."""

import os
import threading

from voicebot.tuning.retelling import Retold
from voicebot.web.staff.trying.places import KEPT, MOST, Places, Trial


def told() -> Retold:
    """Never asked here."""
    raise AssertionError


def test_at_most_two_by_voice() -> None:
    """A place is free again when its trial is over."""
    places = Places()
    with places.taken("voice"):
        assert places.refusal("voice", 0, 8) == ""
        with places.taken("voice"):
            assert MOST["voice"] == 2
            assert places.refusal("voice", 0, 8) == "try.full"
            assert places.refusal("text", 0, 8) == ""
    assert places.refusal("voice", 0, 8) == ""


def test_residents_go_first() -> None:
    """No trial takes the last place, and one that is under way gives it up; typing needs none."""
    places = Places()
    assert places.refusal("voice", 8, 8) == "try.calls"
    assert places.refusal("text", 8, 8) == ""
    with places.taken("voice"):
        assert not places.crowded(7, 8)
        assert places.crowded(8, 8)
        assert places.refusal("voice", 7, 8) == "try.calls"


def test_threads_of_trials_come_after_those_of_calls() -> None:
    """They are other threads, and the machine runs them last."""
    places = Places()
    pools = places.pools
    assert places.pools is pools
    ranks = [
        pool.submit(
            lambda: (threading.current_thread().name, os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        )
        for pool in (pools.decode, pools.render, pools.ask)
    ]
    for rank in ranks:
        name, priority = rank.result(5)
        assert name.startswith("trial-")
        assert priority > os.getpriority(os.PRIO_PROCESS, 0)
    for pool in (pools.decode, pools.render, pools.ask):
        pool.shutdown()


def test_ones_own_last_trials_are_remembered() -> None:
    """The oldest are forgotten; nobody sees another's."""
    places = Places()
    for number in range(KEPT + 1):
        places.remember(str(number), Trial("hanako", told))
    assert places.trial("0", "hanako") is None
    assert places.trial(str(KEPT), "hanako") is not None
    assert places.trial(str(KEPT), "jiro") is None
