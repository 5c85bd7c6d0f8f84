"""From what was heard to ranked answers, on readings, so that a wrong homophone still finds its answer.

Two measures are fused for each way of asking: the edit similarity of the whole reading (rapidfuzz) and the cosine of
kana bigrams weighted by how rare they are in this FAQ (tf-idf), which makes 住民票 count and どこで取れますか not.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from rapidfuzz import fuzz

from voicebot.events import Alternative, FaqHit
from voicebot.faq.load import Entry
from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import matching_form

HITS = 5
LATER_GUESS = 0.95
"""Each later guess of the recogniser counts a little less."""
_SHAPE_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of asking, ready to compare."""

    entry: Entry
    reading: str
    weights: Mapping[str, float]
    """Bigrams, weighted and normalised to length one."""


class FaqSearch:
    """Searches entries; satisfies `ports.Answers`. Built once for a content, then only read.

    Args:
        entries: The city's FAQ.
        reader: Gives the reading of a text in a language.
    """

    def __init__(self, entries: Sequence[Entry], reader: Callable[[str, str], str]) -> None:
        asked = [(entry, _form(reader(text, "ja"))) for entry in entries for text in (entry.question, *entry.also)]
        documents = Counter(gram for _, reading in asked for gram in set(_bigrams(reading)))
        self._rarity = {gram: log(1 + len(asked) / count) for gram, count in documents.items()}
        self._unknown = log(1 + len(asked))
        self._ways = [_Way(entry, reading, self._vector(reading)) for entry, reading in asked]
        self._questions = {entry.question: matching_form(reader(entry.question, "ja")) for entry in entries}

    def search(self, alternatives: Sequence[Alternative], language: str) -> tuple[FaqHit, ...]:
        """Best first, at most five; the confidence is the fused similarity."""
        del language  # the entries' own language decides; other languages come with their own index
        best: dict[str, tuple[float, Entry]] = {}
        for place, guess in enumerate(alternatives):
            reading = _form(guess.reading or guess.text)
            if not reading:
                continue
            vector = self._vector(reading)
            for way in self._ways:
                score = LATER_GUESS**place * _similarity(reading, vector, way)
                if score > best.get(way.entry.question, (0.0, way.entry))[0]:
                    best[way.entry.question] = (score, way.entry)
        ranked = sorted(best.values(), key=lambda found: -found[0])[:HITS]
        return tuple(self._hit(entry, score) for score, entry in ranked)

    def _hit(self, entry: Entry, score: float) -> FaqHit:
        name = entry.question
        return FaqHit(name, name, entry.answer, entry.department, round(min(score, 1.0), 3), self._questions[name])

    def _vector(self, reading: str) -> dict[str, float]:
        counts = Counter(_bigrams(reading))
        weights = {gram: count * self._rarity.get(gram, self._unknown) for gram, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}


def _similarity(reading: str, vector: Mapping[str, float], way: _Way) -> float:
    cosine = sum(weight * way.weights.get(gram, 0.0) for gram, weight in vector.items())
    if cosine < 0.1:
        return 0.0
    shape = fuzz.ratio(reading, way.reading) / 100
    return _SHAPE_WEIGHT * shape + (1 - _SHAPE_WEIGHT) * cosine


def _form(reading: str) -> str:
    return matching_form(strip_fillers(reading)) or matching_form(reading)


def _bigrams(reading: str) -> list[str]:
    return [reading[at : at + 2] for at in range(len(reading) - 1)] or [reading]
