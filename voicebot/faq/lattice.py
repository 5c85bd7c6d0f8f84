"""All the ways in which what a recogniser wrote may have sounded.

A recogniser writes kanji that fit the sound in one of their readings, and not in the one that the row of them has in a
dictionary: it writes 都所間 for トショカン. So beside the reading of each word stand those of its signs one by one. A
lattice: nodes in the order of time, and edges that are one mora each.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from voicebot.faq.lexicon import key
from voicebot.faq.soundalikes import morae
from voicebot.faq.words import Word

IN_ROW, IN_WORD, ALONE = 0.5, 1.5, 3.0
"""What another reading of a sign costs: of a word of one sign between others, of one within a longer word (which is
rarely written by chance), of a sign that stands alone between kana (鍵, 声: rarely wrong)."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One mora."""

    mora: str
    end: int
    """The node that it leads to."""
    cost: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A word as the recogniser wrote it."""

    start: int
    end: int
    surface: str


@dataclass(frozen=True, slots=True)
class Lattice:
    """Nodes are numbers from 0 in the order of time; the last one is the end."""

    edges: tuple[tuple[Edge, ...], ...]
    """Those that leave each node."""
    heard: tuple[Heard, ...]
    path: tuple[tuple[int, str], ...]
    """The sounds as the dictionary reads them: the node before each mora, and the mora."""


def lattice(words: Sequence[Word], *, certain: bool = False) -> Lattice:
    """The sounds of a text.

    Args:
        words: Of the text; those without a sound are left out.
        certain: The text was typed: its kanji are the right ones, and are read in one way only.
    """
    spoken = [(word, key(word.reading)) for word in words if key(word.reading)]
    drawn = _Drawing()
    at = 0
    for place, (word, sound) in enumerate(spoken):
        end = at + len(word.surface)
        drawn.word(at, end, word.surface, sound)
        if word.signs and not certain:
            cost = _cost(word, spoken[place - 1][0] if place else None, _next(spoken, place))
            for offset, readings in enumerate(word.signs):
                for reading in readings:
                    if len(word.signs) > 1 or key(reading) != sound:
                        own = key(reading) == key(word.surface[offset])  # kana sound as they are written
                        drawn.row(at + offset, at + offset + 1, key(reading), 0.0 if own else cost)
        at = end
    return drawn.finished()


def _next(spoken: Sequence[tuple[Word, str]], place: int) -> Word | None:
    return spoken[place + 1][0] if place + 1 < len(spoken) else None


def _cost(word: Word, before: Word | None, after: Word | None) -> float:
    if len(word.signs) > 1:
        return IN_WORD
    row = any(each is not None and each.signs for each in (before, after))
    return IN_ROW if row else ALONE


_Place = tuple[float, int]
"""A node while the lattice is drawn: signs of the text before it, and a number for those within a word."""


class _Drawing:
    def __init__(self) -> None:
        self._edges: defaultdict[_Place, dict[tuple[str, _Place], float]] = defaultdict(dict)
        self._heard: list[tuple[_Place, _Place, str]] = []
        self._path: list[tuple[_Place, str]] = []
        self._count = 0

    def word(self, start: int, end: int, surface: str, sound: str) -> None:
        """A word as it is read."""
        self._heard.append(((start, 0), (end, 0), surface))
        self._path += self.row(start, end, sound, 0.0)

    def row(self, start: int, end: int, sound: str, cost: float) -> list[tuple[_Place, str]]:
        """The morae of a sound between two signs."""
        said = morae(sound)
        here: _Place = (start, 0)
        passed = []
        for step, mora in enumerate(said, 1):
            self._count += 1
            there = (start + (end - start) * step / len(said), self._count) if step < len(said) else (end, 0)
            edges = self._edges[here]
            edges[mora, there] = min(cost if step == 1 else 0.0, edges.get((mora, there), float("inf")))
            passed.append((here, mora))
            here = there
        return passed

    def finished(self) -> Lattice:
        ends = {there for edges in self._edges.values() for _, there in edges}
        places = sorted({*self._edges, *ends})
        number = {place: at for at, place in enumerate(places)}
        return Lattice(
            tuple(
                tuple(Edge(mora, number[there], cost) for (mora, there), cost in self._edges.get(place, {}).items())
                for place in places
            ),
            tuple(Heard(number[start], number[finish], surface) for start, finish, surface in self._heard),
            tuple((number[place], mora) for place, mora in self._path),
        )
