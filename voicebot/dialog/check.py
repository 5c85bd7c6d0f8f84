"""Faults that only show when the tree is seen as a whole: it must lead everywhere and never run in circles."""

import re
from collections.abc import Iterator, Mapping
from typing import assert_never

from voicebot.dialog.check_slots import slot_faults
from voicebot.dialog.phrases import OWN_QUESTIONS, PHRASES
from voicebot.dialog.tree import (
    AnswerNode,
    AskNode,
    BranchNode,
    CallbackNode,
    Dialog,
    EndNode,
    FormNode,
    LookupNode,
    MessageNode,
    Node,
    SayNode,
    SmsNode,
    TransferNode,
)
from voicebot.documents import Document, Path, suggestion
from voicebot.errors import Fault

Origins = Mapping[str, tuple[Document, Path]]
"""Where each node stands in the files."""
_NAME_OF_NODE = re.compile(r"^ {2}[\"']?([^\s#\"'][^\"']*?)[\"']?:(?:\s|$)", re.MULTILINE)
"""A key two spaces deep, as nodes are written; found also in a file that is no YAML."""


def check(dialog: Dialog, origins: Origins, line: Document) -> tuple[Fault, ...]:
    """Every fault of the tree; none when it may be used."""
    if dialog.start not in dialog.nodes:
        near = suggestion(dialog.start, tuple(dialog.nodes))
        return (line.fault(("start",), f"始まりのノード「{dialog.start}」がありません。{near}"),)
    lost = [name for name in entries(dialog) if name not in dialog.nodes]
    if lost:
        near = suggestion(lost[0], tuple(dialog.nodes))
        message = (
            f"始まりのノード「{lost[0]}」がありません。{near}line.yaml の starts と disaster.yaml を確かめてください。"
        )
        return (line.fault(("starts",), message),)
    faults = list(_unknown_names(dialog.nodes, origins, frozenset(dialog.nodes)))
    if not faults:
        faults += _say_circles(dialog, origins)
        faults += _unreachable(dialog, origins)
    faults += slot_faults(dialog, origins)
    faults += _taken_names(dialog, origins)
    faults += _keys(dialog.nodes, origins, _reserved(dialog))
    faults += _same_words(dialog.nodes, origins)
    return tuple(faults)


def check_parts(nodes: Mapping[str, Node], origins: Origins, files: tuple[tuple[str, str], ...]) -> tuple[Fault, ...]:
    """The faults of single nodes, when other files (path, text) are so faulty that there is no whole tree.

    What is named in any file counts as there, so that one mistake is not told twice.
    """
    named = frozenset(name for _, text in files for name in _NAME_OF_NODE.findall(text))
    faults = list(_unknown_names(nodes, origins, named | nodes.keys()))
    faults += _keys(nodes, origins, frozenset())
    faults += _same_words(nodes, origins)
    return tuple(faults)


def _reserved(dialog: Dialog) -> frozenset[str]:
    """Keys that work everywhere."""
    return frozenset(option.key for options in dialog.commands.values() for option in options if option.key)


def leads_to(node: Node) -> tuple[str, ...]:
    """The nodes that can come directly after this one."""
    match node:
        case SayNode() | FormNode():
            return (node.goto,)
        case AskNode():
            return tuple(choice.goto for choice in node.choices)
        case BranchNode():
            return (*(case.goto for case in node.cases), node.otherwise)
        case LookupNode():
            return (node.goto,) if node.goto else ()
        case AnswerNode() | TransferNode() | MessageNode() | EndNode() | CallbackNode() | SmsNode():
            return ()
    assert_never(node)


def _written_at(node: Node, at: int) -> Path:
    """Where in the node's YAML its `at`-th target stands."""
    match node:
        case AskNode():
            return ("choices", at, "goto")
        case BranchNode():
            return ("when", at, "goto") if at < len(node.cases) else ("otherwise",)
        case _:
            return ("goto",)


