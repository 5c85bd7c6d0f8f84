"""Imported collection days and sorting lists beside those that staff have written, which come first.

An imported list is not refused for names that sound alike: what a caller means is then asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time

from voicebot.city.calling import Called
from voicebot.city.data_file import AreaRow, Imported, SortRow
from voicebot.city.days import Days, Period
from voicebot.city.districts import District, Districts, index, names_of, sound
from voicebot.city.garbage import Closure, Extra, Garbage, Kind
from voicebot.city.garbage_file import collection_days
from voicebot.city.names import Reader, reading_of, spoken_name, word_form
from voicebot.city.sorting import Case, Item, SortingList
from voicebot.documents import Document
from voicebot.errors import Fault
from voicebot.language.kana import compact, katakana

ALL_DAY = time.max
"""Until when garbage must be out, where nobody has written it."""
NOT_COLLECTED = ("収集しない", "収集不可", "収集できない", "集めない", "処理できない", "処理困難", "対象外", "法対象")
"""A kind of garbage whose name holds one of these is a reason, not a kind."""
_ASK = "買ったお店か、市の担当の課に、お尋ねください。"


def merged_garbage(
    written: Garbage | None, files: Sequence[Imported], reader: Reader | None, faults: list[Fault]
) -> Garbage | None:
    """Everything about garbage; None when there is nothing.

    Args:
        written: `garbage.yaml`.
        files: The imported files, newest first.
        reader: Gives the readings of items and kinds.
        faults: Receives days that cannot be read.
    """
    rows = [(each.document, at, row) for each in files for at, row in enumerate(each.rows.areas)]
    items = [row for each in files for row in each.rows.items]
    if not (rows or items):
        return written
    base = written or Garbage({}, {}, ALL_DAY, "")
    hints = {kind: hint for each in reversed(files) for kind, hint in each.rows.kinds.items()}
    areas = {name: days for document, at, row in rows for name, days in [(row.name, _days(document, at, row, faults))]}
    named = [kind for days in areas.values() for kind in days] + [row.kind for row in items] + list(hints)
    kinds = {kind: _kind(kind, hints.get(kind, ""), reader) for kind in dict.fromkeys(named)}
    return Garbage(
        kinds={**kinds, **base.kinds},
        areas={**areas, **base.areas},
        put_out_by=base.put_out_by,
        put_out_words=base.put_out_words,
        groups=base.groups,
        on_holidays=base.on_holidays,
        closures=(*base.closures, *_closures(files, [row for _, _, row in rows])),
        extras=(*base.extras, *(extra for _, _, row in rows for extra in _extras(row))),
        items=_sorted(base.items, items, reader),
        remarks={**_remarks(files, [row for _, _, row in rows]), **base.remarks},
    )


def merged_districts(written: Districts | None, files: Sequence[Imported], reader: Reader | None) -> Districts | None:
    """The districts with their garbage areas; towns of imported areas that staff have not written become districts.

    A town that stands in two areas belongs to neither: a caller would be told the days of the wrong one.
    """
    owners: dict[str, set[str]] = {}
    for each in files:
        for row in each.rows.areas:
            for town in row.towns or (row.name,):
                owners.setdefault(town, set()).add(row.name)
    areas = {town: next(iter(names)) for town, names in owners.items() if len(names) == 1}
    if not areas:
        return written
    old = [_with_area(district, areas) for district in written or ()]
    known = {word_form(name) for district in old for name, _ in names_of(district)}
    taken = {sound(reading) for district in old for _, reading in names_of(district)}
    new: list[District] = []
    for town, area in areas.items():
        reading = katakana(reading_of(town, reader))
        if word_form(town) not in known and reading and sound(reading) not in taken:
            taken.add(sound(reading))
            new.append(District(town, reading, areas={0: area}, spoken=town))
    return index((*old, *new))[0]


def _with_area(district: District, areas: Mapping[str, str]) -> District:
    if district.areas or district.name not in areas:
        return district
    return District(
        district.name, district.reading, district.also, district.chome, {0: areas[district.name]}, district.spoken
    )


def _days(document: Document, at: int, row: AreaRow, faults: list[Fault]) -> dict[str, Days]:
    found: dict[str, Days] = {}
    for kind, text in row.days.items():
        try:
            found[kind] = collection_days(text)
        except ValueError as error:
            faults.append(document.fault(("areas", at, "days", kind), str(error)))
    return found


def _extras(row: AreaRow) -> Iterator[Extra]:
    for kind, days in row.dates.items():
        yield from (Extra(Period(day, day, yearly=False), (kind,), (row.name,)) for day in days)


def _closures(files: Sequence[Imported], rows: Sequence[AreaRow]) -> Iterator[Closure]:
    for each in files:
        for closed in each.rows.closed:
            areas = tuple(row.name for row in rows if not closed.center or row.center == closed.center)
            if areas:
                yield Closure(Period(closed.first, closed.last, yearly=False), "処理施設の休み", areas)


def _noted(text: str) -> str:
    """A note as it was published, ended as a sentence."""
    return f"{text}。" if text and not text.endswith(("。", "!", "?")) else text


def _remarks(files: Sequence[Imported], rows: Sequence[AreaRow]) -> dict[str, str]:
    texts = {number: text for each in reversed(files) for number, text in each.rows.remarks.items()}
    found = {row.name: "".join(_noted(texts[number]) for number in row.remarks if number in texts) for row in rows}
    return {area: text for area, text in found.items() if text}


def _kind(name: str, hint: str, reader: Reader | None) -> Kind:
    reading = katakana(reading_of(name, reader))
    if any(word in name for word in NOT_COLLECTED):
        return Kind(name, reading, predicate="市では集められません", hint=_noted(hint) or _ASK)
    return Kind(name, reading, predicate=f"{name}です", hint=_noted(hint))


def _sorted(base: SortingList, rows: Sequence[SortRow], reader: Reader | None) -> SortingList:
    """The list with imported items behind the written ones; rows of one name are cases of one item."""
    known = {name.words for name in base.names}
    groups: dict[str, list[SortRow]] = {}
    for row in rows:
        groups.setdefault(word_form(row.name), []).append(row)
    items, names = list(base.items), list(base.names)
    for group in groups.values():
        first = group[0]
        if compact(first.name) in known:
            continue
        cases = tuple(dict.fromkeys(Case(row.when, row.kind, _noted(row.hint)) for row in group))
        reading = katakana(first.reading)
        spoken = spoken_name(first.name, reading, reader) if reading else first.name
        item = Item(first.name, cases[0].kind, cases[0].hint, spoken, cases[0].when, cases[1:])
        items.append(item)
        names += _names(len(items) - 1, item.name, reading, reader)
    return SortingList(tuple(items), tuple(names))


def _names(thing: int, name: str, reading: str, reader: Reader | None) -> Iterator[Called]:
    for at, word in enumerate(dict.fromkeys((name, *name.replace("、", "・").split("・")))):
        if compact(word):
            yield Called.of(thing, word, reading if at == 0 and reading else reading_of(word, reader))
