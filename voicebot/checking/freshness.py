"""Answers and values that are no longer true, or of which nobody says whether they are."""

from collections.abc import Iterator
from datetime import date

from voicebot.checking.files import FAQ, TREES, Files
from voicebot.checking.findings import Finding, warning
from voicebot.city import data_sets
from voicebot.content import Content
from voicebot.dialog.tree import AnswerNode
from voicebot.documents import Document, Path, suggestion
from voicebot.errors import Fault

NEAR_DAYS = 30
"""So long before its last day an answer is named: time enough to ask the section and to publish."""
STALE, OWNERLESS = "stale", "ownerless"


def stale(content: Content, files: Files, today: date) -> Iterator[Finding]:
    """Facts, answers and lists whose last day has passed or is near."""
    for name, fact in content.city.facts.items():
        if fact.valid_until:
            where = ("facts", name, "valid_until")
            yield from _aged(files.documents["facts.yaml"], where, f"値「{name}」", fact.valid_until, today)
    ends = {entry.question: entry.valid_until for entry in content.entries}
    for document, at, question in _questions(files):
        last = ends.get(question)
        if last:
            yield from _aged(document, ("entries", at, "valid_until"), f"答え「{question}」", last, today)
    if content.city.duty and "duty.yaml" in files.documents:
        yield from _aged(files.documents["duty.yaml"], ("days",), "当番医の表", content.city.duty.last, today)
    for each in data_sets.stale(content.city.data, today):
        yield warning(STALE, Fault(each.data.path, 0, each.message))


def ownerless(content: Content, files: Files) -> Iterator[Finding]:
    """Facts without an owner, and trees whose section is no department while their answers name none."""
    for name, fact in content.city.facts.items():
        if not fact.owner:
            message = f"値「{name}」に担当課(owner)がありません。だれが正しさを確かめるかを書いてください。"
            yield warning(OWNERLESS, files.documents["facts.yaml"].fault(("facts", name), message))
    known = tuple(content.dialog.departments)
    for document in files.under(TREES):
        data = document.data if isinstance(document.data, dict) else {}
        section = str(data.get("section", ""))
        answers = [name for name in data.get("nodes", {}) if _has_no_owner(content, name)]
        if section not in known:
            near = suggestion(section, known)
            these = f"答え「{answers[0]}」などの" if answers else "このファイルの"
            message = f"{these}担当「{section}」は、departments.yaml にある課ではありません。{near}"
            yield warning(OWNERLESS, document.fault(("section",), message))


def _has_no_owner(content: Content, name: str) -> bool:
    node = content.dialog.nodes.get(name)
    return isinstance(node, AnswerNode) and not node.department


def _questions(files: Files) -> Iterator[tuple[Document, int, str]]:
    for document in files.under(FAQ):
        rows = document.data.get("entries") if isinstance(document.data, dict) else None
        for at, row in enumerate(rows or []):
            yield document, at, str(row.get("question", ""))


def _aged(document: Document, where: Path, what: str, last: date, today: date) -> Iterator[Finding]:
    left = (last - today).days
    if left > NEAR_DAYS:
        return
    day = f"{last.year}年{last.month}月{last.day}日"
    when = f"の期限({day})が過ぎました" if left < 0 else f"の期限は{day}で、あと{left}日です"
    message = f"{what}{when}。正しいかを担当課に確かめて、値と期限を直してください。"
    yield warning(STALE, document.fault(where, message))
