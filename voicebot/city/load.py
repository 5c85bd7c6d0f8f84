"""All of a city's files as one checked value; every fault of every file is reported together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from voicebot import documents
from voicebot.city.data_file import FOLDER, Imported, read_imported
from voicebot.city.data_sets import DataSet
from voicebot.city.departments import Departments
from voicebot.city.departments_file import load_departments
from voicebot.city.districts import Districts
from voicebot.city.districts_file import load_districts
from voicebot.city.duty_doctors import DutyList
from voicebot.city.duty_doctors_file import load_duty
from voicebot.city.facilities import Facilities, Facility
from voicebot.city.facilities_file import facilities_of, index, load_facilities
from voicebot.city.facts import Fact, filled, load_facts
from voicebot.city.garbage import Garbage
from voicebot.city.garbage_file import load_garbage
from voicebot.city.hours import Calendar, always_open
from voicebot.city.hours_file import load_hours
from voicebot.city.imported_duty import merged_duty
from voicebot.city.imported_garbage import merged_districts, merged_garbage
from voicebot.city.imported_shelters import merged_shelters
from voicebot.city.names import Reader
from voicebot.city.profile import Profile, load_profile
from voicebot.city.readings_file import NAME as READINGS
from voicebot.city.readings_file import load_readings
from voicebot.city.shelters import Shelters
from voicebot.city.shelters_file import load_shelters
from voicebot.documents import Document
from voicebot.errors import ContentError, Fault
from voicebot.language.pronunciations import NONE, Pronunciations

NEEDED_FILES = ("profile.yaml", "departments.yaml", "hours.yaml", "facts.yaml")
FURTHER_FILES = ("districts.yaml", "garbage.yaml", "shelters.yaml", "duty.yaml", "facilities.yaml")
"""A city may be without any of these: what is asked of them is then answered with where to ask instead."""
FILES = (*NEEDED_FILES, *FURTHER_FILES, READINGS)
"""The files of this room; others are not looked at."""
_ANY_ZONE = "Asia/Tokyo"
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class City:
    """Everything this room knows of a city; None where the city has no such file."""

    profile: Profile
    calendars: Mapping[str, Calendar]
    departments: Departments
    facts: Mapping[str, Fact]
    districts: Districts | None = None
    garbage: Garbage | None = None
    shelters: Shelters | None = None
    duty: DutyList | None = None
    facilities: Facilities | None = None
    data: tuple[DataSet, ...] = ()
    """The open data that has been imported, newest first."""
    reader: Reader | None = None
    """Readings of what callers say, so that a wrong homophone is still understood; with the city's own words."""
    readings: Pronunciations = NONE
    """How the city says its own words."""

    @property
    def values(self) -> Mapping[str, str]:
        """The facts' values by name, as `facts.fill` takes them."""
        return {name: fact.value for name, fact in self.facts.items()}

    @property
    def district_readings(self) -> Mapping[str, str]:
        """The reading of every name of every district, as `language.addresses.parse_address` takes them."""
        return self.districts.readings if self.districts else {}


def load(texts: Mapping[str, str], reader: Reader | None = None) -> City:
    """The city from its files.

    Args:
        texts: File name, perhaps with folders before it, to content; of these the `FILES` are read.
        reader: Gives readings of names, so that departments and items are found by sound.

    Raises:
        ContentError: with all faults of all files at once.
    """
    faults: list[Fault] = []
    files = {name: _document(texts, name, faults) for name in FILES}
    readings = _attempt(files[READINGS], load_readings, faults) or NONE
    reader = readings.reader(reader) if reader else None
    known = _names(files["departments.yaml"], "departments")
    calendar_names = _names(files["hours.yaml"], "calendars")
    profile = _attempt(files["profile.yaml"], lambda file: load_profile(file, known), faults)
    # When the profile is faulty the hours are still checked; which zone they are in does not matter then.
    zone = profile.zone if profile else ZoneInfo(_ANY_ZONE)
    calendars = _attempt(files["hours.yaml"], lambda file: load_hours(file, zone), faults)
    departments = _attempt(
        files["departments.yaml"], lambda file: load_departments(file, calendar_names, reader), faults
    )
    facts = _attempt(files["facts.yaml"], lambda file: load_facts(file, known), faults)
    if profile and calendars and departments:
        faults += _duty_faults(files["profile.yaml"], profile, calendars, departments)
    imported = read_imported(texts, faults)
    # Without the facts every text that uses them would be blamed: these files wait until the facts are mended.
    further = _further(files, facts, zone, imported, reader, faults) if facts is not None else _Further()
    if faults or profile is None or calendars is None or departments is None or facts is None:
        raise ContentError(tuple(faults))
    _merge(further, imported, profile, reader, faults)
    if faults:
        raise ContentError(tuple(faults))
    return City(
        profile, calendars, departments, facts, further.districts, further.garbage, further.shelters, further.duty,
        further.facilities, tuple(each.data_set for each in imported), reader, readings,
    )  # fmt: skip


