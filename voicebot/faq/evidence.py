"""What speaks for each entry: one number for each kind of evidence, 0 to about 1, over all entries at once.

Sounds are always there. Words need an analyser, meaning needs sentence vectors; without them their evidence is absent,
and the weights for the kinds that there are apply (`weights.py`).

kind        what is compared
way         the question's sound with the nearest way of asking (cosine of rare pairs of kana)
sound       ... with all ways of asking and keywords of an entry together (BM25 of two and three kana)
asked       the question's words with all ways of asking and keywords (BM25)
told        ... and with the answer too, which counts less (BM25F)
meant       the question's meaning with the nearest way of asking (cosine)
about       ... with all ways of asking, on average
answered    ... with the question and the beginning of the answer
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from voicebot.events import Alternative
from voicebot.faq.bm25 import Bm25, Numbers
from voicebot.faq.load import Entry
from voicebot.faq.words import Analyse, grams, sound, sound_form, terms

KANA, WORDS, MEANING = ("way", "sound"), ("asked", "told"), ("meant", "about", "answered")
"""Kinds of evidence, by what they need."""
ASKED_WEIGHT, KEYWORD_WEIGHT, TOLD_WEIGHT = 3.0, 1.0, 0.5
"""What a word counts in a way of asking, a keyword and the answer, when all are one document."""
ANSWER_SIGNS = 120
"""So much of an answer tells what it is about; a model reads longer texts slowly."""
LATER_GUESS = 0.95
"""Each later guess of the recogniser counts a little less."""

Embed = Callable[[Sequence[str]], Numbers]
"""Texts as unit vectors, one row each."""


class Evidence:
    """The index of a city's entries; built once, then only read, so threads may share it.

    Args:
        entries: The city's FAQ.
        reader: Gives the reading of a text in a language; used where no analyser is given.
        analyse: Gives the words of a text.
        embed: Gives the meaning of texts.
    """

    def __init__(
        self, entries: Sequence[Entry], reader: Callable[[str, str], str], analyse: Analyse | None, embed: Embed | None
    ) -> None:
        self._analyse, self._embed = analyse, embed
        self._read = (lambda text: sound(analyse(text))) if analyse else (lambda text: reader(text, "ja"))
        ways = [(entry.question, *entry.also) for entry in entries]
        # Ways of one entry lie side by side; `_starts` says where each entry's begin.
        self._counts = np.array([len(each) for each in ways], dtype=np.int32)
        self._starts = np.cumsum([0, *self._counts])[:-1]
        forms = [[sound_form(self._read(text)) for text in each] for each in ways]
        keys = [[sound_form(self._read(text)) for text in entry.keywords] for entry in entries]
        self._ways = Cosine([form for each in forms for form in each])
        self._sound = Bm25(
            [
                Counter(gram for form in (*each, *more) for gram in set(grams(form, 2, 3)))
                for each, more in zip(forms, keys, strict=True)
            ]
        )
        if analyse:
            self._index_words(entries, analyse)
        if embed:
            flat = [text for each in ways for text in each]
            self._meanings = embed(flat)
            self._answers = embed([f"{entry.question} {entry.answer}"[:ANSWER_SIGNS] for entry in entries])

    def _index_words(self, entries: Sequence[Entry], analyse: Analyse) -> None:
        asked: list[Counter[str]] = []
        told: list[Mapping[str, float]] = []
        for entry in entries:
            ways = Counter(term for text in (entry.question, *entry.also) for term in terms(analyse(text)))
            keys = Counter(term for text in entry.keywords for term in terms(analyse(text)))
            answer = Counter(terms(analyse(entry.answer)))
            spread = ASKED_WEIGHT / sqrt(1 + len(entry.also))
            asked.append(ways + keys)
            told.append({
                term: spread * ways[term] + KEYWORD_WEIGHT * keys[term] + TOLD_WEIGHT * answer[term]
                for term in {*ways, *keys, *answer}
            })  # fmt: skip
        self._asked, self._told = Bm25(asked), Bm25(told)

    def of(self, alternatives: Sequence[Alternative]) -> dict[str, Numbers]:
        """Each kind of evidence for each entry."""
        forms = {sound_form(guess.reading or guess.text): LATER_GUESS**place for place, guess in reversed(list(enumerate(alternatives)))}
        found: dict[str, Numbers] = {}
        found["way"] = self._best([self._per_entry(self._ways.likeness(form)) * weight for form, weight in forms.items()])
        found["sound"] = self._best([self._sound.shares(grams(form, 2, 3)) * weight for form, weight in forms.items()])
        if self._analyse:
            texts = {tuple(sorted(set(terms(self._analyse(guess.text))))): LATER_GUESS**place for place, guess in reversed(list(enumerate(alternatives)))}
            found["asked"] = self._best([self._asked.shares(t) * weight for t, weight in texts.items()])
            found["told"] = self._best([self._told.shares(t) * weight for t, weight in texts.items()])
        if self._embed:
            meaning = self._embed([alternatives[0].text])[0]
            near = self._meanings @ meaning
            found["meant"] = self._per_entry(near)
            found["about"] = np.add.reduceat(near, self._starts) / self._counts
            found["answered"] = self._answers @ meaning
        return found

    def _best(self, rows):
        return np.maximum.reduce(rows)

    def _per_entry(self, per_way: Numbers) -> Numbers:
        return np.maximum.reduceat(per_way, self._starts)


class Cosine:
    """Texts as bags of kana pairs weighted by rarity (tf-idf), compared by the cosine."""

    def __init__(self, forms: Sequence[str]) -> None:
        self._size = len(forms)
        bags = [Counter(grams(form, 2)) for form in forms]
        counts = Counter(gram for bag in bags for gram in bag)
        self._rarity = {gram: log(1 + self._size / count) for gram, count in counts.items()}
        rows: dict[str, list[tuple[int, float]]] = {}
        for place, bag in enumerate(bags):
            for gram, weight in self._vector(bag).items():
                rows.setdefault(gram, []).append((place, weight))
        self._postings = {
            gram: (np.array([p for p, _ in row], dtype=np.int32), np.array([w for _, w in row], dtype=np.float32))
            for gram, row in rows.items()
        }

    def likeness(self, form: str) -> Numbers:
        """How alike each text is, 0 to 1."""
        found = np.zeros(self._size, dtype=np.float32)
        for gram, weight in self._vector(Counter(grams(form, 2))).items():
            if gram in self._postings:
                places, weights = self._postings[gram]
                found[places] += weight * weights
        return found

    def _vector(self, bag: Counter[str]) -> dict[str, float]:
        unknown = log(1 + self._size)
        weights = {gram: count * self._rarity.get(gram, unknown) for gram, count in bag.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}
