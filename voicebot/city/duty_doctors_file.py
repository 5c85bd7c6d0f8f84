"""`duty.yaml` as the list of doctors on duty, with every fault at its line."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Annotated

from pydantic import BeforeValidator, Field

from voicebot.city.days import parse_period
from voicebot.city.duty_doctors import Center, Clinic, Duty, DutyList
from voicebot.city.file_checks import alike_faults, kana_faults, read_value
from voicebot.city.holidays import national_holiday
from voicebot.city.names import Reader, spoken_name
from voicebot.city.telephone_numbers import parse_number
from voicebot.city.time_ranges import Ranges, parse_ranges
from voicebot.documents import Document, Path, Strict, parse, suggestion
from voicebot.errors import ContentError, Fault
from voicebot.language.kana import katakana

NOBODY = "なし"
_SUNDAY = 6
_LONGEST_GAP_DAYS = 60
"""A longer gap between two days is a wrong year, not sixty forgotten lines."""


def _nobody(value: object) -> object:
    return {} if value == NOBODY else value


def _alone(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class ClinicRow(Strict):
    """One clinic as written."""

    reading: str
    number: str


class CenterRow(ClinicRow):
    """The emergency clinic as written."""

    name: Annotated[str, Field(min_length=1)]
    subjects: Annotated[tuple[str, ...], Field(min_length=1)]
    hours: str


Clinics = Annotated[tuple[str, ...], BeforeValidator(_alone), Field(min_length=1)]
DayRow = Annotated[dict[str, dict[str, Clinics]], BeforeValidator(_nobody)]
"""Subject -> hours (or a name for them) -> clinics."""


class DutyFile(Strict):
    """The whole of `duty.yaml`."""

    center: CenterRow
    subjects: Annotated[dict[str, tuple[str, ...]], Field(min_length=1)]
    hours: dict[str, str] = {}
    clinics: dict[str, ClinicRow] = {}
    days: Annotated[dict[str, DayRow], Field(min_length=1)]


def load_duty(document: Document, zone: tzinfo, reader: Reader | None = None) -> DutyList:
    """The doctors on duty.

    A Sunday or national holiday that is left out between the first and the last day is a fault, because a caller would
    be told that nobody is there when a line was only forgotten; where it is true, staff write 「なし」.

    Args:
        document: `duty.yaml`.
        zone: The city's.
        reader: The voice's dictionary, so that names which it misreads are spoken by their reading.

    Raises:
        ContentError: with all faults of the file at once.
    """
    rows = parse(document, DutyFile)
    faults = [
        *_word_faults(document, rows),
        *alike_faults(document, ("clinics",), {name: row.reading for name, row in rows.clinics.items()}),
    ]
    hours = _hours(document, rows, faults)
    clinics = {
        name: _clinic(document, ("clinics", name), name, row, reader, faults) for name, row in rows.clinics.items()
    }
    center_clinic = _clinic(document, ("center",), rows.center.name, rows.center, reader, faults)
    center_ranges = read_value(document, ("center", "hours"), _ranges, rows.center.hours, faults) or ()
    days = {text: read_value(document, ("days", text), _date, text, faults) for text in rows.days}
    known = sorted({day for day in days.values() if day is not None})
    faults += _missing_days(document, known)
    if faults:
        raise ContentError(tuple(sorted(faults, key=lambda fault: fault.line)))
    duties = (
        duty
        for text, day in days.items()
        if day is not None
        for duty in _duties(rows.days[text], day, hours, clinics, zone)
    )
    return DutyList(
        zone=zone,
        subjects=rows.subjects,
        duties=tuple(sorted(duties, key=lambda duty: duty.start)),
        center=Center(center_clinic, rows.center.subjects, center_ranges),
        first=known[0],
        last=known[-1],
    )


def _hours(document: Document, rows: DutyFile, faults: list[Fault]) -> Mapping[str, Ranges]:
    """Hours by the words that stand for them: their names, and hours written out on a day."""
    hours: dict[str, Ranges] = {}
    for name, text in rows.hours.items():
        hours[name] = read_value(document, ("hours", name), _ranges, text, faults) or ()
    for day, subjects in rows.days.items():
        for subject, periods in subjects.items():
            for text in periods:
                if text not in hours:
                    hours[text] = read_value(document, ("days", day, subject, text), _ranges, text, faults) or ()
    return hours


def _ranges(text: str) -> Ranges:
    ranges = parse_ranges(text)
    if not ranges:
        raise ValueError(f"「{text}」では当番の時間になりません。「8:30-17:30」のように書いてください。")
    return ranges


def _date(text: str) -> date:
    period = parse_period(text)
    if period.yearly or period.length != 1:
        raise ValueError(f"「{text}」は一日ではありません。「2026-11-22」のように、年から書いてください。")
    return period.first


def _clinic(
    document: Document, where: Path, name: str, row: ClinicRow, reader: Reader | None, faults: list[Fault]
) -> Clinic:
    faults += kana_faults(document, (*where, "reading"), name, row.reading)
    number = read_value(document, (*where, "number"), parse_number, row.number, faults) or ""
    reading = katakana(row.reading)
    return Clinic(name, reading, number, spoken_name(name, reading, reader))


def _duties(
    row: Mapping[str, Mapping[str, tuple[str, ...]]],
    day: date,
    hours: Mapping[str, Ranges],
    clinics: Mapping[str, Clinic],
    zone: tzinfo,
) -> Iterator[Duty]:
    midnight = datetime.combine(day, time(), zone)
    for subject, periods in row.items():
        for text, names in periods.items():
            for item in hours[text]:
                start, end = midnight + timedelta(minutes=item.start), midnight + timedelta(minutes=item.end)
                for name in names:
                    yield Duty(subject, clinics[name], start, end)


def _word_faults(document: Document, rows: DutyFile) -> Iterator[Fault]:
    """Subjects and clinics that are named but not written."""
    subjects, clinics = tuple(rows.subjects), tuple(rows.clinics)
    for place, subject in enumerate(rows.center.subjects):
        yield from _unknown(document, ("center", "subjects", place), subject, subjects, "subjects")
    for day, row in rows.days.items():
        for subject, periods in row.items():
            here = ("days", day, subject)
            yield from _unknown(document, here, subject, subjects, "subjects")
            for text, names in periods.items():
                for place, name in enumerate(names):
                    yield from _unknown(document, (*here, text, place), name, clinics, "clinics")


def _unknown(document: Document, where: Path, word: str, known: tuple[str, ...], key: str) -> Iterator[Fault]:
    if word not in known:
        yield document.fault(where, f"「{word}」は {key} にありません。{suggestion(word, known)}")


def _missing_days(document: Document, known: list[date]) -> Iterator[Fault]:
    for before, after in pairwise(known):
        if (after - before).days > _LONGEST_GAP_DAYS:
            message = f"{before.isoformat()}の次が{after.isoformat()}です。間があきすぎています。年を確かめてください。"
            yield document.fault(("days", after.isoformat()), message)
            continue
        for number in range(1, (after - before).days):
            day = before + timedelta(days=number)
            holiday = national_holiday(day)
            if holiday is not None or day.weekday() == _SUNDAY:
                name = holiday["ja"] if holiday else "日曜日"
                cure = f"書き足すか、いないときは「{day.isoformat()}: {NOBODY}」と書いてください。"
                yield document.fault(("days",), f"{day.isoformat()}({name})の当番医がありません。{cure}")
