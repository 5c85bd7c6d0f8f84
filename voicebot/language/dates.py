"""Days, as people say them: understood from text or reading, and said.

Today is an argument. A day without a year or month is the next such day (today counts), or the last one when the
caller speaks of the past. Whether the city is open on a day is not known here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from voicebot.language.eras import era_of, western_year
from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import compact
from voicebot.language.numbers import NUMBER, number_value, say_number
from voicebot.language.relative_days import WEEKDAY, relative_day, weekday_number

_WEEKDAYS = "月火水木金土日"
_NATIVE = {
    "ツイタチ": 1, "フツカ": 2, "ミッカ": 3, "ヨッカ": 4, "イツカ": 5, "ムイカ": 6, "ナノカ": 7, "ナヌカ": 7,
    "ヨウカ": 8, "ココノカ": 9, "トオカ": 10, "トウカ": 10, "ジュウヨッカ": 14, "ハツカ": 20, "ニジュウヨッカ": 24,
}  # fmt: skip
_NATIVE_DAY = "|".join(sorted(_NATIVE, key=len, reverse=True))
_COUNTED_DAY = f"{NUMBER}(?:日|ニチ)(?!間|カン|後|前|マエ|曜|ヨウ|以|中)"
_DAY = f"(?P<day>{_NATIVE_DAY}|{_COUNTED_DAY})"
_ERA = "(?P<era>令和|平成|昭和|大正|明治|レイワ|ヘイセイ|ショウワ|タイショウ|メイジ|[rhstm](?=[0-9元]))"
_YEAR_WORDS = {
    "再来年": 2, "サライネン": 2, "来年": 1, "ライネン": 1, "今年": 0, "コトシ": 0, "本年": 0, "去年": -1,
    "キョネン": -1, "昨年": -1, "サクネン": -1,
}  # fmt: skip
_YEAR = (
    f"(?:(?:{_ERA}(?P<era_year>元|ガン|{NUMBER})|(?P<year>{NUMBER}))(?:年|ネン)ノ?"
    f"|(?P<year_word>{'|'.join(_YEAR_WORDS)})ノ?)?"
)
_FULL = re.compile(f"{_YEAR}(?P<month>{NUMBER})(?:月|ガツ)ノ?{_DAY}")
_BORDER = "(?![-/.0-9])"
_FIGURES = re.compile(
    f"(?<![-/.0-9])(?:{_ERA}(?P<era_year>[0-9]{{1,2}})[-/.]|(?P<year>[12][0-9]{{3}})[-/.])"
    f"(?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}}){_BORDER}"
)
_SHORT_FIGURES = re.compile(f"(?<![-/.0-9])(?P<month>[0-9]{{1,2}})/(?P<day>[0-9]{{1,2}}){_BORDER}")
_MONTH_WORDS = {
    "再来月": 2, "サライゲツ": 2, "来月": 1, "ライゲツ": 1, "今月": 0, "コンゲツ": 0, "先月": -1, "センゲツ": -1,
}  # fmt: skip
_IN_MONTH = re.compile(f"(?P<word>{'|'.join(_MONTH_WORDS)})ノ?(?:{_DAY}|(?P<end>末|マツ))")
_MONTH_END = re.compile(f"(?:(?P<month>{NUMBER})(?:月|ガツ)|月|ゲツ)(?:末|マツ)(?:日|ジツ)?")
_NAMED = re.compile("(?P<first>元日|元旦|ガンジツ|ガンタン)|大晦日|オオミソカ|オウミソカ")
_SEPARATED = re.compile("[0-9][-/.][0-9]")
_DAY_SIGN = re.compile("[日カチ]")
_ONLY_DAY = re.compile(f"{_DAY}(?:ノ?{WEEKDAY})?(?:デス|ニ|ガ|ハ|ワ|ゴロ|頃|デオネガイシマス)*")
_DAY_WITHIN = re.compile(
    "(?P<day>(?![一1]日)(?<![0-9一二三四五六七八九十年月])[0-9一二三四五六七八九十]+日)(?!間|後|前|曜|以|中|本|市)"
)
_BRACKETED = re.compile(f"[(（]([{_WEEKDAYS}])[)）]")
_NICKNAMES = {-2: "おととい", -1: "きのう", 0: "きょう", 1: "あす", 2: "あさって"}


@dataclass(frozen=True, slots=True)
class DateFound:
    """A day that somebody spoke of."""

    day: date
    words: str
    """What was understood as the day, in `kana.compact` form."""
    year_said: bool
    """False when the year follows only from today."""
    weekday_agrees: bool | None
    """Whether the weekday that was said is the day's; None when none was said beside a day. False needs a question."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a pattern looks into."""

    plain: str
    today: date
    past: bool


def parse_date(text: str, today: date, *, past: bool = False) -> DateFound | None:
    """The first day that an utterance speaks of; None when there is none, or it does not exist (2月30日).

    Args:
        text: Text or katakana reading.
        today: The day of the call, in the city.
        past: Whether a day without a year is the last one instead of the next.
    """
    plain = compact(strip_fillers(_BRACKETED.sub(r"\1曜日", text)))
    asked = _Asked(plain, today, past)
    relative = relative_day(plain, today)
    found = next((found for reader in _READERS if (found := reader(asked))), None)
    if found is None:
        return DateFound(*relative, year_said=True, weekday_agrees=None) if relative else None
    match, day = found
    if day is None:
        return None
    said = match.groupdict()
    if relative and (relative[0].month, relative[0].day) == (day.month, day.day) and not _year_said(said):
        day = relative[0]  # きのう、三月三日 is not next year's
    return DateFound(day, match.group(), _year_said(said), _agrees(plain[match.end() :], day, said))


