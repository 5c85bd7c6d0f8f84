"""One door for every table: CSV in any of Japan's encodings, or Excel; what is no table is refused with its cure."""

from voicebot.errors import TableError
from voicebot.sheets import delimited, encodings, workbook
from voicebot.sheets.table import Table, squared

_SAVE_AS = "Excel で開き、「Excel ブック(.xlsx)」か「CSV」で保存し直してください。"
_TABLE_PLEASE = "表(CSV か Excel)のファイルを選んでください。"
_SIGNATURES = (
    (b"%PDF", f"PDF です。{_TABLE_PLEASE}市のページに「CSV」や「Excel」の版がないか、確かめてください。"),
    (b"\xd0\xcf\x11\xe0", f"古い形の Excel(.xls)か、パスワードの付いたファイルです。{_SAVE_AS}"),
    (b"{\\rtf", f"文書(リッチテキスト)です。{_TABLE_PLEASE}"),
    (b"\x89PNG", f"画像です。{_TABLE_PLEASE}"),
    (b"\xff\xd8\xff", f"画像です。{_TABLE_PLEASE}"),
    (b"GIF8", f"画像です。{_TABLE_PLEASE}"),
    (b"\x1f\x8b", "圧縮されています。展開してから選んでください。"),
    (b"SQLite format 3", f"データベースです。{_TABLE_PLEASE}"),
)
_WORDS = (
    ("<!doctype html", "Web ページです。ダウンロードではなく、お知らせやログインの画面が保存されたようです。"),
    ("<html", "Web ページです。ダウンロードではなく、お知らせやログインの画面が保存されたようです。"),
    ("<?xml", "XML です。"),
    ("{", "JSON です。"),
    ("[{", "JSON です。"),
)


def read_table(name: str, data: bytes, sheet: str = "") -> Table:
    """A CSV file, or a sheet of a workbook.

    Args:
        name: The file's name, for messages; what the file is decides its content, not its name.
        data: The whole file.
        sheet: Which sheet of a workbook; the first one that holds something when empty.

    Returns:
        Rows of one width with the numbers that Excel shows. Cells are texts: dates `2026-11-22`, times `08:30`, whole
        numbers without point, codes with their leading zeros; line breaks within a cell are line feeds. Cells that are
        merged downwards repeat their text.

    Raises:
        TableError: it is no table, broken off, damaged, or empty; the message (Japanese) says the cure.
    """
    tables = read_tables(name, data)
    if not sheet:
        return tables[0]
    found = next((table for table in tables if table.sheet == sheet), None)
    if found is None:
        names = "」「".join(table.sheet for table in tables)
        raise TableError("table.no_sheet", f"「{name}」に「{sheet}」というシートはありません。あるもの: 「{names}」")
    return found


def read_tables(name: str, data: bytes) -> tuple[Table, ...]:
    """Every sheet of a workbook that is shown and holds something; of a CSV the one table. Never empty.

    Raises:
        TableError: as `read_table`.
    """
    _recognised(name, data)
    if data.startswith(b"PK"):
        tables = [Table(name, sheet, squared(rows), "xlsx") for sheet, rows in workbook.sheets(name, data)]
    else:
        tables = [_from_text(name, data)]
    found = tuple(table for table in tables if table.rows)
    if not found:
        raise TableError("table.empty", f"「{name}」には何も書かれていません。正しいファイルか、確かめてください。")
    return found


def _from_text(name: str, data: bytes) -> Table:
    decoded = encodings.decode(name, data)
    start = decoded.text[:200].lstrip().casefold()
    for word, what in _WORDS:
        if start.startswith(word):
            raise TableError("table.not_a_table", f"「{name}」は{what}{_TABLE_PLEASE}")
    if "\0" in decoded.text:
        raise TableError("table.not_a_table", f"「{name}」は表ではありません。{_TABLE_PLEASE}")
    notes = ("ファイルが文字の途中で切れています。最後の行が欠けているかもしれません。",) if decoded.cut else ()
    return Table(name, "", squared(delimited.rows(name, decoded.text)), decoded.encoding, notes)


def _recognised(name: str, data: bytes) -> None:
    if not data.strip():
        raise TableError("table.empty", f"「{name}」は空です。正しいファイルか、確かめてください。")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise TableError("table.not_a_table", f"「{name}」は{what}")
