"""What is wrong with a node while it is being written, at once, and to which field of the form each finding belongs.

The whole check (`examination`) is the judge; this finds what can be told from the node alone, in the same words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from voicebot.checking.findings import Finding, Level
from voicebot.city.facts import fill
from voicebot.dialog.building import Builder, Surroundings
from voicebot.dialog.check import check_parts
from voicebot.dialog.files import TreeFile
from voicebot.dialog.nodes import node_of
from voicebot.documents import Document, Path, parse, read
from voicebot.editing.scenes import ABOVE_LINES, Scene, alone
from voicebot.errors import ContentError, Fault
from voicebot.web.staff.content.sight import Sight

ONE_SCENE = "ここには、一つの場面だけを書いてください。別の場面は「新しい場面」で作れます。"


@dataclass(frozen=True, slots=True)
class Told:
    """One finding, as the page shows it."""

    field: str
    """Of the form (`choices.2.key`); empty for the node as a whole."""
    line: int
    """Of the node's own text, from 1."""
    message: str
    level: Level = "fault"


def tried(text: str, sight: Sight, reader: Callable[[str, str], str], path: str) -> tuple[Told, ...]:
    """What is wrong with a node's own text."""
    try:
        document = alone(text, path)
        nodes = document.data["nodes"] if isinstance(document.data, dict) else None
        if not isinstance(nodes, dict) or len(nodes) != 1:
            return (Told("", 1, ONE_SCENE),)
    except ContentError as error:
        return _at_fields(error.faults, text)
    places = tuple(document.lines)
    # Every place has a number of its own instead of its line: several stand on one line.
    numbered = Document(path, document.data, {where: at for at, where in enumerate(places)})
    faults = dict.fromkeys(_faults(numbered, sight, reader))
    return tuple(_at_place(places[fault.line], document, fault.message) for fault in faults)


def _faults(document: Document, sight: Sight, reader: Callable[[str, str], str]) -> tuple[Fault, ...]:
    try:
        tree = parse(document, TreeFile)
    except ContentError as error:
        return error.faults
    name, file = next(iter(tree.nodes.items()))
    build = Builder(_around(sight, reader), _rules(sight))
    where: Path = ("nodes", name)
    node = node_of(build, document, where, file)
    others = tuple((one.path, sight.files[one.path]) for one in sight.trees.values())
    return (*build.faults, *check_parts({name: node}, {name: (document, where)}, others))


def _at_place(where: Path, document: Document, message: str) -> Told:
    return Told(".".join(map(str, where[2:])), max(document.line(where) - ABOVE_LINES, 1), message)


def found_at(scene: Scene, findings: Iterable[Finding], known: Iterable[Told] = ()) -> tuple[Told, ...]:
    """Those findings of the whole check that are about a node; `known` are those whose field can be told exactly."""
    exact = {(each.line, each.message): each.field for each in known}
    last = scene.line + len(scene.text.splitlines())
    mine = [each for each in findings if each.path == scene.path and scene.line <= each.line < last]
    fields = fields_by_line(scene.text)
    told = []
    for each in mine:
        line = each.line - scene.line + 1
        told.append(Told(exact.get((line, each.message), fields.get(line, "")), line, each.message, each.level))
    return tuple(told)


def worst_by_node(sight: Sight, findings: Sequence[Finding]) -> dict[str, str]:
    """`fault` or `warning` for every node that a finding is about."""
    starts = sorted((scene.path, scene.line, name) for name, scene in sight.scenes.items())
    worst: dict[str, str] = {}
    for each in findings:
        if each.level == "note":
            continue
        above = [name for path, line, name in starts if path == each.path and line <= each.line]
        if above and (each.level == "fault" or above[-1] not in worst):
            worst[above[-1]] = each.level
    return worst


def fields_by_line(text: str) -> dict[int, str]:
    """The field of the form that each line of a node's own text holds; of several the one that holds them all."""
    try:
        document = alone(text)
    except ContentError:
        return {}
    found: dict[int, Path] = {}
    for where, line in document.lines.items():
        if len(where) < 3 or where[0] != "nodes":
            continue
        mine, own = where[2:], line - ABOVE_LINES
        found[own] = _shared(found[own], mine) if own in found else mine
    return {line: ".".join(map(str, where)) for line, where in found.items()}


def _at_fields(faults: Iterable[Fault], text: str) -> tuple[Told, ...]:
    fields = fields_by_line(text)
    lines = [(max(fault.line - ABOVE_LINES, 1), fault.message) for fault in faults]
    return tuple(Told(fields.get(line, ""), line, message) for line, message in dict.fromkeys(lines))


def _shared(one: Path, other: Path) -> Path:
    length = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:length]


def _around(sight: Sight, reader: Callable[[str, str], str]) -> Surroundings:
    def filled(text: str) -> str:
        return fill(text, sight.facts)

    departments = {name: (name,) for name in sight.departments}
    return Surroundings(reader, departments, switchboard="", duty="", fill=filled, facts=sight.facts)


def _rules(sight: Sight) -> dict[str, Mapping[str, list[str]]]:
    """Pieces of ways of saying things, by language."""
    found: dict[str, Mapping[str, list[str]]] = {}
    for path, text in sight.files.items():
        if path.startswith("grammars/") and path.endswith("/commands.yaml"):
            rules = _data(text, path).get("rules")
            found[path.split("/")[1]] = rules if isinstance(rules, dict) else {}
    return found


def _data(text: str, path: str) -> Mapping[str, object]:
    try:
        document: Document = read(text, path)
    except ContentError:
        return {}
    return document.data if isinstance(document.data, dict) else {}
