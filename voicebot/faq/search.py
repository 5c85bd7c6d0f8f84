"""From what was heard to ranked answers, on readings, so that a wrong homophone still finds its answer.

Two measures are fused for each way of asking: the edit similarity of the whole reading (rapidfuzz) and the cosine of
kana bigrams weighted by how rare they are in this FAQ (tf-idf), which makes 住民票 count and どこで取れますか not.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import log, sqrt

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from voicebot.events import Alternative, FaqHit
from voicebot.faq.load import Entry
from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import matching_form

HITS = 5
LATER_GUESS = 0.95
"""Each later guess of the recogniser counts a little less."""
LEAST_COSINE = 0.1
"""With fewer bigrams in common, likeness of the whole shape is chance."""
_SHAPE_WEIGHT = 0.4

_Numbers = npt.NDArray[np.float64]


class FaqSearch:
    """Searches entries; satisfies `ports.Answers`. Built once for a content, then only read, so threads may share it.

    Args:
        entries: The city's FAQ.
        reader: Gives the reading of a text in a language.
    """

    def __init__(self, entries: Sequence[Entry], reader: Callable[[str, str], str]) -> None:
        self._entries = tuple(entries)
        ways = [tuple(_form(reader(text, "ja")) for text in (entry.question, *entry.also)) for entry in entries]
        # Ways of one entry lie side by side; `_starts` says where each entry's begin.
        self._readings = [reading for readings in ways for reading in readings]
        self._starts = np.cumsum([0, *(len(readings) for readings in ways)])[:-1]
        counts = Counter(gram for reading in self._readings for gram in set(_bigrams(reading)))
        self._rarity = {gram: log(1 + len(self._readings) / count) for gram, count in counts.items()}
        self._unknown = log(1 + len(self._readings))
        self._postings = self._posted()
        self._questions = {entry.question: matching_form(reader(entry.question, "ja")) for entry in entries}

    def search(self, alternatives: Sequence[Alternative], language: str) -> tuple[FaqHit, ...]:
        """Best first, at most five; the confidence is the fused similarity."""
        del language  # the entries' own language decides; other languages come with their own index
        if not self._entries:
            return ()
        best = np.zeros(len(self._readings))
        for place, guess in enumerate(alternatives):
            reading = _form(guess.reading or guess.text)
            if reading:
                best = np.maximum(best, LATER_GUESS**place * self._similarities(reading))
        scores = np.maximum.reduceat(best, self._starts)
        ranked = np.argsort(-scores, kind="stable")[:HITS]
        return tuple(self._hit(self._entries[place], float(scores[place])) for place in ranked if scores[place] > 0)

    def _hit(self, entry: Entry, score: float) -> FaqHit:
        name = entry.question
        return FaqHit(name, name, entry.answer, entry.department, round(min(score, 1.0), 3), self._questions[name])

    def _similarities(self, reading: str) -> _Numbers:
        """How well a reading says each way of asking."""
        cosine = np.zeros(len(self._readings))
        for gram, weight in self._vector(reading).items():
            if gram in self._postings:
                places, weights = self._postings[gram]
                cosine[places] += weight * weights
        shape = process.cdist([reading], self._readings, scorer=fuzz.ratio)[0] / 100
        return np.where(cosine < LEAST_COSINE, 0.0, _SHAPE_WEIGHT * shape + (1 - _SHAPE_WEIGHT) * cosine)

    def _posted(self) -> Mapping[str, tuple[npt.NDArray[np.intp], _Numbers]]:
        """For each bigram, the ways of asking that hold it and its weight in them."""
        found: dict[str, list[tuple[int, float]]] = {}
        for place, reading in enumerate(self._readings):
            for gram, weight in self._vector(reading).items():
                found.setdefault(gram, []).append((place, weight))
        return {
            gram: (np.array([place for place, _ in rows], dtype=np.intp), np.array([weight for _, weight in rows]))
            for gram, rows in found.items()
        }

    def _vector(self, reading: str) -> dict[str, float]:
        """A reading's bigrams, weighted by rarity, as a vector of length one."""
        counts = Counter(_bigrams(reading))
        weights = {gram: count * self._rarity.get(gram, self._unknown) for gram, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}


def _form(reading: str) -> str:
    return matching_form(strip_fillers(reading)) or matching_form(reading)


def _bigrams(reading: str) -> list[str]:
    return [reading[at : at + 2] for at in range(len(reading) - 1)] or [reading]
