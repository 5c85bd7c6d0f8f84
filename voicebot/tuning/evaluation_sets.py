"""Questions with known answers, from where people keep them: a benchmark, a CSV or Excel table, or YAML. Pure."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicebot.documents import Strict, parse, read, suggestion
from voicebot.errors import ContentError, Fault
from voicebot.faq.load import Entry
from voicebot.sheets.header import find_header
from voicebot.sheets.table import Problem, Row, Table
from voicebot.tuning.evaluation import Asked

BENCHMARK = ("corpus.json", "queries.json", "qrels.json")
"""The files of a benchmark; `faq_department.tsv` and `routing.tsv` may lie beside them."""
_PAIR = re.compile(r"Question: (.*?)\s*\nAnswer: (.*)", re.DOTALL)
HEADINGS: Mapping[str, Sequence[str]] = {
    "question": ("質問", "問", "お尋ね", "問い合わせ", "発話", "question", "ask", "query"),
    "entry": ("正解", "正しい項目", "正しい質問", "FAQ", "項目", "expect", "entry", "expected"),
    "department": ("担当課", "担当", "課", "部署", "所管課", "department"),
}
"""The headings of a table of questions."""


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Questions, and the FAQ that they are asked of."""

    name: str
    entries: tuple[Entry, ...]
    asked: tuple[Asked, ...]
    problems: tuple[str, ...] = ()
    """Rows that could not be used, in Japanese."""


class AskedRow(Strict):
    """One question in a YAML list: `- {ask: ..., expect: ...}` or `- {ask: ..., department: ...}`."""

    ask: str
    expect: str = ""
    department: str = ""


class AskedFile(Strict):
    """All of them."""

    questions: list[AskedRow]


def benchmark(name: str, files: Mapping[str, str]) -> EvaluationSet:
    """A benchmark in the form of localgovFAQ.

    Args:
        name: What to call it.
        files: Texts by name: `corpus.json` ({id: "Question: ... Answer: ..." on two lines}), `queries.json` ({id:
            question}), `qrels.json` ({query id: {corpus id: grade}}), perhaps `faq_department.tsv` (faq_id,
            department) and `routing.tsv` (query_id, query, departments_grade2 separated by |).

    Raises:
        ContentError: a file is missing, or not of this form.
    """
    try:
        corpus, queries, graded = (_object(files, each) for each in BENCHMARK)
        owners = {row["faq_id"]: row["department"] for row in _tsv(files.get("faq_department.tsv", ""))}
        routes = {row["query_id"]: row["departments_grade2"] for row in _tsv(files.get("routing.tsv", ""))}
        names: dict[str, str] = {}
        entries: dict[str, Entry] = {}
        for key, text in corpus.items():
            question, answer = _pair(str(text))
            names[key] = question
            entries.setdefault(question, Entry(question, (), answer, owners.get(key, "")))
        asked = tuple(
            Asked(
                key,
                str(text),
                _by_name(graded.get(key, {}), names),
                frozenset(one for one in routes.get(key, "").split("|") if one),
            )
            for key, text in queries.items()
        )
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        message = "評価用データの形が違います。corpus.json、queries.json、qrels.json を確かめてください。"
        raise ContentError((Fault(name, 0, message),)) from error
    return EvaluationSet(name, tuple(entries.values()), asked)


def from_table(table: Table, entries: Sequence[Entry], departments: Sequence[str]) -> EvaluationSet:
    """Questions of a table with a header (質問, and 正解 or 担当課), asked of these entries.

    Raises:
        ContentError: there is no such header.
    """
    header = find_header(table, HEADINGS, ("question",))
    if header is None or not {"entry", "department"} & set(header.columns):
        message = "見出しの行が見つかりません。「質問」と、「正解」(FAQの質問)か「担当課」の列を作ってください。"
        raise ContentError((Fault(table.label, 0, message),))
    known = {entry.question: entry for entry in entries}
    asked: list[Asked] = []
    problems: list[str] = []
    for row in (row for row in table.rows if row.number > header.row):
        text, entry, department = (_cell(row, header.first(name)) for name in ("question", "entry", "department"))
        if not text:
            continue
        if problem := _unknown(row.number, entry, department, known, departments):
            problems.append(str(problem))
            continue
        asked.append(_asked(str(row.number), text, entry, department, known))
    return EvaluationSet(table.label, tuple(entries), tuple(asked), tuple(problems))


def from_yaml(name: str, text: str, entries: Sequence[Entry], departments: Sequence[str]) -> EvaluationSet:
    """Questions of a YAML list.

    Raises:
        ContentError: it is no such list, or names what is not there; with every fault.
    """
    document = read(text, name)
    rows = document.data if isinstance(document.data, list) else []
    file = parse(type(document)(name, {"questions": rows}, document.lines), AskedFile)
    known = {entry.question: entry for entry in entries}
    faults = []
    asked: list[Asked] = []
    for at, row in enumerate(file.questions):
        problem = _unknown(0, row.expect, row.department, known, departments)
        if problem:
            faults.append(document.fault((at,), problem.message))
        else:
            asked.append(_asked(str(document.line((at,))), row.ask, row.expect, row.department, known))
    if faults:
        raise ContentError(tuple(faults))
    return EvaluationSet(name, tuple(entries), tuple(asked))


def _asked(name: str, text: str, entry: str, department: str, known: Mapping[str, Entry]) -> Asked:
    owner = department or (known[entry].department if entry else "")
    return Asked(name, text, {entry: 2} if entry else {}, frozenset([owner] if owner else []))


def _unknown(
    row: int, entry: str, department: str, known: Mapping[str, Entry], departments: Sequence[str]
) -> Problem | None:
    if entry and entry not in known:
        near = suggestion(entry, list(known))
        return Problem(row, None, "", f"「{entry}」という質問は FAQ にありません。{near}")
    if department and department not in departments:
        near = suggestion(department, list(departments))
        return Problem(row, None, "", f"「{department}」という課はありません。{near}")
    if not entry and not department:
        return Problem(row, None, "", "正解も担当課も書かれていません。どちらかを書いてください。")
    return None


def _cell(row: Row, at: int | None) -> str:
    return row.cells[at] if at is not None else ""


def _object(files: Mapping[str, str], name: str) -> dict[str, object]:
    found = json.loads(files[name])
    if not isinstance(found, dict):
        raise TypeError(name)
    return found


def _tsv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _pair(text: str) -> tuple[str, str]:
    found = _PAIR.fullmatch(text)
    return (found[1].strip(), found[2].strip()) if found else (text.strip(), text.strip())


def _by_name(grades: object, names: Mapping[str, str]) -> dict[str, int]:
    """Grades by the entry's question; two entries of one question count as one."""
    found: dict[str, int] = {}
    if not isinstance(grades, dict):
        raise TypeError("qrels")
    for key, grade in grades.items():
        found[names[key]] = max(int(grade), found.get(names[key], 0))
    return found
