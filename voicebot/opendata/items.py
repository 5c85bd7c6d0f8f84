"""Rows of a sorting list as rows of `items`: the name that people say, the make or size, the kind, how it is put out.

Lists write all of it into one cell: 「アイロン台(金属)80％以上金属製」「乾電池（筒形）」. What stands in brackets, or
is repeated at the beginning of the notes, is the make; what is left is the name.
"""

import re
from collections import Counter
from collections.abc import Sequence

from voicebot.opendata.cells import is_empty, narrow
from voicebot.opendata.columns import Columns
from voicebot.opendata.places import data_rows, one_line, repeated
from voicebot.opendata.report import Taken
from voicebot.sheets.table import Row

_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_USUAL = 8
"""A word in brackets at so many items is a mark of the city's (金属), not a make."""
_READING = re.compile(r"[ぁ-ゖァ-ヺー・\s]{2,}")


def items(columns: Columns) -> Taken:
    """Every item of the list."""
    taken = Taken()
    rows = list(data_rows(columns, taken))
    marks = _marks(columns, rows)
    for row in rows:
        written, kind = one_line(columns.cell(row, "name")), one_line(columns.cell(row, "kind"))
        if is_empty(written):
            taken.note(columns.problem(row, "name", "品目が空です。取り込みませんでした。", fatal=True))
            continue
        if is_empty(kind):
            message = f"「{written[:40]}」の分別区分が空です。取り込みませんでした。"
            taken.note(columns.problem(row, "kind", message, fatal=True))
            continue
        name, when, hint = _parts(written, one_line(columns.cell(row, "hint")), marks)
        when = "、".join(part for part in (when, one_line(columns.cell(row, "when"))) if part)
        key = (name, when, kind)
        if repeated(columns, row, key, "品目", taken):
            continue
        found: dict[str, object] = {"name": name, "kind": kind}
        reading = narrow(columns.cell(row, "reading"))
        if _READING.fullmatch(reading) and not when:
            found["reading"] = reading.replace(" ", "")
        taken.rows.append(found | {key: text for key, text in (("when", when), ("hint", hint)) if text})
    return taken


def _marks(columns: Columns, rows: Sequence[Row]) -> frozenset[str]:
    counted = Counter(mark for row in rows for mark in set(_BRACKETS.findall(columns.cell(row, "name"))))
    return frozenset(mark for mark, count in counted.items() if count >= _USUAL)


def _parts(written: str, note: str, marks: frozenset[str]) -> tuple[str, str, str]:
    """The name, the make or size, and the hint."""
    name, hint, makes = written, note, list[str]()
    for length in range(min(len(note), len(name) - 1), 1, -1):
        if name.endswith(note[:length].strip()) and note[:length].strip():
            make = note[:length].strip()
            name, hint = name.removesuffix(make), note[length:]
            makes.append(" ".join(make.split()).replace(" ", "、"))
            break
    brackets = [each for each in _BRACKETS.findall(name) if each not in marks and each.strip()]
    name = _BRACKETS.sub("", name).strip() or written
    makes[:0] = [each.strip() for each in brackets]
    return name, "、".join(makes), hint.strip()
