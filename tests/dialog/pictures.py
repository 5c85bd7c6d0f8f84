"""Dialogs to draw."""

from collections.abc import Mapping
from dataclasses import MISSING, fields

from hypothesis import strategies as st

from voicebot.dialog.tree import (
    AnswerNode,
    AskNode,
    Choice,
    Dialog,
    EndNode,
    MessageNode,
    Node,
    Phrase,
    SayNode,
    TransferNode,
)

HOSTILE = (
    "end", "1. 一", "- 二", '"引用" & <b>太</b>', "a-->b", "%%{init}%%", "style x:#ff;", "`コード`", "click call",
    "graph;subgraph", "[x](y){z}|w|", "#35; #quot;", "class A:::b", "改\n行\x07", "@{ shape: x }", "長い名前" * 12,
    "\\n", "$$x^2$$", "*強*_斜_", "fa:fa-phone", "]]>", "\ufffe",
)  # fmt: skip
"""Names that a flowchart or an SVG could take for something of its own."""


def japanese(text: str) -> dict[str, str]:
    """A text of one language."""
    return {"ja": text}


def choice(goto: str, key: str = "", label: str = "選択") -> Choice:
    """A line under `choices:`."""
    return Choice({"ja": (Phrase(label, "センタク"),)}, key, japanese(label), goto)


def ask(*targets: str, is_open: bool = False) -> AskNode:
    """A question with a choice for each target."""
    choices = tuple(choice(target, str(key), f"{target}のこと") for key, target in enumerate(targets, 1))
    return AskNode(japanese("ご用件をどうぞ。"), choices, is_open)


def dialog_of(nodes: Mapping[str, Node], start: str) -> Dialog:
    """A line of which only the tree matters."""
    rest = {field.name: {} for field in fields(Dialog) if field.default is MISSING and field.default_factory is MISSING}
    return Dialog(**{**rest, "nodes": nodes, "start": start})


SMALL: Mapping[str, Node] = {
    "案内": SayNode(japanese("市役所です。"), "受付"),
    "受付": ask("ごみ", "税", "受付", is_open=True),
    "ごみ": AnswerNode(japanese("燃えるごみは週2回です。" * 9), "環境課"),
    "税": ask("税務課へ", "案内", "ごみ", "ない"),
    "税務課へ": TransferNode("税務課", japanese("おつなぎします。")),
    "孤島": ask("孤島の先", "受付"),
    "孤島の先": EndNode(japanese("失礼します。")),
    "離れ": MessageNode("税務課", None),
}
"""Every kind of node; a circle, a way that skips a column, one that leads nowhere, and three nodes apart."""


@st.composite
def nodes(draw: st.DrawFn) -> dict[str, Node]:
    """Up to 30 nodes with any names, that lead anywhere; the first is a question."""
    names = draw(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=30, unique=True))
    target = st.sampled_from(names)
    found: dict[str, Node] = {}
    for name in names:
        kind = "ask" if name == names[0] else draw(st.sampled_from(["ask", "say", "answer", "transfer", "end"]))
        match kind:
            case "ask":
                found[name] = ask(*draw(st.lists(target, min_size=1, max_size=5)), is_open=draw(st.booleans()))
            case "say":
                found[name] = SayNode(japanese(draw(st.text(max_size=80))), draw(target))
            case "answer":
                found[name] = AnswerNode(japanese(draw(st.text(max_size=80))), draw(st.sampled_from(["", "環境課"])))
            case "transfer":
                found[name] = TransferNode("環境課")
            case _:
                found[name] = EndNode(japanese("おわり。"))
    return found
