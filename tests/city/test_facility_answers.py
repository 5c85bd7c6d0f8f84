"""What callers hear about places, on the demo city."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from voicebot.city.answers import answer
from voicebot.city.load import City
from voicebot.events import Json

Moment = Callable[[str], datetime]


def asked(city: City, at: datetime, **arguments: str) -> dict[str, Json]:
    """The answer about a place."""
    return dict(answer(city, "facility", arguments, at))


@pytest.mark.parametrize(
    ("at", "name", "say"),
    [
        ("2026-11-25T10:00", "旭町公民館", "旭町公民館は、きょうは午後9時までです。電話は、050-0000-1623です。"),
        ("2026-11-30T10:00", "旭町公民館",
         "旭町公民館は、きょうは月曜日のため、お休みです。次は、あす、火曜日の午前9時からです。電話は、050-0000-1623です。"),
        ("2026-11-25T10:00", "みなと消防署", "みなと消防署は、24時間、受け付けています。電話は、050-0000-1681です。"),
    ],
)  # fmt: skip
def test_hours_of_today_and_the_number_are_told(clerks: City, moment: Moment, at: str, name: str, say: str) -> None:
    """Or when it opens next."""
    assert asked(clerks, moment(at), name=name)["say"] == say


def test_uncertain_hours_are_told_as_usual_ones_with_a_warning(clerks: City, moment: Moment) -> None:
    """And nothing is claimed about now."""
    assert clerks.facilities is not None
    places = tuple(replace(place, certain=False) for place in clerks.facilities)
    city = replace(clerks, facilities=replace(clerks.facilities, all=places))
    found = asked(city, moment("2026-11-25T10:00"), name="桜台図書室")
    assert found["open"] is None
    assert str(found["say"]).startswith(
        "桜台図書室は、ふだんは、火曜日から金曜日の、午前9時半から午後6時まで、"
        "土曜日と日曜日の、午前9時半から午後5時までですが、例外の日があります。"
    )


def test_several_are_offered_with_their_names_and_readings(clerks: City, moment: Moment) -> None:
    """To be chosen by voice or key."""
    found = asked(clerks, moment("2026-11-25T10:00"), name="こども園")
    assert (found["found"], found["missing"]) == (False, "name")
    assert found["candidates"] == "若葉台こども園、竹園こども園"
    assert str(found["readings"]).count("、") == 1


def test_nothing_found_says_so_and_offers_a_person(clerks: City, moment: Moment) -> None:
    """And another name may be tried."""
    found = asked(clerks, moment("2026-11-25T10:00"), name="ひみつきち")
    assert (found["found"], found["missing"]) == (False, "name")
    assert "見つかりませんでした" in str(found["say"])
    assert "ゼロ番" in str(found["say"])


def test_the_text_message_holds_the_rest(clerks: City, moment: Moment) -> None:
    """Number, address, the usual hours."""
    text = str(asked(clerks, moment("2026-11-25T10:00"), name="みなと保育園")["sms"])
    assert text.split("\n")[:3] == ["みなと保育園", "050-0000-1651", "みなと市みなと町3-1-8"]
    assert "午前7時半から午後6時半まで" in text


def test_what_lies_near_is_told_by_district(clerks: City, moment: Moment) -> None:
    """Those of the district first, then the nearest ones."""
    at = moment("2026-11-25T10:00")
    found = answer(clerks, "nearby", {"district": "桜台", "kind": "AED"}, at)
    assert str(found["say"]).startswith("桜台の近くのAEDは、桜台出張所の入口、桜台小学校の体育館 入口、")
    assert answer(clerks, "nearby", {"district": "", "kind": "AED"}, at)["missing"] == "district"
    assert answer(clerks, "nearby", {"district": "桜台", "kind": "温泉"}, at)["found"] is False


def test_a_city_without_places_says_who_to_ask(clerks: City, moment: Moment) -> None:
    """A person."""
    assert "ゼロ番" in str(asked(replace(clerks, facilities=None), moment("2026-11-25T10:00"), name="市役所")["say"])
