"""`facilities.yaml` and imported lists of places as facilities, with every fault at its line."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from voicebot.city.calling import Called
from voicebot.city.facilities import THINGS, Facilities, Facility
from voicebot.city.facility_names import address_in_city, also_called, plain_name
from voicebot.city.file_checks import kana_faults, read_value
from voicebot.city.hours import Calendar
from voicebot.city.hours_file import SpecialRow, load_hours
from voicebot.city.names import Reader, reading_of, spoken_name, word_form
from voicebot.city.telephone_numbers import parse_number
from voicebot.documents import Document, Path, Strict, parse
from voicebot.errors import ContentError, Fault
from voicebot.language.kana import katakana

OFFICE = "市の部署"
_TOWN = re.compile(r"[^\d０-９一二三四五六七八九十]+(?:町|村|字)?")


def _alone(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_alone)]


class FacilityRow(Strict):
    """One place as written."""

    name: Annotated[str, Field(min_length=1)]
    reading: str = ""
    also: dict[str, str] = {}
    kind: str = ""
    number: Words = ()
    address: str = ""
    place: str = ""
    subjects: Words = ()
    week: dict[str, str] = {}
    special: tuple[SpecialRow, ...] = ()
    after_holiday: Literal["次の平日に休む", "休まない"] | None = None
    unsure: bool = False
    note: str = ""
    details: str = ""
    latitude: Annotated[float, Field(ge=20, le=46)] | None = None
    longitude: Annotated[float, Field(ge=122, le=154)] | None = None


class FacilitiesFile(Strict):
    """The whole of `facilities.yaml`."""

    facilities: Annotated[tuple[FacilityRow, ...], Field(min_length=1)]


def load_facilities(document: Document, zone: tzinfo, reader: Reader | None = None) -> tuple[Facility, ...]:
    """The places that staff have written.

    Args:
        document: `facilities.yaml`.
        zone: The city's.
        reader: The voice's dictionary, so that names which it misreads are spoken by their reading.

    Raises:
        ContentError: with all faults of the file at once.
    """
    return facilities_of(document, parse(document, FacilitiesFile).facilities, zone, reader)


def facilities_of(
    document: Document, rows: Sequence[FacilityRow], zone: tzinfo, reader: Reader | None = None
) -> tuple[Facility, ...]:
    """The places of the rows under `facilities`.

    Raises:
        ContentError: with all faults of the file at once.
    """
    faults: list[Fault] = []
    calendars = _calendars(document, rows, zone, faults)
    places = tuple(
        _facility(document, ("facilities", at), row, calendars.get(at), reader, faults) for at, row in enumerate(rows)
    )
    if faults:
        raise ContentError(tuple(sorted(faults, key=lambda fault: fault.line)))
    return places


def index(places: Sequence[Facility], city: str, reader: Reader | None = None) -> Facilities:
    """The places by all their names: their own, other names, and what remains without owner, city and brackets.

    Of a place that stands twice (one name and one number, or one name and one address) the first one counts: so
    what staff have written comes before what was imported, and the newer list before the older one.
    """
    kept: dict[tuple[str, str], Facility] = {}
    for place in places:
        name = (word_form(place.name), place.kind if place.kind in THINGS else "", place.place)
        marks = [("".join(name), mark) for mark in (*place.numbers[:1], place.address) if mark] or [("".join(name), "")]
        known = next((kept[mark] for mark in marks if mark in kept), None)
        for mark in marks:
            kept.setdefault(mark, known or place)
    unique = _told_apart(_one_office(tuple({id(place): place for place in kept.values()}.values()), city), city)
    return Facilities(
        unique, tuple(name for at, place in enumerate(unique) for name in _names(at, place, city, reader))
    )


def _one_office(places: Sequence[Facility], city: str) -> tuple[Facility, ...]:
    """A place that a list of telephone numbers holds too is one place: 高松市中央図書館 and 中央図書館."""
    offices = {place.name: place for place in places if place.kind == OFFICE}
    gone: set[str] = set()
    found = []
    for place in places:
        short = (place.name, *also_called(place.name, city))
        office = next((offices[name] for name in short if name in offices), None)
        if place.kind in {OFFICE, *THINGS} or office is None:
            found.append(place)
            continue
        gone.add(office.name)
        found.append(replace(place, numbers=tuple(dict.fromkeys((*place.numbers, *office.numbers)))))
    return tuple(place for place in found if place.kind != OFFICE or place.name not in gone)


def _told_apart(places: Sequence[Facility], city: str) -> tuple[Facility, ...]:
    """Two places of one name are spoken with the town they lie in."""
    counted = Counter(plain_name(place.name) for place in places if place.kind not in THINGS)
    found = []
    for place in places:
        name = plain_name(place.name)
        town = _TOWN.match(address_in_city(place.address, city)) if counted[name] > 1 else None
        if town and place.kind not in THINGS:
            called = f"{town[0]}の{name}"
            place = replace(place, spoken=called, also=(*place.also, (called, "")))
        found.append(place)
    return tuple(found)


def _calendars(
    document: Document, rows: Sequence[FacilityRow], zone: tzinfo, faults: list[Fault]
) -> Mapping[int, Calendar]:
    """Opening hours by the row's place, read by the rules of `hours.yaml`; faults stand at the row's own lines."""
    written: dict[str, dict[str, object]] = {}
    rows_by_name: dict[str, list[int]] = {}
    seen: dict[str, str] = {}
    lines: dict[Path, int] = {}
    for at, row in enumerate(rows):
        if not row.week:
            continue
        hours = row.model_dump(include={"week", "special", "after_holiday"})
        name = seen.setdefault(repr(hours), str(at))
        written[name] = hours
        rows_by_name.setdefault(name, []).append(at)
        if name == str(at):
            here = ("facilities", at)
            first = document.line(here)
            steps: tuple[Path, ...] = ((), ("week",), ("special",))
            lines |= {("calendars",): first, **{("calendars", name, *step): first for step in steps}}
            for key in row.week:
                lines[("calendars", name, "week", key)] = document.line((*here, "week", key))
            for number in range(len(row.special)):
                lines[("calendars", name, "special", number)] = document.line((*here, "special", number))
    try:
        calendars = load_hours(Document(document.path, {"calendars": written}, lines), zone)
    except ContentError as error:
        faults += error.faults
        return {}
    return {at: replace(calendars[name], name=rows[at].name) for name, places in rows_by_name.items() for at in places}


def _facility(
    document: Document, where: Path, row: FacilityRow, calendar: Calendar | None, reader: Reader | None,
    faults: list[Fault],
) -> Facility:  # fmt: skip
    if row.reading:
        faults += kana_faults(document, (*where, "reading"), row.name, row.reading)
    for other, reading in row.also.items():
        faults += kana_faults(document, (*where, "also", other), other, reading)
    numbers = [
        read_value(document, (*where, "number", at), parse_number, number, faults)
        for at, number in enumerate(row.number)
    ]
    reading, name = katakana(row.reading), plain_name(row.name)
    both = row.latitude is not None and row.longitude is not None
    return Facility(
        name=row.name,
        reading=reading,
        also=tuple((other, katakana(kana)) for other, kana in row.also.items()),
        kind=row.kind,
        numbers=tuple(number for number in numbers if number),
        address=row.address,
        place=row.place,
        subjects=row.subjects,
        calendar=calendar,
        certain=not row.unsure,
        on_holidays=any("祝" in days or "毎日" in days for days in row.week),
        note=row.note,
        details=row.details,
        position=(row.latitude or 0.0, row.longitude or 0.0) if both else None,
        spoken=spoken_name(name, reading, reader) if reading else name,
    )


def _names(at: int, place: Facility, city: str, reader: Reader | None) -> Iterator[Called]:
    yield Called.of(at, place.name, place.reading or reading_of(place.name, reader))
    for word, written in place.also:
        yield Called.of(at, word, written or reading_of(word, reader))
    for word in also_called(place.name, city):
        yield Called.of(at, word, reading_of(word, reader))
