"""The nodes of the tree files as pieces of text, also of a file that is no YAML while somebody is writing it.

A node begins on a line that is indented like the first one under `nodes:`, and nothing in it can be indented so little,
so lines alone tell the nodes apart. One that cannot be read spoils no other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import yaml

from voicebot.documents import Document, read
from voicebot.errors import ContentError, Fault

TREES = "trees/"
_NODES = re.compile(r"nodes:\s*(?:#.*)?$")
_KEY = re.compile(r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'\-\[\]{}&*!|>%@`?,:][^:#]*?)\s*:(?:\s|$)""")
_ABOVE = "section: x\nnodes:\n"
ABOVE_LINES = 2
"""Lines that `alone` puts above a node's own."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One node as it is written."""

    path: str
    name: str
    line: int
    """Where its name stands, from 1."""
    text: str
    """Its lines as if it stood alone, from its name on; without a line break at the end."""
    data: Mapping[str, object] | None
    """What it says; None when it cannot be read."""
    faults: tuple[Fault, ...] = ()
    """Why it cannot be read, by the lines of the file."""


@dataclass(frozen=True, slots=True)
class TreeText:
    """A tree file as written."""

    path: str
    section: str
    scenes: Mapping[str, Scene]
    by_lines: bool
    """Whether its nodes can be changed one by one; else only the file as a whole."""
    faults: tuple[Fault, ...] = ()
    """Why the file cannot be read as a whole."""

    @property
    def title(self) -> str:
        """Its section, with the file's name where that is another: a section may have several files."""
        name = self.path.rsplit("/", 1)[-1].removesuffix(".yaml")
        return self.section if name == self.section else f"{self.section} ({name})"


def is_tree(path: str) -> bool:
    """Whether nodes may stand in a file of this path."""
    return path.startswith(TREES) and path.endswith(".yaml")


def trees_of(files: Mapping[str, str]) -> dict[str, TreeText]:
    """The tree files among the city's files."""
    return {path: tree_of(path, text) for path, text in files.items() if is_tree(path)}


def scenes_of(files: Mapping[str, str]) -> dict[str, Scene]:
    """Every node by its name; of two with one name the first."""
    found: dict[str, Scene] = {}
    for tree in trees_of(files).values():
        for name, scene in tree.scenes.items():
            found.setdefault(name, scene)
    return found


@lru_cache(maxsize=128)
def tree_of(path: str, text: str) -> TreeText:
    """The nodes of a file."""
    pieces = list(_pieces(text))
    try:
        whole = read(text, path)
    except ContentError as error:
        # Of two nodes with one name the first, as everywhere here.
        scenes = {name: _alone(path, name, at, lines) for name, at, lines in reversed(pieces)}
        return TreeText(path, _section(text), dict(reversed(scenes.items())), bool(pieces), error.faults)
    data = whole.data if isinstance(whole.data, dict) else {}
    written = data.get("nodes")
    nodes: dict[str, object] = written if isinstance(written, dict) else {}
    section = data.get("section")
    by_lines = [name for name, _, _ in pieces] == list(nodes)
    if not by_lines:
        pieces = [(name, whole.line(("nodes", name)), []) for name in nodes]
    scenes = {name: Scene(path, name, at, "\n".join(lines), _said(nodes[name])) for name, at, lines in pieces}
    return TreeText(path, section if isinstance(section, str) else "", scenes, by_lines)


@lru_cache(maxsize=512)
def alone(text: str, path: str = "") -> Document:
    """A node's own text as a tree file that holds nothing else, with `ABOVE_LINES` more lines.

    Raises:
        ContentError: it cannot be read.
    """
    return read(_ABOVE + "".join(f"  {line}\n" if line.strip() else "\n" for line in text.splitlines()), path)


def name_in(text: str) -> str:
    """The name that a node's own text begins with; empty when it does not begin with one."""
    first = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    return _name(first)


def replaced(text: str, name: str, new: str) -> str:
    """The file with other lines for a node; `new` is its own text.

    Raises:
        KeyError: there is no such node, or nodes cannot be told apart by lines.
    """
    start, end, indent = _span(text, name)
    lines = text.split("\n")
    return "\n".join([*lines[:start], *_indented(new, indent, _return(text)), *lines[end:]])


