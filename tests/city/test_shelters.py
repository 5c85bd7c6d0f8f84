"""Which shelter and which water supply point a district goes to."""

from dataclasses import replace

import pytest

from voicebot.city.shelters import (
    DANGERS,
    Danger,
    Nearest,
    Place,
    Refuge,
    Shelters,
    danger_called,
    shelter_for,
    water_for,
)

SCHOOL = Place("小学校", "ショウガッコウ", frozenset({"地震", "洪水"}))
HALL = Place("公民館", "コウミンカン", frozenset({"地震", "津波"}))
HILL = Place("高台", "タカダイ", frozenset({"土砂災害"}))
PARK, SQUARE = Place("公園", "コウエン"), Place("広場", "ヒロバ")
PLACES = {place.name: place for place in (SCHOOL, HALL, HILL)}
WATER = {place.name: place for place in (SQUARE, PARK)}
SHELTERS = Shelters(PLACES, WATER, {"浜町": Nearest((HALL, SCHOOL), (PARK,))})


def opened(*names: str) -> Shelters:
    """The same with some places open."""
    places = {name: replace(place, open=name in names) for name, place in (PLACES | WATER).items()}
    nearest = Nearest((places["公民館"], places["小学校"]), (places["公園"],))
    return Shelters(
        {name: places[name] for name in PLACES}, {name: places[name] for name in WATER}, {"浜町": nearest}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("danger", "name", "near"),
    [(None, "公民館", True), ("地震", "公民館", True), ("洪水", "小学校", True), ("土砂災害", "高台", False)],
)
def test_the_nearest_shelter_that_is_fit(danger: Danger | None, name: str, near: bool) -> None:
    """Another one of the city where none of the district's own will do."""
    assert shelter_for(SHELTERS, "浜町", danger) == Refuge(PLACES[name], near)


def test_no_shelter_is_better_than_one_that_is_not_fit() -> None:
    """Nobody is sent into the water."""
    assert shelter_for(SHELTERS, "浜町", "高潮") is None


def test_a_district_without_a_row_gets_the_citys_first() -> None:
    """The loader refuses that, but nothing breaks."""
    assert shelter_for(SHELTERS, "山町", None) == Refuge(SCHOOL, near=False)


@pytest.mark.parametrize(
    ("names", "danger", "expected"),
    [
        (("小学校",), None, "小学校"),  # further, but open
        (("小学校",), "津波", "公民館"),  # open, but not fit
        (("小学校", "公民館"), "地震", "公民館"),
        (("高台",), "土砂災害", "高台"),
    ],
)
def test_in_a_disaster_an_open_shelter_goes_first(names: tuple[str, ...], danger: Danger | None, expected: str) -> None:
    """As long as it is fit for the danger."""
    found = shelter_for(opened(*names), "浜町", danger)
    assert found is not None
    assert found.place.name == expected


def test_water_is_where_a_point_is_open() -> None:
    """Else where it will be."""
    assert water_for(SHELTERS, "浜町") == Refuge(PARK, near=True)
    elsewhere = water_for(opened("広場"), "浜町")
    assert elsewhere is not None
    assert (elsewhere.place.name, elsewhere.near) == ("広場", False)
    assert water_for(replace(SHELTERS, water={}, nearest={}), "浜町") is None


def test_a_disaster_is_declared_or_shown_by_an_open_place() -> None:
    """Staff in a hurry may forget the switch."""
    assert not SHELTERS.disaster
    assert replace(SHELTERS, declared=True).disaster
    assert opened("公園").disaster


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("洪水", "洪水"),
        ("コーズイ", "洪水"),
        ("大雨が心配", "洪水"),
        ("津波が来たら", "津波"),
        ("がけ崩れ", "土砂災害"),
        ("ドシャサイガイ", "土砂災害"),
        ("タカシオ", "高潮"),
        ("大地震のとき", "地震"),
        ("竜巻", None),
        ("", None),
    ],
)
def test_dangers_are_known_by_the_words_of_residents(words: str, danger: Danger | None) -> None:
    """Written or by sound."""
    assert danger_called(words) == danger


def test_every_danger_is_known_by_its_own_name() -> None:
    """No other danger's word hides in it."""
    assert [danger_called(danger) for danger in DANGERS] == list(DANGERS)
