"""Imported garbage lists beside written ones."""

from datetime import date

from voicebot.city.data_file import Imported, read_imported
from voicebot.city.districts import District, index
from voicebot.city.garbage import is_collected
from voicebot.city.imported_garbage import merged_districts, merged_garbage
from voicebot.errors import Fault

LISTS = {
    "data/a.yaml": """
set: ごみ収集日
areas:
  - {name: 東, towns: [浜町, 本町, 中町], center: 東部, days: {燃やすごみ: 月・木}, dates: {資源: [2026-11-25]}}
  - {name: 西, towns: [旭町, 中町], center: 西部, days: {燃やすごみ: 火・金}, remarks: ["1"]}
""",
    "data/b.yaml": "set: ごみ処理施設の休み\nclosed:\n  - {center: 東部, first: 2026-12-31, last: 2027-01-03}\n",
    "data/c.yaml": """
set: ごみ分別
items:
  - {name: 乾電池, when: 筒形, kind: 有害ごみ}
  - {name: 乾電池, when: ボタン電池, kind: 収集不可, hint: 販売店へ}
  - {name: たばこ・吸い殻, kind: 燃やすごみ}
""",
    "data/d.yaml": "set: ごみの種類\nkinds: {燃やすごみ: 袋に入れる}\n",
    "data/e.yaml": "set: ごみ収集日の注意\nremarks: {1: 一部の通りでは曜日が違います}\n",
}


def files() -> tuple[Imported, ...]:
    """The lists, read."""
    return read_imported(LISTS, [])


def test_areas_kinds_closures_and_single_days_are_put_together() -> None:
    """From four lists, as the 5374 format has them."""
    garbage = merged_garbage(None, files(), None, [])
    assert garbage is not None
    assert is_collected(garbage, "東", "燃やすごみ", date(2026, 11, 26))
    assert is_collected(garbage, "東", "資源", date(2026, 11, 25))
    assert not is_collected(garbage, "東", "燃やすごみ", date(2026, 12, 31))
    assert is_collected(garbage, "西", "燃やすごみ", date(2027, 1, 1))
    assert garbage.kinds["燃やすごみ"].hint == "袋に入れる。"
    assert garbage.kinds["収集不可"].predicate == "市では集められません"
    assert garbage.put_out_words == ""
    assert garbage.remarks == {"西": "一部の通りでは曜日が違います。"}


def test_rows_of_one_name_are_cases_of_one_item() -> None:
    """And a name with ・ is found by each of its parts."""
    garbage = merged_garbage(None, files(), None, [])
    assert garbage is not None
    (battery,) = garbage.items.find("乾電池").items
    assert [(case.when, case.kind) for case in battery.cases] == [("筒形", "有害ごみ"), ("ボタン電池", "収集不可")]
    assert garbage.items.find("たばこ").sure


def test_a_town_in_two_areas_belongs_to_neither_and_others_become_districts() -> None:
    """Staff's own districts keep what they say."""
    own = index((District("浜町", "ハママチ", areas={0: "北"}), District("本町", "ホンマチ")))[0]
    found = merged_districts(own, files(), lambda word, _: {"旭町": "アサヒマチ", "中町": "ナカマチ"}.get(word, ""))
    assert found is not None
    assert {district.name: dict(district.areas) for district in found} == {
        "浜町": {0: "北"}, "本町": {0: "東"}, "旭町": {0: "西"}
    }  # fmt: skip


def test_days_that_cannot_be_read_are_faults_at_their_line() -> None:
    """Somebody has mended the file by hand."""
    faults: list[Fault] = []
    texts = {"data/a.yaml": "set: ごみ収集日\nareas:\n  - {name: 東, days: {燃やすごみ: ときどき}}\n"}
    merged_garbage(None, read_imported(texts, []), None, faults)
    assert [(fault.path, fault.line) for fault in faults] == [("data/a.yaml", 3)]
