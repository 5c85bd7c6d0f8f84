"""What a caller hears about shelters and water, on the demo city."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from voicebot.city.load import City, load
from voicebot.city.shelter_answers import shelter, water
from voicebot.city.shelters import ASKED


@pytest.fixture(scope="module")
def now(moment: Callable[[str], datetime]) -> datetime:
    """A Sunday evening."""
    return moment("2026-11-22T20:00")


def changed(texts: Mapping[str, str], *changes: tuple[str, str]) -> City:
    """The demo city after staff have changed some lines of `shelters.yaml`."""
    text = texts["shelters.yaml"]
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return load({**texts, "shelters.yaml": text})


DECLARED = ("disaster: false", "disaster: true")


def opens(name: str, note: str = '""') -> tuple[str, str]:
    """The change that opens one place (its line begins with its name and its reading)."""
    readings = {
        "みなと小学校": "みなとしょうがっこう, dangers: [地震, 洪水]",
        "市民会館": "しみんかいかん, dangers: [地震, 洪水, 高潮, 津波, 土砂災害]",
        "みなと公園": "みなとこうえん",
    }
    line = f"{name}: {{reading: {readings[name]}, open: "
    return f'{line}false, note: ""', f"{line}true, note: {note}"


def test_in_peace_the_nearest_shelter_and_its_dangers_are_told(minato: City, now: datetime) -> None:
    """And that it is not open, so that nobody stands before a locked door."""
    answer = shelter(minato, {"district": "みなと町"}, now)
    assert answer == {
        "found": True, "name": "みなと小学校", "reading": "ミナトショウガッコウ", "open": False, "near": True,
        "district": "みなと町", "disaster": False, "missing": "",
        "say": "みなと町からいちばん近い避難所は、みなと小学校です。洪水、地震のときに使え、ふだんは、開いていません。",
        "others": "みなと公民館、本町小学校",
        "sms": "みなと小学校 使える災害 洪水・地震\nみなと公民館 使える災害 地震\n"
        "本町小学校 使える災害 洪水・地震・津波・高潮",
    }  # fmt: skip
    tsunami = shelter(minato, {"district": "みなと町", "danger": "津波のとき"}, now)
    assert (
        tsunami["say"] == "みなと町からいちばん近い、津波のときの避難所は、本町小学校です。ふだんは、開いていません。"
    )


def test_in_a_disaster_an_open_one_is_told_with_its_note(texts: Mapping[str, str], now: datetime) -> None:
    """The nearest that is fit, even if it is further than a closed one."""
    city = changed(texts, opens("市民会館", "二階へお上がりください"))
    answer = shelter(city, {"district": "みなと町", "danger": "津波"}, now)
    assert (answer["disaster"], answer["open"], answer["name"]) == (True, True, "市民会館")
    assert str(answer["say"]).endswith("、津波のときに使える開いている避難所は、市民会館です。二階へお上がりください。")
    assert shelter(city, {"district": "みなと町"}, now)["name"] == "市民会館"
    far = shelter(city, {"district": "竹園"}, now)
    assert (far["near"], "の近くにはありませんが、開いている避難所は、" in str(far["say"])) == (False, True)


def test_in_a_disaster_with_nothing_open_nobody_is_told_to_wait(texts: Mapping[str, str], now: datetime) -> None:
    """An open one that is not fit for the danger does not count."""
    for changes in ((DECLARED,), (opens("みなと小学校"),)):
        answer = shelter(changed(texts, *changes), {"district": "みなと町", "danger": "津波"}, now)
        assert (answer["disaster"], answer["open"], answer["name"]) == (True, False, "本町小学校")
        assert "まだ開いていません。危ないと感じたら、待たずに、安全な所へ避難してください。" in str(answer["say"])


def test_water_is_told_where_it_is_or_will_be(minato: City, texts: Mapping[str, str], now: datetime) -> None:
    """With what to bring."""
    closed = water(minato, {"district": "本町"}, now)
    assert (closed["found"], closed["open"], closed["name"]) == (True, False, "市役所前広場")
    assert closed["say"] == "ただいま、給水所は開いていません。開くときは、本町の方は、市役所前広場です。"
    opened = water(changed(texts, opens("みなと公園")), {"district": "本町"}, now)
    assert (opened["open"], opened["name"], opened["disaster"]) == (True, "みなと公園", True)
    assert str(opened["say"]).endswith("です。入れ物をお持ちください。")


def test_what_is_missing_is_asked_for(minato: City, now: datetime) -> None:
    """First the district, then the danger."""
    for ask in (shelter, water):
        assert (ask(minato, {}, now)["found"], ask(minato, {}, now)["missing"]) == (False, "district")
    answer = shelter(minato, {"district": "本町", "danger": "竜巻"}, now)
    assert (answer["missing"], answer["say"]) == ("danger", "洪水、地震、津波、高潮、土砂災害の、どれですか。")


def test_every_district_has_a_shelter_for_every_danger_and_water(minato: City, now: datetime) -> None:
    """The demo city is complete."""
    assert minato.districts is not None
    for district in minato.districts:
        for danger in ASKED:
            assert shelter(minato, {"district": district.name, "danger": danger}, now)["found"]
        assert water(minato, {"district": district.name}, now)["near"]


def test_a_danger_without_any_shelter_is_said(minato: City, now: datetime) -> None:
    """And to go where it is safe."""
    assert minato.shelters is not None
    none = {name: replace(place, dangers=frozenset()) for name, place in minato.shelters.shelters.items()}
    city = replace(minato, shelters=replace(minato.shelters, shelters=none, nearest={}, water={}))
    answer = shelter(city, {"district": "本町", "danger": "津波"}, now)
    assert (answer["found"], "決まっていません" in str(answer["say"])) == (False, True)
    assert water(city, {"district": "本町"}, now)["found"] is False


def test_a_city_without_the_file_says_where_to_turn(minato: City, now: datetime) -> None:
    """Asking again would not help."""
    for ask in (shelter, water):
        answer = ask(replace(minato, shelters=None), {"district": "本町"}, now)
        assert (answer["found"], answer["missing"]) == (False, "")
        assert "ゼロ番" in str(answer["say"])
