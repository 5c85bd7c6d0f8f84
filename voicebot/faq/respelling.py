"""What was heard, written with the city's own words: 個籍がいる becomes 戸籍がいる.

A recogniser writes wrong kanji for right sounds. Words and meaning are then lost, though the sound is right; so the
sounds are read again, as the likeliest row of words that the city's texts use (Viterbi over bigrams of words). What
the recogniser wrote is believed where it is a word of the city's; other words stay unless the sounds say better.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voicebot.faq.lexicon import START, Lexicon, key
from voicebot.faq.words import Analyse, Word

OTHER_WORD = 4.0
"""What it costs to write a word that was not heard (natural logarithms of probability, as all costs here)."""
ONE_KANA = 1.0
"""... and more for a word of a single kana, which fits everywhere."""
NEAR_WORD = 6.0
"""... and for one that sounds not quite like it."""
STRANGE_WORD = 11.0
"""A word that was heard and that the city's texts never use."""
LOOSE_KANA = 9.0
"""A kana that belongs to no word."""
LATER_GUESS = 0.5
"""What each place in the recogniser's list costs."""
MOST_GUESSES = 3
"""Further guesses differ little and take as long."""
_STRANGE = "\0"
"""Stands for any word that the lexicon does not hold."""


@dataclass(frozen=True, slots=True)
class _Step:
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

    def best(self, guesses: Sequence[str]) -> str:
        """The guess that the city's words fit best, respelt; empty when there is no guess."""
        tried = [
            (cost + LATER_GUESS * place, text)
            for place, (cost, text) in enumerate(map(self.respell, list(dict.fromkeys(guesses))[:MOST_GUESSES]))
        ]
        return min(tried, key=lambda each: each[0])[1] if tried else ""

    def respell(self, text: str) -> tuple[float, str]:
        """A text respelt, and how little it is like the city's texts."""
        sound, steps = self._steps(text)
        reached: list[dict[str, _Reached]] = [{} for _ in range(len(sound) + 1)]
        reached[0][START] = (0.0, 0, START, "")
        for at, here in enumerate(reached):
            for before, (cost, *_) in here.items():
                for step in steps[at] if at < len(sound) else ():
                    word = step.text if step.known else _STRANGE
                    total = cost + step.cost + (self._lexicon.surprise(before, word) if step.known else 0.0)
                    known = reached[step.end].get(word)
                    if known is None or total < known[0]:
                        reached[step.end][word] = (total, at, before, step.text)
        if not sound:
            return 0.0, text
        cost, respelt = _traced(reached)
        return cost, text if respelt == _without_signs(self._analyse(text)) else respelt

    def _steps(self, text: str) -> tuple[str, list[list[_Step]]]:
        """The sound of a text, and from each place in it the words that could come next."""
        heard = [(key(word.reading), word.surface) for word in self._analyse(text)]
        sound = "".join(each for each, _ in heard)
        steps = [self._possible(sound, at) for at in range(len(sound))]
        at = 0
        for each, surface in heard:
            if each:
                known = surface in self._lexicon
                steps[at].append(_Step(at + len(each), surface, 0.0 if known else STRANGE_WORD, known))
                at += len(each)
        return sound, steps

    def _possible(self, sound: str, at: int) -> list[_Step]:
        found = [_Step(at + 1, sound[at], LOOSE_KANA, known=False)]
        for end in range(at + 1, min(len(sound), at + self._lexicon.longest + 1) + 1):
            part = sound[at:end]
            cost = OTHER_WORD + (ONE_KANA if end == at + 1 else 0.0)
            found += [_Step(end, word, cost, known=True) for word in self._lexicon.spelt(part)]
            found += [_Step(end, word, OTHER_WORD + NEAR_WORD, known=True) for word in self._lexicon.nearly(part)]
        return found


def _without_signs(words: Sequence[Word]) -> str:
    return "".join(word.surface for word in words if key(word.reading))


def _traced(reached: list[dict[str, _Reached]]) -> tuple[float, str]:
    """The cheapest way to the end, read backwards."""
    end = len(reached) - 1
    word = min(reached[end], key=lambda each: reached[end][each][0])
    cost = reached[end][word][0]
    texts: list[str] = []
    while end:
        _, end, word, text = reached[end][word]
        texts.append(text)
    return cost, "".join(reversed(texts))
