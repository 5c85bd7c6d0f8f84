"""Names that forms offer to choose from, also while a file has faults."""

from voicebot.documents import read
from voicebot.errors import ContentError
from voicebot.releases.texts import Files

DEPARTMENTS, HOURS = "departments.yaml", "hours.yaml"


def department_names(files: Files) -> tuple[str, ...]:
    """The departments, in the order of their file."""
    return _keys(files, DEPARTMENTS, "departments")


def calendar_names(files: Files) -> tuple[str, ...]:
    """The opening hours, in the order of their file."""
    return _keys(files, HOURS, "calendars")


def other_names(files: Files) -> dict[str, tuple[str, ...]]:
    """The departments with the other names that residents call them by."""
    try:
        data = read(files.get(DEPARTMENTS, ""), DEPARTMENTS).data
    except ContentError:
        return {}
    rows = data.get("departments") if isinstance(data, dict) else None
    rows = rows if isinstance(rows, dict) else {}
    return {str(name): _also(row) for name, row in rows.items()}


def _also(row: object) -> tuple[str, ...]:
    also = row.get("also") if isinstance(row, dict) else None
    return tuple(map(str, also)) if isinstance(also, list) else ()


def _keys(files: Files, path: str, key: str) -> tuple[str, ...]:
    try:
        data = read(files.get(path, ""), path).data
    except ContentError:
        return ()
    found = data.get(key) if isinstance(data, dict) else None
    return tuple(map(str, found)) if isinstance(found, dict) else ()
