"""Call backs that were promised are kept, once each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicebot.actions import Record, RequestCallback
from voicebot.errors import TranscriptError
from voicebot.events import MessageRecorded
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
    assert store.tickets()[0].state == "open"


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
    """Not even when the call it belonged to has been forgotten, with all its tickets that were done."""
    number = store.book(call_id, ORDER, now)
    store.ticket_desk.done(number, "鈴木", now)
    assert store.forget(call_id)
    assert store.ticket_desk.forget(number)
    assert store.tickets() == ()
    assert store.ticket_desk.changes() == ()
    assert store.book(another_call(store, now), ORDER, now) == "1002"


def test_a_ticket_that_is_not_done_outlives_its_call(store: Store, call_id: str, now: datetime) -> None:
    """What was promised is kept, however old the call."""
    number = store.book(call_id, ORDER, now)
    assert store.forget(call_id)
    assert [ticket.number for ticket in store.ticket_desk.listed("open")] == [number]


def test_a_message_in_the_record_is_a_ticket_for_whom_it_was_taken(store: Store, call_id: str, now: datetime) -> None:
    """In the same write, so that neither is without the other; a click or an empty one is none."""
    transcript = store.transcript(call_id)
    transcript.append(20.0, Record(5, "水道課", 90, 3))
    transcript.append(31.5, MessageRecorded(5, "m.wav", 9.5))
    transcript.append(40.0, MessageRecorded(7, "click.wav", 0.4))
    transcript.append(50.0, MessageRecorded(9, "", 0.0))
    assert store.flush()
    (ticket,) = store.tickets(call_id)
    assert (ticket.kind, ticket.department, ticket.recording, ticket.seconds) == ("message", "水道課", "m.wav", 9.5)
    assert datetime.fromisoformat(ticket.created_at) == now + timedelta(seconds=31.5)
    assert (ticket.phone, ticket.transcribed) == ("+815000000001", False)


def test_tickets_are_due_when_the_city_says(opened: Callable[..., Store], now: datetime) -> None:
    """A call back and a message alike, by the department they are for."""
    store = opened(due=lambda department, at: at + timedelta(days=1 if department == "市民課" else 2))
    call_id = another_call(store, now)
    store.book(call_id, ORDER, now)
    store.transcript(call_id).append(1.0, Record(2, "水道課", 90, 3))
    store.transcript(call_id).append(2.0, MessageRecorded(2, "m.wav", 9.5))
    assert store.flush()
    due = {ticket.kind: datetime.fromisoformat(ticket.due_at or "") for ticket in store.tickets()}
    assert due == {"callback": now + timedelta(days=1), "message": now + timedelta(days=2, seconds=2)}


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
