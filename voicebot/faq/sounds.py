"""How alike a question sounds to what each entry is asked with, so that a wrong homophone still finds its answer."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import log, sqrt

import numpy as np

from voicebot.faq.bm25 import Bm25, Numbers, Places
from voicebot.faq.load import Entry
from voicebot.faq.words import grams, sound_form


class Sounds:
    """Evidence of two kinds: the nearest way of asking (`way`), and all of an entry's together (`sound`).

    Args:
        entries: The city's FAQ.
        read: Gives the reading of a Japanese text.
    """

    def __init__(self, entries: Sequence[Entry], read: Callable[[str], str]) -> None:
        forms = [[sound_form(read(text)) for text in (entry.question, *entry.also)] for entry in entries]
        keys = [[sound_form(read(text)) for text in entry.keywords] for entry in entries]
        # Ways of one entry lie side by side; `_starts` says where each entry's begin.
        self._starts = np.cumsum([0, *map(len, forms)])[:-1]
        self._ways = Cosine([form for ways in forms for form in ways])
        self._all = Bm25([_together([*ways, *more]) for ways, more in zip(forms, keys, strict=True)])

    def of(self, forms: Mapping[str, float]) -> dict[str, Numbers]:
        """The evidence for each entry; `forms` are the guesses at the question's sound and what each counts."""
        way = [weight * self._ways.likeness(form) for form, weight in forms.items()]
        together = [weight * self._all.shares(grams(form, 2, 3)) for form, weight in forms.items()]
        return {
            "way": np.maximum.reduceat(np.maximum.reduce(way), self._starts),
            "sound": np.maximum.reduce(together),
        }


class Cosine:
    """Texts as bags of kana pairs weighted by rarity (tf-idf), compared by their angle."""

    def __init__(self, forms: Sequence[str]) -> None:
        self._size = len(forms)
        bags = [Counter(grams(form, 2)) for form in forms]
        counts = Counter(gram for bag in bags for gram in bag)
        self._rarity = {gram: log(1 + self._size / count) for gram, count in counts.items()}
        rows: dict[str, list[tuple[int, float]]] = {}
        for place, bag in enumerate(bags):
            for gram, weight in self._vector(bag).items():
                rows.setdefault(gram, []).append((place, weight))
        self._postings: dict[str, tuple[Places, Numbers]] = {
            gram: (np.array([place for place, _ in row], np.int32), np.array([weight for _, weight in row], np.float32))
            for gram, row in rows.items()
        }

    def likeness(self, form: str) -> Numbers:
        """How alike each text is, 0 to 1."""
        found = np.zeros(self._size, np.float32)
        for gram, weight in self._vector(Counter(grams(form, 2))).items():
            if gram in self._postings:
                places, weights = self._postings[gram]
                found[places] += np.float32(weight) * weights
        return found

    def _vector(self, bag: Counter[str]) -> dict[str, float]:
        """Weights by rarity, as a vector of length one."""
        unknown = log(1 + self._size)
        weights = {gram: count * self._rarity.get(gram, unknown) for gram, count in bag.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}


def _together(forms: Sequence[str]) -> Counter[str]:
    return Counter(gram for form in forms for gram in set(grams(form, 2, 3)))
