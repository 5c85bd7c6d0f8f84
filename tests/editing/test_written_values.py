"""Values are written as the city's files are."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from shipped import TEXTS

from voicebot.documents import read
from voicebot.editing.places import Place, end_of, source
from voicebot.editing.values import WIDTH, as_read, columns, entry, flow, hung, item, scalar

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "yes",
        "null",
        "~",
        "",
        "1",
        "1.5",
        "1:30",
        "- a",
        "a: b",
        "#",
        "a #b",
        "[",
        "{a}",
        "'",
        '"',
        "\\",
        "\n",
        "、",
        "　",
    ]
)
VALUES = st.recursive(
    WORDS | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def walk(place: Place) -> list[Place]:
    """A place and everything in it."""
    return [place, *(below for child in place.children for below in walk(child))]


@pytest.mark.parametrize("path", TEXTS)
def test_every_scalar_of_the_shipped_files_would_be_written_as_it_stands(path: str) -> None:
    """So an edit leaves the style of its neighbours."""
    file = source(TEXTS[path], path)
    for place in walk(Place(file.root, ())):
        if isinstance(place.node, yaml.ScalarNode) and place.node.value:
            again = scalar(place.node.value, in_flow=place.in_flow, like=place.node)
            assert again == file.text[place.start : end_of(file, place)]


def test_long_lists_of_the_shipped_files_would_be_broken_as_they_are() -> None:
    """Those that stand on lines of their own; authors let a short one run over the edge now and then."""
    same = 0
    for path, text in TEXTS.items():
        file = source(text, path)
        for place in walk(Place(file.root, ())):
            if place.is_flow and place.key is not None and place.node.start_mark.line > place.key.start_mark.line:
                words = [text[child.start : end_of(file, child)] for child in place.children]
                again = "\n".join(hung(words, place.key.start_mark.column + 2)).lstrip()
                assert again == text[place.start : end_of(file, place)], place.where
                same += 1
    assert same > 100


@given(VALUES)
def test_what_is_written_on_one_line_is_read_back(value: Any) -> None:
    """By the loader, as text."""
    written = flow(value)
    assert "\n" not in written
    assert read(f"- {written}", "x").data == [as_read(value)]


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=3), st.booleans())
def test_what_is_written_in_blocks_is_read_back(value: dict[str, Any], braces: bool) -> None:
    """As an entry and as an item."""
    lines = [line for key, one in value.items() for line in entry(key, one, 2, braces=braces)]
    assert read("\n".join(lines), "x").data == as_read(value)
    lines = [*item(value, 4, braces=braces), *item("終わり", 4, braces=braces)]
    assert read("\n".join(lines), "x").data == [as_read(value), "終わり"]


@given(st.lists(WORDS, min_size=1, max_size=30))
def test_a_long_list_is_broken_where_a_line_gets_too_wide(words: list[str]) -> None:
    """A single word may be wider."""
    lines = hung([flow(word) for word in words], 6)
    assert read("also:\n" + "\n".join(lines), "x").data == {"also": words}
    for line in lines:
        assert columns(line) <= WIDTH or line.count(", ") == 0 or len(line.strip().split(", ")) == 1 or '"' in line


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ごみ", "ごみ"),
        ("はい: そう", '"はい: そう"'),
        ("yes", '"yes"'),
        ("300", '"300"'),
        (300, "300"),
        (True, "true"),
        ("2027-03-31", "2027-03-31"),
        ("050-0000-1000", "050-0000-1000"),
        ("{facts.手数料}円", '"{facts.手数料}円"'),
        ("[電話]番号", '"[電話]番号"'),
        ('「"引用"」', '「"引用"」'),
        ("一行目\n二行目", '"一行目\\n二行目"'),
        ("", '""'),
        ("null", '"null"'),
        ("末尾 ", '"末尾 "'),
        ("*", '"*"'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(value: Any, expected: str) -> None:
    """By the loader, or by other readers of YAML."""
    assert scalar(value, in_flow=False) == expected


def test_the_quotes_that_stood_there_stay() -> None:
    """Unless the new text cannot stand in them."""

    def replaced(old: str, new: str) -> str:
        node = yaml.compose(old, Loader=yaml.SafeLoader)
        return scalar(new, in_flow=False, like=node)

    assert replaced('"はい"', "いいえ") == '"いいえ"'
    assert replaced("'はい'", "it's") == "'it''s'"
    assert replaced("'はい'", "二\n行") == '"二\\n行"'
    assert replaced("1", "2") == "2"
    assert replaced("一", "2") == '"2"'
    assert replaced("一", "a, b") == "a, b"
    assert scalar("a, b", in_flow=True) == '"a, b"'


def test_a_sentence_in_several_languages_stands_in_braces_and_a_node_does_not() -> None:
    """As people write them."""
    node = {"prompt": {"ja": "はい", "en": "Yes"}, "choices": [{"say": ["a", "b"], "goto": "い"}], "open": True}
    assert entry("あ", node, 2) == [
        "  あ:",
        "    prompt: {ja: はい, en: 'Yes'}".replace("'", '"'),
        "    choices:",
        "      - {say: [a, b], goto: い}",
        "    open: true",
    ]
