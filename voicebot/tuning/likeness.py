"""How alike utterances are that went wrong: by meaning, by sound, and by what of the FAQ they are near to. Pure.

A recogniser's wrong kanji change the meaning more than the sound, another wording changes the sound more than the
meaning, and what both have in common is where they point in the city's FAQ. What staff have said about a case counts
more than all three: the same right entry is the same matter, another one is not.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from voicebot.faq.bm25 import Numbers
from voicebot.faq.meaning import Embed
from voicebot.faq.words import grams, sound_form
from voicebot.language.fillers import strip_fillers
from voicebot.tuning.cases import Case
from voicebot.tuning.clusters import Matrix

MEANING, SOUND, SUBJECT = 0.45, 0.10, 0.45
"""What each kind of likeness counts (docs/measurements.md)."""
SOUND_ALONE, SUBJECT_ALONE = 0.4, 0.6
"""... and without vectors of meaning."""
_GRAMS = (2, 3)


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as it is compared."""

    case: Case
    reading: str
    """Of what was said."""
    subjects: dict[str, float]
    """How likely each entry answers it, by the search; adds up to at most 1."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """Vectors of meaning."""

    embed: Embed
    usual: Numbers
    """The mean vector of the city's own ways of asking: what all questions to a city have in common."""


def meanings_over(embed: Embed, texts: Sequence[str]) -> Meanings:
    """Vectors of meaning, seen against what these texts have in common."""
    usual: Numbers = embed(list(texts)).mean(axis=0)
    return Meanings(embed, usual)


def likeness(seen: Sequence[Seen], meanings: Meanings | None = None) -> Matrix:
    """A row and a column for each case, 1 for the same."""
    if not seen:
        return np.empty((0, 0), np.float32)
    sound = by_sound([each.reading for each in seen])
    subject = by_subject([each.subjects for each in seen])
    if meanings is None:
        found: Matrix = np.float32(SOUND_ALONE) * sound + np.float32(SUBJECT_ALONE) * subject
    else:
        meant = by_meaning([each.case.text for each in seen], meanings)
        found = np.float32(MEANING) * meant + np.float32(SOUND) * sound + np.float32(SUBJECT) * subject
    _hold_together(found, seen, _entry)
    _hold_together(found, seen, _department)
    return found.astype(np.float32)


def by_meaning(texts: Sequence[str], meanings: Meanings) -> Matrix:
    """Cosines of what is left of the vectors without what all questions have in common, none below 0."""
    vectors = meanings.embed([strip_fillers(text) or text for text in texts])
    found: Matrix = np.clip(_cosines(vectors - meanings.usual), 0, 1).astype(np.float32)
    return found


def by_sound(readings: Sequence[str]) -> Matrix:
    """Cosines of the stretches of two and three sounds, those that few utterances have counting more."""
    bags = [Counter(grams(sound_form(reading), *_GRAMS)) for reading in readings]
    spread = Counter(gram for bag in bags for gram in bag)
    places = {gram: place for place, gram in enumerate(sorted(spread))}
    vectors = np.zeros((len(bags), len(places)), np.float32)
    for row, bag in enumerate(bags):
        for gram, count in bag.items():
            vectors[row, places[gram]] = count * log((1 + len(bags)) / spread[gram])
    return _cosines(vectors)


def by_subject(subjects: Sequence[dict[str, float]]) -> Matrix:
    """Cosines of the square roots of the chances (Bhattacharyya's coefficient when both add up to one)."""
    places = {entry: place for place, entry in enumerate(sorted({entry for each in subjects for entry in each}))}
    vectors = np.zeros((len(subjects), max(1, len(places))), np.float32)
    for row, each in enumerate(subjects):
        for entry, chance in each.items():
            vectors[row, places[entry]] = max(0.0, chance) ** 0.5
    found: Matrix = np.clip(vectors @ vectors.T, 0.0, 1.0)
    return found


def _cosines(vectors: Matrix) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    found: Matrix = unit @ unit.T
    return found


def _entry(case: Case) -> str:
    return case.wanted


def _department(case: Case) -> str:
    return "" if case.wanted else case.department


def _hold_together(found: Matrix, seen: Sequence[Seen], right: Callable[[Case], str]) -> None:
    """What is known to be the same matter is alike, what is known to be another is not."""
    known = [(place, right(each.case)) for place, each in enumerate(seen) if right(each.case)]
    for place, name in known:
        for other, named in known:
            if right is _entry:
                found[place, other] = 1.0 if name == named else 0.0
            elif name != named:
                found[place, other] = 0.0
