"""FAQ files: what residents ask, in which words, and what is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from voicebot.documents import Document, Strict, parse, read, suggestion
from voicebot.errors import ContentError, Fault, VoicebotError


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer of the city; the question as written is its name."""

    question: str
    also: tuple[str, ...]
    """Other ways of asking the same."""
    answer: str
    department: str
    keywords: tuple[str, ...] = ()
    source: str = ""
    """Address of the page that says the same."""
    owner: str = ""
    """The department that keeps the answer true."""
    valid_until: date | None = None


class EntryFile(Strict):
    """One entry as written."""

    question: Annotated[str, Field(min_length=2)]
    also: list[str] = []
    answer: Annotated[str, Field(min_length=2)]
    department: str = ""
    keywords: list[str] = []
    source: str = ""
    owner: str = ""
    valid_until: date | None = None


class FaqFile(Strict):
    """A file of a section (課); its department owns and answers what names no other."""

    department: str
    entries: list[EntryFile]


def load(
    files: tuple[tuple[str, str], ...], departments: tuple[str, ...], fill: Callable[[str], str] = str
) -> tuple[Entry, ...]:
    """Every entry of every file (path, text), facts filled in.

    Raises:
        ContentError: with every fault of every file.
    """
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    for path, text in files:
        try:
            document = read(text, path)
            file = parse(document, FaqFile)
        except ContentError as error:
            faults += error.faults
            continue
        faults += _unknown(document, ("department",), file.department, departments)
        for at, written in enumerate(file.entries):
            where = ("entries", at)
            entry, found = _entry(document, where, written, file.department, departments, fill)
            faults += found
            if entry.question in entries:
                message = f"「{entry.question}」は二度書かれています。片方を消すか、言い方を変えてください。"
                faults.append(document.fault((*where, "question"), message))
            entries[entry.question] = entry
    if faults:
        raise ContentError(tuple(faults))
    return tuple(entries.values())


def _entry(
    document: Document,
    where: tuple[str | int, ...],
    written: EntryFile,
    owner: str,
    departments: tuple[str, ...],
    fill: Callable[[str], str],
) -> tuple[Entry, list[Fault]]:
    faults: list[Fault] = []
    for key, named in (("department", written.department), ("owner", written.owner)):
        if named:
            faults += _unknown(document, (*where, key), named, departments)
    answer = written.answer
    try:
        answer = fill(answer)
    except VoicebotError as error:
        faults.append(document.fault((*where, "answer"), error.message))
    entry = Entry(
        written.question,
        tuple(written.also),
        "".join(line.strip() for line in answer.splitlines()),
        written.department or owner,
        tuple(written.keywords),
        written.source,
        written.owner or owner,
        written.valid_until,
    )
    return entry, faults


def _unknown(
    document: Document, where: tuple[str | int, ...], department: str, departments: tuple[str, ...]
) -> list[Fault]:
    if department in departments:
        return []
    near = suggestion(department, departments)
    return [document.fault(where, f"「{department}」という課はありません。{near}departments.yaml を確かめてください。")]
