"""What a caller hears about garbage, on the demo city."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from voicebot.city.garbage_answers import garbage_day, garbage_item
from voicebot.city.load import City

Moment = Callable[[str], datetime]


@pytest.mark.parametrize(
    ("at", "arguments", "day", "say"),
    [
        ("2026-11-22T20:00", {"district": "本町", "kind": "燃えるごみ"}, "2026-11-23",
         "本町の、次の燃えるごみは、あす、月曜日です。朝8時までにお出しください。"),
        ("2026-11-23T07:59", {"district": "本町", "kind": "可燃ごみ"}, "2026-11-23",
         "本町の、次の燃えるごみは、きょうです。朝8時までにお出しください。"),
        ("2026-11-23T08:00", {"district": "本町", "kind": "燃えるごみ"}, "2026-11-26",
         "本町の、次の燃えるごみは、11月26日、木曜日です。きょうの分は、朝8時まででした。"),
        ("2026-12-30T08:00", {"district": "本町", "kind": "燃えるごみ"}, "2027-01-04",
         "本町の、次の燃えるごみは、1月4日、月曜日です。年末年始のため、お休みの回があります。"),
        ("2026-11-22T20:00", {"district": "浜町", "chome": "3", "kind": "燃えない", "reading": "モエナイゴミ"},
         "2026-12-16",
         "浜町3丁目の、次の燃えないごみは、12月16日、水曜日です。朝8時までにお出しください。"),
        ("2026-11-22T20:00", {"district": "本町", "kind": "資源ごみ"}, "2026-11-24",
         "本町の、次の収集は、11月24日、火曜日の、ペットボトルです。朝8時までにお出しください。"),
        ("2026-11-22T20:00", {"district": "本町"}, "2026-11-23",
         "本町の、次の収集は、あす、月曜日の、燃えるごみです。朝8時までにお出しください。"),
        ("2026-12-30T20:00", {"district": "緑町", "kind": "燃えるごみ"}, "2027-01-04",
         "緑町の、次の燃えるごみは、1月4日、月曜日です。年末年始のため、お休みの回があります。"),
    ],
)  # fmt: skip
def test_the_next_collection_is_said(
    minato: City, moment: Moment, at: str, arguments: dict[str, str], day: str, say: str
) -> None:
    """The day, and the one remark that matters most."""
    answer = garbage_day(minato, arguments, moment(at))
    assert (answer["found"], answer["next"], answer["missing"]) == (True, day, "")
    assert answer["say"] == say


@pytest.mark.parametrize(
    ("arguments", "missing", "say"),
    [
        ({}, "district", "町の名前がわかりませんでした。"),
        ({"district": "住民票"}, "district", "町の名前がわかりませんでした。"),
        ({"district": "浜町", "kind": "燃えるごみ"}, "chome", "浜町は、丁目によって収集日が違います。何丁目ですか。"),
        ({"district": "浜町", "chome": "9"}, "chome", "浜町は、丁目によって収集日が違います。何丁目ですか。"),
        ({"district": "本町", "kind": "ほげ"}, "kind", "ごみの種類がわかりませんでした。"),
        ({"district": "本町", "kind": "粗大ごみ"}, "",
         "粗大ごみは、決まった収集日がありません。050-0000-1041へ、電話でお申し込みください。"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for_and_what_has_no_days_says_what_to_do(
    minato: City, moment: Moment, arguments: dict[str, str], missing: str, say: str
) -> None:
    """Never a guess."""
    answer = garbage_day(minato, arguments, moment("2026-11-22T20:00"))
    assert (answer["found"], answer["next"], answer["missing"]) == (False, None, missing)
    assert str(answer["say"]).startswith(say)


def test_every_district_hears_of_every_kind(minato: City, moment: Moment) -> None:
    """On any hour of a year end: a day, or what to do instead."""
    assert minato.districts is not None
    assert minato.garbage is not None
    for district in minato.districts:
        for kind in minato.garbage.kinds:
            arguments = {"district": district.name, "chome": "1" if district.chome else "", "kind": kind}
            answer = garbage_day(minato, arguments, moment("2026-12-28T09:00"))
            assert answer["found"] is minato.garbage.has_days(kind)
            assert answer["missing"] == ""


@pytest.mark.parametrize(
    ("item", "kind", "collected", "say"),
    [
        ("スプレー缶", "燃えないごみ", True,
         "スプレー缶は、燃えないごみです。中身を使い切り、穴は開けずに、別の袋でお出しください。"),
        ("植木鉢", "燃えないごみ", True, "植木鉢は、燃えないごみです。土を出してから、お出しください。"),
        ("椅子", "粗大ごみ", False, "椅子は、粗大ごみです。050-0000-1041へ、電話でお申し込みください。"),
        ("タイヤ", "市で集めないもの", False, "タイヤは、市では集められません。買ったお店に頼むか、"),
        ("モバイルバッテリー", "充電式の電池", False,
         "モバイルバッテリーは、火が出るおそれがあり、ごみには出せません。環境課の窓口か、"),
    ],
)  # fmt: skip
def test_an_item_is_told_with_its_kind_and_how(
    clerks: City, moment: Moment, item: str, kind: str, collected: bool, say: str
) -> None:
    """In two sentences."""
    answer = garbage_item(clerks, {"item": item}, moment("2026-11-22T20:00"))
    assert (answer["found"], answer["item"], answer["kind"], answer["collected"]) == (True, item, kind, collected)
    assert str(answer["say"]).startswith(say)


def test_several_items_or_an_unsure_one_are_asked_about(clerks: City, moment: Moment) -> None:
    """And the name that the caller then chooses is sure."""
    answer = garbage_item(clerks, {"item": "電池"}, moment("2026-11-22T20:00"))
    assert (answer["found"], answer["missing"]) == (False, "item")
    assert answer["candidates"] == "充電池、乾電池、ボタン電池"
    assert answer["say"] == "充電池、乾電池、ボタン電池の、どれですか。"
    one = garbage_item(clerks, {"item": "", "reading": "アイヨン"}, moment("2026-11-22T20:00"))
    assert (one["candidates"], one["say"]) == ("アイロン", "アイロンですか。")
    for name in (*str(answer["candidates"]).split("、"), str(one["candidates"])):
        assert garbage_item(clerks, {"item": name}, moment("2026-11-22T20:00"))["found"]


def test_what_is_not_on_the_list_has_a_way_on(clerks: City, moment: Moment) -> None:
    """Another word, or a person."""
    answer = garbage_item(clerks, {"item": "宇宙船", "reading": "ウチューセン"}, moment("2026-11-22T20:00"))
    assert (answer["found"], answer["candidates"], answer["missing"]) == (False, "", "item")
    assert "ゼロ番" in str(answer["say"])


def test_a_city_without_the_file_says_where_to_turn(minato: City, moment: Moment) -> None:
    """Asking again would not help."""
    for ask in (garbage_day, garbage_item):
        answer = ask(replace(minato, garbage=None), {"district": "本町", "item": "傘"}, moment("2026-11-22T20:00"))
        assert (answer["found"], answer["missing"]) == (False, "")
        assert "ゼロ番" in str(answer["say"])
