"""Transfers while the call is with the carrier: rounds, results, presence, and the way back to the bot."""

from pathlib import Path

import pytest
from house import House, open_house, service, token_of, until
from transferring import Ring, ring, transferring

from voicebot.city.desk import Desk, Destination
from voicebot.events import CallEnded, OperatorAnswered, Outcome, Rang, TransferEnded, Whispered
from voicebot.simulator.twiml_document import Document

A, B, C = "+815000002100", "+815000002101", "+815000002102"
DUTY = "+815000002900"
TAKER = "+815000002199"


class Water(Desk):
    """A desk that knows how 水道課 is rung."""

    def __init__(self, desk: Desk, destination: Destination) -> None:
        self._desk = desk
        self._destination = destination
        super().__init__(desk._city)

    def destination(self, department: str) -> Destination:
        """水道課 as the test wants it."""
        return self._destination if department == "水道課" else self._desk.destination(department)


class Absent:
    """The port `Presence`."""

    def __init__(self, *numbers: str) -> None:
        self.numbers = frozenset(numbers)

    def absent(self) -> frozenset[str]:
        """Who is away."""
        return self.numbers


def rung(house: House, *numbers: str, in_order: bool = False, wait_seconds: int = 120, whisper: bool = True) -> None:
    """水道課 has these telephones."""
    destination = Destination("水道課", numbers, in_order, 20, "", wait_seconds, 30, whisper)
    house.service.desk = Water(house.service.desk, destination)


def results(house: House, sid: str) -> list[Outcome]:
    """How the transfers of a call ended."""
    return [event.outcome for event in house.of(sid, TransferEnded)]


def back(house: House, sid: str, document: Document) -> TransferEnded:
    """The caller comes back to the bot, which is told how it ended."""
    media = house.media(sid, token_of(document))
    ended = until(lambda: house.of(sid, TransferEnded))[-1]
    media.stop()
    until(lambda: house.of(sid, CallEnded))
    assert isinstance(ended, TransferEnded)
    return ended


def accepts(called: Ring, number: str) -> Document:
    """Somebody picks up and presses 1."""
    return called.press(called.pick_up(number), "1")


def test_who_is_called_is_asked_and_connected_with_one(house: House) -> None:
    """Ringing in Japanese, a limit for ringing and for talking; connected is the carrier's word and their key."""
    rung(house, A, B)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    assert called.numbers == [A, B]
    assert called.verb.attributes | {"action": ""} == {
        "action": "", "timeout": "20", "answerOnBridge": "true", "ringTone": "jp", "timeLimit": "1800",
    }  # fmt: skip
    assert accepts(called, A).verbs == ()
    assert [verb.name for verb in called.ends(bridged=True).verbs] == ["Hangup"]
    assert results(house, "CA1") == ["connected"]
    assert [event.answer for event in house.of("CA1", OperatorAnswered)] == ["accepted"]


def test_connected_without_their_key_is_not_connected(house: House) -> None:
    """An answering machine, or a carrier that bridges all the same: the caller comes back."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    called.pick_up(A)
    ended = back(house, "CA1", called.ends(bridged=True))
    assert (ended.outcome, "no key" in ended.detail) == ("no_answer", True)


@pytest.mark.parametrize(
    ("digits", "status", "outcome"),
    [("2", "completed", "declined"), ("", "completed", "no_answer"), (None, "completed", "declined")],
)
def test_who_picks_up_and_does_not_take_the_call(
    house: House, digits: str | None, status: str, outcome: Outcome
) -> None:
    """2, no key, hung up during the whisper: each has its own result."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    heard = called.pick_up(A)
    if digits is not None:
        assert [verb.name for verb in called.press(heard, digits).verbs] == ["Hangup"]
    assert back(house, "CA1", called.ends(status)).outcome == outcome


