"""What becomes of each telephone of a transfer, told by the carrier late, twice and in any order."""

import pytest
from house import House
from test_dialling import TAKER, A, B, C, rung
from transferring import TURN, door_of, ring, transferring

from voicebot.actions import Transfer
from voicebot.events import Dialled, LegResult, LegUpdated, OperatorAnswer, OperatorAnswered, Rang
from voicebot.transcripts.codec import Entry, Item
from voicebot.transcripts.render import render_call
from voicebot.web.legs import Leg, judged, leg


def entries(*items: Item) -> tuple[Entry, ...]:
    """A record."""
    return tuple(Entry(number, float(number), item) for number, item in enumerate(items, start=1))


def report(house: House, called: object, number: str, status: str, **fields: str) -> int:
    """The carrier tells of one telephone of a `<Dial>`."""
    noun = next(noun for noun in called.verb.children if noun.text == number)  # type: ignore[attr-defined]
    assert noun.attributes["statusCallbackEvent"] == "answered completed"
    child = {"ParentCallSid": "CA1", "To": number, "Direction": "outbound-dial", "CallStatus": status}
    door = door_of(noun.attributes["statusCallback"])
    return house.post(door, "CAchild", **child | fields).status_code


def test_each_telephone_of_a_simultaneous_ring_has_its_own_result(house: House) -> None:
    """One is busy, one fails with its SIP code, one takes the call; each once, however often it is told."""
    rung(house, A, B, C)
    call_id = transferring(house, "CA1", "水道課")
    called = ring(house, "CA1")
    for _ in range(2):
        assert report(house, called, B, "busy", SipResponseCode="486") == 204
        assert report(house, called, C, "failed", SipResponseCode="503") == 204
        assert report(house, called, A, "in-progress") == 204
    called.press(called.pick_up(A), "1")
    assert report(house, called, A, "completed", SipResponseCode="200") == 204
    assert report(house, called, A, "in-progress") == 204  # overtaken by its end
    assert house.of("CA1", LegUpdated) == [
        LegUpdated(B, "busy", "busy 486", TURN, 0),
        LegUpdated(C, "failed", "failed 503", TURN, 0),
        LegUpdated(A, "answered", "in-progress", TURN, 0),
        LegUpdated(A, "connected", "completed 200", TURN, 0),
    ]
    call = house.service.store.call(call_id)
    assert call
    shown = render_call(call, house.service.store.records(call_id))
    assert f"{C}: つながらなかった  [failed 503]" in shown


def test_a_report_that_comes_after_the_next_round_belongs_to_its_own(house: House) -> None:
    """Also the one about somebody who declined."""
    rung(house, A, B)
    transferring(house, "CA1", "水道課")
    first = ring(house, "CA1")
    first.press(first.pick_up(A), "2")
    second = first.ends()
    assert [noun.text for noun in second.verbs[-1].children] == [B]
    assert report(house, first, B, "canceled") == 204
    assert report(house, first, A, "completed") == 204
    assert [(each.number, each.result, each.round) for each in house.of("CA1", LegUpdated)] == [
        (B, "cancelled", 0),
        (A, "declined", 0),
    ]


def test_where_nobody_is_asked_who_picks_up_is_connected(house: House) -> None:
    """The telephone of an operator who wanted the call, and a department without a whisper."""
    rung(house, A, whisper=False)
    transferring(house, "CA1", "水道課")
    assert report(house, ring(house, "CA1"), A, "in-progress") == 204
    transferring(house, "CA2", "水道課", number=TAKER)
    assert report(house, ring(house, "CA2"), TAKER, "in-progress") == 204
    assert [each.result for sid in ("CA1", "CA2") for each in house.of(sid, LegUpdated)] == ["connected"] * 2


def test_reports_about_nothing_of_ours_are_passed_over(house: House) -> None:
    """Another transfer, no place, states that are no result; and nobody but the carrier reports."""
    rung(house, A)
    call_id = transferring(house, "CA1", "水道課")
    ring(house, "CA1")
    place = f"leg?call={call_id}&turn={TURN}&round=0&leg"
    for door, status in (
        (f"{place}=0", "ringing"), (f"{place}=1", "busy"), (f"{place}=x", "busy"), (f"{place}=", "busy"),
        (f"leg?call={call_id}&turn=1&round=0&leg=0", "busy"), ("leg", "busy"), (f"{place}=0", "nonsense"),
        ("leg?call=unknown&turn=7&round=0&leg=0", "busy"),
    ):  # fmt: skip
        assert house.post(door, "CAchild", CallStatus=status).status_code == 204, door
    assert house.of("CA1", LegUpdated) == []
    assert house.post(f"{place}=0", "CAchild", headers={}, CallStatus="busy").status_code == 403
    assert house.post(f"{place}=0", "", CallStatus="busy").status_code == 400


@pytest.mark.parametrize(
    ("answer", "result", "detail"),
    [
        ("accepted", "connected", "completed 200"),
        ("declined", "declined", "completed 200"),
        ("silent", "no_answer", "completed 200 no key"),
        (None, "declined", "completed 200 hung up"),
    ],
)
def test_the_end_of_a_telephone_that_was_picked_up_means_what_was_answered_there(
    answer: OperatorAnswer | None, result: LegResult, detail: str
) -> None:
    """A machine presses nothing; who hangs up has declined."""
    told = LegUpdated(A, "connected", "completed 200", 3)
    assert judged(Leg(A, "水道課", answer=answer), told, asked=True) == LegUpdated(A, result, detail, 3)
    assert judged(Leg(A, "水道課"), told, asked=False).result == "connected"


def test_a_record_tells_which_telephone_and_what_is_known_of_it() -> None:
    """By transfer, round and place; an answer counts for its own round only."""
    record = entries(
        Transfer(3, "水道課"), Dialled((A, B)), OperatorAnswered(A, "declined"), Rang((A, B), "declined"),
        Dialled((B,)), LegUpdated(B, "busy", "", 3, 1), Transfer(5, "守衛室", number=TAKER), Dialled((TAKER,)),
    )  # fmt: skip
    assert leg(record, 3, 0, 0) == Leg(A, "水道課", answer="declined")
    assert leg(record, 3, 0, 1) == Leg(B, "水道課")
    assert leg(record, 3, 1, 0) == Leg(B, "水道課", told=("busy",))
    assert leg(record, 5, 0, 0) == Leg(TAKER, "守衛室", taker=True)
    assert [leg(record, *place) for place in ((3, 2, 0), (4, 0, 0), (3, 1, 1))] == [None] * 3
