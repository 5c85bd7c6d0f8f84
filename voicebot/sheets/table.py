"""What a table is once it has been read: rows that remember where they stood, and problems that name the place."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank."""

    number: int
    """From 1, as Excel shows it (also for a CSV opened there: a cell with line breaks is still one row)."""
    cells: tuple[str, ...]
    """Texts, stripped, line breaks as "\\n"; "" for an empty cell. Every row of a table has the same number."""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file, or one sheet of a workbook."""

    name: str
    """The file's name."""
    sheet: str
    """The sheet's name; "" for a CSV."""
    rows: tuple[Row, ...]
    """Blank rows are left out; the numbers of the others stay."""
    encoding: str
    """How the file was written: `utf-8`, `utf-8-sig`, `utf-16`, `cp932`, `euc_jp`, `iso2022_jp` or `xlsx`."""
    notes: tuple[str, ...] = ()
    """What a person should know, in Japanese (the file ends in the middle of a sign, ...)."""

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0].cells) if self.rows else 0

    @property
    def label(self) -> str:
        """The file, with the sheet when there is one."""
        return f"{self.name}(シート「{self.sheet}」)" if self.sheet else self.name

    def column(self, at: int, below: int = 0) -> Iterator[tuple[int, str]]:
        """Row numbers and texts of one column (from 0), of the rows with a number greater than `below`."""
        return ((row.number, row.cells[at]) for row in self.rows if row.number > below)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in a table, or worth a look."""

    row: int
    """As Excel shows it; 0 when the whole table is meant."""
    column: int | None
    """From 0; None when the whole row is meant."""
    heading: str
    """The column's heading, "" if it has none."""
    message: str
    """In Japanese, for city staff: what is wrong, and what to do."""
    sheet: str = ""
    fatal: bool = True
    """Whether the row cannot be used."""

    @property
    def place(self) -> str:
        """「シート「市民課」 12行目 C列(担当課)」."""
        parts = [f"シート「{self.sheet}」"] if self.sheet else []
        parts += [f"{self.row}行目"] if self.row else []
        if self.column is not None:
            parts.append(f"{letters(self.column)}列" + (f"({self.heading})" if self.heading else ""))
        return " ".join(parts)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


def letters(column: int) -> str:
    """The name of a column (from 0) as Excel shows it: A, B, ... Z, AA."""
    name = ""
    left = column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def squared(rows: list[tuple[int, list[str]]]) -> tuple[Row, ...]:
    """Rows of one width, cleaned, without those that are blank and without blank columns at the right."""
    cleaned = [(number, [clean(cell) for cell in cells]) for number, cells in rows]
    width = max((at + 1 for _, cells in cleaned for at, cell in enumerate(cells) if cell), default=0)
    return tuple(
        Row(number, tuple((cells + [""] * width)[:width])) for number, cells in cleaned if any(cell for cell in cells)
    )


def clean(text: str) -> str:
    """One cell's text: line breaks as one sign, no blanks around it or around its lines' ends, no invisible signs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\u200b", "")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
