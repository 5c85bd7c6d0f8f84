"""The form of one reading: what it shows, what was typed, and the texts that say its word. No requests here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from voicebot.city.names import is_kana
from voicebot.city.readings_file import NAME, ReadingRow, ReadingsFile
from voicebot.documents import parse, read
from voicebot.editing.edits import add_key, delete, set_value
from voicebot.editing.values import Value
from voicebot.errors import ContentError
from voicebot.releases.texts import Files

FILE = NAME
EMPTY = "# 市の言葉の読み。\nreadings: {}\n"
"""Of a city that has none yet."""
SPOKEN = ("trees/", "faq/", "phrases.yaml", "facts.yaml", "departments.yaml")
"""Files whose texts are said."""
_KEY = re.compile(r"^[-\s]*(?:\"?[\w{.|}]+\"?\s*:\s)?\s*")
MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """As it is shown, and as it was typed."""

    name: str
    """The word; "" for a new one."""
    seen: str
    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, word: str, row: ReadingRow, seen: str) -> "ReadingForm":
        """A reading as it is."""
        accent = "" if row.accent is None else str(row.accent)
        return cls(word, seen, {"word": word, "reading": row.reading, "accent": accent})

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> "ReadingForm":
        """What a browser has sent."""
        values = {name: fields.get(name, "").strip() for name in ("word", "reading", "accent")}
        name = fields.get("name", "")
        return cls(name, fields.get("seen", ""), {**values, "word": values["word"] or name})

    def wrong(self) -> dict[str, list[str]]:
        """What is wrong with a field before any check of the whole."""
        wrong: dict[str, list[str]] = {}
        if not self.values["word"]:
            wrong["word"] = ["言葉を、文の中に出てくる字のまま書いてください。"]
        if not is_kana(self.values["reading"]):
            wrong["reading"] = ["読みを、かなだけで書いてください。"]
        if self.values["accent"] and not self.values["accent"].isdecimal():
            wrong["accent"] = ["アクセントは数で書くか、空にしてください。"]
        return wrong

    def applied(self, text: str) -> str:
        """The file with the reading as it was typed.

        Raises:
            ContentError: it cannot be edited safely.
        """
        text = text or EMPTY
        reading, accent = self.values["reading"], self.values["accent"]
        value: Value = {"reading": reading, "accent": int(accent)} if accent else reading
        where = ("readings", self.values["word"])
        if where in read(text, FILE).lines:
            return set_value(text, where, value, FILE)
        return add_key(text, where, value, FILE)

    def removed(self, text: str) -> str:
        """The file without the reading.

        Raises:
            ContentError: it is not there any more.
        """
        return delete(text, ("readings", self.name), FILE)


def rows_of(files: Files) -> Mapping[str, ReadingRow]:
    """The readings as written; none while the file has faults."""
    try:
        return parse(read(files.get(FILE, EMPTY), FILE), ReadingsFile).readings
    except ContentError:
        return {}


def without_key(line: str) -> str:
    """What a line of a file says, without the key before it."""
    return _KEY.sub("", line).strip().strip('"')


def lines_with(files: Files, word: str) -> tuple[str, ...]:
    """Texts that say the word, each once."""
    found: dict[str, None] = {}
    for path, text in sorted(files.items()):
        if path.startswith(SPOKEN) and word in text:
            for line in text.splitlines():
                plain = without_key(line)
                if word in plain and not line.lstrip().startswith("#"):
                    found.setdefault(plain)
                if len(found) >= MOST_LINES:
                    return tuple(found)
    return tuple(found)
