"""YAML becomes checked values, and every mistake is named by its line in plain Japanese."""

from datetime import date
from typing import Annotated, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from voicebot.documents import Document, Strict, parse, read, suggestion
from voicebot.errors import ContentError, Fault


class Row(Strict):
    """A row with values of many kinds."""

    name: Annotated[str, Field(min_length=1)]
    count: Annotated[int, Field(ge=0, le=9)] = 0
    share: float = 0.0
    sure: bool = False
    day: date | None = None
    colour: Literal["赤", "青"] = "赤"
    tags: Annotated[list[str], Field(max_length=2)] = []


class Table(Strict):
    """Rows by name, and others in a list."""

    rows: dict[str, Row] = {}
    others: list[Row] = []


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a table."""
    with pytest.raises(ContentError) as caught:
        parse(read(text, "x.yaml"), Table)
    return caught.value.faults


def test_scalars_stay_as_they_are_written() -> None:
    """Nothing is eaten: keys, telephone numbers, times, yes and no."""
    document = read("key: 0\nphone: 050-0000-0001\ntime: 8:30\nword: no\noctal: 010\nnothing:\nquoted: ''", "x.yaml")
    assert document.data == {
        "key": "0",
        "phone": "050-0000-0001",
        "time": "8:30",
        "word": "no",
        "octal": "010",
        "nothing": None,
        "quoted": "",
    }


def test_values_are_typed_by_their_model() -> None:
    """From their text."""
    text = "rows: {a: {name: 甲, count: 7, share: 0.5, sure: true, day: 2027-03-31, colour: 青, tags: [x]}}"
    (row,) = parse(read(text, "x.yaml"), Table).rows.values()
    assert row == Row(name="甲", count=7, share=0.5, sure=True, day=date(2027, 3, 31), colour="青", tags=["x"])


def test_an_empty_file_is_an_empty_mapping() -> None:
    """With comments too."""
    assert read("", "x.yaml").data == read("# nothing\n", "x.yaml").data == {}


def test_every_place_has_its_line() -> None:
    """The deepest part that exists counts; parts that a model adds are passed over."""
    document = read("rows:\n  a:\n    name: 甲\nothers:\n  - name: 乙\n  -\n    name: 丙", "x.yaml")
    assert document.line(("rows", "a", "name")) == 3
    assert document.line(("others", 1, "name")) == 7
    assert document.line(("others", 0)) == 5
    assert document.line(("rows", "a", "missing")) == 2
    assert document.line(("rows", "union[tag]", "a", "name")) == 3
    assert document.line(("nowhere",)) == 1
    assert document.fault(("rows", "a"), "だめ") == Fault("x.yaml", 2, "だめ")


FAULTS = [
    ("rows:\n  a: {}", 2, "「name」がありません。書き足してください。"),
    ("rows:\n  a:\n    nam: 甲\n    name: 甲", 3, "「nam」という項目は使えません。(もしかして: 「name」)"),
    ("row: {}", 1, "「row」という項目は使えません。(もしかして: 「rows」)"),
    ("rows:\n  a: {name: 甲}\n  a: {name: 乙}", 3, "「a」が二度書かれています"),
    ("rows:\n  a:\n    name:", 3, "「name」が空です。文字を書いてください。"),
    ("rows:\n  a:\n    name: [甲]", 3, "「name」の書き方は正しくありません。文字を書いてください。"),
    ("rows:\n  a: {name: 甲,\n    count: 七}", 3, "「count」の「七」は正しくありません。整数を書いてください。"),
    ("rows:\n  a: {name: 甲, count: 10}", 2, "「count」の「10」は正しくありません。9以下にしてください。"),
    ("rows:\n  a: {name: 甲, count: -1}", 2, "「count」の「-1」は正しくありません。0以上にしてください。"),
    ("rows:\n  a: {name: 甲, share: 半分}", 2, "数を書いてください。"),
    ("rows:\n  a: {name: 甲, sure: たぶん}", 2, "true か false を書いてください。"),
    ("rows:\n  a: {name: 甲, day: 4月1日}", 2, "2027-03-31 のように日付を書いてください。"),
    ("rows:\n  a: {name: 甲, colour: 黄}", 2, "「colour」の「黄」は使えません。使えるもの: 赤、青"),
    ("rows:\n  a: {name: 甲, tags: x}", 2, "「- 」で始まる一覧にしてください。"),
    ("rows:\n  a: {name: 甲, tags: [x, y, z]}", 2, "多すぎます。減らしてください。"),
    ("rows:\n  a: 甲", 2, "「名前: 値」の形にしてください。"),
    ("rows: 甲", 1, "「rows」の「甲」は正しくありません。「名前: 値」の形にしてください。"),
    ("甲", 1, "ファイル全体の「甲」は正しくありません"),
    ("- 甲", 1, "ファイル全体の書き方は正しくありません"),
    ("rows:\n  a: [", 2, "YAMLとして読めません"),
    ("rows:\n\ta: 1", 2, "YAMLとして読めません"),
    ('rows: "甲', 1, "YAMLとして読めません"),
    ("rows: {facts.料金}円", 1, "YAMLとして読めません"),
    ("rows: {}\n---\nrows: {}", 2, "YAMLとして読めません"),
    ("rows: *a", 1, "YAMLとして読めません"),
    ("rows: &a {x: *a}", 1, "「&」と「*」で同じところを写すことはできません"),
    ("rows:\n  a: &b {name: 甲}\n  c: *b", 2, "「&」と「*」で同じところを写すことはできません"),
    ("rows:\n  {a: b}: 甲", 2, "「:」の左には、名前を一つ書いてください"),
    ("rows: 甲\0", 0, "使えない文字が含まれています"),
    ("rows: \ud800", 0, "使えない文字が含まれています"),
    ("rows:\n  " + "[" * 200_000 + "]" * 200_000, 2, "入れ子が深すぎます"),
    ("- " * 50, 1, "入れ子が深すぎます"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), FAULTS, ids=[words for _, _, words in FAULTS])
def test_a_mistake_is_named_by_its_line_in_japanese(text: str, line: int, words: str) -> None:
    """With what to do about it."""
    fault = faults(text)[0]
    assert (fault.path, fault.line) == ("x.yaml", line)
    assert words in fault.message


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    """In the order of the file."""
    found = faults("rows:\n  a: {name: 甲, count: x}\nothers:\n  - {nam: 乙}\n  - 丙")
    assert [fault.line for fault in found] == [2, 4, 4, 5]


def test_a_word_that_looks_like_a_known_one_is_suggested() -> None:
    """And nothing is suggested for one that does not."""
    assert suggestion("市民化", ("市民課", "環境課")) == "(もしかして: 「市民課」)"
    assert suggestion("xyz", ("市民課",)) == ""
    assert suggestion("市民課", ()) == ""


def test_a_fault_shows_file_line_and_cure() -> None:
    """Line 0 is the whole file."""
    assert str(Fault("a.yaml", 3, "直してください。")) == "a.yaml:3: 直してください。"
    assert str(Fault("a.yaml", 0, "直してください。")) == "a.yaml: 直してください。"
    assert str(ContentError((Fault("a.yaml", 1, "甲"), Fault("b.yaml", 2, "乙")))) == "a.yaml:1: 甲\nb.yaml:2: 乙"


plain = st.recursive(
    st.text(max_size=12).filter(str.isprintable),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("あいうabc", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("あいうabc", min_size=1, max_size=4), plain, max_size=4))
def test_what_is_dumped_is_read_again(data: dict[str, object]) -> None:
    """Load, dump, load."""
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    assert read(text, "x.yaml").data == data


@given(st.text("abc:- []{}&*!|>'\"#\n\t、あ?,%@`", max_size=30))
def test_any_text_is_a_document_or_a_fault(text: str) -> None:
    """Never another error."""
    try:
        document: object = read(text, "x.yaml")
    except ContentError as error:
        document = error.faults[0]
        assert error.faults[0].line <= max(1, len(text.splitlines()))  # noqa: PT017
    assert isinstance(document, Document | Fault)
