"""One door for every published list: bytes in, rows of the city's files and every problem with its place out."""

import csv
import re
from collections.abc import Callable, Mapping
from datetime import date

from voicebot.errors import TableError
from voicebot.opendata import collection
from voicebot.opendata.cells import day, narrow
from voicebot.opendata.columns import Columns, columns_of
from voicebot.opendata.geojson import is_json, table_of
from voicebot.opendata.items import items
from voicebot.opendata.kinds import ListKind, Section
from voicebot.opendata.places import places
from voicebot.opendata.refuges import refuges
from voicebot.opendata.report import Result, Taken
from voicebot.opendata.rota import rota
from voicebot.sheets.reading import read_tables
from voicebot.sheets.table import Table

_READERS: Mapping[Section, Callable[[Columns], Taken]] = {
    "facilities": places,
    "shelters": refuges,
    "areas": collection.areas,
    "closed": collection.closed,
    "kinds": collection.described,
    "remarks": collection.described,
    "items": items,
    "duties": rota,
}
CLINICS = frozenset({"病院", "医院", "クリニック", "診療所", "医療機関"})
_TITLE = re.compile(r"((?:\d{4}年|[^\d\s(（]{2}(?:\d{1,2}|元)年)\d{1,2}月\d{1,2}日)(?:現在|時点|更新|作成)")
_NAME = re.compile(r"(?<!\d)(20\d{2})[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])?(?!\d)")
_CUT = "最後の行が途中で切れています。ダウンロードが止まったようです。もう一度ダウンロードしてから取り込んでください。"


def read_list(name: str, data: bytes, wanted: ListKind | None = None) -> Result:
    """A published list.

    Args:
        name: The file's name, for messages.
        data: The whole file: CSV, Excel or GeoJSON.
        wanted: What it lists, if staff have said so; else it is found out.

    Returns:
        The rows that can be used and every problem. Nothing is guessed: a row that cannot be read is refused alone.

    Raises:
        TableError: it is no list, broken off, or of another kind; the message (Japanese) says the cure.
    """
    tables = (table_of(name, data),) if is_json(data) else read_tables(name, data)
    faults: list[TableError] = []
    for table in tables:
        try:
            columns = columns_of(table, wanted, collection.is_days)
        except TableError as error:
            faults.append(error)
            continue
        return _result(name, data, table, columns)
    raise faults[0]


def _result(name: str, data: bytes, table: Table, columns: Columns) -> Result:
    _refuse_cut(name, data, table)
    taken = _READERS[columns.kind.section](columns)
    if not taken.rows and columns.kind.section != "remarks":
        first = next((problem.message for problem in taken.problems), "見出しの下に行がありません。")
        message = f"「{table.label}」は「{columns.kind.name}」の一覧のようですが、取り込める行がありません。{first}"
        raise TableError("opendata.no_rows", message)
    return Result(
        file=name,
        kind=_name(columns.kind, taken),
        section=columns.kind.section,
        rows=tuple(taken.rows),
        problems=tuple(sorted(taken.problems, key=lambda problem: problem.row)),
        notes=table.notes,
        as_of=_as_of(columns) or _as_of_title(table, columns) or _as_of_name(name),
        encoding=table.encoding,
    )


def _name(kind: ListKind, taken: Taken) -> str:
    """What the list is called: a plain list of places may hold clinics only."""
    clinics = sum(row.get("kind") in CLINICS for row in taken.rows)
    return "医療機関" if kind.name == "公共施設" and clinics > len(taken.rows) / 2 else kind.name


def _refuse_cut(name: str, data: bytes, table: Table) -> None:
    """A CSV that ends in the middle of a sign or of a row was not downloaded to its end."""
    if table.notes:
        raise TableError("opendata.cut", f"「{name}」: {_CUT}")
    if table.encoding in {"xlsx", "geojson", "utf-16"} or len(table.rows) < 3 or data.endswith((b"\n", b"\r")):
        return
    # Commas are one byte in every encoding that a CSV of Japan has, but for UTF-16.
    widths = [len(row) for row in csv.reader(re.split("\r\n|\r|\n", data.decode("latin-1"))) if row]
    if widths and widths[-1] < widths[0] <= min(widths[:-1]):
        raise TableError("opendata.cut", f"「{name}」: {_CUT}")


def _as_of(columns: Columns) -> date | None:
    """The newest date of a column that says from when the rows are."""
    found = []
    for row in columns.rows if columns.has("as_of") else ():
        try:
            each = day(columns.cell(row, "as_of").split(" ")[0])
        except ValueError:
            continue
        if each:
            found.append(each)
    return max(found, default=None)


def _as_of_title(table: Table, columns: Columns) -> date | None:
    """The date of a title above the heading: 「避難所一覧(令和7年4月1日現在)」."""
    for row in table.rows:
        if row.number > columns.last_row:
            break
        for found in _TITLE.finditer(narrow("".join(row.cells)).replace(" ", "")):
            try:
                return day(found[1])
            except ValueError:
                continue
    return None


def _as_of_name(name: str) -> date | None:
    """The date in a file's name: `list_20250401.csv`, `list_202504.csv` (its first day)."""
    found = _NAME.search(name)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None
