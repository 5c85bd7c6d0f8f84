"""The city's values as rows and as a form: what is shown, what was typed, where each is used. No requests here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from voicebot.city.facts import FactRow, FactsFile
from voicebot.documents import parse, read
from voicebot.editing.edits import add_key, delete
from voicebot.editing.reconciling import brought_to
from voicebot.editing.values import Value
from voicebot.errors import ContentError, Fault
from voicebot.faq.cells import day
from voicebot.releases.texts import Files
from voicebot.web.staff.content.faq_table import age, flat
from voicebot.web.staff.content.readings_form import without_key

FILE = "facts.yaml"
EMPTY = "facts: {}\n"
"""Of a city that has none yet."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One value."""

    name: str
    row: FactRow
    line: int
    age: str
    uses: int
    """So many texts say it."""


@dataclass(frozen=True, slots=True)
class Use:
    """A text that says a value."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class FactForm:
    """As it is shown, and as it was typed."""

    name: str = ""
    """"" for a new one."""
    seen: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, row: FactRow, seen: str) -> "FactForm":
        """A value as it is."""
        last = row.valid_until.isoformat() if row.valid_until else ""
        return cls(name, seen, {"name": name, "value": row.value, "owner": row.owner, "valid_until": last})

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "FactForm":
        """What a browser has sent."""
        values = {
            "name": fields.get("new_name", "").strip() or fields.get("name", ""),
            "value": " ".join(fields.get("value", "").split()),
            "owner": fields.get("owner", ""),
            "valid_until": fields.get("valid_until", "").strip(),
        }
        return cls(fields.get("name", ""), fields.get("seen", ""), values)

    def wrong(self) -> dict[str, list[str]]:
        """What is wrong with a field before any check of the whole."""
        wrong: dict[str, list[str]] = {}
        if not self.values["name"]:
            wrong["name"] = ["名前を書いてください。文の中で {facts.名前} と書いて使います。"]
        if not self.values["value"]:
            wrong["value"] = ["値を書いてください。"]
        if self.values["valid_until"] and day(self.values["valid_until"]) is None:
            wrong["valid_until"] = ["日付として読めません。2027-03-31 のように書いてください。"]
        return wrong

    def applied(self, text: str) -> str:
        """The file with the value as it was typed.

        Raises:
            ContentError: it is not there any more, its new name is taken, or the place cannot be edited safely.
        """
        text = text or EMPTY
        last = day(self.values["valid_until"]) if self.values["valid_until"] else None
        wanted: dict[str, Value] = {"value": self.values["value"]}
        wanted |= {"owner": self.values["owner"]} if self.values["owner"] else {}
        wanted |= {"valid_until": last.isoformat()} if last else {}
        where = ("facts", self.values["name"])
        if not self.name:
            return add_key(text, where, wanted, FILE)
        return brought_to(text, where, wanted, FILE)

    def removed(self, text: str) -> str:
        """The file without the value.

        Raises:
            ContentError: it is not there any more.
        """
        return delete(text, ("facts", self.name), FILE)


def rows_of(files: Files) -> Mapping[str, FactRow]:
    """The values by name.

    Raises:
        ContentError: the file is not of the form.
    """
    return parse(read(files.get(FILE, EMPTY), FILE), FactsFile).facts


def values_of(files: Files) -> dict[str, str]:
    """What is put into texts; nothing while the file has faults."""
    try:
        return {name: row.value for name, row in rows_of(files).items()}
    except ContentError:
        return {}


def fact_lines(
    files: Files, today: date, words: str, owner: str, expiry: str
) -> tuple[Sequence[FactLine], tuple[str, ...], tuple[Fault, ...]]:
    """The values that are looked for, who keeps any, and why the file cannot be read."""
    try:
        rows = rows_of(files)
    except ContentError as error:
        return (), (), error.faults
    lines = read(files.get(FILE, EMPTY), FILE).lines
    said = dict.fromkeys(rows, 0)
    for text in _texts(files):
        for name in said:
            said[name] += text.count(f"{{facts.{name}}}")
    found = [
        FactLine(name, row, lines.get(("facts", name), 0), age(row.valid_until, today), said[name])
        for name, row in rows.items()
    ]
    chosen = [
        each
        for each in found
        if (not owner or each.row.owner == owner)
        and all(flat(word) in flat(each.name + each.row.value) for word in words.split())
        and (not expiry or (each.age == expiry) or (expiry == "none" and each.row.valid_until is None))
    ]
    return chosen, tuple(sorted({row.owner for row in rows.values() if row.owner})), ()


def uses(files: Files, name: str) -> Iterator[Use]:
    """Every line of a file that says the value."""
    sign = f"{{facts.{name}}}"
    for path, text in sorted(files.items()):
        if sign in text:
            yield from (
                Use(path, number, without_key(line)) for number, line in enumerate(text.splitlines(), 1) if sign in line
            )


def _texts(files: Files) -> Iterator[str]:
    return (text for path, text in files.items() if path != FILE and "{facts." in text)
