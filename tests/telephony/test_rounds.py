"""Whom to ring next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.events import Outcome
from voicebot.telephony.rounds import Numbers, Round, next_numbers, verdict

A, B, C = "+815000000001", "+815000000002", "sip:c@pbx.example.jp"


def test_all_ring_at_once_and_nobody_twice_when_nobody_picks_up() -> None:
    """No answer, busy, failed: there is nobody left."""
    assert next_numbers((A, B, C), (), in_order=False) == (A, B, C)
    assert next_numbers((A, B, C), [Round((A, B, C), "no_answer")], in_order=False) == ()


def test_after_somebody_who_did_not_take_the_call_the_others_ring_again() -> None:
    """The carrier had stopped ringing them: an answering machine must not eat the call."""
    first = Round((A, B, C), "no_answer", refused=B)
    assert next_numbers((A, B, C), [first], in_order=False) == (A, C)
    assert next_numbers((A, B, C), [first, Round((A, C), "declined", refused=A)], in_order=False) == (C,)
    assert next_numbers((A,), [Round((A,), "declined", refused=A)], in_order=False) == ()


def test_one_rings_after_the_other() -> None:
    """Whatever became of the one before."""
    assert next_numbers((A, B, C), (), in_order=True) == (A,)
    assert next_numbers((A, B, C), [Round((A,), "busy")], in_order=True) == (B,)
    assert next_numbers((A, B, C), [Round((A,), "busy"), Round((B,), "declined", B)], in_order=True) == (C,)
    assert next_numbers((A,), [Round((A,), "busy")], in_order=True) == ()


@pytest.mark.parametrize("in_order", [True, False])
def test_who_is_absent_is_not_rung(in_order: bool) -> None:
    """When all are, nobody is."""
    assert next_numbers((A, B), (), in_order=in_order, absent={A}) == (B,)
    assert next_numbers((A, B), (), in_order=in_order, absent={A, B}) == ()


@given(
    st.lists(st.sampled_from([f"+8150000000{n:02}" for n in range(15)]), unique=True, max_size=15),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_ringing_always_comes_to_an_end(numbers: list[str], in_order: bool, random: object) -> None:
    """At most one round a telephone, never more than ten at once, whoever picks up and declines."""
    past: list[Round] = []
    while ringing := next_numbers(tuple(numbers), past, in_order=in_order):
        assert len(ringing) <= 10
        refused = random.choice(["", *ringing])  # type: ignore[attr-defined]
        past.append(Round(ringing, "declined" if refused else "no_answer", refused))
        assert len(past) <= len(numbers)


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ((), ("no_answer", "absent")),
        (("busy",), ("busy", "busy")),
        (("no_answer", "declined"), ("declined", "declined")),
        (("failed", "no_answer"), ("no_answer", "no_answer")),
        (("failed", "busy"), ("busy", "busy")),
        (("failed",), ("failed", "failed")),
        (("cancelled", "failed"), ("cancelled", "cancelled")),
    ],
)
def test_the_verdict_is_what_says_most(outcomes: tuple[Outcome, ...], told: tuple[Outcome, str]) -> None:
    """Somebody who declined was there; nobody at all is no answer."""
    numbers: Numbers = (A,)
    assert verdict([Round(numbers, outcome, detail=outcome) for outcome in outcomes]) == told
