"""A list that was read, as the text of a file in the city's `data/`: YAML, one row a line, with its source and date."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from voicebot.opendata.report import Result

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~][^:#,\[\]{}\"'\n\r\t]*")
_RESERVED = frozenset({"null", "Null", "NULL", "~"})
_DEGREES = 6
"""Decimals of a coordinate: a tenth of a metre."""
_TITLE = (
    "# 「voicebot data import」で取り込んだ一覧です。直すときは、元の表を直して、もう一度取り込んでください。",
    "# 要らなくなったら、このファイルを消してください。手で書いたこと(facilities.yaml など)が先に使われます。",
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a list came from, as staff have said or the file tells."""

    imported: date
    source: str = ""
    licence: str = ""
    as_of: date | None = None


def file_name(name: str) -> str:
    """The name of the file in `data/` for a list that was called so: its stem, without signs that make trouble."""
    stem = re.sub(r"[^\w.-]+", "_", name.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip("._")
    return f"{stem or 'data'}.yaml"


def text_of(result: Result, origin: Origin) -> str:
    """The text of the file."""
    as_of = origin.as_of or result.as_of
    head = {
        "set": result.kind,
        "source": origin.source,
        "licence": origin.licence,
        "file": result.file,
        "as_of": as_of.isoformat() if as_of else "",
        "imported": origin.imported.isoformat(),
    }
    lines = [*_TITLE, *(f"{key}: {_scalar(value)}" for key, value in head.items() if value)]
    if result.section in {"kinds", "remarks"}:
        lines.append(f"{result.section}:" if result.rows else f"{result.section}: {{}}")
        lines += [f"  {_scalar(str(row['name']))}: {_scalar(str(row['hint']))}" for row in result.rows]
    else:
        lines += [f"{result.section}:", *(f"  - {_flow(row)}" for row in result.rows)]
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{_scalar(str(key))}: {_flow(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_flow(each) for each in value) + "]"
        case bool():
            return "true" if value else "false"
        case float():
            return f"{round(value, _DEGREES):.{_DEGREES}f}".rstrip("0").rstrip(".")
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """The text plainly where YAML takes it so, else in double quotes (every JSON string is one of YAML's)."""
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and text not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)
