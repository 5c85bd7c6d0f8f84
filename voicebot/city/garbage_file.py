"""`garbage.yaml` as the city's garbage rules, with every fault at its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import time
from typing import Annotated, Literal

from pydantic import Field

from voicebot.city.days import Days, parse_days, parse_period
from voicebot.city.file_checks import kana_faults, read_value
from voicebot.city.garbage import Closure, Extra, Garbage, Kind
from voicebot.city.names import Reader, word_form
from voicebot.city.sorting_file import ItemRow, sentence, sorting_list
from voicebot.city.time_ranges import plain_text
from voicebot.documents import Document, Path, Strict, parse, suggestion
from voicebot.errors import ContentError, Fault
from voicebot.language.kana import katakana, matching_form
from voicebot.language.times import parse_time

AS_USUAL = "ふだんどおり"
_MONTHS = re.compile(r"(.+?)\((\d{1,2}(?:[・,、]\d{1,2})*)月\)")


class KindRow(Strict):
    """One kind of garbage as written."""

    reading: str
    also: tuple[str, ...] = ()
    say: str = ""
    hint: str = ""


class ClosedRow(Strict):
    """Days without collection."""

    date: str
    reason: Annotated[str, Field(min_length=1)]


class ExtraRow(Strict):
    """A collection out of turn."""

    date: str
    kinds: Annotated[tuple[str, ...], Field(min_length=1)]
    areas: tuple[str, ...] = ()


class GarbageFile(Strict):
    """The whole of `garbage.yaml`."""

    put_out_by: str
    holidays: Literal["ふだんどおり", "休み"]
    kinds: Annotated[dict[str, KindRow], Field(min_length=1)]
    groups: dict[str, tuple[str, ...]] = {}
    areas: Annotated[dict[str, dict[str, str]], Field(min_length=1)]
    closed: tuple[ClosedRow, ...] = ()
    extra: tuple[ExtraRow, ...] = ()
    items: dict[str, ItemRow] = {}


def load_garbage(document: Document, reader: Reader | None = None) -> Garbage:
    """The garbage rules.

    Args:
        document: `garbage.yaml`.
        reader: Gives the readings of items and of their other names, so that they are found by sound.

    Raises:
        ContentError: with all faults of the file at once.
    """
    rows = parse(document, GarbageFile)
    faults: list[Fault] = [*_kind_faults(document, rows), *_link_faults(document, rows)]
    put_out_by = parse_time(rows.put_out_by)
    if put_out_by is None:
        message = f"「{rows.put_out_by}」は時刻として読めません。「朝8時」のように書いてください。"
        faults.append(document.fault(("put_out_by",), message))
    garbage = Garbage(
        kinds={name: _kind(name, row) for name, row in rows.kinds.items()},
        areas={name: _area(document, name, days, faults) for name, days in rows.areas.items()},
        put_out_by=put_out_by.time if put_out_by else time(),
        put_out_words=rows.put_out_by,
        groups=rows.groups,
        on_holidays=rows.holidays == AS_USUAL,
        closures=tuple(_closures(document, rows.closed, faults)),
        extras=tuple(_extras(document, rows.extra, faults)),
        items=sorting_list(document, rows.items, tuple(rows.kinds), reader, faults),
    )
    if faults:
        raise ContentError(tuple(sorted(faults, key=lambda fault: fault.line)))
    return garbage


def _kind(name: str, row: KindRow) -> Kind:
    return Kind(name, katakana(row.reading), row.also, row.say or f"{name}です", sentence(row.hint))


def _area(document: Document, area: str, rows: Mapping[str, str], faults: list[Fault]) -> Mapping[str, Days]:
    days: dict[str, Days] = {}
    for kind, text in rows.items():
        where = ("areas", area, kind)
        read = read_value(document, where, collection_days, text, faults)
        if read is not None:
            days[kind] = read
    return days


def collection_days(text: str) -> Days:
    """The days on which garbage is collected: 「毎週月・木」「第2・第4水曜」「第2火曜(4・6・8月)」.

    Raises:
        ValueError: in Japanese, with the cure.
    """
    plain = plain_text(text)
    found = _MONTHS.fullmatch(plain)
    days = parse_days((found[1] if found else plain).removeprefix("毎週"))
    if days.holidays and not days.weekdays:
        raise ValueError(f"「{text}」は収集の曜日になりません。「月・木」「第2・第4水曜」のように書いてください。")
    months = frozenset(int(month) for month in re.findall(r"\d+", found[2])) if found else frozenset[int]()
    if any(not 1 <= month <= 12 for month in months):
        raise ValueError(f"「{text}」の月は、1から12までで書いてください。")
    return replace(days, months=months)


def _closures(document: Document, rows: tuple[ClosedRow, ...], faults: list[Fault]) -> Iterator[Closure]:
    for number, row in enumerate(rows):
        period = read_value(document, ("closed", number, "date"), parse_period, row.date, faults)
        if period is not None:
            yield Closure(period, row.reason.removesuffix("のため"))


def _extras(document: Document, rows: tuple[ExtraRow, ...], faults: list[Fault]) -> Iterator[Extra]:
    for number, row in enumerate(rows):
        period = read_value(document, ("extra", number, "date"), parse_period, row.date, faults)
        if period is not None:
            yield Extra(period, row.kinds, row.areas)


def _kind_faults(document: Document, rows: GarbageFile) -> Iterator[Fault]:
    """Kinds that cannot be told apart, or of which nothing could be said."""
    written: dict[str, str] = {}
    heard: dict[str, str] = {}
    collected = {kind for days in rows.areas.values() for kind in days}
    for name, row in rows.kinds.items():
        where = ("kinds", name)
        yield from kana_faults(document, (*where, "reading"), name, row.reading)
        others = [written.setdefault(word_form(word), name) for word in (name, *row.also)]
        others.append(heard.setdefault(matching_form(row.reading), name))
        for other in dict.fromkeys(others):
            if other != name:
                message = f"「{other}」と「{name}」は、同じ字か同じ音で、聞き分けられません。片方を変えてください。"
                yield document.fault(where, message)
        if name not in collected and not row.hint:
            message = f"「{name}」は、どの地区にも収集日がありません。どうすればよいかを hint に書いてください。"
            yield document.fault(where, message)


def _link_faults(document: Document, rows: GarbageFile) -> Iterator[Fault]:
    """Kinds and areas that are named but not written."""
    kinds, areas = tuple(rows.kinds), tuple(rows.areas)
    named: list[tuple[Path, str]] = [(("areas", area, kind), kind) for area in areas for kind in rows.areas[area]]
    named += [
        (("groups", group, place), kind) for group in rows.groups for place, kind in enumerate(rows.groups[group])
    ]
    for number, row in enumerate(rows.extra):
        named += [(("extra", number, "kinds", place), kind) for place, kind in enumerate(row.kinds)]
        for place, area in enumerate(row.areas):
            if area not in areas:
                message = f"「{area}」という地区は areas にありません。{suggestion(area, areas)}"
                yield document.fault(("extra", number, "areas", place), message)
    for where, kind in named:
        if kind not in kinds:
            message = f"「{kind}」というごみの種類は kinds にありません。{suggestion(kind, kinds)}"
            yield document.fault(where, message)
