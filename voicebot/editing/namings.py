"""What the city's things are called, and which places of which files say such a name.

A name that is given anew in all of them still means the same thing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from re import Pattern
from typing import Any, cast

from voicebot.documents import Path
from voicebot.editing.scenes import is_tree

Says = Callable[[str, Path, object], bool]
"""By a file's path, a place in it, and all that the file says."""
STARTING = frozenset({"line.yaml", "disaster.yaml"})
"""Files that say where calls begin."""
LEADING = frozenset({"goto", "otherwise"})
"""Keys of a node whose value is the name of a node."""
_LISTS = frozenset({"choices", "when"})
"""Keys of a node whose items have a `goto`."""
_OF_DEPARTMENT = frozenset({"department", "transfer", "message", "callback"})
_SPOKEN = frozenset({"prompt", "reword", "answer", "confirm", "found", "missing", "sms", "label"})
"""Keys of trees whose texts are said."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One kind of things that have names."""

    called: str
    key: str
    """Of the mapping in which they are described by their names."""
    home: str
    """The file with that mapping; "trees/" for all files of the folder."""
    names: Says
    """Whether a value is the name of such a thing."""
    keys: Says = lambda path, where, data: False
    """Whether the keys of a mapping, other than the one at home, are their names."""
    sign: Callable[[str], Pattern[str]] | None = None
    """How texts say a name, with the name itself between two groups."""

    def at_home(self, path: str) -> bool:
        """Whether a file describes such things."""
        return is_tree(path) if self.home == "trees/" else path == self.home


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


def spoken(path: str, where: Path) -> bool:
    """Whether the text at a place is said to callers, or is what a golden talk expects to be said."""
    kind = path.partition("/")[0]
    match where:
        case ("nodes", _, *rest):
            return is_tree(path) and not {"with", "say"} & set(rest) and bool(_SPOKEN & set(rest))
        case ("entries", int(), "answer"):
            return kind == "faq"
        case ("talks", int(), "lines", int(), "応答" | "言わない"):
            return kind == "talks"
        case ("phrases", *_):
            return path == "phrases.yaml"
        case ("facts", _) | ("facts", _, "value"):
            return path == "facts.yaml"
        case ("departments", _, "ask_caller" | "screening", *_):
            return path == "departments.yaml"
        case _:
            return False


def _names_node(path: str, where: Path, data: object) -> bool:
    return (path in STARTING or is_tree(path)) and leads(where, starting=path in STARTING)


def _names_department(path: str, where: Path, data: object) -> bool:
    match where:
        case ("departments", _, "next" | "closed"):
            return path == "departments.yaml"
        case ("switchboard",) | ("duty",):
            return path == "profile.yaml"
        case ("facts", _, "owner"):
            return path == "facts.yaml"
        case ("department",) | ("entries", int(), "department" | "owner"):
            return path.startswith("faq/")
        case ("talks", int(), "lines", int(), "転送"):
            return path.startswith("talks/")
        case ("section",) | ("nodes", _, "when", int(), "open") | ("nodes", _, "with", "department"):
            return is_tree(path)
        case ("nodes", _, str(key)):
            return is_tree(path) and key in _OF_DEPARTMENT
        case _:
            return False


def _names_calendar(path: str, where: Path, data: object) -> bool:
    match where:
        case ("calendars", _, "based_on"):
            return path == "hours.yaml"
        case ("departments", _, "hours"):
            return path == "departments.yaml"
        case _:
            return False


def _names_fact(path: str, where: Path, data: object) -> bool:
    match where:
        case ("nodes", _, "when", int(), "fact"):
            return is_tree(path)
        case ("nodes", name, "with", "name"):
            nodes = cast(Mapping[str, Any], data).get("nodes") if is_tree(path) else None
            node = nodes.get(name) if isinstance(nodes, dict) else None
            return isinstance(node, dict) and node.get("lookup") == "fact"
        case _:
            return False


def _fact_in_text(name: str) -> Pattern[str]:
    return re.compile(r"(\{\s*facts\s*[.．]\s*)" + re.escape(name) + r"(\s*\})")


def _pretended(path: str, where: Path, data: object) -> bool:
    """Talks give values by the names of facts."""
    return path.startswith("talks/") and len(where) == 3 and where[0] == "talks" and where[2] == "facts"


NODES = Naming("ノード", "nodes", "trees/", _names_node)
DEPARTMENTS = Naming("課", "departments", "departments.yaml", _names_department)
CALENDARS = Naming("開庁時間", "calendars", "hours.yaml", _names_calendar)
FACTS = Naming("値", "facts", "facts.yaml", _names_fact, _pretended, _fact_in_text)
READINGS = Naming("読み", "readings", "readings.yaml", lambda path, where, data: False)
