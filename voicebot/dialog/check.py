"""Faults that only show when the tree is seen as a whole: it must lead everywhere and never run in circles."""

from collections.abc import Iterator, Mapping

from voicebot.dialog.phrases import OWN_QUESTIONS, PHRASES
from voicebot.dialog.tree import AskNode, Dialog, Node, SayNode
from voicebot.documents import Document, Path, suggestion
from voicebot.errors import Fault

Origins = Mapping[str, tuple[Document, Path]]
"""Where each node stands in the files."""


def check(dialog: Dialog, origins: Origins, line: Document) -> tuple[Fault, ...]:
    """Every fault of the tree; none when it may be used."""
    if dialog.start not in dialog.nodes:
        near = suggestion(dialog.start, tuple(dialog.nodes))
        return (line.fault(("start",), f"始まりのノード「{dialog.start}」がありません。{near}"),)
    faults = list(_unknown_names(dialog, origins))
    if not faults:
        faults += _say_circles(dialog, origins)
        faults += _unreachable(dialog, origins)
    faults += _taken_names(dialog, origins)
    faults += _keys(dialog, origins)
    faults += _same_words(dialog, origins)
    return tuple(faults)


def leads_to(node: Node) -> tuple[str, ...]:
    """The nodes that can come directly after this one."""
    match node:
        case SayNode():
            return (node.goto,)
        case AskNode():
            return tuple(choice.goto for choice in node.choices)
        case _:
            return ()


def reachable(dialog: Dialog) -> frozenset[str]:
    """Every node that a caller can come to from the start."""
    seen: set[str] = set()
    waiting = [dialog.start]
    while waiting:
        name = waiting.pop()
        if name not in seen and name in dialog.nodes:
            seen.add(name)
            waiting += leads_to(dialog.nodes[name])
    return frozenset(seen)


def _unknown_names(dialog: Dialog, origins: Origins) -> Iterator[Fault]:
    for name, node in dialog.nodes.items():
        document, where = origins[name]
        for at, target in enumerate(leads_to(node)):
            if target not in dialog.nodes:
                place = (*where, "choices", at, "goto") if isinstance(node, AskNode) else (*where, "goto")
                near = suggestion(target, tuple(dialog.nodes))
                yield document.fault(place, f"行き先「{target}」がありません。{near}")


def _say_circles(dialog: Dialog, origins: Origins) -> Iterator[Fault]:
    reported: set[str] = set()
    for start in dialog.nodes:
        path: list[str] = []
        name = start
        node = dialog.nodes[name]
        while isinstance(node, SayNode) and name not in path:
            path.append(name)
            name = node.goto
            node = dialog.nodes[name]
        if name in path and not reported & set(path):
            reported.update(path)
            document, where = origins[name]
            circle = " → ".join((*path[path.index(name) :], name))
            yield document.fault(
                where, f"話すだけで堂々めぐりになります: {circle}。途中に質問(choices か open)を入れてください。"
            )


def _unreachable(dialog: Dialog, origins: Origins) -> Iterator[Fault]:
    found = reachable(dialog)
    for name in dialog.nodes:
        if name not in found:
            document, where = origins[name]
            yield document.fault(where, f"「{name}」にはどこからも行けません。goto で指すか、消してください。")


def _keys(dialog: Dialog, origins: Origins) -> Iterator[Fault]:
    reserved = {option.key for options in dialog.commands.values() for option in options if option.key}
    for name, node in dialog.nodes.items():
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


def _same_words(dialog: Dialog, origins: Origins) -> Iterator[Fault]:
    """Two choices that sound the same: the second could never be chosen by voice."""
    for name, node in dialog.nodes.items():
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
