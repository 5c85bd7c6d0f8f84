"""Opening hours of a published list: days, a beginning and an end, and what is written beside them in words.

「月火水木金」「08:30」「17:00」「土曜日は12:30まで。祝日、12/29～1/3を除く」 becomes the rows that `hours.yaml`
knows. What of a note is not understood is kept as it is, and the hours count as uncertain: a caller hears that there
are exceptions.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voicebot.city.days import parse_days
from voicebot.city.time_ranges import parse_ranges
from voicebot.opendata.cells import is_empty, narrow, weekdays

_TIME = r"(?:(\d{1,2})(?::|時)(\d{2})?分?|(正午))"
_UNTIL = re.compile(rf"(?P<days>[^\d:~]+?)は?{_TIME}まで")
_FROM_TO = re.compile(rf"(?P<days>[^\d:~]+?)は?{_TIME}(?:から|~|-){_TIME}(?:まで)?")
_ON_DATE = re.compile(rf"(\d{{1,2}})(?:/|月)(\d{{1,2}})日?\s*{_TIME}(?:から|~|-){_TIME}")
_PERIOD = re.compile(
    r"(?:年末年始)?\(?(?:毎年)?(\d{1,2})(?:/|月)(\d{1,2})日?(?:から|~|-)(?:翌年の|翌年|翌)?(\d{1,2})(?:/|月)(\d{1,2})日?(?:まで)?\)?"
)
_HOLIDAYS = re.compile(
    r"^(?:国民の祝日に関する法律に規定する休日|国民の祝日|祝休日|祝日|休日|祝|祝祭日|土日祝日?|日祝日?|日・祝日?|土・日・祝日?)$"
)
_CLOSED_END = re.compile(
    r"(?:を除く|除く|は除く|休館|休業|休み|は休み|休|はお休み|休診|休所|休園|は?利用不可|は?終日利用不可|定休|閉館|閉庁|は休館|は休業|を除きます)$"
)
_NEXT_DAY = re.compile(
    r"[月火水木金土日](?:曜日?)?が(?:休日|祝日|祝休日|祝日・休日)(?:の場合|のとき|にあたる場合|に当たる場合)?は?、?(?:その)?(?:翌日|翌平日|翌開館日|直後の平日)(?:休館|が休館|休み|に休館|を休館)?"
)
_NEXT_DAY_BRACKET = re.compile(
    r"(?P<day>[月火水木金土日])曜日?(?:休館|定休|休み)?\((?:祝日|休日|[月火水木金土日]曜日?が(?:祝日|休日))の(?:場合|とき)は?、?翌(?:日|平日)\)(?:を除く|休館)?"
)
_NOTHING = re.compile(
    r"(?:終日利用可能?|通年利用可能?|24時間利用可能?|開館日のみ利用可能?|開館時のみ利用可能?|上記時間内|開所日のみ|開園時間中利用可)"
)
_YEAR_END = "12-29..01-03"


@dataclass(slots=True)
class Hours:
    """Opening hours as the city's files write them."""

    week: dict[str, str] = field(default_factory=dict)
    special: list[dict[str, str]] = field(default_factory=list)
    after_holiday: str = ""
    unsure: bool = False
    """Whether something written beside them was not understood."""
    fault: str = ""
    """Why they cannot be used, "" when they can."""


def hours_of(days: str, start: str, end: str, note: str = "", written: str = "", closed: str = "") -> Hours:
    """The hours.

    Args:
        days: Days of the week.
        start: When it begins on these days.
        end: When it ends; before `start` it is on the next day.
        note: What is written beside them.
        written: Hours in one cell (「9:00～17:00」), instead of `start` and `end`.
        closed: Days off, in words.
    """
    found = Hours()
    try:
        on = weekdays(days)
        clock = _clock(start, end, written)
    except ValueError as error:
        return Hours(fault=str(error))
    if not clock:
        return found
    found.week[on or "毎日"] = clock
    found.unsure = not on and not closed  # days that nobody has written may be any
    for clause in _clauses(f"{note}。{f'{closed}休館' if closed and not is_empty(closed) else ''}"):
        if not (_taken(found, clause, clock) or _taken_in_two(found, clause, clock)):
            found.unsure = True
    return _checked(found)


def _clock(start: str, end: str, written: str) -> str:
    if is_empty(start) or is_empty(end):
        plain = narrow(written)
        if is_empty(plain):
            return ""
        parse_ranges(plain.replace(" ", ""))
        return plain.replace(" ", "").replace("~", "-")
    first, last = _minutes(start), _minutes(end)
    if (first, last) in {(0, 24 * 60), (0, 24 * 60 - 1)}:
        return "24時間"
    overnight = "翌" if last <= first or last > 24 * 60 else ""
    last = last - 24 * 60 if last > 24 * 60 else last
    text = f"{_written(first)}-{overnight}{_written(last)}"
    parse_ranges(text)
    return text


def _minutes(text: str) -> int:
    plain = narrow(text).replace(" ", "")
    found = re.fullmatch(r"(\d{1,2})(?::|時)(\d{2})?分?(?::\d{2})?", plain) or re.fullmatch(r"(\d{1,2})(\d{2})", plain)
    if plain == "正午":
        return 12 * 60
    if not found or int(found[1]) > 29 or int(found[2] or 0) > 59:
        raise ValueError(f"「{text[:20]}」は時刻として読めません。8:30 のように書いてください。")
    return int(found[1]) * 60 + int(found[2] or 0)


