"""What became of a call."""

import pytest

from voicebot.actions import HangUp, Play, Prompt, Transfer
from voicebot.events import (
    CallbackBooked,
    CallEnded,
    EndReason,
    FaqAnswered,
    FaqHit,
    MessageRecorded,
    Outcome,
    PartFailed,
    TransferEnded,
)
from voicebot.transcripts.codec import Entry, Item
from voicebot.transcripts.outcome import CALL_OUTCOMES, outcome_of

HIT = FaqHit("waste", "ごみはいつ", "燃えるごみは月曜と木曜です。", "kankyo", 0.9)
GREETING = Play(1, (Prompt("こちらは港町です。"),), node="start")
ANSWER = (FaqAnswered(1, (HIT,)), Play(2, (Prompt(HIT.answer),)))


def outcome(*items: Item, reason: EndReason | None = None) -> str | None:
    """Of a record of these items."""
    found = outcome_of([Entry(number, float(number), item) for number, item in enumerate(items, 1)], reason)
    assert found is None or found in CALL_OUTCOMES
    return found


def test_a_call_that_goes_on_has_no_outcome() -> None:
    """Not before the end."""
    assert outcome() is None
    assert outcome(GREETING, *ANSWER) is None


@pytest.mark.parametrize("reason", ["caller", "bot", "line", "limit"])
def test_an_answer_contains_the_call(reason: EndReason) -> None:
    """Whoever ends it, by a FAQ entry or an answer of the tree."""
    assert outcome(GREETING, *ANSWER, CallEnded(reason)) == "contained"
    assert outcome(GREETING, Play(2, (Prompt("8時30分です。"),), answers="hours"), CallEnded(reason)) == "contained"


def test_a_search_alone_is_no_answer() -> None:
    """A candidate that was not spoken has not helped."""
    assert outcome(GREETING, FaqAnswered(1, (HIT,)), CallEnded("caller")) == "abandoned"


@pytest.mark.parametrize(
    ("reason", "expected"),
    [("caller", "abandoned"), ("line", "abandoned"), ("bot", "unanswered"), ("limit", "unanswered")],
)
def test_without_an_answer_it_matters_who_ended(reason: EndReason, expected: str) -> None:
    """The caller gave up, or the bot did."""
    assert outcome(GREETING, HangUp("bot"), CallEnded(reason)) == expected


def test_a_promise_to_call_back_counts_when_no_message_was_left() -> None:
    """Whatever the caller did before or after it, except being connected or leaving a message."""
    booked = CallbackBooked(4, "1001")
    assert outcome(GREETING, booked, CallEnded("bot")) == "callback"
    assert outcome(*ANSWER, Transfer(3, "a"), TransferEnded(3, "busy"), booked, CallEnded("caller")) == "callback"
    assert outcome(booked, MessageRecorded(5, "m.wav", 9.0), CallEnded("bot")) == "message"
    assert outcome(booked, Transfer(5, "a"), TransferEnded(5, "connected"), CallEnded("caller")) == "transferred"
    assert outcome(booked) is None


def test_a_person_answered() -> None:
    """Also when an answer had been given, or a message left at the first attempt."""
    assert outcome(*ANSWER, Transfer(3, "a"), TransferEnded(3, "connected"), CallEnded("caller")) == "transferred"
    assert outcome(Transfer(3, "a"), CallEnded("transferred")) == "transferred"


@pytest.mark.parametrize("failed", ["busy", "no_answer", "declined", "failed", "cancelled"])
def test_who_asked_in_vain_for_a_person_has_not_been_served(failed: Outcome) -> None:
    """An earlier answer does not count then, a later one does, and a message comes first."""
    vain = (*ANSWER, Transfer(3, "a"), TransferEnded(3, failed))
    assert outcome(*vain, CallEnded("caller")) == "abandoned"
    assert outcome(*vain, CallEnded("bot")) == "unanswered"
    assert outcome(*vain, CallEnded("transferred")) == "unanswered"
    assert outcome(*vain, *ANSWER, CallEnded("caller")) == "contained"
    assert outcome(*vain, MessageRecorded(4, "m.wav", 3.0), CallEnded("caller")) == "message"
    assert outcome(*vain, MessageRecorded(4, "", 0.0), CallEnded("caller")) == "abandoned"


def test_a_fault_of_ours_is_an_error() -> None:
    """Even after an answer; a part that failed on the way is none."""
    assert outcome(*ANSWER, CallEnded("error")) == "error"
    assert outcome(PartFailed("faq", "faq.broken"), *ANSWER, CallEnded("caller")) == "contained"


def test_the_end_can_be_told_from_outside() -> None:
    """A killed service has written no end; what the record says goes first."""
    assert outcome(GREETING, reason="error") == "error"
    assert outcome(GREETING, CallEnded("caller"), reason="error") == "abandoned"
