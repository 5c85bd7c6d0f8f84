"""`data/*.yaml`: imported open data as written, one file a list, with its source and date.

`voicebot data import` writes these files; people read them and may delete them, but mend the list they came from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from voicebot import documents
from voicebot.city.data_sets import DataSet
from voicebot.city.facilities_file import FacilityRow, Words
from voicebot.city.shelters import Danger
from voicebot.documents import Document, Strict, parse
from voicebot.errors import ContentError, Fault

FOLDER = "data/"


class RefugeRow(Strict):
    """One shelter."""

    name: Annotated[str, Field(min_length=1)]
    reading: str = ""
    dangers: tuple[Danger, ...] = ()
    """For which it may be used without reserve (○)."""
    partly: tuple[Danger, ...] = ()
    """For which only a part of it may be used (△)."""
    number: Words = ()
    address: str = ""
    capacity: int | None = None
    note: str = ""
    lasting: bool = False
    """Whether people can stay there (指定避難所)."""
    latitude: Annotated[float, Field(ge=20, le=46)] | None = None
    longitude: Annotated[float, Field(ge=122, le=154)] | None = None


class AreaRow(Strict):
    """Collection days of one area."""

    name: Annotated[str, Field(min_length=1)]
    towns: tuple[str, ...] = ()
    """Districts that it consists of."""
    center: str = ""
    days: dict[str, str] = {}
    """Kind of garbage -> days, as in `garbage.yaml`."""
    dates: dict[str, tuple[date, ...]] = {}
    """Kind of garbage -> single days."""
    remarks: tuple[str, ...] = ()


class CenterClosedRow(Strict):
    """Days on which the areas of a center are not served."""

    center: str = ""
    first: date
    last: date


class SortRow(Strict):
    """One row of a sorting list."""

    name: Annotated[str, Field(min_length=1)]
    reading: str = ""
    when: str = ""
    kind: Annotated[str, Field(min_length=1)]
    hint: str = ""


class DutyRow(Strict):
    """One clinic's duty on one day."""

    date: date
    subject: str = ""
    name: Annotated[str, Field(min_length=1)]
    hours: str
    number: Words = ()


class DataFile(Strict):
    """The whole of a file in `data/`."""

    set: Annotated[str, Field(min_length=1)]
    source: str = ""
    licence: str = ""
    file: str = ""
    as_of: date | None = None
    imported: date | None = None
    facilities: tuple[FacilityRow, ...] = ()
    shelters: tuple[RefugeRow, ...] = ()
    areas: tuple[AreaRow, ...] = ()
    closed: tuple[CenterClosedRow, ...] = ()
    kinds: dict[str, str] = {}
    """Kind of garbage -> how it is put out."""
    remarks: dict[str, str] = {}
    items: tuple[SortRow, ...] = ()
    duties: tuple[DutyRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """One file of `data/`, read."""

    document: Document
    rows: DataFile

    @property
    def data_set(self) -> DataSet:
        """What staff want to know of it."""
        rows = self.rows
        count = sum(len(each) for each in (rows.facilities, rows.shelters, rows.areas, rows.closed, rows.items))
        count += len(rows.kinds) + len(rows.remarks) + len(rows.duties)
        ends = [row.date for row in rows.duties] + [row.last for row in rows.closed]
        ends += [day for row in rows.areas for days in row.dates.values() for day in days]
        until = max(ends, default=None)
        return DataSet(self.document.path, rows.set, count, rows.source, rows.licence, rows.as_of, rows.imported, until)


def read_imported(texts: Mapping[str, str], faults: list[Fault]) -> tuple[Imported, ...]:
    """Every file of `data/`, the newest first; faults are added to the list.

    Args:
        texts: Path inside the city's folder to content.
        faults: Receives what is wrong.
    """
    found = tuple(_read(texts, faults))
    return tuple(sorted(found, key=lambda each: each.data_set.dated or date.min, reverse=True))


def _read(texts: Mapping[str, str], faults: list[Fault]) -> Iterator[Imported]:
    for path, text in sorted(texts.items()):
        if path.startswith(FOLDER):
            try:
                document = documents.read(text, path)
                yield Imported(document, parse(document, DataFile))
            except ContentError as error:
                faults += error.faults