@pytest.mark.parametrize(
    ("status", "fields", "outcome", "detail"),
    [
        ("busy", {}, "busy", "busy"),
        ("no-answer", {}, "no_answer", "no-answer"),
        ("canceled", {}, "cancelled", "canceled"),
        ("failed", {"DialSipResponseCode": "503"}, "failed", "failed 503"),
        ("failed", {"DialSipResponseCode": "603"}, "declined", "failed 603"),
    ],
)
def test_every_way_to_fail_comes_back_to_the_bot_with_its_name(
    house: House, status: str, fields: dict[str, str], outcome: Outcome, detail: str
) -> None:
    """With the SIP code, where there is one; the record has the round and the result."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    ended = back(house, "CA1", ring(house, "CA1").ends(status, **fields))
    assert (ended.outcome, ended.detail) == (outcome, detail)
    assert house.of("CA1", Rang) == [Rang((A,), outcome, detail)]


def test_in_order_the_next_one_is_rung_and_the_caller_is_told(house: House) -> None:
    """Declined, silent, busy: each time the next; then back, with the result that says most."""
    rung(house, A, B, C, in_order=True)
    transferring(house, "CA1", "水道課")
    first = ring(house, "CA1")
    assert first.numbers == [A]
    first.press(first.pick_up(A), "2")
    second = Ring(house, "CA1", first.ends())
    assert second.numbers == [B]
    second.press(second.pick_up(B), "")
    document = second.ends()
    assert [verb.name for verb in document.verbs] == ["Play", "Dial"]
    third = Ring(house, "CA1", document)
    assert third.numbers == [C]
    assert back(house, "CA1", third.ends("busy")).outcome == "declined"
    assert [event.outcome for event in house.of("CA1", Rang)] == ["declined", "no_answer", "busy"]


def test_a_machine_that_picks_up_first_does_not_eat_the_call(house: House) -> None:
    """All ring at once; the carrier stops ringing the others, so they ring again."""
    rung(house, A, B, C)
    transferring(house, "CA1", "水道課")
    first = ring(house, "CA1")
    first.press(first.pick_up(B), "")
    second = Ring(house, "CA1", first.ends())
    assert second.numbers == [A, C]
    accepts(second, C)
    second.ends(bridged=True)
    assert results(house, "CA1") == ["connected"]


def test_the_caller_does_not_wait_longer_than_the_department_may_ring(house: House) -> None:
    """Then no further telephone is rung."""
    rung(house, A, B, in_order=True, wait_seconds=0)
    transferring(house, "CA1", "水道課")
    assert back(house, "CA1", ring(house, "CA1").ends("no-answer")).outcome == "no_answer"


def test_who_is_away_is_not_rung(house: House) -> None:
    """When all are, the rung ends at once, and the record says why."""
    house.service.presence = Absent(A)
    rung(house, A, B)
    transferring(house, "CA1", "水道課")
    assert ring(house, "CA1").numbers == [B]
    house.service.presence = Absent(A, B)
    transferring(house, "CA2", "水道課")
    ended = back(house, "CA2", house.twiml("after-stream", "CA2"))
    assert (ended.outcome, ended.detail) == ("no_answer", "absent")


def test_an_action_that_is_told_twice_is_answered_the_same_and_entered_once(house: House) -> None:
    """The carrier repeats what it did not hear."""
    rung(house, A, B, in_order=True)
    transferring(house, "CA1", "水道課")
    first = ring(house, "CA1")
    once, again = first.ends("busy"), first.ends("busy")
    assert Ring(house, "CA1", once).numbers == Ring(house, "CA1", again).numbers == [B]
    assert len(house.of("CA1", Rang)) == 1


@pytest.mark.parametrize(("taken", "outcome"), [(True, "connected"), (False, "caller_gone")])
def test_a_caller_who_hangs_up_is_gone_or_has_talked(house: House, taken: bool, outcome: Outcome) -> None:
    """In whatever order the carrier tells it."""
    for sid, ends_first in (("CA1", True), ("CA2", False)):
        rung(house, A)
        transferring(house, sid, "水道課")
        called = ring(house, sid)
        heard = called.pick_up(A)
        if taken:
            called.press(heard, "1")
        if ends_first:
            house.post("status", sid, CallStatus="completed")
        called.ends("completed" if taken else "no-answer", bridged=taken, CallStatus="completed")
        house.post("status", sid, CallStatus="completed")
        until(lambda sid=sid: house.of(sid, CallEnded))
        assert results(house, sid) == [outcome]
        assert len(house.of(sid, CallEnded)) == 1


def test_an_operator_who_asked_for_the_call_is_rung_alone_and_unasked(house: House) -> None:
    """They know what it is about; without an answer the caller comes back."""
    transferring(house, "CA1", "水道課", number=TAKER)
    called = ring(house, "CA1")
    assert called.numbers == [TAKER]
    assert "url" not in called.verb.children[0].attributes
    called.ends(bridged=True)
    assert results(house, "CA1") == ["connected"]
    transferring(house, "CA2", "水道課", number=TAKER)
    assert back(house, "CA2", ring(house, "CA2").ends("no-answer")).outcome == "no_answer"


def test_a_department_may_do_without_a_whisper(house: House) -> None:
    """Then whoever picks up is connected."""
    rung(house, A, whisper=False)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    assert "url" not in called.verb.children[0].attributes
    called.ends(bridged=True)
    assert results(house, "CA1") == ["connected"]


def test_all_of_it_survives_a_restart(tmp_path: Path) -> None:
    """Between the rounds, and between the key and the end."""
    first_life = service(tmp_path)
    with open_house(first_life) as house:
        transferring(house, "CA1", "水道課")
        transferring(house, "CA2", "水道課")
        rung_before, other = ring(house, "CA1"), ring(house, "CA2")
        accepts(rung_before, A)
        other.press(other.pick_up(A), "2")
    with open_house(service(tmp_path)) as house:
        rung_before.house = other.house = house
        rung_before.ends(bridged=True)
        assert results(house, "CA1") == ["connected"]
        assert Ring(house, "CA2", other.ends()).numbers == [B]


def test_what_was_whispered_and_answered_is_in_the_record(house: House) -> None:
    """So that it is known afterwards why."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    accepts(ring(house, "CA1"), A)
    (whispered,) = house.of("CA1", Whispered)
    assert whispered.number == A
    assert whispered.text.startswith("水道課への電話です。日本語。")


def test_the_duty_desk_is_dialled_when_the_store_does_not_know_what_became_of_it(house: House) -> None:
    """A person rather than a guess."""
    rung(house, A)
    transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    house.service.store.close()
    house.service.store.path.rename(house.service.store.path.with_suffix(".gone"))
    assert [child.text for child in called.ends("busy").verbs[-1].children] == [DUTY]
