"""Giving a node another name, in every file that speaks of it."""

import re
from collections.abc import Iterator, Mapping

import yaml

from voicebot.documents import Path, read
from voicebot.editing.places import Place, Source, source
from voicebot.editing.values import scalar
from voicebot.errors import ContentError, Fault

LEADING = frozenset({"goto", "otherwise"})
"""Keys of a node whose value is the name of a node."""
_LISTS = frozenset({"choices", "when"})
"""Keys of a node whose items have a `goto`."""
STARTING = frozenset({"line.yaml", "disaster.yaml"})
"""Files that say where calls begin."""
_ESCAPE, _BREAKS = "\\", re.compile(r"[\s']+")


def rename_node(texts: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """The files that change, by path, with the node renamed where it stands and wherever something leads to it.

    Args:
        texts: The city's files by path (`line.yaml`, `disaster.yaml`, `trees/….yaml`); others are not looked at.
        old: The node's name.
        new: Its new name.

    Raises:
        ContentError: there is no such node, the new name is taken or empty, or a file cannot be edited safely.
    """
    files = {
        path: source(text, path)
        for path, text in texts.items()
        if (path in STARTING or (path.startswith("trees/") and path.endswith(".yaml")))
        and (_may_hold(text, old) or _may_hold(text, new))
    }
    names = [(path, str(child.where[-1])) for path, file in files.items() for child in _nodes(file)]
    _check(names, old, new)
    changed: dict[str, str] = {}
    for path, file in files.items():
        scalars = list(_spoken_of(file, old))
        if scalars:
            changed[path] = _renamed(file, scalars, old, new)
    return changed


def _may_hold(text: str, name: str) -> bool:
    """Whether a scalar of the YAML can be the name; reading every file would take long.

    Without escapes a scalar differs from what it says only in breaks of lines and in quotes that are doubled.
    """
    return _ESCAPE in text or all(part in text for part in _BREAKS.split(name))


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
    starting = file.document.path in STARTING
    for child in _nodes(file):
        if child.where[-1] == name and isinstance(child.key, yaml.ScalarNode):
            yield child.key, child.in_flow
    for place in _below(Place(file.root, ())):
        node = place.node
        if leads(place.where, starting=starting) and isinstance(node, yaml.ScalarNode) and node.value == name:
            yield node, place.in_flow


def _below(place: Place) -> Iterator[Place]:
    for child in place.children:
        yield child
        yield from _below(child)


def leads(path: Path, *, starting: bool) -> bool:
    """Whether the value at the path is the name of a node.

    Args:
        path: Keys, and numbers of items.
        starting: Whether the file is one of those that say where calls begin.
    """
    match path:
        case ("start",) | ("starts", _) | ("recorded", int()):
            return starting
        case ("nodes", _, str(key)):
            return key in LEADING
        case ("nodes", _, str(kind), int(), "goto"):
            return kind in _LISTS
        case _:
            return False


def _renamed(file: Source, scalars: list[tuple[yaml.ScalarNode, bool]], old: str, new: str) -> str:
    text = file.text
    for node, in_flow in sorted(scalars, key=lambda one: one[0].start_mark.index, reverse=True):
        start, end = node.start_mark.index, node.end_mark.index
        text = text[:start] + scalar(new, in_flow=in_flow, like=node) + text[end:]
    try:
        said: object = read(text, file.document.path).data
    except ContentError:
        said = None
    if said != _wanted(file, file.document.data, old, new):
        raise file.refusal(("nodes", old), "このファイルの名前は、機械では変えられません。手で直してください。")
    return text


def _wanted(file: Source, data: object, old: str, new: str, path: Path = ()) -> object:
    """What the file shall say."""
    if isinstance(data, list):
        return [_wanted(file, one, old, new, (*path, at)) for at, one in enumerate(data)]
    if isinstance(data, dict):
        return {
            (new if path == ("nodes",) and key == old else key): _wanted(file, value, old, new, (*path, key))
            for key, value in data.items()
        }
    return new if data == old and leads(path, starting=file.document.path in STARTING) else data
