"""Edits by machine change what they shall and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shipped import TEXTS

from voicebot.documents import Path, read
from voicebot.editing.edits import add_item, add_key, delete, set_value
from voicebot.editing.places import end_of, find, line_end, line_start, source
from voicebot.errors import ContentError

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
# Only what is changed costs time, not what stands around it: the smaller files are as good.
SMALL = sorted(path for path, text in TEXTS.items() if len(text) < 6_000)


def paths(data: object, where: Path = ()) -> Iterator[Path]:
    """The path of everything in the data."""
    yield where
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from paths(value, (*where, key))


def at(data: Any, where: Path) -> Any:
    """What is at a path."""
    for part in where:
        data = data[part]
    return data


@st.composite
def places(draw: st.DrawFn, kind: type | tuple[type, ...] = object) -> tuple[str, Path]:
    """A shipped file and a path in it, to a value of some type."""
    text = TEXTS[draw(st.sampled_from(SMALL))]
    data = read(text, "x").data
    found = [where for where in paths(data) if where and isinstance(at(data, where), kind)]
    assume(found)
    return text, draw(st.sampled_from(found))


@given(places(str), WORDS)
@settings(deadline=None, max_examples=60)
def test_a_scalar_anywhere_can_be_set_to_anything_and_nothing_else_changes(place: tuple[str, Path], word: str) -> None:
    """All lines but its own stay, byte for byte."""
    text, where = place
    new = set_value(text, where, word)
    assert at(read(new, "x").data, where) == word
    file = source(text, "x")
    found = find(file, where)
    assert new.startswith(text[: line_start(file, found.start)])
    assert new.endswith(text[line_end(file, end_of(file, found)) :])
    assert set_value(new, where, at(read(text, "x").data, where)).count("\n") == text.count("\n")


@given(places())
@settings(deadline=None, max_examples=60)
def test_a_value_that_is_set_to_what_it_is_says_the_same(place: tuple[str, Path]) -> None:
    """A text even stays as it was written."""
    text, where = place
    data = read(text, "x").data
    value = at(data, where)
    new = set_value(text, where, value)
    assert read(new, "x").data == data
    assert not isinstance(value, str) or new == text


@given(places(list), WORDS)
@settings(deadline=None, max_examples=60)
def test_an_added_item_is_the_last_and_deleting_it_gives_the_text_back(place: tuple[str, Path], word: str) -> None:
    """Unless the list had to be broken into lines."""
    text, where = place
    data = read(text, "x").data
    new = add_item(text, where, word)
    assert at(read(new, "x").data, where) == [*at(data, where), word]
    again = delete(new, (*where, len(at(data, where))))
    assert read(again, "x").data == data
    file = source(text, "x")
    moved = find(file, where).is_flow and new.count("\n") > text.count("\n")
    assert moved or again == text


@given(places(dict), st.text("新しい名前", min_size=4, max_size=9), WORDS)
@settings(deadline=None, max_examples=60)
def test_an_added_key_is_the_last_and_deleting_it_gives_the_text_back(
    place: tuple[str, Path], key: str, word: str
) -> None:
    """In blocks and in braces."""
    text, where = place
    new = add_key(text, (*where, key), word)
    assert list(at(read(new, "x").data, where).items())[-1] == (key, word)
    assert delete(new, (*where, key)) == text


@given(places())
@settings(deadline=None, max_examples=60)
def test_anything_below_the_first_level_can_be_deleted_and_comments_stay(place: tuple[str, Path]) -> None:
    """And no two blank lines come together."""
    text, where = place
    if len(where) < 2:
        return
    above = at(read(text, "x").data, where[:-1])
    new = delete(text, where)
    left = at(read(new, "x").data, where[:-1])
    assert len(left) == len(above) - 1
    kept = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in new.splitlines() if line.startswith("#")] == kept
    assert "\n\n\n" not in new


TREE = """\
section: 課   # 注
nodes:
  # 最初
  受付:
    prompt: はい   # 大切な注
    choices:
      - {say: [ごみ], key: 1, goto: ごみ}   # ごみ
      # 税
      - {say: [税], key: 2, goto: 税}
  ごみ:
    answer: |
      一行目
      二行目

  税:
    answer: 'いいえ'
