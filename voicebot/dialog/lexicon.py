"""What can be said, laid out so that an utterance is compared with all of it at once.

Knows texts only, not what they mean: see `match`. What does not change between two utterances is laid out when the
content is loaded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import LCSseq

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ways:
    """Readings of several things, each with the number of the thing that it names."""

    readings: tuple[str, ...] = ()
    owners: tuple[int, ...] = ()
    lengths: Numbers = field(default_factory=lambda: np.zeros(0), compare=False)

    def common(self, heard: Sequence[str]) -> Numbers:
        """How many signs each reading has in common with each utterance: a row an utterance."""
        counts: Numbers = process.cdist(heard, self.readings, scorer=LCSseq.similarity, dtype=np.float64)
        return counts


def ways(things: Iterable[Iterable[str]]) -> Ways:
    """The readings of each thing, in the order of the things."""
    pairs = [(reading, owner) for owner, readings in enumerate(things) for reading in readings if reading]
    readings = tuple(reading for reading, _ in pairs)
    lengths = np.fromiter(map(len, readings), dtype=np.float64, count=len(readings))
    return Ways(readings, tuple(owner for _, owner in pairs), lengths)


@dataclass(frozen=True, slots=True)
class Finder:
    """Words that are sought anywhere in a text, by their first two signs."""

    by_start: Mapping[str, Sequence[str]] = field(default_factory=dict)
    signs: frozenset[str] = frozenset()
    """Words of one sign."""

    def finds(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        known = self.by_start
        for at in range(len(text) - 1):
            words = known.get(text[at : at + 2])
            if words and any(text.startswith(word, at) for word in words):
                return True
        return not self.signs.isdisjoint(text)


def finder(words: Iterable[str]) -> Finder:
    """A finder of these words; empty ones are nowhere."""
    by_start: dict[str, list[str]] = {}
    every = dict.fromkeys(words)
    for word in every:
        if len(word) > 1:
            by_start.setdefault(word[:2], []).append(word)
    return Finder(by_start, frozenset(word for word in every if len(word) == 1))


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are sought in what was said: as written, and by their sound."""

    written: Finder = Finder()
    sounds: Finder = Finder()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What works at every question of one language."""

    commands: Ways = Ways()
    departments: Ways = Ways()
    """All names; the number is that of the department."""
    department_names: Ways = Ways()
    """The official names only."""
    emergency: Words = Words()
    emergency_unless: Words = Words()
    connect: Words = Words()
