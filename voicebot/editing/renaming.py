"""Giving a thing another name, in every file that speaks of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from re import Pattern

import yaml

from voicebot.documents import Path, read
from voicebot.editing.namings import NODES, STARTING, Naming, spoken
from voicebot.editing.places import Place, Source, source
from voicebot.editing.scenes import is_tree
from voicebot.editing.values import scalar
from voicebot.errors import ContentError, Fault

_ESCAPE, _BREAKS = "\\", re.compile(r"[\s']+")
Change = tuple[int, int, str]


def rename_node(texts: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    """The files that change, by path, with the node renamed where it stands and wherever something leads to it.

    Args:
        texts: The city's files by path (`line.yaml`, `disaster.yaml`, `trees/….yaml`); others are not looked at.
        old: The node's name.
        new: Its new name.

    Raises:
        ContentError: there is no such node, the new name is taken or empty, or a file cannot be edited safely.
    """
    files = {path: text for path, text in texts.items() if path in STARTING or is_tree(path)}
    return rename(NODES, files, old, new)


def rename(
    naming: Naming, texts: Mapping[str, str], old: str, new: str, apart: Sequence[str] | None = None
) -> dict[str, str]:
    """The files that change, by path, with a thing renamed where it is described and wherever it is named.

    Args:
        naming: What kind of thing it is.
        texts: The city's files by path.
        old: Its name.
        new: Its new name.
        apart: When given, the name is replaced in what callers are told too, but not where it is a part of one of
            these names.

    Raises:
        ContentError: there is no such thing, the new name is taken or empty, or a file cannot be edited safely.
    """
    files = {
        path: source(text, path)
        for path, text in texts.items()
        if path.endswith(".yaml") and (_may_hold(text, old) or (naming.at_home(path) and _may_hold(text, new)))
    }
    names = [(path, str(child.where[-1])) for path, file in files.items() for child in _described(naming, file)]
    _check(naming, names, old, new)
    told = None if apart is None else _alone(old, apart)
    changed: dict[str, str] = {}
    for path, file in files.items():
        text = _renamed(file, _Wish(naming, path, file.document.data, old, new, told))
        if text != file.text:
            changed[path] = text
    return changed


@dataclass(frozen=True, slots=True)
class _Wish:
    """What becomes of the keys and values of one file."""

    naming: Naming
    path: str
    data: object
    old: str
    new: str
    told: Pattern[str] | None
    """The name in texts that are told; None where they stay."""

    def key(self, above: Path, key: str) -> str:
        """A key of the mapping at a place."""
        home = above == (self.naming.key,) and self.naming.at_home(self.path)
        return self.new if key == self.old and (home or self.naming.keys(self.path, above, self.data)) else key

    def value(self, where: Path, value: str) -> str:
        """The value at a place."""
        if value == self.old and self.naming.names(self.path, where, self.data):
            return self.new
        return self.inside(where, value)

    def inside(self, where: Path, text: str) -> str:
        """A text in which the name may stand among other words."""
        if self.naming.sign is not None:
            text = self.naming.sign(self.old).sub(lambda found: f"{found[1]}{self.new}{found[2]}", text)
        if self.told is not None and spoken(self.path, where):
            text = self.told.sub(lambda found: self.new if found[1] else found[0], text)
        return text


def _alone(name: str, apart: Sequence[str]) -> Pattern[str]:
    """The name, as a group, but for where it is a part of a longer one or stands in braces."""
    longer = sorted((each for each in apart if name in each and each != name), key=len, reverse=True)
    return re.compile("|".join((r"\{[^{}]*\}", *map(re.escape, longer), f"({re.escape(name)})")))


def _may_hold(text: str, name: str) -> bool:
    """Whether a scalar of the YAML can hold the name; reading every file would take long.

    Without escapes a scalar differs from what it says only in breaks of lines and in quotes that are doubled.
    """
    return _ESCAPE in text or all(part in text for part in _BREAKS.split(name))


def _check(naming: Naming, names: list[tuple[str, str]], old: str, new: str) -> None:
    here = next((path for path, name in names if name == old), None)
    taken = next((path for path, name in names if name == new), None)
    if here is None:
        message = f"「{old}」という{naming.called}がありません。名前を確かめてください。"
        raise ContentError((Fault(naming.home.rstrip("/"), 0, message),))
    if taken is not None:
        message = f"「{new}」という{naming.called}はもうあります。別の名前にしてください。"
        raise ContentError((Fault(taken if naming.home.endswith("/") else "", 0, message),))
    if not new.strip():
        raise ContentError((Fault(here, 0, "新しい名前が空です。名前を書いてください。"),))


def _described(naming: Naming, file: Source) -> list[Place]:
    """The things that a file describes."""
    if not naming.at_home(file.document.path):
        return []
    return next((child.children for child in Place(file.root, ()).children if child.where == (naming.key,)), [])


def _below(place: Place) -> Iterator[Place]:
    for child in place.children:
        yield child
        yield from _below(child)


def _changes(file: Source, wish: _Wish) -> Iterator[Change]:
    for place in _below(Place(file.root, ())):
        if isinstance(place.key, yaml.ScalarNode):
            name = wish.key(place.where[:-1], place.key.value)
            if name != place.key.value:
                yield _change(place.key, scalar(name, in_flow=place.in_flow, like=place.key))
        node = place.node
        if isinstance(node, yaml.ScalarNode) and wish.value(place.where, node.value) != node.value:
            if node.value == wish.old:
                yield _change(node, scalar(wish.new, in_flow=place.in_flow, like=node))
            else:
                written = file.text[node.start_mark.index : node.end_mark.index]
                yield _change(node, wish.inside(place.where, written))


def _change(node: yaml.Node, new: str) -> Change:
    return node.start_mark.index, node.end_mark.index, new


def _renamed(file: Source, wish: _Wish) -> str:
    text = file.text
    changes = sorted(_changes(file, wish), reverse=True)
    for start, end, new in changes:
        text = text[:start] + new + text[end:]
    try:
        said: object = read(text, file.document.path).data
    except ContentError:
        said = None
    if changes and said != _wanted(wish, file.document.data):
        message = "このファイルの名前は、機械では変えられません。手で直してください。"
        raise file.refusal((wish.naming.key, wish.old), message)
    return text


def _wanted(wish: _Wish, data: object, path: Path = ()) -> object:
    """What the file shall say."""
    if isinstance(data, list):
        return [_wanted(wish, one, (*path, at)) for at, one in enumerate(data)]
    if isinstance(data, dict):
        return {wish.key(path, key): _wanted(wish, value, (*path, key)) for key, value in data.items()}
    return wish.value(path, data) if isinstance(data, str) else data