"""


def test_comments_and_quotes_stay_when_a_value_is_set() -> None:
    """On its line, above it and below it."""
    assert "    prompt: いいえ   # 大切な注\n" in set_value(TREE, ("nodes", "受付", "prompt"), "いいえ")
    assert "answer: 'はい'\n" in set_value(TREE, ("nodes", "税", "answer"), "はい")
    new = set_value(TREE, ("nodes", "受付", "choices", 0, "key"), 7)
    assert "      - {say: [ごみ], key: 7, goto: ごみ}   # ごみ\n      # 税\n" in new


def test_a_block_of_text_becomes_a_line() -> None:
    """The blank line behind it stays."""
    assert "    answer: 一行\n\n  税:" in set_value(TREE, ("nodes", "ごみ", "answer"), "一行")


def test_an_added_choice_looks_like_the_one_before_it() -> None:
    """In braces, or on lines of its own."""
    new = add_item(TREE, ("nodes", "受付", "choices"), {"say": ["水", "水道"], "key": 3, "goto": "税"})
    assert "goto: 税}\n      - {say: [水, 水道], key: 3, goto: 税}\n  ごみ:" in new
    blocks = "choices:\n- say: [あ]\n  goto: い\n"
    new = add_item(blocks, ("choices",), {"say": ["う"], "goto": "え"})
    assert new == blocks + "- say: [う]\n  goto: え\n"


def test_an_added_entry_keeps_the_blank_line_between_entries() -> None:
    """As in departments.yaml."""
    text = "departments:\n  甲:\n    hours: 本庁\n\n  乙:\n    hours: 本庁\n"
    new = add_key(text, ("departments", "丙"), {"hours": "本庁", "numbers": ["050-0000-1000"]})
    assert new == text + "\n  丙:\n    hours: 本庁\n    numbers: [050-0000-1000]\n"


def test_a_deleted_entry_takes_one_of_its_blank_lines_with_it() -> None:
    """The first, one in the middle, and the last."""
    text = "d:\n  甲:\n    h: 1\n\n  乙:\n    h: 2\n\n  丙:\n    h: 3\n"
    assert delete(text, ("d", "甲")) == "d:\n  乙:\n    h: 2\n\n  丙:\n    h: 3\n"
    assert delete(text, ("d", "乙")) == "d:\n  甲:\n    h: 1\n\n  丙:\n    h: 3\n"
    assert delete(text, ("d", "丙")) == "d:\n  甲:\n    h: 1\n\n  乙:\n    h: 2\n"


def test_the_next_key_moves_up_to_the_dash() -> None:
    """A list's item must begin with something."""
    text = "entries:\n  - question: 問\n    answer: 答\n"
    assert delete(text, ("entries", 0, "question")) == "entries:\n  - answer: 答\n"


def test_the_last_item_leaves_empty_brackets() -> None:
    """Not nothing, which would be another value."""
    assert delete("also: [一つ]\n", ("also", 0)) == "also: []\n"
    assert delete("also:\n  - 一つ\nb: 1\n", ("also", 0)) == "also: []\nb: 1\n"
    assert delete("a:  # 注\n  b: 1\n", ("a", "b")) == "a: {}  # 注\n"


def test_a_list_that_gets_too_long_moves_to_lines_of_its_own() -> None:
    """As people break it."""
    text = "also: [" + ", ".join(["九つの字の長い言葉"] * 5) + "]\nb: 1\n"
    new = add_item(text, ("also",), "さらに一つ")
    assert new.splitlines()[0] == "also:"
    assert new.endswith("さらに一つ]\nb: 1\n")
    assert max(map(len, new.splitlines())) < 60


def test_a_value_may_become_a_list_or_a_mapping_and_back() -> None:
    """In the style of what stands around it."""
    assert set_value("facts:\n  a: 1\n", ("facts", "a"), {"value": "x", "owner": "課"}) == (
        "facts:\n  a:\n    value: x\n    owner: 課\n"
    )
    assert set_value("facts:\n  b: {value: 1}\n  a: 2\n", ("facts", "a"), {"value": "x"}) == (
        "facts:\n  b: {value: 1}\n  a: {value: x}\n"
    )
    assert set_value("a:\n  - 1\n  - 2\nb: 3\n", ("a",), ["x", "no"]) == 'a:\n  - x\n  - "no"\nb: 3\n'
    assert set_value("a:  # 注\n  - 1\nb: 3\n", ("a",), "文") == "a: 文  # 注\nb: 3\n"
    assert set_value("a:\nb: 3\n", ("a",), "文") == "a: 文\nb: 3\n"
    assert set_value("a:\n  - 1\n", ("a",), {"x": ["w", {"z": "1"}]}) == 'a:\n  x:\n    - w\n    - {z: "1"}\n'


def test_windows_line_ends_and_a_missing_last_line_end_stay() -> None:
    """Notepad writes them."""
    text = "a:\r\n  - 1\r\n  - 2"
    assert add_item(text, ("a",), "三") == "a:\r\n  - 1\r\n  - 2\r\n  - 三"
    assert delete("a:\r\n  - 1\r\n  - 2\r\nb: 1\r\n", ("a", 0)) == "a:\r\n  - 2\r\nb: 1\r\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda: set_value(TREE, ("nodes", "ない"), "x"),
        lambda: set_value(TREE, (), "x"),
        lambda: delete(TREE, ()),
        lambda: add_item(TREE, ("nodes",), "x"),
        lambda: add_item(TREE, ("nodes", "受付", "also"), "x"),
        lambda: add_key(TREE, ("nodes", "受付"), "x"),
        lambda: add_key(TREE, ("nodes", "受付", "choices", "あ"), "x"),
        lambda: add_key(TREE, ("nodes", "ない", "あ"), "x"),
        lambda: delete(TREE, ("nodes", "受付", "choices", 2)),
        lambda: set_value("a: [", ("a",), "x"),
        lambda: set_value("a: 1", ("a",), "\ud800"),
        lambda: delete("- a: 1\n  # 注\n  b: 2\n", (0, "a")),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_cure(change: Any) -> None:
    """Nothing is changed half."""
    with pytest.raises(ContentError, match="ください"):
        change()


def test_what_would_say_something_else_is_refused() -> None:
    """The key of a question mark is not where a key is looked for; the text is read again before it is given out."""
    with pytest.raises(ContentError, match="手で"):
        set_value("? a:b\n: - 1\n", ("a:b",), "x")
