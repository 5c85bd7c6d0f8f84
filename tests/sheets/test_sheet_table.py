"""Rows remember where they stood, and problems name the place as Excel does."""

import pytest

from voicebot.sheets.table import Problem, Table, clean, letters, squared


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_excels_names(column: int, name: str) -> None:
    """From A to AAA."""
    assert letters(column) == name


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem(12, 2, "担当課", "ありません。"), "12行目 C列(担当課): ありません。"),
        (Problem(12, 2, "", "空です。"), "12行目 C列: 空です。"),
        (Problem(3, None, "", "重なります。", "市民課"), "シート「市民課」 3行目: 重なります。"),
        (Problem(0, None, "", "見出しがありません。"), "見出しがありません。"),
    ],
)
def test_a_problem_is_a_sentence_with_its_place(problem: Problem, text: str) -> None:
    """Staff find the cell in Excel."""
    assert str(problem) == text


def test_rows_are_made_one_width_and_blank_ones_left_out() -> None:
    """The numbers stay."""
    rows = squared([(1, ["a", "", " "]), (2, ["", " "]), (3, ["b", "c", "", ""])])
    assert [(row.number, row.cells) for row in rows] == [(1, ("a", "")), (3, ("b", "c"))]
    assert Table("x", "", (), "utf-8").width == 0


def test_cells_are_cleaned() -> None:
    """Line breaks are one sign; what cannot be seen is gone."""
    assert clean("\ufeff 一 \r\n二\u200b\r三　\n") == "一\n二\n三"
