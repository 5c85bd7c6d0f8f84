"""Rows of an Excel workbook (.xlsx, .xlsm), by openpyxl: what the cells show, with merged cells filled downwards."""

import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from voicebot.errors import TableError

MOST_BYTES = 200_000_000
"""Unpacked; more is no table of a city hall but an attack, or a mistake."""
MOST_ROWS = 200_000
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile("0{2,}")
_Rows = list[tuple[int, list[str]]]


def sheets(name: str, data: bytes) -> list[tuple[str, _Rows]]:
    """Every sheet that is not hidden, with its rows and their numbers.

    Raises:
        TableError: the workbook is damaged, protected by a password, or unreasonably large.
    """
    _measured(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that a table does not need: fonts, checks, pictures
            book = load_workbook(BytesIO(data), data_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [(str(sheet.title), _rows(name, sheet)) for sheet in shown]
    except TableError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers meet
        raise _damaged(name) from error


def _measured(name: str, data: bytes) -> None:
    """Refuse what is no workbook, or would not fit into memory, before it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(name) from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        kinds = {"word/document.xml": "Word の文書", "ppt/presentation.xml": "PowerPoint の資料"}
        kind = next((words for part, words in kinds.items() if part in names), "表ではないファイル(ZIP など)")
        raise TableError(
            "table.not_a_table",
            f"「{name}」は{kind}です。表を Excel(.xlsx)か CSV で保存し、そのファイルを選んでください。",
        )
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise TableError("table.too_large", f"「{name}」は大きすぎます。使う表だけを別のファイルに保存してください。")


def _rows(name: str, sheet: Worksheet) -> _Rows:
    if sheet.max_row > MOST_ROWS:
        raise TableError(
            "table.too_large",
            f"「{name}」のシート「{sheet.title}」は{sheet.max_row:,}行あります。"
            f"{MOST_ROWS:,}行までにしてください(下のほうの空の行は、行ごと削除してください)。",
        )
    found: _Rows = [(at, [_text(cell) for cell in cells]) for at, cells in enumerate(sheet.iter_rows(), 1)]
    for merged in sheet.merged_cells.ranges:
        # Downwards only: to the right a text would run into the next heading's column.
        column, first = merged.min_col - 1, merged.min_row - 1
        for _, cells in found[first + 1 : merged.max_row]:
            cells[column] = found[first][1][column]
    return found


def _text(cell: Cell | MergedCell) -> str:
    """What the cell shows, as far as a machine can use it: dates and times in ISO 8601."""
    value = cell.value
    shown = str(cell.number_format)
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value, shown)
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}" if not value.second else f"{value:%H:%M:%S}"
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
    return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), str(value))


def _number(value: float, shown: str) -> str:
    whole = int(value) if float(value).is_integer() else None
    if shown.endswith("%"):
        return f"{value * 100:.10g}%"
    if whole is None:
        return f"{value:.15g}"
    # Codes are kept with their zeros by the format alone: 00123 is the number 123 shown with five places.
    return f"{whole:0{len(shown)}}" if _ZEROS.fullmatch(shown) else str(whole)


def _damaged(name: str) -> TableError:
    return TableError(
        "table.damaged",
        f"「{name}」は Excel のファイルとして読めません。ダウンロードが途中で止まったか、壊れています。"
        "もう一度ダウンロードするか、Excel で開いて保存し直してください。",
    )
