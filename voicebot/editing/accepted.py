"""Proposals that staff have accepted, as edits of the city's files. Pure: text in, text out."""

from collections.abc import Mapping, Sequence

from voicebot.documents import Path, parse, read
from voicebot.editing.edits import add_items, add_key, set_value
from voicebot.editing.faq_entries import entry_named
from voicebot.errors import ContentError, Fault
from voicebot.faq.load import FaqFile

FAQ = "faq/"
DEPARTMENTS = "departments.yaml"


def home_of_entry(files: Mapping[str, str], question: str) -> str:
    """The file in which an entry stands.

    Raises:
        ContentError: it stands in none.
    """
    for path in sorted(files):
        if path.startswith(FAQ) and question in files[path]:
            try:
                entry_named(files[path], path, question)
            except ContentError:
                continue
            return path
    message = f"「{question}」は、ほかの人が消したか、質問を変えました。提案を開き直してください。"
    raise ContentError((Fault(FAQ, 0, message),))


def home_of_department(files: Mapping[str, str], department: str) -> str:
    """The file in which a department's entries stand; where there is none yet, the one that is to be made."""
    for path in sorted(files):
        if path.startswith(FAQ) and department in files[path]:
            try:
                if parse(read(files[path], path), FaqFile).department == department:
                    return path
            except ContentError:
                continue
    return f"{FAQ}{department}.yaml"


def with_ways(text: str, path: str, question: str, ways: Sequence[str]) -> str:
    """The file with further ways of asking for an entry; those that it has are not added again."""
    written = entry_named(text, path, question)
    there = (written.entry.question, *written.entry.also)
    return _with(text, path, ("entries", written.at, "also"), _new(ways, there), is_there=bool(written.entry.also))


def with_keyword(text: str, path: str, question: str, word: str) -> str:
    """The file with one more keyword of an entry; the recogniser expects keywords."""
    written = entry_named(text, path, question)
    there = written.entry.keywords
    return _with(text, path, ("entries", written.at, "keywords"), _new([word], there), is_there=bool(there))


def with_name(text: str, department: str, name: str) -> str:
    """`departments.yaml` with one more name of a department."""
    return _of_department(text, department, "also", name)


def with_duty(text: str, department: str, duty: str) -> str:
    """`departments.yaml` with one more duty of a department."""
    return _of_department(text, department, "duties", duty)


def _of_department(text: str, department: str, key: str, word: str) -> str:
    where: Path = ("departments", department, key)
    data = read(text, DEPARTMENTS).data
    rows = data.get("departments") if isinstance(data, dict) else None
    row = rows.get(department) if isinstance(rows, dict) else None
    if not isinstance(row, dict):
        message = f"「{department}」という課は、もうありません。提案を開き直してください。"
        raise ContentError((Fault(DEPARTMENTS, 0, message),))
    there = row.get(key) or []
    return _with(text, DEPARTMENTS, where, _new([word], there), is_there=bool(there), has_key=key in row)


def _new(words: Sequence[str], there: Sequence[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word and word not in there]


def _with(
    text: str, path: str, where: Path, words: Sequence[str], *, is_there: bool, has_key: bool | None = None
) -> str:
    if not words:
        return text
    if is_there:
        return add_items(text, where, list(words), path)
    has_key = where in read(text, path).lines if has_key is None else has_key
    return set_value(text, where, list(words), path) if has_key else add_key(text, where, list(words), path)
