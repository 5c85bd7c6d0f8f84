"""A transfer is known from the record alone."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from voicebot.actions import Transfer
from voicebot.events import CallResumed, OperatorAnswered, Outcome, Rang, TransferEnded, Whispered
from voicebot.telephony.webhooks import DialEnded
from voicebot.transcripts.codec import Entry, Item
from voicebot.web.ringing import Ringing, judged, ringing

A, B = "+815000000001", "+815000000002"
ORDER = Transfer(3, "水道課")


def record(*items: Item) -> Sequence[Entry]:
    """A record, a second an entry."""
    return [Entry(number, float(number), item) for number, item in enumerate(items, start=1)]


def found(*items: Item) -> Ringing:
    """The transfer in a record."""
    result = ringing(record(ORDER, *items))
    assert result is not None
    return result


def test_a_record_without_a_transfer_has_none() -> None:
    """Whatever else is in it."""
    assert ringing(record(Whispered(A, "x"), Rang((A,), "busy"))) is None


def test_the_last_transfer_counts() -> None:
    """With nothing of the one before."""
    last = Transfer(9, "守衛室")
    result = found(Whispered(A, "x"), Rang((A,), "busy"), TransferEnded(3, "busy"), last)
    assert (result.order, result.began_seconds, result.past, result.whispered, result.ended) == (
        last,
        5.0,
        (),
        None,
        None,
    )


def test_each_round_has_its_own_answer() -> None:
    """Who declined, who pressed nothing, who hung up during the whisper: all have refused."""
    result = found(
        Whispered(A, "x"), OperatorAnswered(A, "declined"), Rang((A, B), "declined"),
        Whispered(B, "x"), Rang((B,), "declined"), Rang((B,), "busy", "486"),
        Whispered(B, "x"), OperatorAnswered(B, "accepted"),
    )  # fmt: skip
    assert [(each.numbers, each.outcome, each.refused) for each in result.past] == [
        ((A, B), "declined", A), ((B,), "declined", B), ((B,), "busy", ""),
    ]  # fmt: skip
    assert result.taken


def test_the_end_of_another_transfer_is_not_its_end() -> None:
    """Turns tell them apart."""
    assert found(TransferEnded(2, "busy")).ended is None
    assert found(TransferEnded(3, "busy")).ended == TransferEnded(3, "busy")


@pytest.mark.parametrize(
    ("answer", "dialled", "status", "asked", "outcome"),
    [
        ("accepted", "connected", "in-progress", True, "connected"),
        ("accepted", "connected", "completed", True, "connected"),
        (None, "connected", "in-progress", False, "connected"),
        (None, "connected", "in-progress", True, "no_answer"),
        ("silent", "declined", "in-progress", True, "no_answer"),
        ("declined", "declined", "in-progress", True, "declined"),
        (None, "declined", "in-progress", True, "declined"),
        ("accepted", "declined", "in-progress", True, "failed"),
        ("accepted", "cancelled", "completed", True, "caller_gone"),
        (None, "no_answer", "completed", True, "caller_gone"),
        (None, "busy", "in-progress", True, "busy"),
        (None, "failed", "in-progress", False, "failed"),
        (None, "cancelled", "in-progress", True, "cancelled"),
    ],
)
def test_connected_is_what_the_carrier_and_the_key_say_together(
    answer: str | None, dialled: Outcome, status: str, asked: bool, outcome: Outcome
) -> None:
    """Everything else has its own name."""
    told = (Whispered(A, "x"), OperatorAnswered(A, answer)) if answer else ()  # type: ignore[arg-type]
    ended = DialEnded("CA1", dialled, "word", None, status)
    assert judged(found(*told), ended, asked=asked).outcome == outcome


def test_other_events_are_passed_over() -> None:
    """The record has many."""
    assert found(CallResumed(datetime(2027, 1, 1, tzinfo=UTC))).past == ()
