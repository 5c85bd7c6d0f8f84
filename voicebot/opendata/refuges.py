"""Rows of a list of shelters as rows of `shelters`: for which dangers, where, how many people.

A flag that nobody can read refuses its row: a shelter must never be named for a danger that it may not be safe in.
"""

import re

from voicebot.city.shelters import DANGERS, Danger
from voicebot.opendata.cells import flag, is_empty, narrow
from voicebot.opendata.columns import Columns
from voicebot.opendata.places import common, data_rows, doubled, one_line, repeated
from voicebot.opendata.report import Taken
from voicebot.sheets.header import plain
from voicebot.sheets.table import Row

_UNUSABLE = re.compile(r"使用不可|利用不可|閉鎖中|廃止|使用できません")


def refuges(columns: Columns) -> Taken:
    """Every shelter of the list."""
    taken = Taken()
    ids: dict[str, int] = {}
    for row in data_rows(columns, taken):
        found = _refuge(columns, row, taken)
        if found is None:
            continue
        key = (plain(str(found["name"])), str(found.get("address", "")))
        if repeated(columns, row, key, "避難所", taken):
            continue
        doubled(columns, row, ids, taken)
        taken.rows.append(found)
    return taken


def _refuge(columns: Columns, row: Row, taken: Taken) -> dict[str, object] | None:
    name = one_line(columns.cell(row, "name"))
    if is_empty(name):
        taken.note(columns.problem(row, "name", "名称が空です。名称を書いて、もう一度取り込んでください。", fatal=True))
        return None
    if _UNUSABLE.search(name):
        message = f"「{name[:40]}」は、いま使えないと書かれています。取り込みませんでした。"
        taken.note(columns.problem(row, "name", message, fatal=True))
        return None
    dangers: list[Danger] = []
    partly: list[Danger] = []
    for danger in DANGERS:
        try:
            fit = _fit(columns, row, danger)
        except ValueError as error:
            taken.note(columns.problem(row, f"danger:{danger}", f"{error} この行は取り込みませんでした。", fatal=True))
            return None
        if fit is not False:
            (partly if fit is None else dangers).append(danger)
    found = common(columns, row, name, taken)
    found["dangers"] = dangers
    if partly:
        found["partly"] = partly
    capacity = re.search(r"\d+", narrow(columns.cell(row, "capacity")).replace(",", ""))
    if capacity:
        found["capacity"] = int(capacity[0])
    if columns.kind.name == "指定避難所" or _yes(columns.cell(row, "lasting")):
        found["lasting"] = True
    if _none(columns, dangers, partly):
        taken.note(columns.problem(row, "", "使える災害に○が一つもありません。災害を言わない方にだけ案内します。"))
    return found


def _fit(columns: Columns, row: Row, danger: Danger) -> bool | None:
    """Whether it may be used in this danger: yes, no, or only partly; of two flags the lower one counts."""
    flags = [flag(columns.cell(row, name)) for name in (f"danger:{danger}", f"worst:{danger}") if columns.has(name)]
    if not flags or flags[0] is False:
        return False
    return True if all(each is True for each in flags) else None


def _yes(text: str) -> bool:
    try:
        return flag(text) is True
    except ValueError:
        return False


def _none(columns: Columns, dangers: list[Danger], partly: list[Danger]) -> bool:
    return columns.kind.name == "指定緊急避難場所" and not dangers and not partly
