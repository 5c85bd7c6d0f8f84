"""What was heard, written with the city's own words: 個籍がいる becomes 戸籍がいる.

A recogniser writes wrong kanji for right sounds. Words and meaning are then lost, though the sound is right; so the
sounds are read again, as the likeliest row of words that the city's texts use (Viterbi over bigrams of words, on the
lattice of all sounds that the kanji may stand for). What the recogniser wrote is believed where it is a word of the
city's; other words stay unless the sounds say better.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from voicebot.faq.lattice import Lattice, lattice
from voicebot.faq.lexicon import START, Lexicon
from voicebot.faq.soundalikes import Soundalikes, said
from voicebot.faq.words import Analyse

OTHER_WORD, CERTAIN_WORD = 3.0, 6.0
"""What it costs to write a word that was not heard, or not typed (natural logarithms of probability, as all costs)."""
ONE_KANA = 1.0
"""... and more for a word of a single kana, which fits everywhere."""
KANA_APART, MOST_APART = 2.0, 2
"""... and more for each kana that it differs from what was heard, within one class of sounds."""
NEAR_WORD = 6.0
"""... and for a long one of another class that is one kana away."""
STRANGE_WORD = 13.0
"""A word that was heard and that the city's texts never use."""
LOOSE_KANA = 9.0
"""A kana that belongs to no word."""
LATER_GUESS = 0.5
"""What each place in the recogniser's list costs."""
MOST_GUESSES = 3
"""Further guesses differ little and take as long."""
_MOST_READ = 3.5
"""Readings of signs that together cost more are not followed."""
_WORDS_ALIKE, _WAYS = 6, 8
"""So many words of one sound, and so many ways to each place, are followed."""
_NEAR_MORAE = range(4, 13)
_STRANGE = "\0"
"""Stands for any word that the lexicon does not hold."""


class _Step(NamedTuple):
    """A word that could be written here."""

    end: int
    text: str
    cost: float
    known: bool


_Reached = tuple[float, int, str, str]
"""Cost so far; where the word began, the word before it, and its text."""


