"""What a table says of one entry, and what a city's file says of it: the two sides that an import compares."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from voicebot.documents import Document, parse
from voicebot.faq.cells import flat
from voicebot.faq.load import EntryFile, FaqFile

FieldName = Literal["question", "also", "answer", "department", "keywords", "source", "owner", "valid_until"]
Value = str | tuple[str, ...] | date | None
LABELS: dict[FieldName, str] = {
    "question": "質問",
    "also": "別の聞き方",
    "answer": "回答",
    "department": "担当課",
    "keywords": "キーワード",
    "source": "参照ページ",
    "owner": "管理する課",
    "valid_until": "有効期限",
}
"""Our columns, in order, by the name that they have in a table of ours."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as a table says it."""

    question: str
    answer: str
    department: str
    also: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    source: str = ""
    owner: str = ""
    valid_until: date | None = None
    number: int = 0
    """The row in the table, as Excel shows it."""
    sheet: str = ""
    said: frozenset[FieldName] = frozenset(LABELS)
    """What the table has a column for; the rest stays as it is in the city's file."""
    adds: frozenset[FieldName] = frozenset()
    """Lists to which the table adds words instead of saying the whole list."""


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as a city's file says it."""

    path: str
    """The file."""
    at: int
    """Its place in the list, from 0."""
    file_department: str
    entry: EntryFile

    @property
    def department(self) -> str:
        """Who answers."""
        return self.entry.department or self.file_department

    @property
    def owner(self) -> str:
        """Who keeps it true."""
        return self.entry.owner or self.file_department

    def value(self, name: FieldName) -> Value:
        """What it says, with what it inherits from its file; an answer on one line, as it is spoken."""
        match name:
            case "department":
                return self.department
            case "owner":
                return self.owner
            case "also" | "keywords":
                return tuple(getattr(self.entry, name))
            case "answer":
                return flat(self.entry.answer)
        value: Value = getattr(self.entry, name)
        return value


def written_in(documents: tuple[Document, ...]) -> tuple[Written, ...]:
    """Every entry of FAQ files.

    Raises:
        ContentError: a file is not of the form; run `voicebot check` for all its faults.
    """
    found: list[Written] = []
    for document in documents:
        file = parse(document, FaqFile)
        found += [Written(document.path, at, file.department, entry) for at, entry in enumerate(file.entries)]
    return tuple(found)
