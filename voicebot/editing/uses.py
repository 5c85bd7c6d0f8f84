"""Where a node is used, and what becomes of those places when it goes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voicebot.documents import Path, read
from voicebot.editing.edits import delete, set_value
from voicebot.editing.namings import STARTING, leads
from voicebot.editing.scenes import is_tree, trees_of
from voicebot.errors import ContentError

RECORDED = "recorded"
"""Key of `line.yaml`: names of nodes and phrases that a person records."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place that names a node."""

    path: str
    where: Path
    node: str = ""
    """The node that leads there; empty for the files that say where calls begin."""

    @property
    def droppable(self) -> bool:
        """Whether the line can go with the node: a choice, a case, a name in a list; anything else must lead on."""
        return isinstance(self.where[-1], int) or (len(self.where) == 5 and self.where[2] in {"choices", "when"})


def uses(files: Mapping[str, str], name: str) -> tuple[Use, ...]:
    """Every place that leads to a node or lists it, in files that can be read, in their order."""
    return tuple(use for use, target in targets(files) if target == name)


def targets(files: Mapping[str, str]) -> Iterator[tuple[Use, str]]:
    """Every place that names a node, and the node; of files that cannot be read the nodes that can."""
    for path, text in files.items():
        if path in STARTING:
            yield from ((Use(path, where), target) for where, target in _named(_said(text, path), (), starting=True))
    for path, tree in trees_of(files).items():
        for name, scene in tree.scenes.items():
            for where, target in _named(scene.data or {}, ("nodes", name), starting=False):
                yield Use(path, where, name), target


def led_elsewhere(files: Mapping[str, str], name: str, instead: str = "") -> dict[str, str]:
    """The files that change, by path, when nothing shall lead to a node any more.

    Args:
        files: The city's files.
        name: The node that goes.
        instead: Where its places lead from now on; "" drops choices and cases that lead to it.

    Raises:
        ContentError: a place must lead somewhere and no other node is given, or a file cannot be edited safely.
    """
    changed: dict[str, str] = {}
    # From the end: numbers of the items before stay right.
    for use in reversed(uses(files, name)):
        text = changed.get(use.path, files[use.path])
        if use.where[0] == RECORDED or (not instead and use.droppable):
            row = use.where if isinstance(use.where[-1], int) else use.where[:-1]
            changed[use.path] = delete(text, row, use.path)
        elif instead:
            changed[use.path] = set_value(text, use.where, instead, use.path)
        else:
            fault = read(text, use.path).fault(use.where, f"「{name}」へ進みます。代わりの行き先を選んでください。")
            raise ContentError((fault,))
    return changed


def touched(path: str) -> bool:
    """Whether a file can name nodes."""
    return is_tree(path) or path in STARTING


def _named(data: object, where: Path, *, starting: bool) -> Iterator[tuple[Path, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _named(value, (*where, key), starting=starting)
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _named(value, (*where, at), starting=starting)
    elif isinstance(data, str) and leads(where, starting=starting):
        yield where, data


def _said(text: str, path: str) -> object:
    try:
        return read(text, path).data
    except ContentError:
        return {}
