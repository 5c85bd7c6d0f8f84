"""How near a question's meaning is to what each entry is asked with, by vectors of sentences.

The model that makes the vectors reads files, so it is given to this room as a plain callable (`Embed`).
"""

from collections.abc import Callable, Sequence

import numpy as np

from voicebot.faq.bm25 import Numbers
from voicebot.faq.load import Entry

ENTRY_SIGNS, ANSWER_SIGNS = 120, 200
"""So much of question and answer together, and of the answer alone, tells what an entry is about; a model reads longer
texts slowly."""

Embed = Callable[[Sequence[str]], Numbers]
"""Texts as vectors of length one, one row each."""


class Meaning:
    """Evidence of three kinds: the nearest way of asking (`meant`), question with answer (`answered`), answer (`said`).

    Cosines; a model decides between which values they lie (0.75 to 1 for those of the E5 family).
    """

    def __init__(self, entries: Sequence[Entry], embed: Embed) -> None:
        ways = [(entry.question, *entry.also) for entry in entries]
        self._starts = np.cumsum([0, *map(len, ways)])[:-1]
        self._ways = embed([text for each in ways for text in each])
        self._entries = embed([_whole(entry) for entry in entries])
        self._answers = embed([_answer(entry) for entry in entries])
        self._embed = embed

    def of(self, text: str) -> dict[str, Numbers]:
        """The evidence for each entry."""
        meaning = self._embed([text])[0]
        near = self._ways @ meaning
        return {
            "meant": np.maximum.reduceat(near, self._starts),
            "answered": self._entries @ meaning,
            "said": self._answers @ meaning,
        }


def wanted(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Every text whose vector an index of these entries needs."""
    ways = [text for entry in entries for text in (entry.question, *entry.also)]
    return tuple(dict.fromkeys([*ways, *map(_whole, entries), *map(_answer, entries)]))


def _whole(entry: Entry) -> str:
    return f"{entry.question} {entry.answer}"[:ENTRY_SIGNS]


def _answer(entry: Entry) -> str:
    return entry.answer[:ANSWER_SIGNS]