def added(text: str, new: str, after: str = "") -> str:
    """The file with one more node, behind the node `after` or at the end.

    Raises:
        KeyError: nodes cannot be told apart by lines.
    """
    pieces = list(_pieces(text))
    if not pieces:
        raise KeyError(after)
    name = after if any(name == after for name, _, _ in pieces) else pieces[-1][0]
    _, end, indent = _span(text, name)
    lines = text.split("\n")
    return "\n".join([*lines[:end], *_indented(new, indent, _return(text)), *lines[end:]])


def removed(text: str, name: str) -> str:
    """The file without a node; comments above it stay, they may be the heading of a group.

    Raises:
        KeyError: there is no such node, it is the only one, or nodes cannot be told apart by lines.
    """
    if len(list(_pieces(text))) < 2:
        raise KeyError(name)
    start, end, _ = _span(text, name)
    lines = text.split("\n")
    while end < len(lines) and start > 0 and not lines[end].strip() and not lines[start - 1].strip():
        end += 1
    return "\n".join([*lines[:start], *lines[end:]])


def _pieces(text: str) -> Iterator[tuple[str, int, list[str]]]:
    """Name, line and lines of each node."""
    lines = text.split("\n")
    starts, indent, end = _starts(lines)
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else end
        stop = _without_tail(lines, start, stop, indent)
        own = [line.removesuffix("\r") for line in lines[start:stop]]
        yield _name(lines[start][indent:]), start + 1, [_outdented(line, indent) for line in own]


def _starts(lines: list[str]) -> tuple[list[int], int, int]:
    """On which lines (from 0) nodes begin, how far they are indented, and where the last one ends at most."""
    top = next((at for at, line in enumerate(lines) if _NODES.match(line.rstrip("\r"))), None)
    if top is None:
        return [], 0, 0
    starts: list[int] = []
    indent = 0
    for at in range(top + 1, len(lines)):
        line = lines[at]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        deep = len(line) - len(line.lstrip(" "))
        if deep == 0 and _name(line):
            return starts, indent, at
        indent = indent or deep
        if deep == indent and indent and _name(line[indent:]):
            starts.append(at)
    return starts, indent, len(lines)


def _without_tail(lines: list[str], start: int, stop: int, indent: int) -> int:
    """Blank lines and comments behind a node belong to what follows, unless they are indented like its keys."""
    while stop > start + 1:
        line = lines[stop - 1]
        deep = len(line) - len(line.lstrip(" "))
        if line.strip() and not (line.lstrip().startswith("#") and deep <= indent):
            break
        stop -= 1
    return stop


def _span(text: str, name: str) -> tuple[int, int, int]:
    lines = text.split("\n")
    _, indent, _ = _starts(lines)
    for found, at, own in _pieces(text):
        if found == name:
            return at - 1, at - 1 + len(own), indent
    raise KeyError(name)


def _indented(text: str, indent: int, end: str) -> list[str]:
    return [(" " * indent + line if line.strip() else "") + end for line in text.strip("\n").splitlines()]


def _outdented(line: str, indent: int) -> str:
    return line[indent:] if not line[:indent].strip() else line.lstrip()


def _return(text: str) -> str:
    return "\r" if "\r\n" in text else ""


def _name(line: str) -> str:
    found = _KEY.match(line)
    if not found:
        return ""
    key = found["key"]
    if key[0] not in "\"'":
        return key
    try:
        return str(yaml.safe_load(key))
    except yaml.YAMLError:
        return ""


def _alone(path: str, name: str, at: int, lines: list[str]) -> Scene:
    text = "\n".join(lines)
    try:
        document = alone(text, path)
    except ContentError as error:
        shifted = tuple(Fault(path, at + max(fault.line - ABOVE_LINES - 1, 0), fault.message) for fault in error.faults)
        return Scene(path, name, at, text, None, shifted)
    nodes = document.data["nodes"] if isinstance(document.data, dict) else {}
    return Scene(path, name, at, text, _said(nodes.get(name) if isinstance(nodes, dict) else None))


def _said(data: object) -> Mapping[str, object]:
    return data if isinstance(data, dict) else {}


def _section(text: str) -> str:
    found = re.search(r"^section:[ \t]*(.+?)[ \t]*\r?$", text, re.MULTILINE)
    return found[1].strip("\"'") if found else ""
