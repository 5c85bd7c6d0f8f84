"""What is written is read again, and looks in Excel as people like it."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from voicebot.errors import TableError
from voicebot.sheets.reading import read_table
from voicebot.sheets.table import clean
from voicebot.sheets.writing import MOST_SIGNS, csv_bytes, workbook_bytes

HEADER = ("質問", "回答")
cells = st.text(
    st.one_of(st.sampled_from("=+-@'\",;\n\t _x0041D"), st.characters(exclude_categories=["Cs", "Cc"])), max_size=20
).map(clean)
rows = st.lists(st.tuples(st.text("問い", min_size=1), cells), min_size=1, max_size=5)


@given(rows)
@settings(max_examples=60)
def test_excel_gives_back_what_was_written(table: list[tuple[str, str]]) -> None:
    """Formulas, escapes and line breaks among it."""
    read = read_table("x.xlsx", workbook_bytes("FAQ", HEADER, table))
    assert [row.cells for row in read.rows] == [HEADER, *table]


@given(rows)
def test_csv_gives_back_what_was_written(table: list[tuple[str, str]]) -> None:
    """With BOM, so that Excel knows the encoding."""
    data = csv_bytes(HEADER, table)
    read = read_table("x.csv", data)
    assert read.encoding == "utf-8-sig"
    assert [row.cells for row in read.rows] == [HEADER, *table]


def test_excel_shows_a_frozen_header_wrapped_cells_widths_and_a_filter() -> None:
    """A text that begins with an equals sign is no formula."""
    page = load_workbook(BytesIO(workbook_bytes("FAQ", HEADER, [("問い" * 5, "=1+1"), ("一\n二", "")]))).worksheets[0]
    assert page.title == "FAQ"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert page["B2"].data_type == "s"
    assert page["A3"].alignment.wrap_text
    assert page.column_dimensions["A"].width == 22
    assert page["A1"].font.bold


@pytest.mark.parametrize(
    "text",
    [
        "_x0041_", "_x005F_x0041_", "_x0041_x0041_x0041_", "__x0041__", "<r>太字</r>", "<r><t>a</t></r>", "a<b>&amp;",
        "{=1}", "{=1+1}", "https://example.jp/", "mailto:a@example.jp", "0012", "1e5", "TRUE", "\x01\x1fa", "\uffff",
        "\U00020b9f野家", "'=1", "ax005F_b",
    ],
)  # fmt: skip
def test_no_text_means_anything_to_excel(text: str) -> None:
    """Neither a link nor a number, an escape, a mark of its own, or a formula."""
    data = workbook_bytes("FAQ", ("x",), [(text,)])
    (_, row) = read_table("x.xlsx", data).rows
    assert row.cells == (text,)
    cell = load_workbook(BytesIO(data)).worksheets[0]["A2"]
    assert (cell.data_type, cell.number_format, cell.hyperlink) == ("s", "@", None)


def test_widths_have_a_limit_in_both_directions() -> None:
    """Whatever stands in a column, also nothing."""
    page = load_workbook(BytesIO(workbook_bytes("FAQ", ("a", "b"), [("", "x" * 99)]))).worksheets[0]
    assert [page.column_dimensions[at].width for at in "AB"] == [8, 60]


@pytest.mark.parametrize("text", ["x" * MOST_SIGNS, "\U00020b9f" * (MOST_SIGNS // 2)])
def test_a_cell_may_be_as_long_as_excel_can_hold(text: str) -> None:
    """Signs outside the basic plane take the place of two."""
    assert read_table("x.xlsx", workbook_bytes("FAQ", HEADER, [(text, "")])).rows[1].cells[0] == text
    with pytest.raises(TableError, match="2行目"):
        workbook_bytes("FAQ", HEADER, [(text + "xx", "")])


def test_csv_texts_never_run_as_formulas() -> None:
    """Whoever opens the file runs nothing."""
    text = csv_bytes(HEADER, [("=cmd", "-1"), ("@x", "\t+")]).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["'=cmd,'-1", "'@x,'\t+"]


def test_a_cell_that_excel_would_cut_is_refused() -> None:
    """Excel would lose its end without a word."""
    with pytest.raises(TableError, match="CSV で書き出して"):
        workbook_bytes("FAQ", HEADER, [("x" * (MOST_SIGNS + 1), "")])
