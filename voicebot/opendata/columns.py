"""Where the heading of a list is, which of its columns is which, and so which list it is.

Offices put titles above the heading, spread it over two rows with merged cells, name a column twice, and order columns
as they like. A heading means a column only when it is one of its known names: 名称_英語 is not 名称.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from voicebot.errors import TableError
from voicebot.opendata.kinds import COLLECTION, KNOWN, UNUSED, ListKind
from voicebot.sheets.header import DEEPEST, plain
from voicebot.sheets.table import Problem, Row, Table, letters

_PREFIXES = ("災害種別", "対象とする災害", "対象災害", "適応する災害", "災害の種別")
_OF_PLACES = frozenset({"住所", "所在地", "address", "電話番号", "telephonenumber", "tel", "緯度", "latitude"})
"""A list with one of these is of places, not of areas or things."""
_DAYS_SHARE = 0.6
_DAYS_PART = 0.3
"""So many of a column's cells must be collection days: of one column at least, and of the others beside it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table."""

    table: Table
    kind: ListKind
    last_row: int
    """The number of the heading's last row; the data stand below."""
    places: Mapping[str, tuple[int, ...]]
    """Our name of a column -> where it stands, from 0."""
    headings: tuple[str, ...]
    """What stands above each column."""

    def cell(self, row: Row, name: str) -> str:
        """The first text that is not empty among the columns of this name; "" when there is none."""
        return next((row.cells[at] for at in self.places.get(name, ()) if row.cells[at]), "")

    def cells(self, row: Row, name: str) -> tuple[str, ...]:
        """Every text that is not empty among the columns of this name."""
        return tuple(row.cells[at] for at in self.places.get(name, ()) if row.cells[at])

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return name in self.places

    def problem(self, row: Row | int, name: str, message: str, *, fatal: bool = False) -> Problem:
        """Something that is wrong in a cell, or with a whole row (`name` empty)."""
        number = row if isinstance(row, int) else row.number
        at = next(iter(self.places.get(name, ())), None)
        heading = self.headings[at] if at is not None else ""
        return Problem(number, at, heading, message, self.table.sheet, fatal)

    @property
    def rows(self) -> Iterator[Row]:
        """The rows below the heading."""
        return (row for row in self.table.rows if row.number > self.last_row)


def columns_of(table: Table, wanted: ListKind | None = None, days: Callable[[str], bool] | None = None) -> Columns:
    """The columns, and which list this is.

    Args:
        table: The table.
        wanted: The kind that staff have named; None to find out.
        days: Whether a text means collection days.

    Raises:
        TableError: it is none of the lists that we know, or not the one that is wanted; the message says the cure.
    """
    kinds = (wanted,) if wanted else KNOWN
    for kind in kinds:
        if kind is COLLECTION:
            continue
        found = _best(table, kind)
        if found and kind.name == "ごみ分別" and not _is_sorting(found):
            continue
        if found and kind.name == "公共施設" and days and not wanted:
            collection = _collection(table, days)
            if collection:
                return collection
        if found:
            return found
    collection = _collection(table, days) if days and wanted in (None, COLLECTION) else None
    if collection:
        return collection
    raise _unknown(table, wanted)


def _best(table: Table, kind: ListKind) -> Columns | None:
    """The heading that means the most, of one row or of two."""
    best: Columns | None = None
    for found in _candidates(table, kind):
        fits = all(name in found.places for name in kind.needed)
        marked = sum(name in found.places for name in kind.marks)
        if fits and (not kind.marks or marked >= kind.least) and (best is None or len(found.places) > len(best.places)):
            best = found
    return best


def _candidates(table: Table, kind: ListKind) -> Iterator[Columns]:
    names = _names(kind.name)
    for at, row in enumerate(table.rows[:DEEPEST]):
        yield Columns(table, kind, row.number, _places(row.cells, names), row.cells)
        below = table.rows[at + 1] if at + 1 < len(table.rows) else None
        if below is not None and below.number == row.number + 1:
            both = _joined(row.cells, below.cells)
            yield Columns(table, kind, below.number, _places(both, names), both)


