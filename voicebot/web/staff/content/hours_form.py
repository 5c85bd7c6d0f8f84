"""The forms of opening hours: the week of a calendar, and its exceptions by date. No requests here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from voicebot.city.hours_file import CalendarRows, HoursFile, SpecialRow
from voicebot.documents import parse, read
from voicebot.editing.edits import add_item, add_key, delete
from voicebot.editing.reconciling import brought_to
from voicebot.editing.values import Value
from voicebot.errors import ContentError, Fault
from voicebot.releases.texts import Files

FILE = "hours.yaml"
EMPTY = "calendars: {}\n"
SPARE = 3
"""Empty rows below the week, to be filled in."""
MOST = 20
REASONS = ("ja", "en", "ko")
YEAR_END = {
    "date": "12月29日から1月3日まで",
    "hours": "休み",
    "reason_ja": "年末年始",
    "reason_en": "the New Year holidays",
    "reason_ko": "연말연시",
}
"""What most town halls do; a form that is filled in already."""


@dataclass(frozen=True, slots=True)
class WeekForm:
    """The week of a calendar, as it is shown and as it was typed."""

    calendar: str
    """"" for a new one."""
    seen: str
    name: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    """Days and hours."""
    based_on: str = ""
    after_holiday: str = ""

    @classmethod
    def of(cls, name: str, rows: CalendarRows, seen: str) -> "WeekForm":
        """A calendar as it is."""
        return cls(name, seen, name, tuple(rows.week.items()), rows.based_on or "", rows.after_holiday or "")

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "WeekForm":
        """What a browser has sent; rows without days are left out."""
        rows = [(fields.get(f"days-{at}", "").strip(), fields.get(f"hours-{at}", "").strip()) for at in range(MOST)]
        name = " ".join(fields.get("new_name", "").split()) or fields.get("calendar", "")
        return cls(
            fields.get("calendar", ""), fields.get("seen", ""), name, tuple(row for row in rows if any(row)),
            fields.get("based_on", ""), fields.get("after_holiday", ""),
        )  # fmt: skip

    def applied(self, text: str) -> str:
        """The file with the week as it was typed; exceptions stay.

        Raises:
            ContentError: a row lacks its days or stands twice, or the place cannot be edited safely.
        """
        text = text or EMPTY
        week: dict[str, Value] = {}
        for days, hours in self.rows:
            if not days or not hours or days in week:
                told = "曜日と時間の両方を書き、同じ曜日は一つの行にしてください。"
                raise ContentError((Fault("", 0, f"「{days} {hours}」: {told}"),))
            week[days] = hours
        wanted: dict[str, Value] = {"based_on": self.based_on} if self.based_on else {}
        wanted |= {"week": week} if week else {}
        wanted |= {"after_holiday": self.after_holiday} if self.after_holiday else {}
        if not self.calendar:
            return add_key(text, ("calendars", self.name), wanted, FILE)
        now = _rows(text, self.calendar)
        special = {"special": now["special"]} if "special" in now else {}
        return brought_to(text, ("calendars", self.calendar), {**wanted, **special}, FILE)

    def removed(self, text: str) -> str:
        """The file without the calendar.

        Raises:
            ContentError: it is not there any more.
        """
        return delete(text, ("calendars", self.calendar), FILE)


@dataclass(frozen=True, slots=True)
class SpecialForm:
    """One exception, as it is shown and as it was typed."""

    calendar: str
    seen: str
    at: int | None = None
    """Its place in the list when the form was opened; None for a new one."""
    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, calendar: str, at: int, row: SpecialRow, seen: str) -> "SpecialForm":
        """An exception as it is."""
        values = {"date": row.date, "hours": row.hours, "days": row.days or ""}
        values |= {f"reason_{language}": row.reason.get(language, "") for language in REASONS}
        return cls(calendar, seen, at, values)

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "SpecialForm":
        """What a browser has sent."""
        names = ("date", "hours", "days", *(f"reason_{language}" for language in REASONS))
        values = {name: fields.get(name, "").strip() for name in names}
        number = fields.get("at", "")
        at = int(number) if number.isdecimal() and len(number) < 5 else None
        return cls(fields.get("calendar", ""), fields.get("seen", ""), at, values)

    @property
    def lacks_reason(self) -> bool:
        """Whether callers would not be told why it is closed."""
        return self.values["hours"] == YEAR_END["hours"] and not self.values["reason_ja"]

    def applied(self, text: str) -> str:
        """The file with the exception as it was typed.

        Raises:
            ContentError: the calendar, or the exception, is not there any more, or cannot be edited safely.
        """
        text = text or EMPTY
        where = ("calendars", self.calendar, "special")
        now = _rows(text, self.calendar)
        reason: dict[str, Value] = {
            language: self.values[f"reason_{language}"] for language in REASONS if self.values[f"reason_{language}"]
        }
        wanted: dict[str, Value] = {"date": self.values["date"]}
        wanted |= {"days": self.values["days"]} if self.values["days"] else {}
        wanted |= {"hours": self.values["hours"]}
        wanted |= {"reason": reason["ja"] if set(reason) == {"ja"} else reason} if reason else {}
        if self.at is None:
            if "special" not in now:
                return add_key(text, where, [wanted], FILE)
            return add_item(text, where, wanted, FILE)
        return brought_to(text, (*where, self.at), wanted, FILE)

    def removed(self, text: str) -> str:
        """The file without the exception; without the list when it was the only one.

        Raises:
            ContentError: it is not there any more.
        """
        where = ("calendars", self.calendar, "special")
        rows = cast(list[object], _rows(text, self.calendar).get("special", []))
        return delete(text, where if len(rows) == 1 else (*where, self.at or 0), FILE)


def calendars_of(files: Files) -> Mapping[str, CalendarRows]:
    """The calendars as written.

    Raises:
        ContentError: the file is not of the form.
    """
    return parse(read(files.get(FILE, EMPTY), FILE), HoursFile).calendars


def readable(files: Files) -> Mapping[str, CalendarRows]:
    """As `calendars_of`; nothing while the file has faults."""
    try:
        return calendars_of(files)
    except ContentError:
        return {}


def _rows(text: str, calendar: str) -> Mapping[str, Value]:
    data = cast(Mapping[str, Mapping[str, Mapping[str, Value]]], read(text, FILE).data)
    rows = (data.get("calendars") or {}).get(calendar)
    if rows is None:
        message = f"「{calendar}」は、ほかの人が消したか、名前を変えました。ページを開き直してください。"
        raise ContentError((Fault(FILE, 0, message),))
    return rows
