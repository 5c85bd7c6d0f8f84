"""What is done with what the search found: at each limit, and just below it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.dialog.limits import Limits
from voicebot.dialog.weighing import BESIDE, OFFERS, Decision, decide, likely
from voicebot.events import DepartmentHit, FaqHit

LIMITS = Limits(answer_confidence=0.8, confirm_confidence=0.6, offer_confidence=0.45)
confidences = st.lists(st.floats(0, 1), max_size=6).map(lambda found: sorted(found, reverse=True))


def _hits(*found: float) -> tuple[FaqHit, ...]:
    return tuple(FaqHit(str(at), "", "", "", confidence) for at, confidence in enumerate(found))


@pytest.mark.parametrize(
    ("found", "department", "decision"),
    [
        ((0.8,), 0.0, "answer"),
        ((0.8, 0.79), 0.9, "answer"),
        ((0.79,), 0.9, "confirm"),
        ((0.6, 0.5), 0.0, "confirm"),
        ((0.59, 0.5), 0.9, "offer"),
        ((0.59,), 0.0, "confirm"),
        ((0.45, 0.15), 0.0, "offer"),
        ((0.45, 0.14), 0.0, "confirm"),
        ((0.44, 0.44), 0.0, "ask_again"),
        ((0.44,), 0.6, "route"),
        ((0.44,), 0.59, "ask_again"),
        ((), 0.6, "route"),
        ((), 0.0, "ask_again"),
    ],
)
def test_the_limits_decide(found: Sequence[float], department: float, decision: Decision) -> None:
    """A limit itself is enough; a department counts only where no entry does."""
    departments = (DepartmentHit("環境課", department),) if department else ()
    assert decide(_hits(*found), departments, LIMITS) == decision


def test_nothing_doubtful_is_named_beside_what_is_rather_sure() -> None:
    """Beside an entry that will be confirmed only those count that could be offered by themselves."""
    assert [hit.confidence for hit in likely(_hits(0.7, 0.5, 0.2), LIMITS)] == [0.7, 0.5]
    assert [hit.confidence for hit in likely(_hits(0.5, 0.2, 0.1), LIMITS)] == [0.5, 0.2]


def test_a_figure_that_is_none_is_not_sure() -> None:
    """Whatever a search may give, the caller is asked again rather than told anything."""
    assert decide(_hits(float("nan")), (), LIMITS) == "ask_again"


@given(confidences, st.floats(0, 1))
def test_what_is_named_is_short_best_first_and_likely(found: list[float], department: float) -> None:
    """At most so many as can be remembered; a decision that names an entry has one to name."""
    hits = _hits(*found)
    named = likely(hits, LIMITS)
    assert named == hits[: len(named)]
    assert len(named) <= OFFERS
    assert all(hit.confidence >= LIMITS.offer_confidence * BESIDE for hit in named)
    decision = decide(hits, (DepartmentHit("環境課", department),), LIMITS)
    assert (decision in {"answer", "confirm", "offer"}) is bool(named)
    assert decision != "offer" or len(named) > 1
