"""A node as a form: which fields each kind has, and from what is typed there to what the YAML shall say. Pure.

Nothing is lost on the way: what the form does not know of (a key that is misspelt) stays as it was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from voicebot.editing.values import Value

Shape = Literal[
    "text", "ways", "words", "line", "key", "node", "department", "flag", "unless", "slot_kind", "lookup", "pairs",
    "rows", "happened",
]  # fmt: skip
"""text: by language. ways, words: one a line. flag: true when set. unless: false when not set."""
Data: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Field:
    """One field; its words are `node_<name>` and `node_<name>_hint`."""

    name: str
    shape: Shape
    required: bool = False
    rows: "tuple[Field, ...]" = ()
    """What a row holds, for the shape `rows`."""


def _needed(name: str, shape: Shape) -> Field:
    return Field(name, shape, required=True)


CHOICE = (
    Field("label", "text"), Field("key", "key"), _needed("say", "ways"), _needed("goto", "node"),
    Field("yomi", "words"),
)  # fmt: skip
SLOT = (
    _needed("slot", "line"), _needed("kind", "slot_kind"), _needed("prompt", "text"),
    Field("reword", "text"), Field("label", "text"),
)  # fmt: skip
CASE = (
    Field("open", "department"), Field("slot", "line"), Field("fact", "line"), Field("value", "words"),
    Field("language", "line"), Field("happened", "happened"), _needed("goto", "node"),
)  # fmt: skip
_SAYS = Field("prompt", "text")
KINDS: Mapping[str, tuple[Field, ...]] = {
    "say": (_needed("prompt", "text"), _needed("goto", "node"), Field("bargein", "unless")),
    "ask": (
        _needed("prompt", "text"), Field("reword", "text"), Field("choices", "rows", rows=CHOICE),
        Field("open", "flag"), Field("bargein", "unless"),
    ),
    "form": (
        _SAYS, Field("ask", "rows", rows=SLOT), Field("confirm", "text"), _needed("goto", "node"),
    ),
    "answer": (_needed("answer", "text"), Field("department", "department")),
    "lookup": (
        _needed("lookup", "lookup"), Field("with", "pairs"), Field("found", "text"), Field("missing", "text"),
        Field("goto", "node"), Field("department", "department"),
    ),
    "transfer": (_SAYS, _needed("transfer", "department")),
    "message": (_SAYS, _needed("message", "department")),
    "callback": (_SAYS, _needed("callback", "department")),
    "sms": (_SAYS, _needed("sms", "text")),
    "branch": (Field("when", "rows", rows=CASE), _needed("otherwise", "node")),
    "end": (_needed("prompt", "text"),),
}  # fmt: skip
"""The kinds of nodes, as `diagram.outline.Kind` calls them, with their fields in the order of the form."""
_TELLING: tuple[tuple[str, str], ...] = (
    ("choices", "ask"), ("open", "ask"), ("ask", "form"), ("answer", "answer"), ("lookup", "lookup"),
    ("transfer", "transfer"), ("message", "message"), ("callback", "callback"), ("sms", "sms"), ("when", "branch"),
    ("end", "end"), ("goto", "say"),
)  # fmt: skip
"""The key that tells the kind; the first that is there does."""


def kind_of(data: Data) -> str:
    """The kind of a node as written; `say` when nothing tells."""
    return next((kind for key, kind in _TELLING if data.get(key) not in (None, "", [], "false")), "say")


def languages_of(data: object) -> frozenset[str]:
    """The languages that a node is written in."""
    found: set[str] = set()
    if isinstance(data, dict):
        if "ja" in data and all(isinstance(key, str) and len(key) == 2 for key in data):
            return frozenset(data)
        for value in data.values():
            found |= languages_of(value)
    elif isinstance(data, list):
        for value in data:
            found |= languages_of(value)
    return frozenset(found)


def wanted(kind: str, typed: Mapping[str, str], before: Data) -> dict[str, Value]:
    """What the YAML shall say.

    Args:
        kind: Of `KINDS`.
        typed: The form: `prompt.ja`, `choices.0.say.ja`, `with.1.name` and so on.
        before: What it says now.
    """
    said = _mapping(KINDS[kind], typed, "", before)
    if kind == "end":
        said["end"] = "true"
    known = {field.name for field in KINDS[kind]} | said.keys()
    others = {key for fields in KINDS.values() for field in fields for key in (field.name, "end")} - known
    kept = {key: value for key, value in before.items() if key not in known and key not in others}
    return {**said, **kept}  # type: ignore[dict-item]


def _mapping(fields: Sequence[Field], typed: Mapping[str, str], prefix: str, before: Data) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for field in fields:
        value = _value(field, typed, prefix + field.name, before.get(field.name))
        if value not in (None, "", [], {}):
            found[field.name] = value
    return found


def _value(field: Field, typed: Mapping[str, str], name: str, before: object) -> Value:
    match field.shape:
        case "text":
            return _by_language({code: _kept(text, _in(before, code)) for code, text in _below(typed, name)}, before)
        case "ways":
            return _by_language({code: _lines(text) for code, text in _below(typed, name)}, before)
        case "words":
            lines = _lines(typed.get(name, ""))
            return before if lines == [before] else lines  # type: ignore[return-value]
        case "flag":
            return "true" if typed.get(name) else ("false" if before == "false" else None)
        case "unless":
            return ("true" if before == "true" else None) if typed.get(name) else "false"
        case "pairs":
            rows = [(typed.get(f"{name}.{at}.name", "").strip(), at) for at in _numbers(typed, name)]
            return {key: typed.get(f"{name}.{at}.value", "").strip() for key, at in rows if key}
        case "rows":
            old = before if isinstance(before, list) else []
            return [_row(field, typed, f"{name}.{at}.", old, at) for at in _numbers(typed, name)]
        case _:
            return _kept(typed.get(name, ""), before)


def _row(field: Field, typed: Mapping[str, str], prefix: str, old: Sequence[object], at: int) -> dict[str, Value]:
    before = old[at] if at < len(old) else None
    row = before if isinstance(before, dict) else {}
    unknown = {key: value for key, value in row.items() if key not in {each.name for each in field.rows}}
    return {**_mapping(field.rows, typed, prefix, row), **unknown}


def _numbers(typed: Mapping[str, str], name: str) -> list[int]:
    """Which rows the form has, by their numbers."""
    start = f"{name}."
    found = {key[len(start) :].split(".")[0] for key in typed if key.startswith(start)}
    return sorted(int(number) for number in found if number.isdecimal())


def _below(typed: Mapping[str, str], name: str) -> list[tuple[str, str]]:
    start = f"{name}."
    return [(key[len(start) :], text) for key, text in typed.items() if key.startswith(start)]


def _by_language(values: Mapping[str, Value], before: object) -> Value:
    """One text where there is only Japanese, and it was not written by language; nothing for what is empty."""
    found = {code: value for code, value in values.items() if value}
    if set(found) == {"ja"} and not isinstance(before, dict):
        lines = found["ja"]
        return before if isinstance(before, str) and lines == [before] else lines
    return found


def _in(before: object, code: str) -> object:
    return before.get(code) if isinstance(before, dict) else before if code == "ja" else None


def _kept(text: str, before: object) -> str:
    """What was typed; as it was written when only the blanks around differ, which no form keeps."""
    text = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    return before if isinstance(before, str) and before.strip() == text else text


def _lines(text: str) -> list[Value]:
    return [line.strip() for line in text.splitlines() if line.strip()]
