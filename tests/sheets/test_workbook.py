"""Excel's cells become the texts that people see."""

import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from voicebot.errors import TableError
from voicebot.sheets import workbook

TAKAMATSU = Path(__file__).parents[3] / "shared" / "data" / "opendata" / "takamatsu"


def packed(book: Workbook) -> bytes:
    """The workbook as a file."""
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def sheet(book: Workbook) -> list[tuple[int, list[str]]]:
    """The rows of its first sheet."""
    return workbook.sheets("表.xlsx", packed(book))[0][1]


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        ("住民票\r\nの写し", "General", "住民票\nの写し"),
        (3.0, "General", "3"),
        (0.5, "General", "0.5"),
        (0.5, "0%", "50%"),
        (123, "00000", "00123"),
        (True, "General", "TRUE"),
        (date(2026, 11, 22), "yyyy/m/d", "2026-11-22"),
        (datetime(2026, 11, 22, 8, 30), "yyyy/m/d h:mm", "2026-11-22 08:30"),
        (time(8, 30), "h:mm", "08:30"),
        (timedelta(hours=26), "[h]:mm", "26:00"),
        ("_x000D_", "General", "\r"),
        (None, "General", ""),
    ],
)
def test_values_are_what_the_cell_shows(value: object, shown: str, text: str) -> None:
    """Numbers without points, codes with their zeros, dates in ISO 8601."""
    book = Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value, cell.number_format = value, shown
    book.worksheets[0]["B1"] = "x"
    read = sheet(book)[0][1][0]
    assert read.replace("\r\n", "\n") == text


def test_merged_cells_are_filled_downwards_and_rows_keep_their_numbers() -> None:
    """A department's name stands once beside all its questions; rows above it count."""
    book = Workbook()
    page = book.worksheets[0]
    for place, text in {"C4": "課", "D4": "質問", "C5": "市民課", "D5": "一", "D6": "二", "D7": "三"}.items():
        page[place] = text
    page.merge_cells("C5:C7")
    assert sheet(book)[3:] == [
        (4, ["", "", "課", "質問"]),
        (5, ["", "", "市民課", "一"]),
        (6, ["", "", "市民課", "二"]),
        (7, ["", "", "市民課", "三"]),
    ]


def test_hidden_sheets_are_left_out() -> None:
    """What the office hides is not meant for us."""
    book = Workbook()
    book.worksheets[0]["A1"] = "見える"
    hidden = book.create_sheet("隠れた")
    hidden["A1"] = "見えない"
    hidden.sheet_state = "hidden"
    assert [name for name, _ in workbook.sheets("表.xlsx", packed(book))] == ["Sheet"]


def test_a_half_download_is_refused_with_the_cure() -> None:
    """Any cut."""
    book = Workbook()
    book.worksheets[0]["A1"] = "x"
    data = packed(book)
    for part in (0.2, 0.5, 0.9):
        with pytest.raises(TableError, match="もう一度ダウンロード"):
            workbook.sheets("表.xlsx", data[: int(len(data) * part)])


def test_a_damaged_workbook_is_refused_with_the_cure() -> None:
    """Whatever openpyxl's parsers meet."""
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        file.writestr("xl/workbook.xml", "<broken")
    with pytest.raises(TableError, match="壊れています"):
        workbook.sheets("表.xlsx", into.getvalue())


def test_a_document_is_told_from_a_table() -> None:
    """Word's files look like Excel's from outside."""
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        file.writestr("word/document.xml", "<x/>")
    with pytest.raises(TableError, match="Word の文書"):
        workbook.sheets("表.xlsx", into.getvalue())


def test_what_would_not_fit_into_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is unpacked."""
    monkeypatch.setattr(workbook, "MOST_BYTES", 1000)
    book = Workbook()
    book.worksheets[0]["A1"] = "x"
    with pytest.raises(TableError, match="大きすぎます"):
        workbook.sheets("表.xlsx", packed(book))


def test_a_sheet_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody coloured the whole column."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    book = Workbook()
    book.worksheets[0]["A11"] = "x"
    with pytest.raises(TableError, match="11行"):
        workbook.sheets("表.xlsx", packed(book))


@pytest.mark.skipif(not TAKAMATSU.is_dir(), reason="the public data are not beside the project")
@pytest.mark.parametrize("name", ["branch__data.xlsx", "evacuation_space__data.xlsx"])
def test_a_citys_own_workbook_is_read(name: str) -> None:
    """As published by Takamatsu."""
    ((_, rows),) = workbook.sheets(name, (TAKAMATSU / name).read_bytes())
    assert rows[0][1][:2] == ["#property", "latitude"]
    assert len(rows) > 5
