"""How many calls at once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voicebot.web.admission import UNHEARD_OF, Admission

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_the_limit_holds_and_places_are_freed() -> None:
    """Two places: the third caller is refused until one is gone."""
    admission = Admission(2)
    assert admission.admit("a", NOON)
    assert admission.admit("b", NOON)
    assert not admission.admit("c", NOON)
    admission.talking("a")
    assert not admission.admit("c", NOON)
    admission.gone("a")
    assert admission.admit("c", NOON)
    assert admission.count == 2


def test_a_known_call_is_always_admitted_and_holds_one_place() -> None:
    """The carrier asks twice; also while the call is talking."""
    admission = Admission(1)
    assert admission.admit("a", NOON)
    assert admission.admit("a", NOON)
    admission.talking("a")
    assert admission.admit("a", NOON)
    assert admission.count == 1
    admission.gone("a")
    assert admission.count == 0


def test_a_call_whose_sound_never_came_frees_its_place() -> None:
    """After a minute, when the next caller rings."""
    admission = Admission(1)
    assert admission.admit("a", NOON)
    assert not admission.admit("b", NOON + UNHEARD_OF - timedelta(seconds=1))
    assert admission.admit("b", NOON + UNHEARD_OF)


def test_who_comes_back_from_a_transfer_is_served_beyond_the_limit() -> None:
    """Such a caller has waited already."""
    admission = Admission(1)
    admission.admit("a", NOON)
    admission.talking("a")
    admission.talking("b")
    assert admission.count == 2
    assert not admission.admit("c", NOON)


@given(st.lists(st.tuples(st.sampled_from(["admit", "talking", "gone"]), st.sampled_from("abcde"))))
def test_new_callers_never_exceed_the_limit(steps: list[tuple[str, str]]) -> None:
    """Whatever is told in whatever order, nobody is counted twice and no place is lost."""
    admission, known = Admission(3), set()
    for step, call in steps:
        if step == "admit":
            before = admission.count
            if admission.admit(call, NOON):
                assert call in known or before < 3
                known.add(call)
        elif step == "talking":
            admission.talking(call)
            known.add(call)
        else:
            admission.gone(call)
            known.discard(call)
        assert admission.count == len(known)