@dataclass(slots=True)
class _Further:
    """What a city may be without."""

    districts: Districts | None = None
    garbage: Garbage | None = None
    shelters: Shelters | None = None
    duty: DutyList | None = None
    facilities: Facilities | None = None
    places: tuple[Facility, ...] = ()


def _further(
    files: Mapping[str, Document | None],
    facts: Mapping[str, Fact],
    zone: ZoneInfo,
    imported: Sequence[Imported],
    reader: Reader | None,
    faults: list[Fault],
) -> _Further:
    values = {name: fact.value for name, fact in facts.items()}
    full = {name: _attempt(files[name], lambda file: filled(file, values), faults) for name in FURTHER_FILES}
    areas, districts = _names(files["garbage.yaml"], "areas"), _names(files["districts.yaml"], "districts")
    if areas is not None:
        areas = (*areas, *(row.name for each in imported for row in each.rows.areas))
    listed = any(each.rows.shelters for each in imported)
    own = _attempt(full["facilities.yaml"], lambda file: load_facilities(file, zone, reader), faults) or ()
    lists = (
        _attempt(
            each.document,
            lambda file, rows=each.rows.facilities: facilities_of(file, rows, zone, reader),  # type: ignore[misc]
            faults,
        )
        for each in imported
        if each.rows.facilities
    )
    return _Further(
        _attempt(full["districts.yaml"], lambda file: load_districts(file, areas, reader), faults),
        _attempt(full["garbage.yaml"], lambda file: load_garbage(file, reader), faults),
        _attempt(
            full["shelters.yaml"], lambda file: load_shelters(file, None if listed else districts, reader), faults
        ),
        _attempt(full["duty.yaml"], lambda file: load_duty(file, zone, reader), faults),
        places=(*own, *(place for found in lists for place in found or ())),
    )


def _merge(
    further: _Further, imported: Sequence[Imported], profile: Profile, reader: Reader | None, faults: list[Fault]
) -> None:
    """Put what was imported beside what staff have written."""
    if further.places:
        further.facilities = index(further.places, profile.name, reader)
    further.districts = merged_districts(further.districts, imported, reader)
    further.garbage = merged_garbage(further.garbage, imported, reader, faults)
    located = [(place.address, place.position) for place in further.places if place.address and place.position]
    further.shelters = merged_shelters(further.shelters, imported, further.districts, located, profile.name, reader)
    further.duty = merged_duty(further.duty, imported, further.facilities, profile.zone, faults)


def _document(texts: Mapping[str, str], name: str, faults: list[Fault]) -> Document | None:
    # The one that lies highest: a file of the FAQ or of the trees may bear the same name.
    paths = [path for path in texts if path.rsplit("/", 1)[-1] == name and not path.startswith(FOLDER)]
    path = min(paths, key=lambda path: path.count("/"), default=None)
    if path is None:
        if name in NEEDED_FILES:
            faults.append(Fault(name, 0, f"「{name}」がありません。作ってください。"))
        return None
    try:
        return documents.read(texts[path], path)
    except ContentError as error:
        faults += error.faults
        return None


def _names(document: Document | None, key: str) -> tuple[str, ...] | None:
    """The names under a key, also of a file with faults; None when they cannot be known."""
    rows = document.data.get(key) if document is not None and isinstance(document.data, dict) else None
    return tuple(rows) if isinstance(rows, dict) else None


def _attempt(document: Document | None, loader: Callable[[Document], Value], faults: list[Fault]) -> Value | None:
    if document is None:
        return None
    try:
        return loader(document)
    except ContentError as error:
        faults += error.faults
        return None


def _duty_faults(
    document: Document | None, profile: Profile, calendars: Mapping[str, Calendar], departments: Departments
) -> Iterator[Fault]:
    """The last rung must be there day and night, or a caller could be left with nobody."""
    duty = departments.named(profile.duty)
    if document is not None and duty is not None and not always_open(calendars[duty.hours]):
        message = f"「{duty.name}」の受付時間「{duty.hours}」は休みなしの24時間ではありません。"
        yield document.fault(("duty",), f"{message}「毎日: 24時間」にしてください。")
