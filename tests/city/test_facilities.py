"""Which place is meant, on the demo city."""

import pytest

from voicebot.city.facilities import MOST, Facilities, metres
from voicebot.city.load import City
from voicebot.voice.reading import reading


@pytest.fixture(scope="module")
def places(clerks: City) -> Facilities:
    """The demo city's places."""
    assert clerks.facilities is not None
    return clerks.facilities


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("旭町公民館", "旭町公民館"),
        ("旭町公民館の電話番号を教えてください", "旭町公民館"),
        ("あさひまちこうみんかん", "旭町公民館"),
        ("緑保育縁", "緑保育園"),
        ("市役所は何時までですか", "みなと市役所"),
        ("ファミサポ", "ファミリーサポートセンター"),
        ("温水プール", "市民プール"),
        ("えーと、かもめ荘ですけど", "老人福祉センター かもめ荘"),
    ],
)
def test_a_place_is_found_by_name_by_sound_and_by_what_people_call_it(places: Facilities, said: str, name: str) -> None:
    """Within a question too."""
    found = places.find(said, reading(said))
    assert ([place.name for place in found.places], found.sure) == ([name], True)


def test_a_general_word_offers_at_most_three_and_counts_the_others(places: Facilities) -> None:
    """公民館 is six places."""
    found = places.find("公民館", reading("公民館"))
    assert (len(found.places), found.sure, found.further) == (MOST, False, 3)


@pytest.mark.parametrize("said", ["", "ひみつきち", "住民票", "はい"])
def test_what_is_no_place_is_not_guessed(places: Facilities, said: str) -> None:
    """Not even nearly."""
    assert places.find(said, reading(said)).places == ()


def test_a_thing_in_a_place_is_found_by_its_kind_only(places: Facilities) -> None:
    """Who says 市民プール does not ask for the AED there."""
    assert {place.kind for place in places.find("市民プール").places} == {"プール"}
    assert {place.kind for place in places.find("市民プール", kind="AED").places} == {"AED"}


def test_nearest_places_come_first(places: Facilities) -> None:
    """As the crow flies."""
    spot = (34.119, 137.52)
    near = places.near(spot, "AED")
    far = [metres(spot, place.position or spot) for place in near]
    assert far == sorted(far)
    assert metres((34.0, 137.0), (35.0, 137.0)) == pytest.approx(111_195, rel=1e-3)
