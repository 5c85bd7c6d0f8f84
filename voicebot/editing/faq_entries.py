"""One entry of the FAQ as a person edits it on a form: changed, added, taken away, in the text of its file."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from voicebot.documents import Document, parse, read
from voicebot.editing.edits import delete
from voicebot.editing.faq_changes import applied
from voicebot.editing.reconciling import brought_to
from voicebot.editing.values import Value
from voicebot.errors import ContentError, Fault
from voicebot.faq.cells import flat
from voicebot.faq.changes import Plan
from voicebot.faq.load import FaqFile
from voicebot.faq.rows import LABELS, FieldName, Row, Written, written_in


def entry_named(text: str, path: str, question: str) -> Written:
    """The entry with this question.

    Raises:
        ContentError: there is none (any more), or the file is not of the form.
    """
    found = next((one for one in written_in((read(text, path),)) if one.entry.question == question), None)
    if found is None:
        message = f"「{question}」は、ほかの人が消したか、質問を変えました。一覧を開き直してください。"
        raise ContentError((Fault(path, 0, message),))
    return found


def changed(text: str, path: str, question: str, row: Row) -> str:
    """The file with an entry as the row says it; keys that say the same stay as they are written.

    Raises:
        ContentError: there is no such entry, or it cannot be edited safely.
    """
    document = read(text, path)
    written = entry_named(text, path, question)
    return brought_to(text, ("entries", written.at), _wanted(document, written, row), path)


def deleted(text: str, path: str, question: str) -> str:
    """The file without an entry.

    Raises:
        ContentError: there is no such entry, or it cannot be taken away safely.
    """
    return delete(text, ("entries", entry_named(text, path, question).at), path)


def added(text: str, path: str, row: Row) -> str:
    """The file with one entry more; a file that is not there yet ("") becomes that of the row's department.

    Raises:
        ContentError: the file is not of the form, or cannot be edited safely.
    """
    home = parse(read(text, path), FaqFile).department if text else row.department
    new = applied(Plan((replace(row, department=home),), (), (), ()), {path: text} if text else {})
    grown = next(iter(new.values()))
    if row.department == home:
        return grown
    written = entry_named(grown, path, row.question)
    return brought_to(grown, ("entries", written.at), _wanted(read(grown, path), written, row), path)


def _wanted(document: Document, written: Written, row: Row) -> dict[str, Value]:
    """What the entry's mapping shall say: no key without a value, none that repeats what the file says of all."""
    data = cast(Mapping[str, list[Mapping[str, Value]]], document.data)
    now = data["entries"][written.at]
    wanted: dict[str, Value] = {}
    for name in LABELS:
        value = _value(name, row)
        inherited = name in ("department", "owner") and value == written.file_department and name not in now
        if name == "answer" and flat(written.entry.answer) == value:
            value = now["answer"]
        if value and not inherited:
            wanted[name] = value
    return wanted


def _value(name: FieldName, row: Row) -> Value:
    match name:
        case "also" | "keywords":
            return list(getattr(row, name))
        case "valid_until":
            return row.valid_until.isoformat() if row.valid_until else ""
        case "answer":
            return flat(row.answer)
    value: str = getattr(row, name)
    return value
