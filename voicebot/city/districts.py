"""The city's districts (町名) as values, and which of them is meant by a name.

How they are written in a file, and how a caller says an address, is not known here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voicebot.city.names import word_form
from voicebot.language.kana import katakana, matching_form

WHOLE = 0
"""Stands for a 丁目 where a district is not divided, or the division does not matter."""


@dataclass(frozen=True, slots=True)
class District:
    """One district."""

    name: str
    reading: str
    """In katakana."""
    also: Mapping[str, str] = field(default_factory=dict)
    """Other names that people call it by (an old name, a housing estate), each with its reading in katakana."""
    chome: int = 0
    """How many 丁目 it has; 0: it is not divided."""
    areas: Mapping[int, str] = field(default_factory=dict)
    """Garbage area by 丁目, or under `WHOLE` for all of it; empty when it is not written."""
    spoken: str = ""
    """Its name as a prompt should hold it."""

    @property
    def divided(self) -> bool:
        """Whether its garbage is collected on different days in different 丁目."""
        return len(set(self.areas.values())) > 1

    def area(self, chome: int | None) -> str:
        """The garbage area; "" when it is unknown, or depends on the 丁目 that was not said."""
        if self.areas and not self.divided:
            return next(iter(self.areas.values()))
        return self.areas.get(WHOLE if chome is None else chome, "")


@dataclass(frozen=True, slots=True)
class Districts:
    """All districts, to be asked by any of their names."""

    all: tuple[District, ...]
    by_word: Mapping[str, District]
    """By name and other names, in the form that `names.word_form` gives."""
    by_sound: Mapping[str, District]
    """By the form of the readings that `sound` gives."""

    def __iter__(self) -> Iterator[District]:
        return iter(self.all)

    @property
    def readings(self) -> Mapping[str, str]:
        """The reading of every name and other name, as `language.addresses.parse_address` takes them."""
        return {name: reading for district in self.all for name, reading in names_of(district)}

    def find(self, words: str) -> District | None:
        """The district that goes by these words, written or in kana."""
        return self.by_word.get(word_form(words)) or self.by_sound.get(sound(words))


@dataclass(frozen=True, slots=True)
class Clash:
    """Two districts that cannot be told apart."""

    first: District
    second: District
    word: str


def index(districts: tuple[District, ...]) -> tuple[Districts, tuple[Clash, ...]]:
    """The districts by word and by sound, and where two of them would answer to the same."""
    by_word: dict[str, District] = {}
    by_sound: dict[str, District] = {}
    clashes: dict[tuple[str, str], Clash] = {}
    for district in districts:
        for name, reading in names_of(district):
            for other in (
                by_word.setdefault(word_form(name), district),
                by_sound.setdefault(sound(reading), district),
            ):
                if other is not district:
                    clashes.setdefault((other.name, district.name), Clash(other, district, name))
    return Districts(districts, by_word, by_sound), tuple(clashes.values())


def names_of(district: District) -> Iterator[tuple[str, str]]:
    """Every name of a district with its reading, the official one first."""
    yield district.name, district.reading
    yield from district.also.items()


def sound(reading: str) -> str:
    """What is left of a reading when マチ and チョウ are one: callers and dictionaries mix the readings of 町 up."""
    kana = katakana(reading)
    return matching_form(kana.removesuffix("マチ") + "チョウ" if kana.endswith("マチ") else kana)