def say_date(day: date, today: date | None = None) -> str:
    """The day with its weekday, in kanji: あす、十一月二十三日、月曜日.

    With `today`, near days get their name and the coming twelve months no year; otherwise the year of the era is said.
    """
    weekday = f"{_WEEKDAYS[day.weekday()]}曜日"
    distance = (day - today).days if today else None
    if distance is None or not (-3 < distance < 365):
        return f"{wareki(day)}、{weekday}"
    name = f"{_NICKNAMES[distance]}、" if distance in _NICKNAMES else ""
    return f"{name}{say_number(day.month)}月{say_number(day.day)}日、{weekday}"


def wareki(day: date) -> str:
    """The day in the Japanese calendar: 令和八年十一月二十二日; before 1873 with the Gregorian year."""
    era = era_of(day)
    year = say_number(day.year) if era is None else era[0].name + ("元" if era[1] == 1 else say_number(era[1]))
    return f"{year}年{say_number(day.month)}月{say_number(day.day)}日"


_Found = tuple[re.Match[str], date | None] | None


def _full(asked: _Asked) -> _Found:
    plain = asked.plain
    # A look for the sign that must be there costs a hundredth of the pattern.
    likely = (
        ("月" in plain or "ガツ" in plain, _FULL),
        (bool(_SEPARATED.search(plain)), _FIGURES),
        ("/" in plain, _SHORT_FIGURES),
    )
    for possible, pattern in likely:
        if possible and (match := pattern.search(plain)):
            return match, _resolved(match.groupdict(), asked)
    return None


def _in_month(asked: _Asked) -> _Found:
    match = _IN_MONTH.search(asked.plain) if "月" in asked.plain or "ゲツ" in asked.plain else None
    if match is None:
        return None
    first = _shifted(asked.today, _MONTH_WORDS[match["word"]])
    if match["end"]:
        return match, _shifted(first, 1) - timedelta(days=1)
    return match, _made(first.year, first.month, _day_number(match["day"]))


def _month_end(asked: _Asked) -> _Found:
    match = _MONTH_END.search(asked.plain) if "末" in asked.plain or "マツ" in asked.plain else None
    if match is None:
        return None
    month = number_value(match["month"]) if match["month"] else asked.today.month
    if month is None or not 1 <= month <= 12:
        return match, None
    year = asked.today.year + (month < asked.today.month and not asked.past)
    return match, _shifted(date(year, month, 1), 1) - timedelta(days=1)


def _named(asked: _Asked) -> _Found:
    match = _NAMED.search(asked.plain)
    return (match, _nearest(1 if match["first"] else 12, 1 if match["first"] else 31, asked)) if match else None


def _only_day(asked: _Asked) -> _Found:
    """A day of the month alone: any when nothing else was said, only an unmistakable one inside a sentence."""
    if not _DAY_SIGN.search(asked.plain):
        return None
    match = _ONLY_DAY.fullmatch(asked.plain) or _DAY_WITHIN.search(asked.plain)
    if match is None:
        return None
    number = _day_number(match["day"])
    step = -1 if asked.past else 1
    for months in range(0, 13 * step, step):
        first = _shifted(asked.today, months)
        day = _made(first.year, first.month, number)
        if day and (day <= asked.today if asked.past else day >= asked.today):
            return match, day
    return match, None


_READERS: tuple[Callable[[_Asked], _Found], ...] = (_full, _in_month, _month_end, _named, _only_day)


def _resolved(said: dict[str, str | None], asked: _Asked) -> date | None:
    month, day = number_value(said["month"] or "") or 0, _day_number(said["day"] or "")
    if said.get("year_word"):
        return _made(asked.today.year + _YEAR_WORDS[said["year_word"] or ""], month, day)
    if era := said.get("era"):
        year = 1 if said["era_year"] in {"元", "ガン"} else number_value(said["era_year"] or "")
        western = western_year(era.upper(), year) if year else None
        return _made(western, month, day) if western else None
    if said.get("year"):
        return _made(number_value(said["year"] or "") or 0, month, day)
    return _nearest(month, day, asked)


def _nearest(month: int, day: int, asked: _Asked) -> date | None:
    """The next such day (29 February may be years away), or the last one."""
    for years in range(9):
        found = _made(asked.today.year + (-years if asked.past else years), month, day)
        if found and (found <= asked.today if asked.past else found >= asked.today):
            return found
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):  # there is no such day
        return None


def _shifted(day: date, months: int) -> date:
    """The first of the month so many months away."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _day_number(words: str) -> int:
    if words in _NATIVE:
        return _NATIVE[words]
    return number_value(words.removesuffix("日").removesuffix("ニチ")) or 0


def _year_said(said: dict[str, str | None]) -> bool:
    return any(said.get(name) for name in ("era", "year", "year_word", "word"))


def _agrees(behind: str, day: date, said: dict[str, str | None]) -> bool | None:
    weekday = said.get("weekday") or ((match := re.match(f"ノ?{WEEKDAY}", behind)) and match["weekday"])
    return weekday_number(weekday) == day.weekday() if weekday else None
