"""`hours.yaml` as calendars, with every fault at its line.

A calendar says its week, its exceptions (`special`), and may build on another (`based_on`): it then takes over whatever
it does not say itself. Among the rows of one week the row that names fewer days wins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Annotated, Literal

from pydantic import BeforeValidator

from voicebot.city.chains import circles
from voicebot.city.days import WEEKDAYS, Days, parse_days, parse_period
from voicebot.city.file_checks import read_value
from voicebot.city.holidays import Names
from voicebot.city.hours import Calendar, Special
from voicebot.city.time_ranges import Ranges, parse_ranges
from voicebot.documents import Document, Path, Strict, parse, suggestion
from voicebot.errors import ContentError, Fault

AS_ON_WEEKDAYS = "曜日どおり"


def _in_japanese(value: object) -> object:
    return {"ja": value} if isinstance(value, str) else value


class SpecialRow(Strict):
    """Hours on certain dates."""

    date: str
    hours: str
    days: str | None = None
    reason: Annotated[dict[str, str], BeforeValidator(_in_japanese)] = {}


class CalendarRows(Strict):
    """One calendar as written."""

    based_on: str | None = None
    week: dict[str, str] = {}
    after_holiday: Literal["次の平日に休む", "休まない"] | None = None
    special: tuple[SpecialRow, ...] = ()


class HoursFile(Strict):
    """The whole of `hours.yaml`."""

    calendars: dict[str, CalendarRows]


@dataclass(slots=True)
class _Week:
    weekdays: dict[int, Ranges] = field(default_factory=dict)
    nths: dict[tuple[int, int], Ranges] = field(default_factory=dict)
    says_holiday: bool = False
    holiday: Ranges | None = ()


@dataclass(slots=True)
class _Draft:
    """What one calendar says of itself."""

    week: _Week
    after_holiday: str | None
    specials: tuple[Special, ...]


def load_hours(document: Document, zone: tzinfo) -> Mapping[str, Calendar]:
    """The calendars by name.

    Raises:
        ContentError: with all faults of the file at once.
    """
    rows = parse(document, HoursFile).calendars
    faults: list[Fault] = [*_ancestry_faults(document, rows)]
    drafts = {name: _draft(document, name, rows[name], faults) for name in rows}
    if faults:
        raise ContentError(tuple(faults))
    return {name: _calendar(name, [drafts[one] for one in _ancestry(name, rows)], zone) for name in rows}


def _ancestry(name: str, rows: Mapping[str, CalendarRows]) -> list[str]:
    """The calendar and those it builds on, itself first; ends before a name that is unknown or comes again."""
    chain: list[str] = []
    step: str | None = name
    while step is not None and step in rows and step not in chain:
        chain.append(step)
        step = rows[step].based_on
    return chain


def _ancestry_faults(document: Document, rows: Mapping[str, CalendarRows]) -> Iterator[Fault]:
    bases = {name: calendar.based_on for name, calendar in rows.items() if calendar.based_on is not None}
    for name, base in bases.items():
        if base not in rows:
            hint = suggestion(base, [other for other in rows if other != name])
            message = f"もとにする「{base}」という受付時間がありません。{hint}"
            yield document.fault(("calendars", name, "based_on"), message)
    for circle in circles(bases):
        message = f"based_on が輪になっています({' → '.join(circle)})。どれか一つから消してください。"
        yield document.fault(("calendars", circle[0], "based_on"), message)


def _draft(document: Document, name: str, rows: CalendarRows, faults: list[Fault]) -> _Draft:
    here = ("calendars", name)
    if not rows.week and rows.based_on is None:
        faults.append(document.fault(here, f"「{name}」に week がありません。曜日ごとの時間を書いてください。"))
    week = _week(document, (*here, "week"), rows.week, faults)
    special = [_special(document, (*here, "special", number), row, faults) for number, row in enumerate(rows.special)]
    return _Draft(week, rows.after_holiday, tuple(row for row in special if row is not None))


def _week(document: Document, where: Path, rows: Mapping[str, str], faults: list[Fault]) -> _Week:
    read: list[tuple[Days, Ranges | None, str]] = []
    for text, hours in rows.items():
        days = read_value(document, (*where, text), parse_days, text, faults)
        if hours == AS_ON_WEEKDAYS and days is not None and days == Days(frozenset(), holidays=True):
            read.append((days, None, text))
            continue
        ranges = read_value(document, (*where, text), parse_ranges, hours, faults)
        if days is not None and ranges is not None:
            read.append((days, ranges, text))
    faults += _rivals(document, where, read)
    week = _Week()
    for days, ranges, _ in sorted(read, key=lambda row: -_breadth(row[0])):
        week.weekdays |= dict.fromkeys(days.weekdays, ranges or ())
        week.nths |= dict.fromkeys(days.nths, ranges or ())
        if days.holidays:
            # 毎日 makes a holiday a day like any other, so that 「月: 休み」 beside it still holds on a holiday Monday.
            week.says_holiday, week.holiday = True, None if len(days.weekdays) == len(WEEKDAYS) else ranges
    return week


def _breadth(days: Days) -> int:
    return len(days.weekdays) + len(days.nths) + days.holidays


def _rivals(document: Document, where: Path, read: list[tuple[Days, Ranges | None, str]]) -> Iterator[Fault]:
    for number, (days, _, text) in enumerate(read):
        for other, _, other_text in read[:number]:
            shared = (days.weekdays & other.weekdays) or (days.nths & other.nths) or (days.holidays and other.holidays)
            if shared and _breadth(days) == _breadth(other):
                message = (
                    f"「{text}」と「{other_text}」に同じ日があり、どちらの時間か決まりません。片方を直してください。"
                )
                yield document.fault((*where, text), message)


def _special(document: Document, where: Path, row: SpecialRow, faults: list[Fault]) -> Special | None:
    period = read_value(document, (*where, "date"), parse_period, row.date, faults)
    ranges = read_value(document, (*where, "hours"), parse_ranges, row.hours, faults)
    days = None if row.days is None else read_value(document, (*where, "days"), parse_days, row.days, faults)
    if ranges == () and not row.reason.get("ja"):
        message = "休みの理由(reason)がありません。「選挙事務のため」のように、電話で伝える理由を書いてください。"
        faults.append(document.fault(where, message))
    if period is None or ranges is None:
        return None
    return Special(period, ranges, _spoken_reason(row.reason), days)


def _spoken_reason(reason: Names) -> Names:
    """The reason without the 「のため」 that will be said after it."""
    return {language: text.removesuffix("のため").strip() for language, text in reason.items()}


def _calendar(name: str, drafts: list[_Draft], zone: tzinfo) -> Calendar:
    """Lay the drafts over each other; the first is the calendar itself."""
    weekdays: dict[int, Ranges] = {}
    nths: dict[tuple[int, int], Ranges] = {}
    for draft in reversed(drafts):
        weekdays |= draft.week.weekdays
        nths |= draft.week.nths
    holiday = next((draft.week.holiday for draft in drafts if draft.week.says_holiday), ())
    after_holiday = next((draft.after_holiday for draft in drafts if draft.after_holiday), None)
    return Calendar(
        name=name,
        zone=zone,
        weekly=tuple(weekdays.get(day, ()) for day in range(7)),
        nths=nths,
        holiday=holiday,
        moved=after_holiday == "次の平日に休む",
        specials=_by_precedence(drafts),
    )


def _by_precedence(drafts: list[_Draft]) -> tuple[Special, ...]:
    """Dated before yearly, shorter before longer, own before taken over, written later before written earlier."""
    ranked = [
        ((special.period.yearly, special.period.length, depth, -number), special)
        for depth, draft in enumerate(drafts)
        for number, special in enumerate(draft.specials)
    ]
    return tuple(special for _, special in sorted(ranked, key=lambda pair: pair[0]))
