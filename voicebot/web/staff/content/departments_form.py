"""The form of one department: what it shows, and what was typed into it. No requests here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from voicebot.city.departments_file import DepartmentRow, DepartmentsFile
from voicebot.documents import parse, read
from voicebot.editing.edits import add_key, delete
from voicebot.editing.reconciling import brought_to
from voicebot.editing.values import Value
from voicebot.errors import ContentError
from voicebot.faq.cells import joined, lines, words
from voicebot.releases.texts import Files

FILE = "departments.yaml"
EMPTY = "departments: {}\n"
LISTS = ("also", "duties")
NUMBERS = ("timeout_seconds", "wait_seconds", "talk_minutes")
ORDER = (
    "reading", "also", "names", "duties", "numbers", "ring", "public_number", "timeout_seconds", "wait_seconds",
    "extension", "ask_caller", "whisper", "screening", "talk_minutes", "hours", "closed", "next",
)  # fmt: skip
"""In which keys are written."""
BY_LANGUAGE: Mapping[str, tuple[str, ...]] = {"names": ("en", "ko"), "ask_caller": ("ja", "en", "ko")}
"""Keys that say something in several languages, each a field `names_en`."""
SPOKEN = tuple(f"{key}_{language}" for key, languages in BY_LANGUAGE.items() for language in languages)


@dataclass(frozen=True, slots=True)
class DepartmentForm:
    """As it is shown, and as it was typed."""

    name: str = ""
    """"" for a new one."""
    seen: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    reword: bool = True
    """Whether a new name is put into what callers are told, too."""
    keep_old: bool = True
    """Whether callers who say the old name are understood still."""

    @classmethod
    def of(cls, name: str, row: DepartmentRow, seen: str) -> "DepartmentForm":
        """A department as it is."""
        values = {
            "name": name,
            "reading": row.reading,
            "also": joined(row.also),
            "duties": joined(row.duties),
            "numbers": "\n".join(row.numbers),
            "ring": row.ring,
            "public_number": row.public_number or "",
            "timeout_seconds": str(row.timeout_seconds),
            "wait_seconds": str(row.wait_seconds),
            "talk_minutes": str(row.talk_minutes),
            "extension": row.extension,
            "whisper": "true" if row.whisper else "false",
            "screening": row.screening,
            "hours": row.hours,
            "closed": row.closed,
            "next": row.next or "",
            **{f"names_{language}": row.names.get(language, "") for language in BY_LANGUAGE["names"]},
            **{f"ask_caller_{language}": row.ask_caller.get(language, "") for language in BY_LANGUAGE["ask_caller"]},
        }
        return cls(name, seen, values)

    @classmethod
    def new(cls, seen: str) -> "DepartmentForm":
        """An empty form, with what is usual."""
        usual = {name: str(DepartmentRow.model_fields[name].default) for name in (*NUMBERS, "ring", "closed")}
        return cls("", seen, {**usual, "whisper": "true"})

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "DepartmentForm":
        """What a browser has sent; a box that is not ticked is not sent at all."""
        given = {name: fields.get(name, "").replace("\r\n", "\n").strip() for name in ORDER if name not in BY_LANGUAGE}
        given |= {name: fields.get(name, "").strip() for name in SPOKEN}
        given["whisper"] = "true" if fields.get("whisper") == "true" else "false"
        given["name"] = " ".join(fields.get("new_name", "").split()) or fields.get("name", "")
        name, reword, keep = fields.get("name", ""), fields.get("reword") == "yes", fields.get("keep_old") == "yes"
        also = tuple(each for each in words(given["also"]) if each != given["name"])
        if keep and name and given["name"] != name and name not in also:
            also = (*also, name)
        given["also"] = joined(also)
        return cls(name, fields.get("seen", ""), given, reword, keep)

    def wrong(self) -> dict[str, list[str]]:
        """What is wrong with a field before any check of the whole."""
        needed = {
            "name": "課の名前を書いてください。",
            "reading": "読みを、かなで書いてください。",
            "duties": "取り扱うことを一つ以上書いてください。",
            "numbers": "電話番号を一つ以上書いてください。",
            "hours": "受付時間を選んでください。",
        }
        return {name: [told] for name, told in needed.items() if not self.values.get(name)}

    def applied(self, text: str) -> str:
        """The file with the department as it was typed.

        Raises:
            ContentError: it is not there any more, its name is taken, or the place cannot be edited safely.
        """
        text = text or EMPTY
        where = ("departments", self.values["name"])
        if not self.name:
            return add_key(text, where, self._wanted({}), FILE)
        data = cast(Mapping[str, Mapping[str, Mapping[str, Value]]], read(text, FILE).data)
        now = data.get("departments", {}).get(self.name, {})
        return brought_to(text, where, self._wanted(now), FILE)

    def removed(self, text: str) -> str:
        """The file without the department.

        Raises:
            ContentError: it is not there any more.
        """
        return delete(text, ("departments", self.name), FILE)

    def _wanted(self, now: Mapping[str, Value]) -> dict[str, Value]:
        """What the mapping shall say: nothing that is empty, or usual and not written yet."""
        wanted: dict[str, Value] = {key: value for key, value in now.items() if key not in ORDER}
        for key in ORDER:
            value = self._value(key, now)
            usual = DepartmentRow.model_fields[key].default
            said = "true" if usual is True else str(usual)
            if value and not (key not in now and value == said):
                wanted[key] = value
        return wanted

    def _value(self, key: str, now: Mapping[str, Value]) -> Value:
        if key in BY_LANGUAGE:
            before = now.get(key)
            said: dict[str, Value] = dict(before) if isinstance(before, Mapping) else {}
            said |= {language: self.values.get(f"{key}_{language}", "") for language in BY_LANGUAGE[key]}
            return {language: text for language, text in said.items() if text}
        if key in LISTS:
            return list(words(self.values[key]))
        return list(lines(self.values[key])) if key == "numbers" else self.values[key]


def departments_of(files: Files) -> Mapping[str, DepartmentRow]:
    """The departments by name.

    Raises:
        ContentError: the file is not of the form.
    """
    return parse(read(files.get(FILE, EMPTY), FILE), DepartmentsFile).departments


def ladder(rows: Mapping[str, DepartmentRow], name: str) -> list[str]:
    """Who is tried after whom when nobody answers, from this department on, until a message or a call back."""
    way: list[str] = []
    step: str | None = name
    while step is not None and step not in way:
        way.append(step)
        step = rows[step].next if step in rows else None
    return way


def readable(files: Files) -> Mapping[str, DepartmentRow]:
    """As `departments_of`; nothing while the file has faults."""
    try:
        return departments_of(files)
    except ContentError:
        return {}
