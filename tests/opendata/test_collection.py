"""Collection days, and the small tables of the 5374 format."""

from datetime import date

import pytest
from tables import columns

from voicebot.city.garbage_file import collection_days
from voicebot.opendata.collection import areas, closed, described, is_days, read_days, towns


@pytest.mark.parametrize(
    ("text", "written"),
    [("月 木", "月・木"), ("水4", "第4水曜"), ("火1 火3 火5", "第1火曜・第3火曜・第5火曜"),
     ("毎週火・金曜日", "火・金曜"),
     ("第２・４月曜日", "第2・4月曜"), ("火2 金4:4 6 8", "第2火曜・第4金曜(4・6・8月)"), ("最終金曜日", "最終金曜"),
     ("", ""), ("-", "")],
)  # fmt: skip
def test_days_are_written_as_the_citys_files_do(text: str, written: str) -> None:
    """From 5374 and from what offices write; what comes out is read by `garbage.yaml`'s own rule."""
    assert read_days(text) == (written, (), ())
    assert not written or collection_days(written)


def test_single_days_remarks_and_months_are_read() -> None:
    """As the 5374 format has them."""
    assert read_days("20260301 20260325") == ("", (date(2026, 3, 1), date(2026, 3, 25)), ())
    assert read_days("火 木 *1") == ("火・木", (), ("1",))
    days = collection_days(read_days("火2:4 6")[0])
    assert [days.hold(date(2026, month, 14)) for month in (4, 7)] == [True, False]


@pytest.mark.parametrize("text", ["ときどき", "火6", "13"])
def test_other_texts_are_no_days(text: str) -> None:
    """So that a column of them is not taken for days."""
    assert not is_days(text)


def test_areas_have_days_towns_and_a_center() -> None:
    """One cell that cannot be read costs its kind only; a row without any day is refused."""
    head = ["地区", "センター", "燃やすごみ", "資源"]
    rows = [["東(浜町・本町)", "東部", "月 木", "水1"], ["西", "", "火 金", "随時"], ["北", "", "随時", ""]]
    taken = areas(columns(head, *rows, ["東(浜町・本町)", "", "月", ""]))
    assert taken.rows == [
        {"name": "東(浜町・本町)", "towns": ["東", "浜町", "本町"], "days": {"燃やすごみ": "月・木", "資源": "第1水曜"},
         "center": "東部"},
        {"name": "西", "towns": ["西"], "days": {"燃やすごみ": "火・金"}},
    ]  # fmt: skip
    assert [(problem.row, problem.fatal, problem.heading) for problem in taken.problems] == [
        (3, False, "資源"), (4, False, "燃やすごみ"), (4, True, "燃やすごみ"), (5, True, "地区")
    ]  # fmt: skip


def test_an_areas_name_lists_its_towns() -> None:
    """With parts of them in brackets."""
    assert towns("第一（松島・築地）花園・新番丁（四番丁）") == ["第一", "松島", "築地", "花園", "新番丁", "四番丁"]


def test_closures_need_both_ends_in_order() -> None:
    """Else the row is refused."""
    rows = [["東部", "2026/12/30", "2027/01/03"], ["西部", "2027/01/03", "2026/12/30"]]
    taken = closed(columns(["名称", "休止開始日", "休止終了日"], *rows))
    assert taken.rows == [{"center": "東部", "first": "2026-12-30", "last": "2027-01-03"}]
    assert [problem.row for problem in taken.problems] == [3]


def test_kinds_and_remarks_have_their_words() -> None:
    """Which the look-ups say."""
    taken = described(
        columns(["label", "sublabel", "description", "styles", "bgcolor"], ["資源", "", "束ねて出す", "", ""])
    )
    assert taken.rows == [{"name": "資源", "hint": "束ねて出す"}]
