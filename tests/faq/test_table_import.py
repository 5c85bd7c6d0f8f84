"""A city's table is read in any order of columns; each problem names its cell and its cure."""

from collections.abc import Sequence
from datetime import date

import pytest

from voicebot.errors import TableError
from voicebot.faq.table_import import Imported, Office, imported
from voicebot.sheets.table import Table, squared

OFFICE = Office(
    {"市民課": ("住民課",), "環境課": ("ごみ",), "税務課": (), "福祉課": (), "高齢福祉課": ()},
    {"ごみの収集日": "環境課"},
)


def table(*rows: Sequence[str], sheet: str = "") -> Table:
    """Rows from 1 on."""
    return Table("faq.csv", sheet, squared([(at, list(cells)) for at, cells in enumerate(rows, 1)]), "cp932")


def read(*rows: Sequence[str], office: Office = OFFICE) -> Imported:
    """One table."""
    return imported([table(*rows)], office)


def messages(found: Imported, *, fatal: bool = True) -> list[str]:
    """The problems as people see them."""
    return [str(problem) for problem in found.problems if problem.fatal is fatal]


def test_a_table_with_titles_numbers_and_its_own_order() -> None:
    """The header is on row 3; the row's number and columns are Excel's."""
    found = read(
        ["みなと市 よくある質問"],
        ["令和8年4月現在"],
        ["No", "分類", "【担当課】", "質問内容", "回答", "キーワード", "有効期限", "URL", "備考"],
        [
            "1",
            "くらし>証明",
            "市民課",
            "Q1.住民票がほしい\nQ2.住民票を取りたい",
            "A.窓口です。",
            "住民票、写し",
            "R9.3.31",
            "https://example.jp/",
            "x",
        ],
    )
    (row,) = found.rows
    assert (row.question, row.also, row.answer, row.department) == (
        "住民票がほしい",
        ("住民票を取りたい",),
        "窓口です。",
        "市民課",
    )
    assert (row.keywords, row.valid_until, row.source, row.number) == (
        ("住民票", "写し"),
        date(2027, 3, 31),
        "https://example.jp/",
        4,
    )
    assert found.problems == ()
    assert found.notes == ("faq.csv: 使わなかった列があります:「備考」",)


def test_a_category_stands_for_keywords_where_there_are_none() -> None:
    """分類 is often all there is."""
    found = read(["質問", "回答", "課", "分類"], ["住民票がほしい", "窓口です。", "市民課", "くらし>証明"])
    assert found.rows[0].keywords == ("くらし", "証明")
    assert "keywords" in found.rows[0].adds


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["", "窓口です。", "市民課"], "2行目 A列(質問): 質問が空です。質問を書くか、この行を消してください。"),
        (
            ["住民票", "", "市民課"],
            "2行目 B列(回答): 回答が空です。電話で話す答えを書くか、この行を消してください。",
        ),
        (
            ["住民票", "窓口です。", "市民科"],
            "2行目 C列(担当課): 「市民科」という課はありません。(もしかして: 「市民課」)"
            "departments.yaml にある課の名前を書いてください。",
        ),
        (
            ["住民票", "窓口です。", "高齢者福祉課"],
            "2行目 C列(担当課): 「高齢者福祉課」という課はありません。(もしかして: 「高齢福祉課」)"
            "departments.yaml にある課の名前を書いてください。",
        ),
        (
            ["住民票", "窓口です。", ""],
            "2行目 C列(担当課): 担当課が空です。担当課を書くか、--department で課を指定してください。",
        ),
        (["Q", "窓口です。", "市民課"], "2行目 A列(質問): 「Q」は短すぎます。住民が言いそうな質問を書いてください。"),
    ],
)
def test_every_problem_is_named_by_row_and_column_with_its_cure(cells: list[str], message: str) -> None:
    """And costs the row."""
    found = read(["質問", "回答", "担当課"], cells, ["よい質問です", "よい答えです。", "税務課"])
    assert messages(found) == [message]
    assert [row.question for row in found.rows] == ["よい質問です"]
    assert found.bad_rows == 1


def test_a_wrong_day_is_a_problem() -> None:
    """It would stay true for ever."""
    found = read(["質問", "回答", "課", "有効期限"], ["住民票", "窓口です。", "市民課", "年度末"])
    assert "2027-03-31 のように" in messages(found)[0]
    assert found.rows == ()


def test_a_question_that_stands_twice_names_the_first_row() -> None:
    """Also across sheets."""
    head, line = ["質問", "回答", "課"], ["住民票", "窓口です。", "市民課"]
    found = imported([table(head, line, sheet="一"), table(head, ["", "", ""], line, sheet="二")], OFFICE)
    (problem,) = found.problems
    assert str(problem).startswith("シート「二」 3行目: 「住民票」はシート「一」の2行目にもあります。")
    assert len(found.rows) == 1


def test_what_is_too_long_or_cannot_be_heard_is_only_a_note() -> None:
    """The row can still be used."""
    found = read(
        ["質問", "回答", "課"],
        ["質" * 70, "答" * 130 + "https://example.jp/", "市民課"],
    )
    notes = messages(found, fatal=False)
    assert [note.split(": ")[0] for note in notes] == ["2行目 A列(質問)", "2行目 B列(回答)", "2行目 B列(回答)"]
    assert "秒ほどかかります" in notes[1]
    assert "参照ページ" in notes[2]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("written", "department"),
    [
        ("住民課", "市民課"),
        ("市民部市民課", "市民課"),
        ("市民部　市民課　証明係", "市民課"),
        ("市民課証明係", "市民課"),
        ("健康福祉部/福祉課", "福祉課"),
        ("市民課(本庁舎)", "市民課"),
    ],
)
def test_a_department_is_known_by_its_other_names_and_within_longer_ones(written: str, department: str) -> None:
    """With a note, so that a person sees what was understood."""
    found = read(["質問", "回答", "課"], ["住民票がほしい", "窓口です。", written])
    assert [row.department for row in found.rows] == [department]
    assert len(messages(found, fatal=False)) == 1


def test_where_no_department_is_named_it_comes_from_above_the_faq_the_sheet_or_the_command() -> None:
    """In this order."""
    head = ["質問", "回答", "課"]
    assert [row.department for row in read(head, ["一です", "答え", "税務課"], ["二です", "答え", "〃"]).rows] == [
        "税務課"
    ] * 2
    assert read(head[:2], ["ごみの収集日", "月曜です。"]).rows[0].department == "環境課"
    assert imported([table(head[:2], ["一です", "答え"], sheet="福祉課")], OFFICE).rows[0].department == "福祉課"
    office = Office(OFFICE.departments, default="税務課")
    assert read(head[:2], ["一です", "答え"], office=office).rows[0].department == "税務課"


def test_printed_headers_and_lines_without_question_and_answer_are_passed_over() -> None:
    """A group's title, or the header again on the next page."""
    head = ["質問", "回答", "課"]
    found = read(head, ["一です", "答え", "税務課"], ["", "", "市民課"], head, ["二です", "答え", "税務課"])
    assert [row.number for row in found.rows] == [2, 5]
    assert found.problems == ()


def test_a_table_without_question_and_answer_is_refused() -> None:
    """Another table altogether; a sheet among others is only left out."""
    with pytest.raises(TableError, match="見出し"):
        read(["名称", "住所"], ["市役所", "みなと市1-1"])
    found = imported(
        [table(["表紙"], sheet="表紙"), table(["質問", "回答"], ["一です", "答え"], sheet="税務課")], OFFICE
    )
    assert len(found.rows) == 1
    assert "シート「表紙」" in found.notes[0]
