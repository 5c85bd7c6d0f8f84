"""Collection days of garbage as rows of `areas`, and the small tables of the 5374 format beside them.

Source of the 5374 format: Code for Kanazawa, LOCALIZE.md: 「月 木」 every week, 「水4」 the fourth of the month,
「火2 金4:4 6 8」 only in these months, 「20140301 20140325」 single days, 「*1」 a remark.
"""

import re
from datetime import date

from voicebot.city.days import WEEKDAYS
from voicebot.city.garbage_file import collection_days
from voicebot.opendata.cells import day, is_empty, narrow
from voicebot.opendata.columns import Columns
from voicebot.opendata.headings import CAMEL_KINDS
from voicebot.opendata.places import data_rows, one_line
from voicebot.opendata.report import Taken
from voicebot.sheets.header import plain
from voicebot.sheets.table import Row

_SHORT = re.compile(rf"[{WEEKDAYS}][1-5]?(?:\s+[{WEEKDAYS}][1-5]?)*")
_NTH = re.compile(rf"((?:第[1-5](?:[・,、と]第?[1-5])*|最終|最後の)[{WEEKDAYS}])(?!曜)")
_MONTHS = re.compile(r"(.+?):\s*(\d{1,2}(?:[\s,]+\d{1,2})*)$")
_REMARK = re.compile(r"\*(\w+)")
_SINGLE = re.compile(r"(?:^|\s)(\d{8})(?=\s|$)")
_NEVER = frozenset({"収集なし", "なし", "対象外"})


def is_days(text: str) -> bool:
    """Whether the text means collection days."""
    try:
        days, single, _ = read_days(text)
    except ValueError:
        return False
    return bool(days or single)


def read_days(text: str) -> tuple[str, tuple[date, ...], tuple[str, ...]]:
    """Days as `garbage.yaml` writes them ("" for none), single days, and numbers of remarks.

    Raises:
        ValueError: in Japanese: they cannot be read.
    """
    plain_text = narrow(text)
    remarks = tuple(_REMARK.findall(plain_text))
    plain_text = _REMARK.sub("", plain_text).strip()
    if is_empty(plain_text) or plain_text in _NEVER:
        return "", (), remarks
    single = tuple(found for each in _SINGLE.findall(plain_text) if (found := day(each)))
    rest = _SINGLE.sub("", plain_text).strip()
    if not rest:
        return "", single, remarks
    months = _MONTHS.fullmatch(rest)
    suffix = ""
    if months:
        only = "・".join(months[2].replace(",", " ").split())
        rest, suffix = months[1], f"({only}月)"
    written = _long(rest) + suffix
    collection_days(written)
    return written, single, remarks


def _long(text: str) -> str:
    """「火1 火3」 as 「第1火曜・第3火曜」, 「月 木」 as 「月・木」, 「毎週火・金曜日」 as 「火・金曜」."""
    if _SHORT.fullmatch(text):
        return "・".join(f"第{each[1]}{each[0]}曜" if len(each) > 1 else each for each in text.split())
    written = text.replace("毎週", "").replace("毎月", "").replace("曜日", "曜").replace(" ", "・").strip("・")
    written = _NTH.sub(r"\1曜", written)
    # 第2・4木曜 and 第2、第4木曜 both mean two days of a month.
    return re.sub(r"・{2,}", "・", written)


def areas(columns: Columns) -> Taken:
    """Every area with its days; a row of which no day can be read is refused."""
    taken = Taken()
    seen: dict[str, int] = {}
    for row in data_rows(columns, taken):
        name = one_line(columns.cell(row, "name"))
        if is_empty(name):
            taken.note(columns.problem(row, "name", "地区の名前が空です。取り込みませんでした。", fatal=True))
            continue
        if name in seen:
            message = f"「{name}」は{seen[name]}行目にもあります。取り込みませんでした。"
            taken.note(columns.problem(row, "name", message, fatal=True))
            continue
        found = _area(columns, row, name, taken)
        if found:
            seen[name] = row.number
            taken.rows.append(found)
    return taken


def _area(columns: Columns, row: Row, name: str, taken: Taken) -> dict[str, object] | None:
    days: dict[str, str] = {}
    dates: dict[str, list[str]] = {}
    remarks: list[str] = []
    for at in columns.places["days"]:
        kind = CAMEL_KINDS.get(plain(columns.headings[at]), one_line(columns.headings[at]))
        try:
            written, single, numbers = read_days(row.cells[at])
        except ValueError as error:
            problem = columns.problem(row, "days", f"「{kind}」: {error} この種類だけ取り込みませんでした。")
            taken.note(type(problem)(row.number, at, columns.headings[at], problem.message, problem.sheet, fatal=False))
            continue
        if written:
            days[kind] = written
        if single:
            dates[kind] = [each.isoformat() for each in single]
        remarks += numbers
    if not days and not dates:
        taken.note(columns.problem(row, "days", "収集の曜日が一つも読めません。取り込みませんでした。", fatal=True))
        return None
    found: dict[str, object] = {"name": name, "towns": towns(name), "days": days}
    center = one_line(columns.cell(row, "center"))
    optional = {"center": center, "dates": dates, "remarks": list(dict.fromkeys(remarks))}
    return found | {key: value for key, value in optional.items() if value}


def towns(name: str) -> list[str]:
    """The districts that an area's name lists: 「第一(松島・築地)花園・新番丁(四番丁)」 has four, and 第一 itself.

    Brackets hold the parts of the one before them that belong here; whether the rest of it does is not known.
    """
    text = narrow(name).replace("（", "(").replace("）", ")")
    found: list[str] = []
    for each in re.finditer(r"([^()・、,/\s]+)(?:\(([^()]*)\))?", text):
        found.append(each[1])
        found += [part.strip() for part in re.split(r"[・、,/]", each[2] or "") if part.strip()]
    return list(dict.fromkeys(found))


def closed(columns: Columns) -> Taken:
    """Days on which a center rests."""
    taken = Taken()
    for row in data_rows(columns, taken):
        try:
            first, last = day(columns.cell(row, "first")), day(columns.cell(row, "last"))
        except ValueError as error:
            taken.note(columns.problem(row, "first", f"{error} 取り込みませんでした。", fatal=True))
            continue
        if first is None or last is None or last < first:
            message = "休みの始まりと終わりが読めないか、逆です。取り込みませんでした。"
            taken.note(columns.problem(row, "first", message, fatal=True))
            continue
        name = one_line(columns.cell(row, "name"))
        taken.rows.append({"center": name, "first": first.isoformat(), "last": last.isoformat()})
    return taken


def described(columns: Columns) -> Taken:
    """Kinds of garbage, or remarks, with their words: `{name: …, hint: …}` for each."""
    taken = Taken()
    key = "id" if columns.kind.section == "remarks" else "name"
    for row in columns.rows:
        name, hint = one_line(columns.cell(row, key)), one_line(columns.cell(row, "hint"))
        if is_empty(name):
            taken.note(columns.problem(row, key, "名前が空です。取り込みませんでした。", fatal=True))
            continue
        taken.rows.append({"name": name, "hint": hint})
    return taken
