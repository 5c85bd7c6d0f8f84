"""Giving a node another name, in every file that speaks of it."""

from collections.abc import Iterator, Mapping

import yaml

from voicebot.documents import Path, read
from voicebot.editing.places import Place, Source, find, source
from voicebot.editing.values import scalar
from voicebot.errors import ContentError, Fault

LEADING = frozenset({"goto"})
"""Keys whose value is the name of a node, wherever they stand below `nodes`."""
_START: Path = ("start",)


def rename_node(texts: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """The files that change, by path, with the node renamed where it stands and wherever something leads to it.

    Args:
        texts: The city's files by path (`line.yaml`, `trees/….yaml`); others are not looked at.
        old: The node's name.
        new: Its new name.

    Raises:
        ContentError: there is no such node, the new name is taken or empty, or a file cannot be edited safely.
    """
    files = {
        path: source(text, path)
        for path, text in texts.items()
        if path == "line.yaml" or (path.startswith("trees/") and path.endswith(".yaml"))
    }
    names = [(path, str(child.where[-1])) for path, file in files.items() for child in _nodes(file)]
    _check(names, old, new)
    changed: dict[str, str] = {}
    for path, file in files.items():
        scalars = list(_spoken_of(file, old))
        if scalars:
            changed[path] = _renamed(file, scalars, old, new)
    return changed


def _check(names: list[tuple[str, str]], old: str, new: str) -> None:
    here = next((path for path, name in names if name == old), None)
    taken = next((path for path, name in names if name == new), None)
    if here is None:
        raise ContentError((Fault("trees", 0, f"「{old}」というノードがありません。名前を確かめてください。"),))
    if taken is not None:
        raise ContentError((Fault(taken, 0, f"「{new}」というノードはもうあります。別の名前にしてください。"),))
    if not new.strip():
        raise ContentError((Fault(here, 0, "新しい名前が空です。名前を書いてください。"),))


def _nodes(file: Source) -> list[Place]:
    return next((child.children for child in Place(file.root, ()).children if child.where == ("nodes",)), [])


def _spoken_of(file: Source, name: str) -> Iterator[tuple[yaml.ScalarNode, bool]]:
    """Every key and value that is the node's name, and whether it stands in brackets."""
    for node in _nodes(file):
        if node.where[-1] == name and isinstance(node.key, yaml.ScalarNode):
            yield node.key, node.in_flow
        yield from (
            (place.node, place.in_flow)
            for place in _leading(node)
            if isinstance(place.node, yaml.ScalarNode) and place.node.value == name
        )
    if file.document.path == "line.yaml":
        start = find(file, _START)
        if isinstance(start.node, yaml.ScalarNode) and start.node.value == name:
            yield start.node, start.in_flow


def _leading(place: Place) -> Iterator[Place]:
    """The values below it that lead to a node."""
    for child in place.children:
        if child.where[-1] in LEADING:
            yield child
        yield from _leading(child)


def _renamed(file: Source, scalars: list[tuple[yaml.ScalarNode, bool]], old: str, new: str) -> str:
    text = file.text
    for node, in_flow in sorted(scalars, key=lambda one: one[0].start_mark.index, reverse=True):
        start, end = node.start_mark.index, node.end_mark.index
        text = text[:start] + scalar(new, in_flow=in_flow, like=node) + text[end:]
    try:
        said: object = read(text, file.document.path).data
    except ContentError:
        said = None
    if said != _wanted(file.document.data, old, new, path=()):
        raise file.refusal(("nodes", old), "このファイルの名前は、機械では変えられません。手で直してください。")
    return text


def _wanted(data: object, old: str, new: str, path: Path) -> object:
    """What the file shall say."""
    if isinstance(data, list):
        return [_wanted(one, old, new, (*path, at)) for at, one in enumerate(data)]
    if isinstance(data, dict):
        return {
            (new if path == ("nodes",) and key == old else key): _wanted(value, old, new, (*path, key))
            for key, value in data.items()
        }
    leads = path == _START or (len(path) > 2 and path[0] == "nodes" and path[-1] in LEADING)
    return new if leads and data == old else data
