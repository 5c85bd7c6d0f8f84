"""Which of a question's words each entry is asked with, and which its answer tells of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np

from voicebot.faq.bm25 import Bm25, Numbers
from voicebot.faq.load import Entry
from voicebot.faq.words import Analyse, terms

ASKED, KEYWORD, TOLD = 3.0, 1.0, 0.5
"""What a word counts in the ways of asking, in a keyword and in the answer, when all are one document."""


class Wording:
    """Evidence of two kinds: ways of asking and keywords (`asked`), and these with the answer (`told`)."""

    def __init__(self, entries: Sequence[Entry], analyse: Analyse) -> None:
        asked: list[Mapping[str, float]] = []
        told: list[Mapping[str, float]] = []
        for entry in entries:
            ways = Counter(term for text in (entry.question, *entry.also) for term in terms(analyse(text)))
            keys = Counter(term for text in entry.keywords for term in terms(analyse(text)))
            answer = Counter(terms(analyse(entry.answer)))
            # With many ways of asking each counts less, or their entry would drown the answers of the others.
            way = ASKED / sqrt(1 + len(entry.also))
            asked.append(ways + keys)
            told.append(
                {
                    term: way * ways[term] + KEYWORD * keys[term] + TOLD * answer[term]
                    for term in dict.fromkeys((*ways, *keys, *answer))
                }
            )
        self._asked, self._told = Bm25(asked), Bm25(told)

    def of(self, questions: Mapping[tuple[str, ...], float]) -> dict[str, Numbers]:
        """The evidence for each entry; `questions` are guesses at the question's words and what each counts."""
        return {
            "asked": np.maximum.reduce([weight * self._asked.shares(each) for each, weight in questions.items()]),
            "told": np.maximum.reduce([weight * self._told.shares(each) for each, weight in questions.items()]),
        }
