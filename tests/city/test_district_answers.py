"""Which district a caller means, on the demo city."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from voicebot.city.district_answers import asked_district, district
from voicebot.city.load import City
from voicebot.events import Json
from voicebot.voice.reading import reading


@pytest.fixture(scope="module")
def now(moment: Callable[[str], datetime]) -> datetime:
    """A Sunday evening."""
    return moment("2026-11-22T20:00")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("浜町2丁目です", {"district": "浜町", "chome": 2, "sure": True, "chome_needed": False}),
        ("浜町です", {"district": "浜町", "chome": None, "sure": True, "chome_needed": True}),
        ("えーと、港団地なんですけど", {"district": "みなと町", "chome": None, "sure": True, "chome_needed": False}),
        ("みどりちょう三丁目", {"district": "緑町", "chome": 3, "sure": True, "chome_needed": False}),
        ("西新田", {"district": "西新田", "chome": None, "sure": True, "chome_needed": False}),
        ("東新田です", {"district": "東新田", "chome": None, "sure": True, "chome_needed": False}),
    ],
)
def test_a_district_is_found_as_written_and_as_heard(
    clerks: City, now: datetime, said: str, expected: dict[str, Json]
) -> None:
    """Whatever kanji the recogniser chose."""
    answer = district(clerks, {"said": said, "reading": reading(said)}, now)
    assert {key: answer[key] for key in expected} == expected
    assert (answer["found"], answer["missing"]) == (True, "")
    assert str(answer["say"]).endswith("ですね。")


def test_every_district_is_found_by_every_name_it_has(clerks: City, now: datetime) -> None:
    """Written, in kana, and with the dictionary's reading of a sentence."""
    assert clerks.districts is not None
    for one in clerks.districts:
        for name, kana in ((one.name, one.reading), *one.also.items()):
            for said in (name, kana, f"{kana}デス"):
                assert district(clerks, {"said": said, "reading": kana}, now)["district"] == one.name


def test_a_name_heard_wrongly_is_asked_about(clerks: City, now: datetime) -> None:
    """It may be another one."""
    answer = district(clerks, {"said": "港待ち", "reading": "ミナドマチ"}, now)
    assert (answer["found"], answer["district"], answer["sure"]) == (True, "みなと町", False)
    assert answer["say"] == "みなと町、でよろしいですか。"


def test_a_correction_keeps_the_district(clerks: City, now: datetime) -> None:
    """The district that was understood before comes along."""
    answer = district(clerks, {"said": "いえ、3丁目です", "district": "浜町"}, now)
    assert (answer["district"], answer["chome"], answer["chome_needed"]) == ("浜町", 3, False)
    assert answer["say"] == "{浜町|ハママチ}3丁目ですね。"  # the dictionary would say ハマチョー


@pytest.mark.parametrize(
    ("said", "say"),
    [
        ("本町9丁目", "本町は、5丁目までです。"),
        ("千鳥2丁目", "千鳥には、丁目がありません。"),
        ("住民票", "町の名前がわかりませんでした。"),
        ("", "町の名前がわかりませんでした。"),
    ],
)
def test_what_does_not_exist_is_asked_again(clerks: City, now: datetime, said: str, say: str) -> None:
    """With the reason."""
    answer = district(clerks, {"said": said}, now)
    assert (answer["found"], answer["missing"]) == (False, "said")
    assert str(answer["say"]).startswith(say)


def test_a_city_without_districts_says_where_to_turn(clerks: City, now: datetime) -> None:
    """Asking again would not help."""
    answer = district(replace(clerks, districts=None), {"said": "本町"}, now)
    assert (answer["found"], answer["missing"]) == (False, "")
    assert "ゼロ番" in str(answer["say"])


def test_other_questions_take_the_district_from_their_arguments(clerks: City) -> None:
    """The name of an earlier answer, or words that leave no doubt."""
    for arguments, expected in (
        ({"district": "浜町", "chome": "3"}, ("浜町", 3)),
        ({"district": "浜町", "chome": "三丁目"}, ("浜町", 3)),
        ({"district": "浜町2丁目"}, ("浜町", 2)),
        ({"district": "浜町", "chome": "9"}, ("浜町", None)),
        ({"district": "はままち", "chome": ""}, ("浜町", None)),
    ):
        asked = asked_district(clerks, arguments)
        assert asked is not None
        assert (asked.district.name, asked.chome) == expected
    assert asked_district(clerks, {}) is None
    assert asked_district(clerks, {"district": "ミナドマチ"}) is None
