"""Tables for people: Excel with a frozen header, widths, wrapped cells and a filter, or CSV that Excel opens well."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from unicodedata import east_asian_width

from xlsxwriter import Workbook

from voicebot.errors import TableError

MOST_SIGNS = 32_767
"""Of one cell, as UTF-16 counts them; Excel's own limit, beyond which it cuts without a word."""
_WIDEST, _NARROWEST = 60, 8
_COLUMN_PIXELS = 7
"""Of the half-width columns by which a workbook counts."""
_FORMULA = re.compile(r"'*[=+\-@\t]")
_LIKE_ESCAPED = re.compile("x(?=[0-9A-Fa-f]{4}_)")
_NO_WIDTH = "\u200b"


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
    packed = BytesIO()
    book = Workbook(packed, {"in_memory": True})
    page = book.add_worksheet(sheet)
    look = {"text_wrap": True, "valign": "top"}
    empty, text = book.add_format(look), book.add_format(look | {"num_format": "@"})  # never a formula
    heading = book.add_format(look | {"num_format": "@", "bold": True, "bg_color": "#DDE7F3"})
    for number, cells in enumerate((header, *rows)):
        for at, cell in enumerate(cells):
            if cell and page.write_string(number, at, _unmistakable(cell), text if number else heading):
                raise TableError(
                    "table.too_long", f"{number + 1}行目の文が長すぎて、Excel に書けません。CSV で書き出してください。"
                )
    for at, column in enumerate(zip(header, *rows, strict=True)):
        page.set_column_pixels(at, at, _COLUMN_PIXELS * _width(column), empty)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(rows), len(header) - 1)
    book.close()
    return packed.getvalue()


def _unmistakable(text: str) -> str:
    """The text so that nobody takes it for more than a text.

    Signs that XML cannot hold are written as `_x001B_` (ISO/IEC 29500, ST_Xstring), and what looks like that in a text
    ought to be escaped in turn; but openpyxl, which reads the file again, takes such escapes away by halves. A sign
    without width between its letters keeps it as it is; reading takes that sign away. So it is with the marks by which
    XlsxWriter tells a rich text.
    """
    return _LIKE_ESCAPED.sub(f"x{_NO_WIDTH}", f"{_NO_WIDTH}{text}" if text.startswith("<r>") else text)


def _width(texts: Iterable[str]) -> int:
    """Half-width columns that show most texts on few lines."""
    widest = _NARROWEST - 2
    for line in (line for text in texts for line in text.split("\n")):
        if len(line) * 2 > widest:
            widest = max(widest, sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line[:_WIDEST]))
            if widest >= _WIDEST - 2:
                return _WIDEST
    return widest + 2