def _written(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _clauses(note: str) -> Iterator[str]:
    plain = narrow(note.replace("\n", "。")).replace(" ", "")
    for part in re.split(r"[。※;]|(?<=[)館診休])、(?=[土日月火水木金])", plain):
        clause = part.strip("・、,() ")
        if clause and not is_empty(clause):
            yield part.strip("・、, ")


def _taken(found: Hours, clause: str, clock: str) -> bool:
    """Whether the clause was understood; then the hours hold it."""
    return (
        bool(_NOTHING.fullmatch(clause))
        or _taken_next_day(found, clause)
        or _taken_hours(found, clause, clock)
        or _taken_closed(found, clause)
    )


def _taken_in_two(found: Hours, clause: str, clock: str) -> bool:
    """A clause that says two things: hours before a 、, days off behind it."""
    for at in (match.start() for match in re.finditer("、", clause)):
        head, rest = clause[:at], clause[at + 1 :]
        if _taken_hours(found, head, clock):
            return _taken(found, rest, clock)
    return False


def _taken_next_day(found: Hours, clause: str) -> bool:
    bracket = _NEXT_DAY_BRACKET.fullmatch(clause)
    if bracket:
        found.week[bracket["day"]] = "休み"
    if bracket or _NEXT_DAY.fullmatch(clause):
        found.after_holiday = "次の平日に休む"
        return True
    return False


def _taken_hours(found: Hours, clause: str, clock: str) -> bool:
    on_date = _ON_DATE.fullmatch(clause)
    if on_date:
        month, day, *times = on_date.groups()
        found.special.append(
            {"date": f"{int(month):02}-{int(day):02}", "hours": f"{_time(times[:3])}-{_time(times[3:])}"}
        )
        return True
    until = _UNTIL.fullmatch(clause)
    if until and "-" in clock and "、" not in clock:
        return _on(found, until["days"], f"{clock.split('-')[0]}-{_time(until.groups()[1:])}")
    both = _FROM_TO.fullmatch(clause)
    if both:
        return _on(found, both["days"], f"{_time(both.groups()[1:4])}-{_time(both.groups()[4:7])}")
    return False


def _time(groups: tuple[str | None, ...] | list[str | None]) -> str:
    hour, minute, noon = groups
    return "12:00" if noon else f"{int(hour or 0)}:{int(minute or 0):02}"


def _on(found: Hours, days: str, hours: str) -> bool:
    try:
        written = _days(days)
        parse_ranges(hours)
    except ValueError:
        return False
    found.week[written] = hours
    return True


def _days(text: str) -> str:
    """Days as `parse_days` reads them: 土日祝 → 土・日・祝日, 日曜日・祝休日 → 日・祝日."""
    plain = re.sub(r"国民の祝日に関する法律に規定する休日|祝休日|国民の祝日|祝日?|休日", "祝", text).replace(
        "及び", "・"
    )
    plain = plain.replace("曜日", "").replace("曜", "").replace("、", "・").strip("・は")
    signs = re.sub("・", "", plain)
    if not re.fullmatch("[月火水木金土日祝]+", signs):
        parse_days(plain)
        return plain
    return "・".join("祝日" if sign == "祝" else sign for sign in dict.fromkeys(signs))


def _taken_closed(found: Hours, clause: str) -> bool:
    """「祝日、12/29～1/3を除く」「日曜、祝日は休み」: every part must be understood."""
    ending = _CLOSED_END.search(clause)
    if not ending:
        return False
    body = clause[: ending.start()].strip("()は、")
    periods = list(_PERIOD.finditer(body))
    rest = _PERIOD.sub("、", body)
    days: list[str] = []
    year_end = False
    for part in re.split(r"[、,・]|及び|と|並びに", rest):
        word = part.strip("()は毎週")
        if not word:
            continue
        if word == "年末年始":
            year_end = not periods
        elif _HOLIDAYS.fullmatch(word) or re.fullmatch("[月火水木金土日祝]+(?:曜日?)?|第.+曜日?", word):
            days.append(word)
        else:
            return False
    return _close(found, days, periods, year_end)


def _close(found: Hours, days: list[str], periods: list[re.Match[str]], year_end: bool) -> bool:
    written = []
    for word in days:
        try:
            written.append(_days(word))
            parse_days(written[-1])
        except ValueError:
            return False
    for each in written:
        found.week[each] = "休み"
    dates = [f"{int(p[1]):02}-{int(p[2]):02}..{int(p[3]):02}-{int(p[4]):02}" for p in periods]
    for text in dates + ([_YEAR_END] if year_end else []):
        reason = "年末年始" if text.startswith("12-") else "休み"
        if not any(row["date"] == text for row in found.special):
            found.special.append({"date": text, "hours": "休み", "reason": reason})
    # Year ends that nobody has dated are nearly always these days, but not certainly.
    found.unsure = found.unsure or year_end
    return bool(days or periods or year_end)


def _checked(found: Hours) -> Hours:
    """Rows that `hours.yaml` would refuse make the hours uncertain instead: only the first row is kept then."""
    covered: set[object] = set()
    for text in list(found.week)[1:]:
        days = parse_days(text)
        marks = {*days.weekdays, *days.nths, *(["祝"] if days.holidays else [])}
        first = parse_days(next(iter(found.week)))
        same = len(marks) == len(first.weekdays) + len(first.nths) + first.holidays
        if marks & covered or (same and marks & {*first.weekdays, *(["祝"] if first.holidays else [])}):
            del found.week[text]
            found.unsure = True
        covered |= marks
    return found


def row_of(hours: Hours) -> Mapping[str, object]:
    """The keys of a row of `data/*.yaml`; empty when no hours are known."""
    if not hours.week:
        return {}
    row: dict[str, object] = {"week": hours.week}
    if hours.special:
        row["special"] = hours.special
    if hours.after_holiday:
        row["after_holiday"] = hours.after_holiday
    if hours.unsure:
        row["unsure"] = True
    return row