class Respelling:
    """Reads sounds with the city's words; only reads, so threads may share it."""

    def __init__(self, lexicon: Lexicon, analyse: Analyse) -> None:
        self._lexicon = lexicon
        self._analyse = analyse
        self._alike = Soundalikes(lexicon.sounds)
        self._spelt = _spelling(lexicon, self._alike)

    def best(self, guesses: Sequence[str], *, certain: bool = False) -> str:
        """The guess that the city's words fit best, respelt; empty when there is no guess.

        Args:
            guesses: What the recogniser made of the sounds, best first.
            certain: They were typed: only what sounds just the same is put in their place.
        """
        tried = [
            (cost + LATER_GUESS * place, text)
            for place, (cost, text) in enumerate(
                self.respell(guess, certain=certain) for guess in list(dict.fromkeys(guesses))[:MOST_GUESSES]
            )
        ]
        return min(tried, key=lambda each: each[0])[1] if tried else ""

    def respell(self, text: str, *, certain: bool = False) -> tuple[float, str]:
        """A text respelt, and how little it is like the city's texts."""
        words = self._analyse(text)
        sounds = lattice(words, certain=certain)
        if not sounds.path:
            return 0.0, text
        cost, respelt = self._cheapest(self._steps(sounds, certain))
        heard = "".join(word.surface for word in sounds.heard)
        return cost, text if respelt == heard else respelt

    def _cheapest(self, steps: Sequence[Sequence[_Step]]) -> tuple[float, str]:
        reached: list[dict[str, _Reached]] = [{} for _ in steps]
        reached[0][START] = (0.0, 0, START, "")
        for at, here in enumerate(reached):
            if not here or not steps[at]:
                continue
            ways = here.items() if len(here) <= _WAYS else nsmallest(_WAYS, here.items(), key=lambda each: each[1][0])
            # Most words never follow one another in the city's texts: for these only the cheapest way counts.
            cheapest, (least, *_) = min(ways, key=lambda each: each[1][0])
            known: dict[str, list[_Step]] = {}
            for step in steps[at]:
                if step.known:
                    known.setdefault(step.text, []).append(step)
                    _reach(reached, at, cheapest, step, step.text, least + step.cost + self._lexicon.alone(step.text))
                else:
                    _reach(reached, at, cheapest, step, _STRANGE, least + step.cost)
            for before, (cost, *_) in ways:
                after = self._lexicon.after(before)
                for word in after.keys() & known.keys():
                    for step in known[word]:
                        _reach(reached, at, before, step, word, cost + step.cost + after[word])
        return _traced(reached)

    def _steps(self, sounds: Lattice, certain: bool) -> list[list[_Step]]:
        """From each node the words that could come next."""
        other = CERTAIN_WORD if certain else OTHER_WORD
        steps = [
            [_Step(edge.end, edge.mora, LOOSE_KANA + edge.cost, known=False) for edge in edges]
            + self._other(sounds, at, certain=certain)
            for at, edges in enumerate(sounds.edges)
        ]
        for word in sounds.heard:
            known = word.surface in self._lexicon
            steps[word.start].append(_Step(word.end, word.surface, 0.0 if known else STRANGE_WORD, known))
        for start, end, near in self._near(sounds):
            steps[start].append(_Step(end, near, other + NEAR_WORD, known=True))
        return steps

    def _other(self, sounds: Lattice, start: int, *, certain: bool) -> list[_Step]:
        """The words whose sound begins at a node; of what is certain, only those that sound just so."""
        other = CERTAIN_WORD if certain else OTHER_WORD
        found: dict[tuple[int, str], tuple[float, str]] = {}
        begun = [(start, "", "", "", 0.0)]
        while begun:
            at, said_so_far, sound, vowel, cost = begun.pop()
            for edge in sounds.edges[at]:
                added, last = said(vowel, edge.mora)
                longer, whole, total = said_so_far + added, sound + edge.mora, cost + edge.cost
                if total > _MOST_READ or not self._alike.begins(longer):
                    continue
                key = (edge.end, whole)
                if longer and (key not in found or total < found[key][0]):
                    found[key] = (total, longer)
                begun.append((edge.end, longer, whole, last, total))
        return [
            _Step(end, word, other + cost + apart + (ONE_KANA if len(sound) == 1 else 0.0), known=True)
            for (end, sound), (cost, said_there) in found.items()
            for word, apart in self._spelt(said_there, sound)
            if not (certain and apart)
        ]

    def _near(self, sounds: Lattice) -> list[tuple[int, int, str]]:
        """Long words one kana away from the sounds as they are read: where they begin and end, and the words."""
        ends = [*(node for node, _ in sounds.path[1:]), len(sounds.edges) - 1]
        found = []
        for first in range(len(sounds.path)):
            sound = ""
            for last in range(first, min(first + _NEAR_MORAE.stop, len(sounds.path))):
                sound += sounds.path[last][1]
                if last - first + 1 in _NEAR_MORAE or len(sound) in _NEAR_MORAE:
                    found += [(sounds.path[first][0], ends[last], word) for word in self._lexicon.nearly(sound)]
        return found


def _spelling(lexicon: Lexicon, alike: Soundalikes) -> Callable[[str, str], list[tuple[str, float]]]:
    """Finds the words of a class of sounds that are said most often, and what their difference costs."""

    @lru_cache(8192)  # the guesses at one question share most of their sounds
    def spelt(found: str, sound: str) -> list[tuple[str, float]]:
        words = [
            (word, KANA_APART * apart)
            for each, apart in alike.like(found, sound, MOST_APART)
            for word in lexicon.spelt(each)
        ]
        return nsmallest(_WORDS_ALIKE, words, key=lambda each: (each[1] + lexicon.alone(each[0]), each[0]))

    return spelt


def _reach(reached: Sequence[dict[str, _Reached]], at: int, before: str, step: _Step, word: str, total: float) -> None:
    there = reached[step.end].get(word)
    if there is None or total < there[0]:
        reached[step.end][word] = (total, at, before, step.text)


def _traced(reached: Sequence[dict[str, _Reached]]) -> tuple[float, str]:
    """The cheapest way to the end, read backwards."""
    end = len(reached) - 1
    word = min(reached[end], key=lambda each: reached[end][each][0])
    cost = reached[end][word][0]
    texts: list[str] = []
    while end:
        _, end, word, text = reached[end][word]
        texts.append(text)
    return cost, "".join(reversed(texts))
