"""One door for all tables; what is none is refused with a sentence that helps."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from voicebot.errors import TableError
from voicebot.sheets.reading import read_table, read_tables

DATA = Path(__file__).parents[3] / "shared" / "data" / "opendata"


def book(**pages: list[list[str]]) -> bytes:
    """A workbook with these sheets."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in pages.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    into = BytesIO()
    made.save(into)
    return into.getvalue()


def test_a_csv_is_a_table_whose_rows_keep_their_numbers() -> None:
    """Blank rows and blank columns at the right are left out."""
    table = read_table("faq.csv", "題名,,,\r\n,,,\r\n質問,回答,,\r\n 一 ,二,,\r\n".encode("cp932"))
    assert (table.name, table.sheet, table.encoding, table.width) == ("faq.csv", "", "cp932", 2)
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("題名", "")),
        (3, ("質問", "回答")),
        (4, ("一", "二")),
    ]
    assert list(table.column(1, below=3)) == [(4, "二")]


def test_every_sheet_of_a_workbook_is_a_table() -> None:
    """Empty ones are left out; one can be asked for by name."""
    data = book(市民課=[["質問"], ["一"]], 空=[], 環境課=[["質問"], ["二"]])
    assert [table.sheet for table in read_tables("faq.xlsx", data)] == ["市民課", "環境課"]
    assert read_table("faq.xlsx", data).sheet == "市民課"
    assert read_table("faq.xlsx", data, "環境課").rows[1].cells == ("二",)
    assert read_table("faq.xlsx", data, "環境課").label == "faq.xlsx(シート「環境課」)"
    with pytest.raises(TableError, match="「市民課」「環境課」"):
        read_table("faq.xlsx", data, "税務課")


def test_the_content_decides_and_not_the_name() -> None:
    """People rename files."""
    assert read_table("faq.csv", book(表=[["a", "b"]])).encoding == "xlsx"
    assert read_table("faq.xlsx", b"a,b\n").encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "xls"),
        (b"<!DOCTYPE html><html><body>503</body></html>", "Web ページ"),
        ("\ufeff  <HTML><body>ログイン</body>".encode(), "Web ページ"),
        (b'{"type": "FeatureCollection"}', "JSON"),
        (b"\x89PNG\r\n\x1a\n", "画像"),
        (b"\x1f\x8b\x08", "圧縮"),
        (b"PK\x03\x04 half", "もう一度ダウンロード"),
        (b"", "空"),
        (b" \r\n ", "空"),
        (b",,,\r\n,,\r\n", "何も書かれていません"),
        (b"abc\0\0def" * 50, "保存し直して"),
    ],
)
def test_what_is_no_table_is_refused_with_what_it_is(data: bytes, words: str) -> None:
    """And with what to do."""
    with pytest.raises(TableError, match=words) as caught:
        read_table("表", data)
    assert "ください" in caught.value.message


def test_a_file_that_ends_in_the_middle_of_a_sign_brings_a_note() -> None:
    """The rows before are read."""
    table = read_table("faq.csv", "質問,回答\n一,二\n三,四".encode()[:-1])
    assert "途中で切れています" in table.notes[0]
    assert [row.cells for row in table.rows] == [("質問", "回答"), ("一", "二"), ("三", "")]


@given(st.binary(max_size=200))
def test_any_file_gives_a_table_or_our_error(data: bytes) -> None:
    """Never another error; every row is as wide as the others."""
    with suppress(TableError):
        table = read_table("x", data)
        assert {len(row.cells) for row in table.rows} == {table.width}


@pytest.mark.skipif(not DATA.is_dir(), reason="the public data are not beside the project")
def test_every_public_table_is_read() -> None:
    """CSV and Excel of three cities, and the same in CP932."""
    paths = sorted([*DATA.rglob("*.csv"), *DATA.rglob("*.xlsx")])
    assert len(paths) > 20
    for path in paths:
        table = read_table(path.name, path.read_bytes())
        assert len(table.rows) > (path.name != "remarks.csv"), path.name
        assert table.width > 1, path.name
        if path.suffix == ".csv":
            text = path.read_bytes().decode("utf-8-sig").replace("−", "－").replace("〜", "～").replace("‐", "-")
            again = read_table(path.name, text.encode("cp932", "ignore"))
            assert again.encoding == "cp932", path.name
            assert [row.number for row in again.rows] == [row.number for row in table.rows], path.name
