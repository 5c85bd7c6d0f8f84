"""The city's departments as values, and who is meant by a name.

How departments are written in a file is not known here, nor how their telephones are rung.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voicebot.city.holidays import Names
from voicebot.city.names import Reader, is_kana, word_form
from voicebot.language.kana import matching_form

OFFERS = ("message", "callback")
"""What a department can offer besides another department, when it is closed or nobody answers."""


@dataclass(frozen=True, slots=True)
class Department:
    """One department and how to reach it."""

    name: str
    reading: str
    """In katakana."""
    numbers: tuple[str, ...]
    """E.164 or SIP addresses, in the order in which they are rung."""
    hours: str
    """Name of its calendar."""
    also: tuple[str, ...] = ()
    """Other names that people call it by."""
    names: Names = field(default_factory=dict)
    """What it is called in other languages, by language code."""
    duties: tuple[str, ...] = ()
    """What it deals with, in words that people use."""
    public_number: str = ""
    """E.164: the number that callers are told."""
    closed: str = "message"
    """What is offered while it is closed: one of `OFFERS`, or the name of another department."""
    sequential: bool = False
    """Ring one number after the other instead of all at once."""
    timeout_seconds: int = 25
    """How long each attempt rings."""
    extension: str = ""
    """Keys that the carrier presses when the call is answered."""
    wait_seconds: int = 120
    """How long the caller waits in all; then no further telephone is rung."""
    talk_minutes: int = 0
    """How long the two may talk; 0 leaves it to the carrier."""
    whisper: bool = True
    """Whether who picks up hears what the call is about, and takes it with 1 or declines it with 2."""
    screening: str = ""
    """What they are asked after that; "" for the usual words."""
    ask_caller: Names = field(default_factory=dict)
    """What the caller is asked before the telephones ring, by language code; empty for nothing."""
    next: str = ""
    """What comes when nobody answers: the department to try, or one of `OFFERS`; "" for none."""

    def called(self, language: str) -> str:
        """Its name in this language, else in Japanese."""
        return self.names.get(language, self.name)


@dataclass(frozen=True, slots=True)
class Departments:
    """All departments, to be asked by any of their names."""

    all: tuple[Department, ...]
    by_word: Mapping[str, Department]
    """By name, other names and names in other languages, in the form that `names.word_form` gives."""
    by_reading: Mapping[str, Department]
    """By the matching form of the readings."""

    def __iter__(self) -> Iterator[Department]:
        return iter(self.all)

    def named(self, name: str) -> Department | None:
        """The department of exactly this official name."""
        found = self.by_word.get(word_form(name))
        return found if found is not None and found.name == name else None

    def find(self, words: str, reading: str = "") -> Department | None:
        """The department that goes by these words; by `reading` (or by the words as kana) when none is written so."""
        return self.by_word.get(word_form(words)) or self.by_reading.get(matching_form(reading or words))


@dataclass(frozen=True, slots=True)
class Clash:
    """Two departments that cannot be told apart."""

    first: Department
    second: Department
    word: str
    reading: str
    """"" when even the written words are the same."""


def index(departments: tuple[Department, ...], reader: Reader | None = None) -> tuple[Departments, tuple[Clash, ...]]:
    """The departments by word and by reading, and where two of them would answer to the same.

    Without a `reader` only names written in kana, and the departments' own readings, are found by reading.
    """
    by_word: dict[str, Department] = {}
    by_reading: dict[str, Department] = {}
    clashes: dict[tuple[str, str], Clash] = {}
    for department in departments:
        for word in (department.name, *department.also, *department.names.values()):
            other = by_word.setdefault(word_form(word), department)
            if other is not department:
                clashes.setdefault((other.name, department.name), Clash(other, department, word, ""))
        for word, reading in _readings(department, reader):
            other = by_reading.setdefault(matching_form(reading), department)
            if other is not department:
                clashes.setdefault((other.name, department.name), Clash(other, department, word, reading))
    return Departments(departments, by_word, by_reading), tuple(clashes.values())


def _readings(department: Department, reader: Reader | None) -> Iterator[tuple[str, str]]:
    yield department.name, department.reading
    for word in department.also:
        reading = reader(word, "ja") if reader else ""
        if reading or is_kana(word):
            yield word, reading or word
