"""Which of a question's words each entry is asked with, and which its answer tells of."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import sqrt

import numpy as np

from voicebot.faq.bm25 import Bm25, Numbers
from voicebot.faq.load import Entry
from voicebot.faq.words import Analyse, Word, meanings, terms

ASKED, KEYWORD, TOLD = 3.0, 1.0, 0.5
"""What a word counts in the ways of asking, in a keyword and in the answer, when all are one document."""
Terms = Callable[[Sequence[Word]], list[str]]


class Wording:
    """Evidence of three kinds.

    Words in the ways of asking and keywords (`asked`); these with the answer's and the department's (`told`); the same
    with the dictionary's synonyms (`alike`).

    Args:
        entries: The city's FAQ.
        analyse: Gives the words of a question.
        once: The same for the entries' texts, when they have been looked at before.
    """

    def __init__(self, entries: Sequence[Entry], analyse: Analyse, once: Analyse | None = None) -> None:
        self._analyse = analyse
        of = once or analyse
        self._asked = Bm25([_asked(entry, of, terms) for entry in entries])
        self._told = Bm25([_told(entry, of, terms) for entry in entries])
        self._alike = Bm25([_told(entry, of, meanings) for entry in entries])

    def of(self, questions: Mapping[str, float]) -> dict[str, Numbers]:
        """The evidence for each entry; `questions` are guesses at what was said, and what each counts."""
        words = [(self._analyse(text), weight) for text, weight in questions.items()]
        return {
            "asked": _best(self._asked, terms, words),
            "told": _best(self._told, terms, words),
            "alike": _best(self._alike, meanings, words),
        }


def _best(index: Bm25, form: Terms, guesses: Sequence[tuple[Sequence[Word], float]]) -> Numbers:
    """By the guess that fits best; guesses of the same words are looked up once."""
    bags: dict[frozenset[str], float] = {}
    for words, weight in guesses:
        bag = frozenset(form(words))
        bags[bag] = max(weight, bags.get(bag, 0.0))
    found: Numbers = np.maximum.reduce([np.float32(weight) * index.shares(sorted(bag)) for bag, weight in bags.items()])
    return found


def _asked(entry: Entry, analyse: Analyse, form: Terms) -> Mapping[str, float]:
    return _counted((entry.question, *entry.also), analyse, form) + _counted(entry.keywords, analyse, form)


def _told(entry: Entry, analyse: Analyse, form: Terms) -> Mapping[str, float]:
    ways = _counted((entry.question, *entry.also), analyse, form)
    keys = _counted(entry.keywords, analyse, form)
    answer = _counted((entry.answer, entry.department), analyse, form)
    # With many ways of asking each counts less, or their entry would drown the answers of the others.
    way = ASKED / sqrt(1 + len(entry.also))
    return {
        term: way * ways[term] + KEYWORD * keys[term] + TOLD * answer[term]
        for term in dict.fromkeys((*ways, *keys, *answer))
    }


def _counted(texts: Sequence[str], analyse: Analyse, form: Terms) -> Counter[str]:
    return Counter(term for text in texts for term in form(analyse(text)))
