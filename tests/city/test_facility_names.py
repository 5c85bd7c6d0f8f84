"""Shorter names of places."""

import pytest

from voicebot.city.facility_names import address_in_city, also_called, plain_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("みなと市立図書館", "図書館"),
        ("医療法人社団はまかぜ会 はまかぜ内科", "はまかぜ内科"),
        ("みなと市役所本庁舎", "市役所"),
        ("市民サービスセンター（駅ビル8階）", "市民サービスセンター"),
        ("塩浜支所　上浜連絡所", "塩浜支所上浜連絡所"),
        ("健康福祉局保健センター", "保健センター"),
        ("みなと市旭公民館", "旭公民館"),
    ],
)
def test_residents_leave_out_owner_city_and_brackets(name: str, short: str) -> None:
    """And the long name still counts."""
    assert short in list(also_called(name, "みなと市"))
    assert name not in list(also_called(name, "みなと市"))


def test_a_plain_name_has_no_brackets_and_one_width() -> None:
    """As it is spoken."""
    assert plain_name("ＪＲ駅前（北口）※工事中") == "JR駅前"


def test_an_address_begins_at_its_town() -> None:
    """With or without prefecture and city."""
    assert address_in_city("香川県みなと市本町1-2", "みなと市") == "本町1-2"
    assert address_in_city("本町1-2", "みなと市") == "本町1-2"
