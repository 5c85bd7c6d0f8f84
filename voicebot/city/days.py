"""Days as staff write them: 「月-金」「第2・第4土曜」「土・日・祝日」, 「12月29日から1月3日まで」「2027-04-11」.

Text in, values out. Hours and calendars are not known here.
"""

import re
from dataclasses import dataclass
from datetime import date

from voicebot.city.time_ranges import plain_text

WEEKDAYS = "月火水木金土日"
LAST = -1
"""The last such weekday of a month."""

_PARTS = re.compile(
    rf"(?P<nth>第[1-5](?:[・,、と]第?[1-5])*|最終|最後の)(?P<of>[{WEEKDAYS}])曜日?"
    r"|(?P<word>毎日|平日|祝日?)"
    rf"|(?P<first>[{WEEKDAYS}])(?:曜日?)?-(?P<last>[{WEEKDAYS}])(?:曜日?)?"
    rf"|(?P<day>[{WEEKDAYS}])(?:曜日?)?"
    r"|[・,、と]"
)
_DATE = re.compile(
    r"(?:(?:(?P<year>\d{4})|令和(?P<reiwa>\d{1,2}|元))[-年/])?(?P<month>\d{1,2})[-月/](?P<day>\d{1,2})日?"
)
_PERIOD_CURE = "「2027-04-11」「12-29..01-03」「2027年4月11日」「12月29日から1月3日まで」のどれかの形で書いてください。"


@dataclass(frozen=True, slots=True)
class Days:
    """Some days of the week, of the month, and perhaps the national holidays."""

    weekdays: frozenset[int]
    """0 is Monday."""
    nths: frozenset[tuple[int, int]] = frozenset()
    """(weekday, which one of the month: 1 to 5 or `LAST`)."""
    holidays: bool = False
    months: frozenset[int] = frozenset()
    """Only in these months; empty: in all."""

    def hold(self, day: date) -> bool:
        """Whether the day is one of them by its weekday (holidays aside)."""
        if self.months and day.month not in self.months:
            return False
        return day.weekday() in self.weekdays or any((day.weekday(), which) in self.nths for which in which_ones(day))


@dataclass(frozen=True, slots=True)
class Period:
    """A day or a stretch of days, once or every year."""

    first: date
    last: date
    yearly: bool
    """Only month and day count; `last` may come before `first` (over New Year)."""

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        if not self.yearly:
            return self.first <= day <= self.last
        first, last, this = (self.first.month, self.first.day), (self.last.month, self.last.day), (day.month, day.day)
        return first <= this <= last if first <= last else this >= first or this <= last

    @property
    def length(self) -> int:
        """Days in the period."""
        days = (self.last - self.first).days
        return days + 1 if days >= 0 else days + 1 + 366


def which_ones(day: date) -> tuple[int, ...]:
    """Which one of its weekday the day is in its month: 1 to 5, and `LAST` where it is the last."""
    nth = (day.day - 1) // 7 + 1
    last_of_month = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - date.resolution).day
    return (nth, LAST) if day.day + 7 > last_of_month else (nth,)


def parse_days(text: str) -> Days:
    """The days that the text means; 毎日 holds the holidays too, 平日 is Monday to Friday.

    Raises:
        ValueError: in Japanese, with the cure.
    """
    plain = plain_text(text)
    weekdays: set[int] = set()
    nths: set[tuple[int, int]] = set()
    holidays, at = False, 0
    while at < len(plain):
        part = _PARTS.match(plain, at)
        if part is None:
            break
        at = part.end()
        weekdays |= _weekdays(part)
        nths |= _nths(part)
        holidays |= part["word"] in {"毎日", "祝", "祝日"}
    if at < len(plain) or not (weekdays or nths or holidays):
        raise ValueError(
            f"「{text}」は曜日として読めません。「月-金」「第2日曜」「土・日・祝日」「毎日」のように書いてください。"
        )
    return Days(frozenset(weekdays), frozenset(nths), holidays)


def parse_period(text: str) -> Period:
    """The days that the text means; without a year it is every year.

    Raises:
        ValueError: in Japanese, with the cure.
    """
    plain = plain_text(text)
    found = _DATE.match(plain)
    rest = plain[found.end() :] if found else ""
    until = _DATE.fullmatch(re.sub(r"^(\.\.|-)", "", rest)) if rest else found
    if found is None or until is None:
        raise ValueError(f"「{text}」は日付として読めません。{_PERIOD_CURE}")
    year, first = _date(found, None, text)
    last_year, last = _date(until, year, text)
    if (year is None) != (last_year is None):
        raise ValueError(f"「{text}」は片方にだけ年があります。両方に年を書くか、どちらにも書かないでください。")
    if year is not None and last < first:
        raise ValueError(f"「{text}」は終わりが始まりより前です。年をまたぐときは両方に年を書いてください。")
    return Period(first, last, yearly=year is None)


def _weekdays(part: re.Match[str]) -> set[int]:
    if part["word"]:
        return {"毎日": set(range(7)), "平日": set(range(5))}.get(part["word"], set())
    if part["first"]:
        first, last = WEEKDAYS.index(part["first"]), WEEKDAYS.index(part["last"])
        return {day % 7 for day in range(first, last + (0 if first <= last else 7) + 1)}
    return {WEEKDAYS.index(part["day"])} if part["day"] else set()


def _nths(part: re.Match[str]) -> set[tuple[int, int]]:
    if not part["nth"]:
        return set()
    which = [int(digit) for digit in re.findall(r"\d", part["nth"])] or [LAST]
    return {(WEEKDAYS.index(part["of"]), one) for one in which}


def _date(found: re.Match[str], default_year: int | None, text: str) -> tuple[int | None, date]:
    year = default_year
    if found["year"]:
        year = int(found["year"])
    elif found["reiwa"]:
        year = 2018 + (1 if found["reiwa"] == "元" else int(found["reiwa"]))
    try:
        # 2028 is a leap year, so that 2-29 may stand for every year.
        return year, date(2028 if year is None else year, int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise ValueError(f"「{text}」は暦にない日付です。月と日を確かめてください。") from error
