"""Rows of a list of doctors on duty as rows of `duties`: day, subject, clinic, hours."""

from voicebot.city.days import WEEKDAYS
from voicebot.city.time_ranges import parse_ranges
from voicebot.opendata.cells import day, is_empty, narrow, telephone_numbers
from voicebot.opendata.columns import Columns
from voicebot.opendata.hours import hours_of
from voicebot.opendata.places import data_rows, one_line, repeated
from voicebot.opendata.report import Taken
from voicebot.sheets.table import Row

ANY = frozenset({"指定なし", "全科", "全診療科", "救急", "二次救急"})
"""Subjects that mean everything."""


def rota(columns: Columns) -> Taken:
    """Every duty of the list."""
    taken = Taken()
    for row in data_rows(columns, taken):
        found = _duty(columns, row, taken)
        if found is None:
            continue
        key = tuple(sorted((name, str(value)) for name, value in found.items()))
        if repeated(columns, row, key, "当番", taken):
            continue
        taken.rows.append(found)
    return taken


def _duty(columns: Columns, row: Row, taken: Taken) -> dict[str, object] | None:
    name = one_line(columns.cell(row, "name"))
    if is_empty(name):
        taken.note(columns.problem(row, "name", "医療機関の名前が空です。取り込みませんでした。", fatal=True))
        return None
    try:
        on = day(columns.cell(row, "date"))
    except ValueError as error:
        taken.note(columns.problem(row, "date", f"{error} 取り込みませんでした。", fatal=True))
        return None
    if on is None:
        taken.note(columns.problem(row, "date", "当番の日が空です。取り込みませんでした。", fatal=True))
        return None
    weekday = narrow(columns.cell(row, "weekday"))[:1]
    if weekday in WEEKDAYS and weekday and WEEKDAYS[on.weekday()] != weekday:
        actual = WEEKDAYS[on.weekday()]
        message = f"{on.isoformat()}は{actual}曜日ですが、{weekday}曜日と書かれています。日付を使いました。"
        taken.note(columns.problem(row, "weekday", message))
    hours = _hours(columns, row)
    if not hours:
        taken.note(columns.problem(row, "hours", "当番の時間が読めません。取り込みませんでした。", fatal=True))
        return None
    subject = one_line(columns.cell(row, "subjects"))
    found: dict[str, object] = {"date": on.isoformat(), "name": name, "hours": hours}
    if subject not in ANY and not is_empty(subject):
        found["subject"] = subject
    try:
        numbers = telephone_numbers(columns.cell(row, "phone"))
    except ValueError as error:
        numbers = ()
        taken.note(columns.problem(row, "phone", f"{error} 番号なしで取り込みました。"))
    return found | ({"number": list(numbers)} if numbers else {})


def _hours(columns: Columns, row: Row) -> str:
    written = narrow(columns.cell(row, "hours")).replace(" ", "")
    if written:
        try:
            parse_ranges(written)
        except ValueError:
            return ""
        return written.replace("~", "-").replace("/", "、")
    hours = hours_of("毎日", columns.cell(row, "start"), columns.cell(row, "end"))
    return next(iter(hours.week.values()), "")
