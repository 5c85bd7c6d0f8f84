"""Little published lists for the tests."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook

from voicebot.opendata.collection import is_days
from voicebot.opendata.columns import Columns, columns_of
from voicebot.sheets.reading import read_table


def written(*rows: list[str], encoding: str = "utf-8") -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(*rows: Sequence[object], merged: tuple[str, ...] = ()) -> bytes:
    """Rows as an Excel file; an empty text is an empty cell."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for cells in merged:
        sheet.merge_cells(cells)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def columns(*rows: list[str]) -> Columns:
    """The columns of a list, found out as an import does it."""
    return columns_of(read_table("一覧.csv", written(*rows)), days=is_days)
