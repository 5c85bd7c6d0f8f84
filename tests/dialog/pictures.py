"""Dialogs to draw."""

from collections.abc import Mapping
from dataclasses import MISSING, fields

from hypothesis import strategies as st

from voicebot.dialog.slots import Slot
from voicebot.dialog.tree import (
    AnswerNode,
    AskNode,
    BranchNode,
    CallbackNode,
    Case,
    Choice,
    Dialog,
    EndNode,
    FormNode,
    LookupNode,
    MessageNode,
    Node,
    Phrase,
    SayNode,
    SmsNode,
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
    "収集日": FormNode(
        (Slot("町名", "district", japanese("町は?"), japanese("お住まい")),), "時間", japanese("収集日ですね。")
    ),
    "時間": BranchNode((Case("調べる", open="環境課"), Case("折り返し", slot="町名", values=("本町", "浜"))), "地図"),
    "調べる": LookupNode("garbage_day", {"district": "{町名}"}, department="環境課"),
    "折り返し": CallbackNode("環境課"),
    "地図": SmsNode(japanese("地図です。")),
}
"""Every kind of node; a circle, a way that skips a column, one that leads nowhere, and nodes apart."""


@st.composite
def nodes(draw: st.DrawFn) -> dict[str, Node]:
    """Up to 30 nodes with any names, that lead anywhere; the first is a question."""
    names = draw(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=30, unique=True))
    target = st.sampled_from(names)
    found: dict[str, Node] = {}
    for name in names:
        kind = (
            "ask"
            if name == names[0]
            else draw(st.sampled_from(["ask", "say", "answer", "transfer", "end", "form", "branch", "lookup"]))
        )
        match kind:
            case "ask":
                found[name] = ask(*draw(st.lists(target, min_size=1, max_size=5)), is_open=draw(st.booleans()))
            case "say":
                found[name] = SayNode(japanese(draw(st.text(max_size=80))), draw(target))
            case "answer":
                found[name] = AnswerNode(japanese(draw(st.text(max_size=80))), draw(st.sampled_from(["", "環境課"])))
            case "form":
                slot = Slot(draw(st.text(max_size=40)), "text", japanese("どうぞ。"), {})
                found[name] = FormNode((slot,) * draw(st.integers(1, 4)), draw(target))
            case "branch":
                cases = draw(
                    st.lists(st.builds(Case, target, st.text(min_size=1, max_size=40)), min_size=1, max_size=4)
                )
                found[name] = BranchNode(tuple(cases), draw(target))
            case "lookup":
                found[name] = LookupNode(draw(st.text(max_size=40)), {}, goto=draw(st.one_of(st.just(""), target)))
            case "transfer":
                found[name] = TransferNode("環境課")
            case _:
                found[name] = EndNode(japanese("おわり。"))
    return found
