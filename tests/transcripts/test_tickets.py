"""Call backs that were promised are kept, once each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicebot.actions import RequestCallback
from voicebot.errors import TranscriptError
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.store import Store
from voicebot.transcripts.tickets import Ticket

ORDER = RequestCallback(7, "市民課", "05000000001", "田中", "住民票のこと", "夕方")


def another_call(store: Store, now: datetime) -> str:
    """A second call."""
    return store.begin_call(NewCall("CA1", None, "+815000000002", "ja", "f1", "vosk", "openjtalk"), now)


def test_a_call_back_is_kept_with_all_that_is_needed(store: Store, call_id: str, now: datetime) -> None:
    """Four digits to tell the caller, and everything for the department."""
    number = store.book(call_id, ORDER, now)
    assert number == "1001"
    assert store.tickets() == (
        Ticket(
            "1001", call_id, "市民課", "05000000001", "田中", "住民票のこと", "夕方", "2027-04-01T08:30:00+09:00", None
        ),
    )


def test_the_same_order_noted_again_is_one_ticket(store: Store, call_id: str, now: datetime) -> None:
    """Also when it comes in another turn, because the line broke before the caller heard the number."""
    first = store.book(call_id, ORDER, now)
    assert store.book(call_id, ORDER, now + timedelta(seconds=2)) == first
    assert store.book(call_id, replace(ORDER, turn=9), now + timedelta(seconds=4)) == first
    assert len(store.tickets(call_id)) == 1


@pytest.mark.parametrize(
    "other", [{"phone": "05000000002"}, {"department": "環境課"}, {"matter": "印鑑"}, {"name": "佐藤"}, {"when": "朝"}]
)
def test_another_wish_of_the_same_call_is_another_ticket(
    store: Store, call_id: str, now: datetime, other: dict[str, str]
) -> None:
    """Whatever differs."""
    store.book(call_id, ORDER, now)
    assert store.book(call_id, replace(ORDER, turn=20, **other), now) == "1002"  # type: ignore[arg-type]
    assert [ticket.number for ticket in store.tickets(call_id)] == ["1002", "1001"]


def test_the_same_wish_of_another_call_is_another_ticket(store: Store, call_id: str, now: datetime) -> None:
    """The caller has called again; each call's tickets can be asked for, newest first."""
    store.book(call_id, ORDER, now)
    second = another_call(store, now)
    assert store.book(second, ORDER, now + timedelta(hours=1)) == "1002"
    assert [ticket.call_id for ticket in store.tickets()] == [second, call_id]
    assert [ticket.number for ticket in store.tickets(call_id)] == ["1001"]


def test_a_number_is_never_given_twice(store: Store, call_id: str, now: datetime) -> None:
    """Not even when the call it belonged to has been forgotten, with all its tickets."""
    store.book(call_id, ORDER, now)
    assert store.forget(call_id)
    assert store.tickets() == ()
    assert store.book(another_call(store, now), ORDER, now) == "1002"


def test_a_call_back_of_a_call_that_nobody_knows_cannot_be_noted(store: Store, now: datetime) -> None:
    """The caller is then offered a message."""
    with pytest.raises(TranscriptError):
        store.book("no such call", ORDER, now)
    assert store.tickets() == ()


def test_tickets_outlive_the_service(
    opened: Callable[..., Store], store: Store, call_id: str, now: datetime, database: Path
) -> None:
    """Another process reads them, and goes on counting."""
    store.book(call_id, ORDER, now)
    store.close()
    again = opened()
    assert [ticket.name for ticket in again.tickets()] == ["田中"]
    assert again.book(call_id, ORDER, now) == "1001"
    assert again.book(call_id, replace(ORDER, turn=8, when="朝"), now) == "1002"
    assert database.exists()
