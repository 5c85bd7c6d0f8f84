"""Imported lists of doctors on duty beside the one that staff have written, which comes first for its days."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from voicebot.city.data_file import Imported
from voicebot.city.duty_doctors import ANY_SUBJECT, Clinic, Duty, DutyList
from voicebot.city.facilities import Facilities
from voicebot.city.facility_names import plain_name
from voicebot.city.names import word_form
from voicebot.city.telephone_numbers import parse_number
from voicebot.city.time_ranges import parse_ranges
from voicebot.errors import Fault

WORDS: Mapping[str, tuple[str, ...]] = {
    "内科": ("熱", "かぜ", "風邪", "せき", "腹痛", "おなか", "頭痛", "吐き気"),
    "小児科": ("子ども", "こども", "子供", "赤ちゃん", "幼児", "孫"),
    "外科": ("けが", "怪我", "やけど", "切り傷"),
    "整形外科": ("骨折", "ねんざ", "ころんだ", "転んだ", "腰"),
    "歯科": ("歯", "歯医者", "歯が痛い", "入れ歯", "歯ぐき"),
    "眼科": ("目", "目医者", "目が痛い"),
    "耳鼻咽喉科": ("耳", "鼻", "耳鼻科", "のど"),
    "産婦人科": ("妊娠", "お産", "婦人科"),
    "皮膚科": ("皮膚", "発疹", "かゆい"),
}
"""What residents say for a subject, where no `duty.yaml` tells."""


def merged_duty(
    written: DutyList | None, files: Sequence[Imported], places: Facilities | None, zone: tzinfo, faults: list[Fault]
) -> DutyList | None:
    """Everybody on duty; None when there is no list.

    Args:
        written: `duty.yaml`.
        files: The imported files, newest first.
        places: Telephone numbers of the clinics, by name.
        zone: The city's.
        faults: Receives hours that cannot be read.
    """
    own_days = {duty.start.date() for duty in written.duties} if written else set[date]()
    clinics = _clinics(files, places)
    found = tuple(dict.fromkeys(_duties(files, clinics, zone, own_days, faults)))
    days = [row.date for each in files for row in each.rows.duties]
    if not days:
        return written
    subjects: dict[str, tuple[str, ...]] = dict(written.subjects) if written else {}
    for duty in found:
        subjects.setdefault(duty.subject, WORDS.get(duty.subject, ()))
    # Who does not say which doctor is told of those for everything first.
    order = sorted(subjects, key=lambda subject: subject != ANY_SUBJECT) if written is None else list(subjects)
    return DutyList(
        zone=zone,
        subjects={subject: subjects[subject] for subject in order},
        duties=tuple(sorted((*(written.duties if written else ()), *found), key=lambda duty: duty.start)),
        center=written.center if written else None,
        first=min([*days, *([written.first] if written else [])]),
        last=max([*days, *([written.last] if written else [])]),
    )


def _clinics(files: Sequence[Imported], places: Facilities | None) -> dict[str, Clinic]:
    numbers = {word_form(place.name): place for place in reversed(places.all)} if places else {}
    found: dict[str, Clinic] = {}
    for each in files:
        for row in each.rows.duties:
            if row.name not in found:
                place = numbers.get(word_form(row.name)) or numbers.get(word_form(plain_name(row.name)))
                number = _number(row.number) or (place.numbers[0] if place and place.numbers else "")
                reading = place.reading if place else ""
                found[row.name] = Clinic(row.name, reading, number, place.spoken if place else plain_name(row.name))
    return found


def _number(numbers: tuple[str, ...]) -> str:
    for number in numbers:
        try:
            return parse_number(number)
        except ValueError:
            continue
    return ""


def _duties(
    files: Sequence[Imported], clinics: Mapping[str, Clinic], zone: tzinfo, own_days: set[date], faults: list[Fault]
) -> Iterator[Duty]:
    for each in files:
        for at, row in enumerate(each.rows.duties):
            try:
                ranges = parse_ranges(row.hours)
            except ValueError as error:
                faults.append(each.document.fault(("duties", at, "hours"), str(error)))
                continue
            midnight = datetime.combine(row.date, time(), zone)
            if row.date not in own_days:
                for item in ranges:
                    start, end = midnight + timedelta(minutes=item.start), midnight + timedelta(minutes=item.end)
                    yield Duty(row.subject or ANY_SUBJECT, clinics[row.name], start, end)
