"""Staff work on tickets: nobody holds one twice, nothing is lost, and everything is in the history."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from voicebot.actions import Record, RequestCallback
from voicebot.events import MessageRecorded
from voicebot.transcripts.store import Store
from voicebot.transcripts.ticket_desk import TicketDesk

ORDER = RequestCallback(7, "市民課", "05000000001", "田中", "住民票のこと", "夕方")
SATO, SUZUKI = "佐藤", "鈴木"
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(store: Store) -> TicketDesk:
    """The desk of a store."""
    return store.ticket_desk


@pytest.fixture
def number(store: Store, call_id: str, now: datetime) -> str:
    """A ticket that nobody holds."""
    return store.book(call_id, ORDER, now)


def states(desk: TicketDesk) -> list[str]:
    """Of all tickets, as they are listed."""
    return [ticket.state for ticket in desk.listed()]


def test_a_ticket_is_taken_released_taken_by_another_and_done(desk: TicketDesk, number: str, now: datetime) -> None:
    """Each step says whether it was this one that changed something."""
    assert desk.take(number, SATO, now)
    assert not desk.take(number, SATO, now)
    assert not desk.take(number, SUZUKI, now)
    assert not desk.release(number, SUZUKI, now)
    assert not desk.done(number, SUZUKI, now)
    assert desk.release(number, SATO, now + HOUR)
    assert desk.take(number, SUZUKI, now + 2 * HOUR)
    assert desk.done(number, SUZUKI, now + 3 * HOUR, "電話した")
    assert not desk.done(number, SUZUKI, now)
    assert not desk.take(number, SATO, now)
    ticket = desk.one(number)
    assert ticket is not None
    assert (ticket.state, ticket.done_by, ticket.taken_by) == ("done", SUZUKI, SUZUKI)
    assert [(line.change, line.operator, line.text) for line in desk.history(number)] == [
        ("created", "", ""), ("taken", SATO, ""), ("released", SATO, ""), ("taken", SUZUKI, ""),
        ("done", SUZUKI, "電話した"),
    ]  # fmt: skip


def test_two_people_never_take_the_same_ticket(store: Store, call_id: str, now: datetime) -> None:
    """Eight at the same moment, again and again: one gets it."""
    for turn in range(10):
        number = store.book(call_id, replace(ORDER, turn=turn, matter=str(turn)), now)
        barrier = Barrier(8)

        def take(who: int, number: str = number, barrier: Barrier = barrier) -> bool:
            barrier.wait()
            return store.ticket_desk.take(number, str(who), now)

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(take, range(8))) == 1
        taken = [line for line in store.ticket_desk.history(number) if line.change == "taken"]
        ticket = store.ticket_desk.one(number)
        assert ticket is not None
        assert [line.operator for line in taken] == [ticket.taken_by]


def test_a_ticket_that_nobody_holds_can_be_done_at_once(desk: TicketDesk, number: str, now: datetime) -> None:
    """Who was quick on the telephone need not take it first."""
    assert desk.done(number, SATO, now)
    assert states(desk) == ["done"]


def test_a_ticket_that_was_not_done_after_all_is_opened_again(desk: TicketDesk, number: str, now: datetime) -> None:
    """Nobody holds it then."""
    assert not desk.reopen(number, SATO, now)
    desk.take(number, SATO, now)
    desk.done(number, SATO, now)
    assert desk.reopen(number, SUZUKI, now)
    ticket = desk.one(number)
    assert ticket is not None
    assert (ticket.state, ticket.taken_by, ticket.done_by, ticket.done_at) == ("open", "", "", None)


def test_a_ticket_goes_to_another_department_and_is_due_anew(
    opened: Callable[..., Store], call_id: str, now: datetime
) -> None:
    """The history says from where to where; who does not hold it cannot send it away."""
    store = opened(due=lambda department, at: at + (HOUR if department == "税務課" else 2 * HOUR))
    desk, number = store.ticket_desk, store.book(call_id, ORDER, now)
    desk.take(number, SATO, now)
    assert not desk.reassign(number, "税務課", SUZUKI, now)
    assert desk.reassign(number, "税務課", SATO, now + HOUR)
    assert not desk.reassign(number, "税務課", SATO, now + HOUR)
    ticket = desk.one(number)
    assert ticket is not None
    assert (ticket.department, ticket.state) == ("税務課", "open")
    assert ticket.due_at == (now + 2 * HOUR).isoformat()
    assert desk.history(number)[-1].text == "市民課 → 税務課"
    desk.done(number, SATO, now)
    assert not desk.reassign(number, "環境課", SATO, now)


def test_notes_are_kept_in_order(desk: TicketDesk, number: str, now: datetime) -> None:
    """Also on a ticket that is done; on one that does not exist there is nothing to note."""
    assert desk.note(number, SATO, "留守でした", now)
    desk.done(number, SATO, now + HOUR)
    assert desk.note(number, SUZUKI, "また電話があった", now + 2 * HOUR)
    notes = [(line.operator, line.text) for line in desk.history(number) if line.change == "note"]
    assert notes == [(SATO, "留守でした"), (SUZUKI, "また電話があった")]
    for unknown in ("9999", "", "1001x", "一"):
        assert not desk.note(unknown, SATO, "?", now)
        assert desk.one(unknown) is None


def test_tickets_are_listed_by_state_and_department(store: Store, call_id: str, now: datetime) -> None:
    """What is due first comes first; what is done comes last."""
    due = {"市民課": 3, "税務課": 1, "環境課": 2}
    desk = store.ticket_desk
    for turn, department in enumerate(due):
        store.book(call_id, replace(ORDER, turn=turn, department=department), now + due[department] * HOUR)
    assert [ticket.department for ticket in desk.listed()] == ["税務課", "環境課", "市民課"]
    desk.take("1002", SATO, now)
    desk.done("1003", SATO, now)
    assert [ticket.number for ticket in desk.listed("open")] == ["1001"]
    assert [ticket.number for ticket in desk.listed("taken")] == ["1002"]
    assert [ticket.number for ticket in desk.listed("done")] == ["1003"]
    assert [ticket.number for ticket in desk.listed(department="税務課")] == ["1002"]
    assert [ticket.number for ticket in desk.listed(limit=1, offset=1)] == ["1001"]
    assert states(desk) == ["taken", "open", "done"]


def test_who_remembers_the_last_change_misses_none_and_sees_none_twice(
    desk: TicketDesk, number: str, now: datetime
) -> None:
    """The feed of a page that lost its connection for a while."""
    seen = desk.changes()
    assert [line.change for line in seen] == ["created"]
    desk.take(number, SATO, now)
    desk.note(number, SATO, "…", now)
    fresh = desk.changes(seen[-1].id)
    assert [line.change for line in fresh] == ["taken", "note"]
    assert desk.changes(fresh[-1].id) == ()
    assert desk.last_change() == fresh[-1].id


def message(store: Store, call_id: str) -> str:
    """A message that was left; its ticket."""
    store.transcript(call_id).append(1.0, Record(3, "水道課", 90, 3))
    store.transcript(call_id).append(9.0, MessageRecorded(3, "m.wav", 7.0))
    assert store.flush()
    return store.tickets(call_id)[0].number


def test_a_message_is_written_down_once(store: Store, call_id: str, number: str, now: datetime) -> None:
    """Recognition goes over it once; a call back is nothing to recognise."""
    desk, ours = store.ticket_desk, message(store, call_id)
    assert [ticket.number for ticket in desk.untranscribed()] == [ours]
    assert desk.transcribed(ours, "水が出ません", now)
    assert not desk.transcribed(ours, "みずがでません", now)
    assert not desk.transcribed(number, "?", now)
    assert desk.untranscribed() == ()
    ticket = desk.one(ours)
    assert ticket is not None
    assert (ticket.matter, ticket.transcribed) == ("水が出ません", True)


def test_a_message_that_was_replaced_is_withdrawn_unless_somebody_works_on_it(
    store: Store, call_id: str, now: datetime
) -> None:
    """The feed says so."""
    desk, number = store.ticket_desk, message(store, call_id)
    desk.take(number, SATO, now)
    assert not desk.withdraw(call_id, "m.wav", now)
    desk.release(number, SATO, now)
    assert not desk.withdraw(call_id, "other.wav", now)
    assert desk.withdraw(call_id, "m.wav", now)
    assert desk.listed() == ()
    assert desk.changes()[-1].change == "withdrawn"


def test_only_what_is_done_can_be_forgotten(desk: TicketDesk, number: str, now: datetime) -> None:
    """With its history."""
    assert not desk.forget(number)
    desk.done(number, SATO, now)
    assert desk.forget(number)
    assert (desk.listed(), desk.changes()) == ((), ())
