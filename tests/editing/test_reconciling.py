"""A text is brought to say something else, and keeps what it can."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.documents import read
from voicebot.editing.reconciling import brought_to
from voicebot.editing.values import Value, as_read
from voicebot.errors import ContentError

TEXT = """\
nodes:
  受付:
    # 最初に聞く文
    prompt: ご用件は。
    open: true
    choices:
      # 短い言葉
      - {say: [ごみ, ゴミ], label: ごみ, key: 1, goto: ごみ}   # 環境課
      - {say: [税金], label: 税金, goto: 税金}
      - say: {ja: [証明書], en: ["certificate"]}
        key: 3
        goto: 証明書
"""
WHERE = ("nodes", "受付")
GARBAGE: dict[str, Value] = {"say": ["ごみ", "ゴミ"], "label": "ごみ", "key": "1", "goto": "ごみ"}
TAX: dict[str, Value] = {"say": ["税金"], "label": "税金", "goto": "税金"}
PAPERS: dict[str, Value] = {"say": {"ja": ["証明書"], "en": ["certificate"]}, "key": "3", "goto": "証明書"}


def node(**changes: Value) -> dict[str, Value]:
    """The node, with changes; None drops a key."""
    whole: dict[str, Value] = {"prompt": "ご用件は。", "open": "true", "choices": [GARBAGE, TAX, PAPERS]} | changes
    return {key: value for key, value in whole.items() if value is not None}


def said(text: str) -> object:
    """What the node says."""
    return read(text, "").data["nodes"]["受付"]  # type: ignore[index]


def test_nothing_changes_where_nothing_is_wanted() -> None:
    """Not a sign."""
    assert brought_to(TEXT, WHERE, node()) == TEXT


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (node(prompt="ご用件をどうぞ。"), ["# 最初に聞く文", "# 短い言葉", "# 環境課"]),
        (node(open=None, reword="何でしょう。"), ["# 最初に聞く文", "# 環境課"]),
        (node(choices=[GARBAGE | {"key": "4"}, TAX, PAPERS]), ["# 環境課", '["certificate"]']),
        (node(choices=[GARBAGE, PAPERS]), ["# 環境課"]),
        (node(choices=[GARBAGE, TAX, PAPERS, {"say": ["水道"], "goto": "水道"}]), ["# 環境課", "# 短い言葉"]),
        (
            node(choices=[GARBAGE, TAX, PAPERS | {"say": {"ja": ["証明書", "戸籍"], "en": ["certificate"]}}]),
            ["# 環境課"],
        ),
        (node(choices=[TAX, GARBAGE, PAPERS]), ["# 最初に聞く文"]),
        (node(choices=[GARBAGE, {"say": ["水道"], "goto": "水道"}, TAX, PAPERS]), ["# 最初に聞く文"]),
        (node(choices=None), ["# 最初に聞く文"]),
        ({"answer": "8時半からです。"}, []),
    ],
)
def test_the_text_says_what_is_wanted_and_keeps_its_comments(wanted: Mapping[str, Value], kept: list[str]) -> None:
    """Those beside what did not change."""
    text = brought_to(TEXT, WHERE, wanted)
    assert said(text) == as_read(wanted)
    for words in kept:
        assert words in text


def test_a_place_that_is_not_there_is_named() -> None:
    """Somebody has deleted it meanwhile."""
    with pytest.raises(ContentError, match="夜間"):
        brought_to(TEXT, ("nodes", "夜間"), node())


WORDS = st.sampled_from(["ごみ", "税金", "a: b", "はい", "# x", "[y", "1"])
CHOICES = st.lists(
    st.fixed_dictionaries({"say": st.lists(WORDS, min_size=1, max_size=3), "goto": WORDS}, optional={"key": WORDS}),
    max_size=5,
)
NODES = st.fixed_dictionaries(
    {}, optional={"prompt": WORDS, "reword": st.fixed_dictionaries({"ja": WORDS, "en": WORDS}), "choices": CHOICES}
)


@given(NODES, NODES)
def test_from_anything_to_anything(first: dict[str, Value], second: dict[str, Value]) -> None:
    """In two steps, so that the second meets what the first has written."""
    text = brought_to(brought_to(TEXT, WHERE, first), WHERE, second)
    assert said(text) == as_read(second)
