"""BM25: how much of what a question turns on is found in each document.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf of Lucene that is
never negative. Documents are bags of weighted terms; several fields are one bag with a weight each (BM25F).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]

SATURATION = 1.2
"""k1: how soon saying a term again adds nothing."""
LENGTH = 0.5
"""b: how much long documents are held against them; entries with many ways of asking are not worse for it."""


class Bm25:
    """An index of documents; built once, then only read, so threads may share it.

    Args:
        documents: For each document its terms and how much each weighs there.
    """

    def __init__(self, documents: Sequence[Mapping[str, float]]) -> None:
        self._size = len(documents)
        lengths = np.array([sum(document.values()) for document in documents], dtype=np.float32)
        average = np.float32(max(float(lengths.mean()) if self._size else 1.0, 1e-6))
        scale = np.float32(1 - LENGTH) + np.float32(LENGTH) * lengths / average
        counts = Counter(term for document in documents for term in document)
        self._rarity = {term: self._idf(count) for term, count in counts.items()}
        self._postings: dict[str, tuple[Places, Numbers]] = {}
        rows: dict[str, list[tuple[int, float]]] = {}
        for place, document in enumerate(documents):
            for term, weight in document.items():
                rows.setdefault(term, []).append((place, weight))
        for term, row in rows.items():
            places = np.array([place for place, _ in row], dtype=np.int32)
            weights = np.array([weight for _, weight in row], dtype=np.float32)
            # Divided by its ceiling, so that a score is a share of what could be found.
            full = weights / (weights + np.float32(SATURATION) * scale[places])
            self._postings[term] = (places, (self._rarity[term] * full).astype(np.float32))

    def rarity(self, term: str) -> float:
        """How much a term tells; one that no document holds tells most."""
        return self._rarity.get(term, self._idf(0))

    def shares(self, wanted: Iterable[str]) -> Numbers:
        """For each document the share of the wanted terms that it holds, weighted by rarity, 0 to 1.

        Terms that no document holds count as missing: much of the question is then not covered.
        """
        found = np.zeros(self._size, dtype=np.float32)
        total = 0.0
        for term in set(wanted):
            total += self.rarity(term)
            if term in self._postings:
                places, weights = self._postings[term]
                found[places] += weights
        return found / np.float32(total or 1.0)

    def _idf(self, count: int) -> float:
        return log(1 + (self._size - count + 0.5) / (count + 0.5))
