"""Whole files: what is taken, and how wrong ones are refused."""

import zipfile
from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import workbook, written

from voicebot.errors import TableError
from voicebot.opendata.reading import read_list

HEAD = ["名称", "住所", "電話番号", "設置位置"]
ROWS = [["みなと市役所", "みなと市みなと町1-1-1", "050-0000-1000", "受付"], ["公民館", "みなと市本町2", "", "玄関"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp", "iso2022_jp"])
def test_a_csv_in_any_encoding_is_read(encoding: str) -> None:
    """As Excel, Macs and old systems write them."""
    found = read_list("aed.csv", written(HEAD, *ROWS, encoding=encoding))
    assert (found.kind, found.section, len(found.rows), found.problems) == ("AED設置箇所", "facilities", 2, ())


def test_an_excel_file_is_read_and_its_second_sheet_if_the_first_is_a_cover() -> None:
    """Staff keep remarks on a sheet of their own."""
    assert len(read_list("aed.xlsx", workbook(HEAD, *ROWS)).rows) == 2
    assert len(read_list("aed.xlsx", workbook(["", "", ""], ["AED一覧", "", ""], [], HEAD, *ROWS)).rows) == 2


def test_the_date_is_found_in_a_column_in_the_title_or_in_the_files_name() -> None:
    """In this order."""
    dated = written([*HEAD, "最終更新日"], [*ROWS[0], "令和8年4月1日"], [*ROWS[1], "2026/05/01"])
    titled = written(["AED一覧(令和8年4月1日現在)", "", "", ""], HEAD, *ROWS)
    plain = written(HEAD, *ROWS)
    assert read_list("aed_20250101.csv", dated).as_of == date(2026, 5, 1)
    assert read_list("aed_20250101.csv", titled).as_of == date(2026, 4, 1)
    assert read_list("aed_20250101.csv", plain).as_of == date(2025, 1, 1)
    assert read_list("aed_202504.csv", plain).as_of == date(2025, 4, 1)
    assert read_list("aed.csv", plain).as_of is None


def _zip() -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("aed.csv", "名称,住所")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "helps"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "Web ページ"),
        (_zip(), "ZIP"),
        (workbook(HEAD, *ROWS)[:900], "ダウンロード"),
        (written(HEAD, *ROWS)[:-9], "ダウンロード"),
        (written(HEAD, *ROWS, ["港公園", "みなと市1", "", "「入口」"])[:-7], "ダウンロード"),
        (b'{"type": "FeatureCollection", "features": [{"ty', "ダウンロード"),
        (b"", "空"),
        (written(["商品", "価格"], ["りんご", "100"]), "見出し"),
        (written(HEAD), "取り込める行がありません"),
        ("お知らせです。\n来月から変わります。\n".encode(), "文章"),
        (b"\xd0\xcf\x11\xe0old excel", "古い形の Excel"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence_that_helps(data: bytes, helps: str) -> None:
    """A PDF, an error page, a download that broke off, another table."""
    with pytest.raises(TableError, match=helps):
        read_list("aed.csv", data)


def test_a_plain_list_of_places_that_holds_clinics_is_called_so() -> None:
    """It grows old sooner."""
    rows = [[f"第{number}医院", "みなと市1", "", ""] for number in range(3)]
    assert read_list("a.csv", written(["name", "address", "tel", "link"], *rows)).kind == "医療機関"


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@settings(max_examples=150)
def test_whatever_bytes_come_the_answer_is_rows_or_a_sentence(data: bytes) -> None:
    """Never another error."""
    with suppress(TableError):
        assert read_list("x.csv", data).rows
