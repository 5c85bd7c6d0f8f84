"""Tables for people: Excel with a frozen header, widths, wrapped cells and a filter, or CSV that Excel opens well."""

import csv
import re
from collections.abc import Sequence
from io import BytesIO, StringIO
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from voicebot.errors import TableError

MOST_SIGNS = 32_767
"""Of one cell; Excel's own limit, beyond which it cuts without a word."""
_WIDEST, _NARROWEST = 60, 8
_FORMULA = re.compile(r"'*[=+\-@\t]")
_LIKE_ESCAPED = re.compile("_x(?=[0-9A-Fa-f]{4}_)")


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with BOM and CRLF, as Excel in Japan wants it (RFC 4180).

    A text that Excel would run as a formula gets an apostrophe before it, which `read_table` takes away again.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([["'" + cell if _FORMULA.match(cell) else cell for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def workbook_bytes(sheet: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet.

    Raises:
        TableError: a cell is longer than Excel can hold.
    """
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for number, cells in enumerate((header, *rows), 1):
        for at, text in enumerate(cells, 1):
            if len(text) > MOST_SIGNS:
                raise TableError(
                    "table.too_long", f"{number}行目の文が長すぎて、Excel に書けません。CSV で書き出してください。"
                )
            cell = page.cell(number, at)
            cell.value = _escaped(text) or None
            if text:
                cell.data_type = "s"  # never a formula
                cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for at, heading in enumerate(header, 1):
        cell = page.cell(1, at)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE7F3")
        texts = [heading, *(row[at - 1] for row in rows)]
        page.column_dimensions[get_column_letter(at)].width = _width(texts)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _escaped(text: str) -> str:
    """Signs that XML cannot hold, as Office Open XML writes them (ISO/IEC 29500, ST_Xstring)."""
    text = _LIKE_ESCAPED.sub("_x005F_x", text)
    return ILLEGAL_CHARACTERS_RE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)


def _width(texts: Sequence[str]) -> float:
    """Half-width columns that show most texts on few lines."""
    lines = [line for text in texts for line in text.split("\n")]
    widest = max((sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines), default=0)
    return float(min(_WIDEST, max(_NARROWEST, widest + 2)))
