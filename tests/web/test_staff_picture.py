"""What operators see of a call, from its record."""

from datetime import UTC, datetime
from typing import Any

from voicebot.actions import Action, Play, Prompt, Record, StopPlaying, Transfer
from voicebot.events import (
    Alternative,
    CallbackBooked,
    CallEnded,
    CallResumed,
    CallStarted,
    DigitPressed,
    Event,
    FaqAnswered,
    FaqHit,
    Heard,
    LookedUp,
    MessageRecorded,
    OperatorAnswered,
    PartFailed,
    Rang,
    SmsSent,
    SmsUpdated,
    TakenOver,
    TransferEnded,
    Whispered,
)
from voicebot.web.staff.picture import Picture

BEGIN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STARTED = CallStarted("c1", "+815000000001", "+815000002000", "ja", BEGIN)


def heard(text: str) -> Heard:
    """The caller says this."""
    return Heard(1, (Alternative(text, text, 0.834),))


def said(text: str, answers: str = "") -> Play:
    """The bot says this."""
    return Play(1, (Prompt(text),), answers=answers)


def drawn(*records: Event | Action) -> tuple[Picture, list[Any]]:
    """The picture of a call with these records, one a second, and its lines."""
    picture = Picture("c1")
    lines: list[Any] = []
    for second, record in enumerate((STARTED, *records)):
        lines += [data for _, data in picture.told(float(second), record)]
    return picture, lines


def card(picture: Picture) -> Any:
    """The last transfer."""
    return picture.card(picture.cards[-1])[1]


def test_the_words_of_both_appear_in_order_with_their_times() -> None:
    """And how sure the recogniser is."""
    picture, lines = drawn(said("ご用件をどうぞ。"), heard("ごみの日"), DigitPressed("2"), Heard(1, ()), StopPlaying(1))
    assert [(line["who"], line["code"], line["text"], line["at"]) for line in lines] == [
        ("bot", "", "ご用件をどうぞ。", 1.0),
        ("caller", "", "ごみの日", 2.0),
        ("caller", "key", "2", 3.0),
        ("caller", "no_words", "", 4.0),
    ]
    assert lines[1]["confidence"] == 0.83
    data: Any = picture.data()
    assert (data["number"], data["state"], data["started"]) == ("050-0000-0001", "talking", BEGIN.timestamp() * 1000)


def test_a_transfer_is_a_card_that_tells_what_the_operator_must_know() -> None:
    """Department, matter, what was said and answered, district, language, number."""
    picture, _ = drawn(
        heard("住民票はどこですか"),
        FaqAnswered(1, (FaqHit("a", "住民票の写しはどこで取れますか", "窓口です。", "市民課", 0.9),)),
        said("窓口で取れます。", answers="a"),
        LookedUp(1, "district", {"found": True, "district": "緑町"}),
        heard("職員に"),
        Transfer(2, "市民課"),
    )
    data = card(picture)
    assert data["state"] == "dialling"
    assert data["department"] == "市民課"
    assert data["matter"] == "住民票の写しはどこで取れますか"
    assert data["said"] == ("住民票はどこですか", "職員に")
    assert data["answered"] == ("窓口で取れます。",)
    assert (data["district"], data["language"], data["number"]) == ("緑町", "ja", "050-0000-0001")


def test_without_a_question_of_the_faq_the_matter_is_in_the_callers_words() -> None:
    """A yes or a noise is no matter."""
    picture, _ = drawn(heard("水道の水が出ません"), heard("はい"), Transfer(2, "水道課"))
    assert card(picture)["matter"] == "水道の水が出ません"


def test_a_card_goes_from_ringing_to_the_end() -> None:
    """Whisper, acceptance, talk, end; the call's own state follows."""
    states = []
    picture = Picture("c1")
    for record in (
        STARTED,
        Transfer(2, "水道課"),
        Whispered("+815000002001", "水道課への電話です。"),
        OperatorAnswered("+815000002001", "accepted"),
        TransferEnded(2, "connected"),
        CallEnded("transferred"),
    ):
        list(picture.told(1.0, record))
        states.append((picture.state, picture.cards[-1].state if picture.cards else ""))
    assert states == [
        ("talking", ""), ("dialling", "dialling"), ("dialling", "whispering"), ("connected", "connected"),
        ("connected", "over"), ("ended", "over"),
    ]  # fmt: skip
    assert card(picture)["taker"] == "050-0000-2001"
    assert card(picture)["whisper"] == "水道課への電話です。"


def test_a_decline_rings_on_and_a_failure_brings_the_call_back() -> None:
    """The next attempt is another card."""
    picture, lines = drawn(
        Transfer(2, "水道課"),
        Whispered("+815000002001", "水道課への電話です。"),
        OperatorAnswered("+815000002001", "declined"),
        Rang(("+815000002001",), "declined"),
        TransferEnded(2, "no_answer"),
        Transfer(3, "守衛室"),
    )
    assert [(each.department, each.state, each.outcome) for each in picture.cards] == [
        ("水道課", "failed", "no_answer"),
        ("守衛室", "dialling", ""),
    ]
    assert [line["code"] for line in lines] == [
        "transfer", "operator_declined", "transfer_declined", "transfer_no_answer", "transfer",
    ]  # fmt: skip


def test_a_caller_who_hangs_up_while_it_rings_ends_the_card() -> None:
    """Nobody waits for a call that is gone."""
    picture, _ = drawn(Transfer(2, "水道課"), CallEnded("caller"))
    assert (picture.cards[-1].state, picture.cards[-1].outcome) == ("failed", "caller_gone")
    assert picture.state == "ended"
    assert picture.ended_at == (BEGIN.timestamp() + 2) * 1000


def test_messages_call_backs_faults_and_lost_lines_are_noted() -> None:
    """Each with what belongs to it."""
    picture, lines = drawn(
        Record(1, "市民課", 60, 3),
        MessageRecorded(1, "x.wav", 4.2),
        MessageRecorded(1, "", 0.0),
        CallbackBooked(1, "1001"),
        PartFailed("voice", "voice.timeout"),
        TakenOver("+815000002001", "花子"),
        SmsSent(1),
        SmsUpdated("sent"),
        SmsUpdated("undelivered", "30005"),
        CallEnded("line"),
    )
    assert [(line["code"], line["text"]) for line in lines] == [
        ("recording", "市民課"), ("message", "4"), ("callback", "1001"), ("broken", "voice"), ("taken_over", "花子"),
        ("sms_sent", ""), ("sms_failed", "30005"), ("ended_line", ""),
    ]  # fmt: skip
    assert (picture.state, picture.ended_at) == ("interrupted", None)
    list(picture.told(9.0, CallResumed(BEGIN)))
    assert picture.state == "talking"
