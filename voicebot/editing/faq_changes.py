"""An import's plan carried out on the text of the FAQ's files: comments, order and everything untouched stay."""

from collections.abc import Mapping
from datetime import date

from voicebot.documents import Path, read
from voicebot.editing.edits import add_items, add_key, delete, set_value
from voicebot.editing.values import Value
from voicebot.editing.values import entry as yaml_entry
from voicebot.faq.changes import Changed, FieldChange, Plan
from voicebot.faq.load import FaqFile
from voicebot.faq.rows import LABELS, Row

FOLDER = "faq/"


def applied(plan: Plan, files: Mapping[str, str]) -> dict[str, str]:
    """The texts of the files that change, by path; new files among them.

    Args:
        plan: What shall change.
        files: The FAQ's files (`faq/市民課.yaml`) as they are.

    Raises:
        ContentError: a place is written in a way that cannot be edited safely; it is named.
    """
    texts = dict(files)
    for changed in plan.changed:
        for change in changed.fields:
            texts[changed.written.path] = _with_field(texts[changed.written.path], changed, change)
    for path, department, rows in _by_file(plan.new, texts):
        items: list[Value] = [_entry(row, department) for row in rows]
        if path in texts:
            texts[path] = add_items(texts[path], ("entries",), items, path)
        else:
            texts[path] = add_items(_new_file(department), ("entries",), items, path)
    return {path: text for path, text in texts.items() if text != files.get(path)}


def _with_field(text: str, changed: Changed, change: FieldChange) -> str:
    written = changed.written
    where: Path = ("entries", written.at, change.name)
    inherited = change.name in ("department", "owner") and change.after == written.file_department
    is_there = change.name in _keys(text, written.path, written.at)
    if not change.after or inherited:
        return delete(text, where, written.path) if is_there else text
    value = _as_yaml(change.after)
    return set_value(text, where, value, written.path) if is_there else add_key(text, where, value, written.path)


def _keys(text: str, path: str, at: int) -> set[str]:
    """The keys that an entry has in the file."""
    return {where[2] for where in read(text, path).lines if len(where) == 3 and where[:2] == ("entries", at)}  # type: ignore[misc]


def _by_file(rows: tuple[Row, ...], texts: Mapping[str, str]) -> list[tuple[str, str, list[Row]]]:
    """New rows by the file of their department: path, the file's department, rows."""
    homes: dict[str, str] = {}
    for path, text in texts.items():
        department = FaqFile.model_validate(read(text, path).data).department
        homes.setdefault(department, path)
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.department, []).append(row)
    return [(homes.get(name, f"{FOLDER}{name}.yaml"), name, group) for name, group in found.items()]


def _entry(row: Row, department: str) -> dict[str, Value]:
    """The keys of a new entry in their usual order; what its file says already is left out."""
    values: dict[str, Value] = {}
    for name in LABELS:
        value = getattr(row, name)
        if not value or (name in ("department", "owner") and value == department):
            continue
        values[name] = _as_yaml(value)
    return values


def _as_yaml(value: str | tuple[str, ...] | date) -> Value:
    match value:
        case str():
            return value
        case tuple():
            return list(value)
    return value.isoformat()


def _new_file(department: str) -> str:
    lines = [f"# {department}によくあるお尋ね。", *yaml_entry("department", department, 0), "entries: []"]
    return "\n".join(lines) + "\n"
