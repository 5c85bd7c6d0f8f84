"""A transfer as operators see it: every telephone's own result, and where else the caller may belong."""

from typing import Any

from voicebot.actions import Action, Play, Prompt, Transfer
from voicebot.dialog.phrases import SCREENING
from voicebot.events import (
    Alternative,
    CallEnded,
    DepartmentHit,
    Dialled,
    Event,
    FaqAnswered,
    FaqHit,
    Heard,
    LegUpdated,
    OperatorAnswered,
    Rang,
    TransferEnded,
    Whispered,
)
from voicebot.web.staff.cards import Card, Talked
from voicebot.web.staff.picture import Picture

A, B, C = "+815000002100", "+815000002101", "+815000002102"


def card(*records: Event | Action) -> Card:
    """The last transfer of these records."""
    picture = Picture("c1")
    for record in (Transfer(3, "水道課"), *records):
        list(picture.told(1.0, record))
    return picture.cards[-1]


def legs(card: Card) -> list[tuple[str, int, str]]:
    """Number, round and result."""
    return [(leg.number, leg.round, leg.result) for leg in card.legs]


def test_every_telephone_has_its_own_result_whenever_it_is_told() -> None:
    """Busy at once, one declined, the last takes it in the next round; the first round's report comes last."""
    found = card(
        Dialled((A, B, C)),
        LegUpdated(B, "busy", "busy 486", 3, 0),
        Whispered(A, "水道課への電話です。"),
        LegUpdated(A, "answered", "", 3, 0),
        OperatorAnswered(A, "declined"),
        Rang((A, B, C), "declined"),
        Dialled((B, C)),
        LegUpdated(C, "cancelled", "canceled", 3, 0),
        Whispered(C, "水道課への電話です。"),
        OperatorAnswered(C, "accepted"),
        LegUpdated(B, "cancelled", "canceled", 3, 1),
    )
    assert legs(found) == [
        (A, 0, "declined"), (B, 0, "busy"), (C, 0, "cancelled"), (B, 1, "cancelled"), (C, 1, "connected"),
    ]  # fmt: skip
    data: Any = found.data("c1", "", "ja")
    assert data["legs"][1] == {"number": "050-0000-2101", "round": 0, "result": "busy", "detail": "busy 486"}


def test_without_the_carriers_reports_the_result_of_a_round_is_that_of_its_only_telephone() -> None:
    """Of several it is not known which one."""
    assert legs(card(Dialled((A,)), Rang((A,), "busy"))) == [(A, 0, "busy")]
    assert legs(card(Dialled((A, B)), Rang((A, B), "no_answer"))) == [(A, 0, "unknown"), (B, 0, "unknown")]
    assert legs(card(Dialled((A,)), TransferEnded(3, "failed"))) == [(A, 0, "failed")]
    assert legs(card(Dialled((A,)), CallEnded("caller"))) == [(A, 0, "cancelled")]


def test_a_round_that_is_asked_for_twice_is_shown_once() -> None:
    """The carrier repeats a webhook."""
    assert legs(card(Dialled((A, B)), Dialled((A, B)))) == [(A, 0, "ringing"), (B, 0, "ringing")]


def test_where_nobody_is_asked_the_first_who_picks_up_is_connected() -> None:
    """The card says so at once, not only when they have hung up."""
    found = card(Dialled((A,)), LegUpdated(A, "connected", "", 3, 0))
    assert (found.state, found.taker) == ("connected", "050-0000-2100")
    assert card(Dialled((A,)), LegUpdated(A, "answered", "", 3, 0)).state == "dialling"


def test_reports_about_an_earlier_transfer_change_its_own_card() -> None:
    """They may come when the next department is ringing already."""
    picture = Picture("c1")
    for record in (
        Transfer(3, "水道課"), Dialled((A, B)), TransferEnded(3, "no_answer"), Transfer(5, "守衛室"), Dialled((A,)),
        LegUpdated(A, "failed", "failed 404", 3, 0),
    ):  # fmt: skip
        list(picture.told(1.0, record))
    assert [legs(each) for each in picture.cards] == [[(A, 0, "failed"), (B, 0, "unknown")], [(A, 0, "ringing")]]
    assert [each.state for each in picture.cards] == ["failed", "dialling"]


def test_the_callers_words_tell_where_they_may_belong() -> None:
    """The likeliest first, over all questions of the call; not where they were sent."""
    talked = Talked()
    talked.follow(FaqAnswered(1, (), (DepartmentHit("水道課", 0.7), DepartmentHit("環境課", 0.2))))
    hit = FaqHit("a", "粗大ごみの出し方", "..", "環境課", 0.6)
    talked.follow(FaqAnswered(2, (hit,), (DepartmentHit("税務課", 0.3), DepartmentHit("", 0.9))))
    assert talked.likely("水道課") == ("環境課", "税務課")
    assert Card.begun(1, "環境課", 3, 0.0, talked).likely == ("水道課", "税務課")


def test_the_answer_to_the_departments_question_stands_on_the_card() -> None:
    """With the question; it is no matter of the caller's."""
    said = Heard(1, (Alternative("水が止まりません", "", 0.8),))
    reply = Heard(4, (Alternative("田中です", "", 0.8),))
    picture = Picture("c1")
    for record in (said, Play(4, (Prompt("お名前をお願いします。"),), SCREENING), reply, Transfer(5, "水道課")):
        list(picture.told(1.0, record))
    data: Any = picture.card(picture.cards[-1])[1]
    assert (data["asked"], data["reply"], data["matter"], data["said"]) == (
        "お名前をお願いします。", "田中です", "水が止まりません", ("水が止まりません",),
    )  # fmt: skip
