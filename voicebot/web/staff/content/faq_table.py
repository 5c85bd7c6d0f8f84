"""The FAQ as a table: which entries a person looks for, and one page of them. No requests here."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from voicebot.checking.freshness import NEAR_DAYS
from voicebot.documents import read
from voicebot.editing.faq_changes import FOLDER
from voicebot.errors import ContentError, Fault
from voicebot.faq.rows import Written, written_in
from voicebot.language.kana import katakana

ROWS = 50
"""Entries on a page."""
EXPIRIES = ("over", "near", "dated", "none")
"""Which last day an entry may be chosen by."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked for; the address says it, so that it can be sent to a colleague."""

    words: str = ""
    department: str = ""
    owner: str = ""
    expiry: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Choice":
        """As an address says it."""
        number = query.get("page", "1")
        expiry = query.get("expiry", "")
        return cls(
            query.get("words", "").strip()[:80],
            query.get("department", "")[:80],
            query.get("owner", "")[:80],
            expiry if expiry in EXPIRIES else "",
            max(int(number), 1) if number.isdecimal() and len(number) < 6 else 1,
        )

    @property
    def is_everything(self) -> bool:
        """Whether nothing is looked for."""
        return not (self.words or self.department or self.owner or self.expiry)

    def address(self, **changes: object) -> str:
        """The query of an address with other values."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        said = {"words": other.words, "department": other.department, "owner": other.owner, "expiry": other.expiry}
        pairs = [(name, value) for name, value in said.items() if value]
        return urlencode([*pairs, *([("page", str(other.page))] if other.page > 1 else [])])


@dataclass(frozen=True, slots=True)
class Line:
    """One entry on the page."""

    written: Written
    first: int
    """The lines of its file that it stands on, for what the check finds."""
    last: int
    age: str
    """`over` or `near` its last day, else ""."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the table."""

    lines: tuple[Line, ...]
    count: int
    """Of all entries that were looked for."""
    all: int
    pages: int
    departments: tuple[str, ...]
    """Those that answer something."""
    owners: tuple[str, ...]
    unreadable: tuple[Fault, ...]
    """Of files that are no FAQ as they are."""


def listed(files: Mapping[str, str], choice: Choice, today: date) -> Listed:
    """The page of the table that was chosen."""
    entries, unreadable = entries_of(files)
    found = _chosen(entries, choice, today)
    pages = max((len(found) + ROWS - 1) // ROWS, 1)
    page = min(choice.page, pages)
    shown = found[(page - 1) * ROWS : page * ROWS]
    return Listed(
        tuple(_lines(files, shown, today)),
        len(found),
        len(entries),
        pages,
        tuple(sorted({one.department for one in entries})),
        tuple(sorted({one.owner for one in entries})),
        unreadable,
    )


def chosen(files: Mapping[str, str], choice: Choice, today: date) -> list[Written]:
    """All entries that are looked for, on whatever page."""
    return _chosen(entries_of(files)[0], choice, today)


def entries_of(files: Mapping[str, str]) -> tuple[tuple[Written, ...], tuple[Fault, ...]]:
    """The entries of all files that can be read, and what is wrong with the others."""
    entries: list[Written] = []
    faults: list[Fault] = []
    for path, text in sorted(faq_files(files).items()):
        try:
            entries += _written(path, text)
        except ContentError as error:
            faults += error.faults
    return tuple(entries), tuple(faults)


def faq_files(files: Mapping[str, str]) -> dict[str, str]:
    """The files of the FAQ."""
    return {path: text for path, text in files.items() if path.startswith(FOLDER)}


def age(day: date | None, today: date) -> str:
    """`over` when the last day has passed, `near` within a month of it."""
    if day is None or (day - today).days > NEAR_DAYS:
        return ""
    return "over" if day < today else "near"


def flat(text: str) -> str:
    """The form in which words are looked for: one width, one case, kana as katakana, no blanks."""
    return "".join(katakana(unicodedata.normalize("NFKC", text)).casefold().split())


def _chosen(entries: Sequence[Written], choice: Choice, today: date) -> list[Written]:
    return [one for one in entries if _holds(one, choice, today)]


def _holds(one: Written, choice: Choice, today: date) -> bool:
    if choice.department and one.department != choice.department:
        return False
    if choice.owner and one.owner != choice.owner:
        return False
    if choice.expiry and not _expires(one.entry.valid_until, choice.expiry, today):
        return False
    words = [flat(word) for word in choice.words.split()]
    entry = one.entry
    return not words or _says((entry.question, entry.answer, *entry.also, *entry.keywords), words)


def _expires(day: date | None, expiry: str, today: date) -> bool:
    match expiry:
        case "none":
            return day is None
        case "dated":
            return day is not None
    return age(day, today) == expiry


def _says(texts: tuple[str, ...], words: Sequence[str]) -> bool:
    said = _said(texts)
    return all(word in said for word in words)


@lru_cache(maxsize=50_000)
def _said(texts: tuple[str, ...]) -> str:
    """All texts of an entry in the form in which words are looked for."""
    return "\n".join(flat(text) for text in texts)


def _lines(files: Mapping[str, str], shown: Sequence[Written], today: date) -> Iterator[Line]:
    places: dict[tuple[str, int], list[int]] = {(one.path, one.at): [] for one in shown}
    for path in {one.path for one in shown}:
        for where, line in read(files[path], path).lines.items():
            if len(where) > 1 and isinstance(where[1], int) and (path, where[1]) in places:
                places[path, where[1]].append(line)
    for one in shown:
        lines = places[one.path, one.at]
        yield Line(one, min(lines), max(lines), age(one.entry.valid_until, today))


@lru_cache(maxsize=128)
def _written(path: str, text: str) -> tuple[Written, ...]:
    """A file's entries, remembered: a big FAQ takes a second to be read."""
    return written_in((read(text, path),))
