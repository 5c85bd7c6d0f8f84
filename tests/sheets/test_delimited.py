"""CSV text becomes rows with Excel's numbers."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.errors import TableError
from voicebot.sheets.delimited import rows


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_found(separator: str) -> None:
    """Excel in some settings writes semicolons, and copies tabs."""
    text = "\r\n".join(separator.join(cells) for cells in (["質問", "回答", "課"], ["a、b", "c", "d"])) + "\r\n"
    assert rows("x", text) == [(1, ["質問", "回答", "課"]), (2, ["a、b", "c", "d"])]


def test_a_cell_may_hold_line_breaks_and_is_still_one_row() -> None:
    """The next row has the number that Excel shows."""
    assert rows("x", '質問,回答\n"一行目\r\n二行目","""引用"",です"\n次,答え') == [
        (1, ["質問", "回答"]),
        (2, ["一行目\r\n二行目", '"引用",です']),
        (3, ["次", "答え"]),
    ]


def test_old_and_strange_line_ends() -> None:
    """Only carriage return and line feed end a row."""
    assert rows("x", "a,b\rc\x0b\u2028\x85,d\r") == [(1, ["a", "b"]), (2, ["c\x0b\u2028\x85", "d"])]


@pytest.mark.parametrize("text", ['a,b\nc,"d\ne,f\n', 'a,b\n"c" d,e\nx,"y\nz,w\n'])
def test_a_quote_that_is_never_closed_is_named_by_its_row(text: str) -> None:
    """A half download, or a typing mistake."""
    with pytest.raises(TableError, match="行目") as caught:
        rows("表.csv", text)
    assert caught.value.code == "table.open_quote"


def test_quotes_that_nobody_doubled_are_forgiven() -> None:
    """As Excel forgives them."""
    assert rows("x", 'a,"b" c,d\ne,f,g\n') == [(1, ["a", "b c", "d"]), (2, ["e", "f", "g"])]


def test_an_apostrophe_before_a_formula_is_taken_away() -> None:
    """It was put there so that Excel shows the text and does not compute."""
    assert rows("x", "'=1+1,''-,'です,x\n") == [(1, ["=1+1", "'-", "'です", "x"])]


@given(st.lists(st.lists(st.text('abあ,"\t;\n', min_size=1), min_size=2, max_size=2), min_size=1))
def test_what_csv_writes_is_read(table: list[list[str]]) -> None:
    """With whatever in the cells, when they are quoted."""
    text = StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["質問", "回答"]] * 40 + table)
    assert [cells for _, cells in rows("x", text.getvalue())][40:] == table
