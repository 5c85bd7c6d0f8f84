"""The desk's answers, on the demo city."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from voicebot.city import answers
from voicebot.city.departments import OFFERS
from voicebot.city.desk import QUESTIONS, Desk, Destination
from voicebot.city.load import City
from voicebot.errors import VoicebotError

Moment = Callable[[str], datetime]


@pytest.fixture(scope="module")
def desk(minato: City) -> Desk:
    """The desk of the demo city."""
    return Desk(minato)


def test_an_open_department_says_until_when(desk: Desk, moment: Moment) -> None:
    """On a Thursday evening, after the switchboard has gone home."""
    assert desk.look_up("hours", {"department": "市民課"}, moment("2026-11-05T18:00")) == {
        "department": "市民課",
        "open": True,
        "say": "きょうは午後7時までです。",
        "reason": "",
        "next_opening": "2026-11-05T18:00:00+09:00",
        "closes_at": "2026-11-05T19:00:00+09:00",
        "closed": "message",
        "next": "守衛室",  # the switchboard has gone home
        "ask": "",
    }


def test_a_closed_department_says_why_and_when_and_offers_something(desk: Desk, moment: Moment) -> None:
    """Being closed is never silence."""
    assert desk.look_up("hours", {"department": "戸籍係", "language": "ja"}, moment("2027-01-02T09:00")) == {
        "department": "市民課",
        "open": False,
        "say": "きょうは年末年始のため、お休みです。次は、1月4日、月曜日の午前8時半からです。",
        "reason": "年末年始",
        "next_opening": "2027-01-04T08:30:00+09:00",
        "closes_at": None,
        "closed": "message",
        "next": "守衛室",
        "ask": "",
    }


def test_the_language_of_the_call_is_used(desk: Desk, moment: Moment) -> None:
    """The call's language travels in the arguments."""
    answer = desk.look_up("hours", {"department": "水道課", "language": "en"}, moment("2026-11-03T09:00"))
    assert str(answer["say"]).startswith("We are closed today for Culture Day.")


def test_a_stand_in_is_somebody_who_is_there(desk: Desk, moment: Moment) -> None:
    """Never another closed door."""
    assert desk.look_up("hours", {"department": "水道課"}, moment("2026-11-03T09:00"))["closed"] == "守衛室"


def test_the_next_rung_is_the_first_that_is_open(desk: Desk, moment: Moment) -> None:
    """A second Sunday: the counter is open, the switchboard is not."""
    assert desk.look_up("hours", {"department": "市民課"}, moment("2026-11-04T10:00"))["next"] == "総合案内"
    assert desk.look_up("hours", {"department": "市民課"}, moment("2026-12-13T10:00"))["next"] == "守衛室"
    assert desk.look_up("hours", {"department": "守衛室"}, moment("2026-11-04T10:00"))["next"] == ""


def test_without_a_department_the_switchboard_is_meant(desk: Desk, moment: Moment) -> None:
    """A caller who names nobody means city hall."""
    assert desk.look_up("hours", {}, moment("2026-11-04T10:00"))["department"] == "総合案内"
    assert desk.destination("").department == "総合案内"


def test_a_department_tells_its_number_and_duties(desk: Desk, moment: Moment) -> None:
    """By any of its names, in the language of the call."""
    answer = desk.look_up("department", {"department": "ごみ係"}, moment("2026-11-04T10:00"))
    assert answer["department"] == answer["name"] == "環境課"
    assert (answer["reading"], answer["number"], answer["open"]) == ("カンキョウカ", "050-0000-1040", True)
    assert "粗大ごみ" in str(answer["duties"])
    assert desk.look_up("department", {"department": "環境課", "language": "ko"}, moment("2026-11-04T10:00"))[
        "name"
    ] == ("환경과")


def test_facts_and_the_city_itself_are_known(desk: Desk, moment: Moment) -> None:
    """So that trees can branch on them."""
    assert desk.look_up("fact", {"name": "粗大_最低"}, moment("2026-11-04T10:00")) == {"value": "400"}
    city = desk.look_up("city", {"language": "en"}, moment("2026-11-04T10:00"))
    assert city == {"name": "Minato City", "reading": "ミナトシ", "switchboard": "総合案内", "duty": "守衛室"}


def test_open_data_is_answered_at_the_same_desk(desk: Desk, moment: Moment) -> None:
    """So that a dialog's look-up needs to know one name only."""
    now = moment("2026-11-22T20:00")
    assert desk.look_up("garbage_day", {"district": "本町"}, now)["next"] == "2026-11-23"
    assert desk.look_up("duty_doctor", {}, now)["name"] == "みなと中央病院"
    assert set(answers.QUESTIONS) < set(QUESTIONS)


@pytest.mark.parametrize(
    ("what", "arguments", "code"),
    [
        ("weather", {}, "city.unknown_question"),
        ("hours", {"department": "秘密の部署"}, "city.unknown_department"),
        ("department", {"department": "秘密の部署"}, "city.unknown_department"),
        ("hours", {"language": "fr"}, "city.unknown_language"),
        ("fact", {"name": "秘密の部署"}, "city.unknown_fact"),
        ("fact", {}, "city.unknown_fact"),
    ],
)
def test_a_wrong_question_is_an_error_that_repeats_no_words(
    desk: Desk, moment: Moment, what: str, arguments: dict[str, str], code: str
) -> None:
    """The words may be a caller's, and messages go to the log."""
    with pytest.raises(VoicebotError) as caught:
        desk.look_up(what, arguments, moment("2026-11-04T10:00"))
    assert caught.value.code == code
    assert "秘密" not in caught.value.message


def test_a_destination_says_how_to_ring(desk: Desk) -> None:
    """Everything the carrier needs, as plain data."""
    assert desk.destination("守衛室") == Destination(
        "守衛室", ("+815000001190", "+815000001191"), sequential=True, timeout_seconds=30, extension=""
    )
    with pytest.raises(VoicebotError):
        desk.destination("秘密の部署")


def test_staff_see_what_a_caller_would_hear(desk: Desk, moment: Moment) -> None:
    """The command `voicebot hours` prints this."""
    text = desk.explain("総合案内", moment("2027-01-02T09:00"))
    assert text.startswith("総合案内: 本庁 2027年1月2日(土) 9:00\n  状態: 閉まっています(年末年始)")
    assert text.endswith("代わりの案内: 守衛室")
    assert "代わりの案内: 折り返しの電話" in desk.explain("税務課", moment("2027-01-02T09:00"))
    assert "代わり" not in desk.explain("市民課", moment("2026-11-04T09:00"))
    assert desk.explain("夜間休日窓口", moment("2026-11-04T20:00")).startswith("夜間休日窓口 2026年11月4日(水) 20:00")
    with pytest.raises(VoicebotError):
        desk.explain("秘密の部署", moment("2027-01-02T09:00"))


def test_at_every_hour_every_department_is_open_or_offers_something_and_the_answer_is_plain_data(
    desk: Desk, minato: City, moment: Moment
) -> None:
    """Through a New Year, for every department."""
    for department in minato.departments:
        for hour in range(0, 24 * 14, 5):
            now = moment("2026-12-24T00:30") + timedelta(hours=hour)
            answer = desk.look_up("hours", {"department": department.name}, now)
            assert json.loads(json.dumps(answer)) == answer
            assert answer["say"]
            stand_in = str(answer["closed"])
            assert stand_in in OFFERS or desk.look_up("hours", {"department": stand_in}, now)["open"]
