"""The sorting list as written."""

from voicebot.city.sorting import SortingList
from voicebot.city.sorting_file import ItemRow, sentence, sorting_list
from voicebot.documents import read
from voicebot.errors import Fault

READINGS = {"硬貨": "コーカ", "高価": "コーカ", "缶": "カン", "傘": "カサ"}


def reader(text: str, language: str) -> str:
    """A small dictionary."""
    return READINGS.get(text, "")


def loaded(text: str, *, dictionary: bool = True) -> tuple[SortingList, list[Fault]]:
    """The list of a few lines, and its faults."""
    document = read(text, "garbage.yaml")
    assert isinstance(document.data, dict)
    rows = {name: ItemRow.model_validate(row) for name, row in document.data["items"].items()}
    faults: list[Fault] = []
    return sorting_list(document, rows, ("紙", "金物"), reader if dictionary else None, faults), faults


def test_readings_come_from_the_file_or_else_from_the_dictionary() -> None:
    """The file knows better."""
    items, faults = loaded(
        "items:\n  傘: {kind: 金物, also: [缶, アンブレラ]}\n  硬貨: {reading: こいん, kind: 金物}\n"
    )
    assert faults == []
    assert {name.words: name.sound for name in items.names} == {
        "傘": "カサ", "缶": "カン", "アンブレラ": "アンブレラ", "硬貨": "コイン"
    }  # fmt: skip
    assert [item.spoken for item in items.items] == ["傘", "{硬貨|コイン}"]


def test_a_hint_is_completed_to_a_sentence() -> None:
    """Staff write the beginning only."""
    assert sentence("中身を使い切ってから") == "中身を使い切ってから、お出しください。"
    assert sentence("環境課へお持ちください。") == "環境課へお持ちください。"
    assert sentence("") == ""


def test_faults_of_items_stand_at_their_lines() -> None:
    """Unknown kinds, readings, and names that cannot be told apart."""
    _, faults = loaded(
        "items:\n"
        "  硬貨: {kind: かなもの}\n"
        "  高価: {kind: 紙}\n"
        "  傘: {reading: 傘, kind: 紙}\n"
        "  謎: {kind: 紙}\n"
        "  上、下: {reading: うえした, kind: 紙}\n"
        "  かさ: {kind: 紙, also: [うえした]}\n"
    )
    found = sorted((fault.line, fault.message) for fault in faults)
    assert [line for line, _ in found] == [2, 3, 4, 5, 6, 6]
    assert "「かなもの」" in found[0][1]
    assert "「高価」と「硬貨」" in found[1][1]
    assert "かなだけ" in found[2][1]
    assert "読みがわかりません" in found[3][1]
    assert any("「、」は使えません" in message for line, message in found if line == 6)
    assert any("「上、下」と「かさ」" in message for line, message in found if line == 6)


def test_without_a_dictionary_kanji_need_a_reading() -> None:
    """Else the item could not be found by sound."""
    _, faults = loaded("items:\n  傘: {kind: 紙}\n  たんす: {kind: 紙}\n", dictionary=False)
    assert [(fault.line, "reading" in fault.message) for fault in faults] == [(2, True)]


def test_a_word_may_be_shared_by_three_items_but_not_by_four() -> None:
    """Three can be offered on the telephone."""
    rows = [f"  もの{sign}: {{kind: 紙, also: [もの]}}\n" for sign in "あいうえ"]
    assert loaded("items:\n" + "".join(rows[:3]))[1] == []
    (fault,) = loaded("items:\n" + "".join(rows))[1]
    assert (fault.line, "3つまで" in fault.message) == (5, True)