@cache
def _names(kind: str) -> Mapping[str, str]:
    """A heading in plain form -> our name of the column; the first name that claims it has it."""
    found: dict[str, str] = {}
    fields = next(each.fields for each in (*KNOWN, COLLECTION) if each.name == kind)
    for name, headings in fields.items():
        for heading in headings:
            found.setdefault(plain(heading), name)
    return found


def _places(cells: tuple[str, ...], names: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for at, cell in enumerate(cells):
        heading = plain(cell)
        for prefix in _PREFIXES:
            heading = heading.removeprefix(prefix) or heading
        name = names.get(heading) if heading else None
        if name:
            found[name] = (*found.get(name, ()), at)
    return found


def _joined(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    """Two rows as one heading: what stands below, else what stands above; a repeated text once."""
    return tuple(below if below else above for above, below in zip(upper, lower, strict=True))


def _is_sorting(found: Columns) -> bool:
    """Whether the column of kinds holds few words over and over: a list of places may call a column 種別 too."""
    if {plain(heading) for heading in found.headings} & _OF_PLACES:
        return False
    kinds = [found.cell(row, "kind") for row in found.rows if found.cell(row, "kind")]
    return bool(kinds) and len(set(kinds)) <= max(12, len(kinds) // 4)


def _collection(table: Table, days: Callable[[str], bool]) -> Columns | None:
    """A list whose columns hold days of the week, beside one that names areas."""
    for found in _candidates(table, COLLECTION):
        if "name" not in found.places or {plain(heading) for heading in found.headings} & _OF_PLACES:
            continue
        rows = list(found.rows)
        named = {at for places in found.places.values() for at in places}
        shares: dict[int, float] = {}
        for at, heading in enumerate(found.headings):
            cells = [row.cells[at] for row in rows if row.cells[at]]
            if heading and at not in named and cells:
                shares[at] = sum(map(days, cells)) / len(cells)
        # Where one column surely holds days, another that does so in part is one too: its faults must be told.
        kinds = [at for at, share in shares.items() if share >= _DAYS_PART]
        kinds = kinds if any(share >= _DAYS_SHARE for share in shares.values()) else []
        if kinds:
            return Columns(table, COLLECTION, found.last_row, {**found.places, "days": tuple(kinds)}, found.headings)
    return None


def _unknown(table: Table, wanted: ListKind | None) -> TableError:
    if sum(sum(bool(cell) for cell in row.cells) > 1 for row in table.rows) < len(table.rows) / 2:
        message = f"「{table.label}」は表ではなく、文章のようです。一覧の CSV か Excel のファイルを選んでください。"
        return TableError("opendata.no_list", message)
    heading = max(table.rows[:DEEPEST], key=lambda row: sum(bool(cell) for cell in row.cells))
    shown = "、".join(cell.split("\n")[0] for cell in heading.cells if cell)[:80]
    if wanted:
        names = [next(iter(wanted.fields.get(name, (name,)))) for name in wanted.needed]
        missing = "と".join(f"「{name}」" for name in names)
        message = (
            f"「{table.label}」は「{wanted.name}」の一覧として読めません。{missing}などの列が見つかりません"
            f"(見出し: {shown})。ファイルと --kind を確かめてください。"
        )
        return TableError("opendata.other_list", message)
    cells = {plain(cell) for row in table.rows[:DEEPEST] for cell in row.cells}
    for name, words in UNUSED.items():
        if cells & {plain(word) for word in words}:
            message = f"「{table.label}」は{name}のようです。電話の案内には使わないので、取り込みません。"
            return TableError("opendata.not_used", message)
    known = "、".join(kind.name for kind in (*KNOWN[3:], COLLECTION))
    message = (
        f"「{table.label}」が何の一覧か、見出しからわかりません(見出し: {shown or 'なし'})。"
        f"取り込めるのは、{known}です。見出しの行があるか確かめ、あるなら --kind で種類を教えてください。"
    )
    return TableError("opendata.unknown_list", message)


def place_of(problem: Problem) -> str:
    """Where a problem is, for a message: 「12行目 C列(電話番号)」."""
    column = f" {letters(problem.column)}列({problem.heading})" if problem.column is not None else ""
    return f"{problem.row}行目{column}" if problem.row else "全体"