def entries(dialog: Dialog) -> tuple[str, ...]:
    """Every node at which a caller can come in."""
    disaster = (dialog.disaster.start,) if dialog.disaster else ()
    return (dialog.start, *dialog.starts.values(), *disaster)


def reachable(dialog: Dialog) -> frozenset[str]:
    """Every node that a caller can come to from the start."""
    seen: set[str] = set()
    waiting = list(entries(dialog))
    while waiting:
        name = waiting.pop()
        if name not in seen and name in dialog.nodes:
            seen.add(name)
            waiting += leads_to(dialog.nodes[name])
    return frozenset(seen)


def _unknown_names(nodes: Mapping[str, Node], origins: Origins, known: frozenset[str]) -> Iterator[Fault]:
    for name, node in nodes.items():
        document, where = origins[name]
        for at, target in enumerate(leads_to(node)):
            if target not in known:
                place = (*where, *_written_at(node, at))
                near = suggestion(target, sorted(known))
                yield document.fault(place, f"行き先「{target}」がありません。{near}")


def _say_circles(dialog: Dialog, origins: Origins) -> Iterator[Fault]:
    """Circles of nodes that never wait for the caller: the line would talk to itself for ever."""
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if name in path:
            yield (*path[path.index(name) :], name)
        elif name not in done and isinstance(dialog.nodes[name], SayNode | BranchNode | LookupNode):
            for target in leads_to(dialog.nodes[name]):
                yield from visit(target, (*path, name))
            done.add(name)

    for start in dialog.nodes:
        for circle in visit(start, ()):
            document, where = origins[circle[0]]
            shown = " → ".join(circle)
            message = f"話すだけで堂々めぐりになります: {shown}。途中に質問(choices か open)を入れてください。"
            yield document.fault(where, message)


def _unreachable(dialog: Dialog, origins: Origins) -> Iterator[Fault]:
    found = reachable(dialog)
    for name in dialog.nodes:
        if name not in found:
            document, where = origins[name]
            yield document.fault(where, f"「{name}」にはどこからも行けません。goto で指すか、消してください。")


def _keys(nodes: Mapping[str, Node], origins: Origins, reserved: frozenset[str]) -> Iterator[Fault]:
    for name, node in nodes.items():
        if not isinstance(node, AskNode):
            continue
        document, where = origins[name]
        seen: set[str] = set()
        for at, choice in enumerate(node.choices):
            place = (*where, "choices", at, "key")
            if choice.key in seen:
                yield document.fault(place, f"キー「{choice.key}」は上の選択肢と同じです。別の番号にしてください。")
            elif choice.key in reserved:
                message = f"キー「{choice.key}」はどこでも使う操作のためのものです。別の番号にしてください。"
                yield document.fault(place, message)
            seen |= {choice.key} - {""}
        if not node.open and not any(choice.key for choice in node.choices):
            yield document.fault(
                where, "番号(key)で選べる選択肢がありません。声を聞き取れないときのために key を付けてください。"
            )


def _taken_names(dialog: Dialog, origins: Origins) -> Iterator[Fault]:
    taken = {*OWN_QUESTIONS, *PHRASES, "beep"}
    for name in dialog.nodes:
        if name in taken:
            document, where = origins[name]
            yield document.fault(where, f"「{name}」は自動音声が自分で使う名前です。別の名前にしてください。")


def _same_words(nodes: Mapping[str, Node], origins: Origins) -> Iterator[Fault]:
    """Two choices that sound the same: the second could never be chosen by voice."""
    for name, node in nodes.items():
        if not isinstance(node, AskNode):
            continue
        document, where = origins[name]
        first: dict[tuple[str, str], str] = {}
        for at, choice in enumerate(node.choices):
            for language, phrases in choice.say.items():
                for phrase in phrases:
                    other = first.setdefault((language, phrase.reading), choice.goto)
                    if other != choice.goto:
                        message = f"「{phrase.text}」は上の選択肢と同じに聞こえます。どちらかの言い方を変えてください。"
                        yield document.fault((*where, "choices", at, "say"), message)
