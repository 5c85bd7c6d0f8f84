"""The tree of the draft as the pages see it: its nodes as written, as boxes, and where calls begin. Read once a state.

Nothing here needs content that can be loaded: a draft that is being written is looked at as it is.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

from voicebot.dialog.diagram.outline import Box, Outline
from voicebot.dialog.diagram.sketch import Beginnings, boxes_of, sketched
from voicebot.documents import read
from voicebot.editing.scenes import Scene, TreeText, scenes_of, trees_of
from voicebot.editing.uses import touched
from voicebot.errors import ContentError, Fault
from voicebot.releases.texts import Files, digest_of_files

_KEPT = 4
_FACTS, _DEPARTMENTS = "facts.yaml", "departments.yaml"


@dataclass(frozen=True, slots=True)
class Sight:
    """One state of the draft."""

    digest: str
    """Of the files that the picture is made of."""
    files: Files
    trees: Mapping[str, TreeText]
    scenes: Mapping[str, Scene]
    boxes: Mapping[str, Box]
    beginnings: Beginnings
    facts: Mapping[str, str]
    departments: tuple[str, ...]
    outline: Outline
    """The whole of it, from where calls begin."""
    recorded: frozenset[str]
    """What a person has recorded, or is to record."""

    @property
    def broken(self) -> tuple[Fault, ...]:
        """Why files cannot be read, one fault a file."""
        return tuple(tree.faults[0] for tree in self.trees.values() if tree.faults)


class Sights:
    """Remembers the last states."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Sight] = OrderedDict()
        self._lock = Lock()

    def of(self, files: Files) -> Sight:
        """These files as they are seen."""
        shown = {path: text for path, text in files.items() if touched(path) or path in (_FACTS, _DEPARTMENTS)}
        digest = digest_of_files(shown)
        with self._lock:
            if digest not in self._kept:
                self._kept[digest] = sight_of(files, digest)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return self._kept[digest]


def sight_of(files: Files, digest: str) -> Sight:
    """Look at files."""
    trees, scenes = trees_of(files), scenes_of(files)
    facts = dict(_facts(_said(files, _FACTS)))
    line, disaster = _said(files, "line.yaml"), _said(files, "disaster.yaml")
    starts = line.get("starts")
    beginnings = Beginnings(
        _text(line.get("start")),
        {code: _text(name) for code, name in starts.items()} if isinstance(starts, dict) else {},
        _text(disaster.get("start")),
    )
    departments = _said(files, _DEPARTMENTS).get("departments")
    boxes = boxes_of({name: scene.data for name, scene in scenes.items()}, facts)
    names = tuple(departments) if isinstance(departments, dict) else ()
    recorded = line.get("recorded")
    spoken = frozenset(recorded if isinstance(recorded, list) else ())
    return Sight(digest, files, trees, scenes, boxes, beginnings, facts, names, sketched(boxes, beginnings), spoken)


def _said(files: Files, path: str) -> Mapping[str, object]:
    try:
        data = read(files.get(path, ""), path).data
    except ContentError:
        return {}
    return data if isinstance(data, dict) else {}


def _facts(document: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    facts = document.get("facts")
    for name, value in facts.items() if isinstance(facts, dict) else ():
        yield name, _text(value.get("value") if isinstance(value, dict) else value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
