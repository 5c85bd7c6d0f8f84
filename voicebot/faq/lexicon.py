"""The words of the city's own texts: how often each is said, after which word, and how it sounds.

It is what `respelling` reads a caller's sounds with. It must not know entries or questions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log

from voicebot.faq.words import Word
from voicebot.language.kana import compact

START = ""
"""What stands before the first word of a text."""
PAIR_SHARE = 0.7
"""How much the word before decides (interpolated bigrams, Jelinek and Mercer 1980)."""
COMPOUND_COUNT = 2
"""So often a row of nouns must be written to be a word of its own (印鑑 + 証明)."""
LONGEST_COMPOUND = 3
_REMEMBERED = 8192
NEAR_LENGTH = 5
"""Shorter words have too many neighbours one kana away."""

_SAME_SOUND = str.maketrans("ヂヅヲヰヱァィゥェォ", "ジズオイエアイウエオ")


@lru_cache(maxsize=50_000)
def key(reading: str) -> str:
    """The form in which words' sounds are compared; kana stay apart, so that words can be joined and cut."""
    return compact(reading).translate(_SAME_SOUND)


class Lexicon:
    """Built once from all texts, then only read, so threads may share it."""

    def __init__(self, texts: Iterable[Sequence[Word]]) -> None:
        self._counts: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._followed: Counter[str] = Counter()
        self._by_sound: defaultdict[str, set[str]] = defaultdict(set)
        compounds: Counter[tuple[str, str]] = Counter()
        for words in texts:
            self._count(words)
            compounds.update(_compounds(words))
        for (surface, sound), count in compounds.items():
            if count >= COMPOUND_COUNT:
                self._counts[surface] += count
                self._by_sound[sound].add(surface)
        self._total = sum(self._counts.values()) + 0.5 * len(self._counts)
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for sound in self._by_sound:
            if len(sound) >= NEAR_LENGTH:
                for shorter in _shortened(sound):
                    self._near[shorter].append(sound)
        # The guesses at one question share most of their sounds.
        self._remembered = lru_cache(_REMEMBERED)(self._nearly)
        self.longest = max(map(len, self._by_sound), default=0)
        """Kana of the longest word."""

    def __contains__(self, surface: str) -> bool:
        return surface in self._counts

    @property
    def sounds(self) -> Iterable[str]:
        """The sounds of all words, each once."""
        return self._by_sound.keys()

    def spelt(self, sound: str) -> Iterable[str]:
        """The words with exactly this sound."""
        return self._by_sound.get(sound, ())

    def nearly(self, sound: str) -> frozenset[str]:
        """The long words one kana away: one exchanged, one too many, or one missing.

        Found by comparing both with one sign taken out (the symmetric deletes of SymSpell).
        """
        return self._remembered(sound)

    def _nearly(self, sound: str) -> frozenset[str]:
        if len(sound) < NEAR_LENGTH - 1:
            return frozenset()
        near = {other for shorter in _shortened(sound) for other in self._near.get(shorter, ())}
        return frozenset(word for other in near if other != sound for word in self._by_sound[other])

    def surprise(self, before: str, surface: str) -> float:
        """The negative natural logarithm of the probability of a word after another one."""
        alone = (self._counts[surface] + 0.5) / self._total
        followed = self._followed[before]
        together = self._pairs[before, surface] / followed if followed else 0.0
        return -log(PAIR_SHARE * together + (1 - PAIR_SHARE) * alone)

    def _count(self, words: Sequence[Word]) -> None:
        before = START
        for word in words:
            sound = key(word.reading)
            if not sound:
                before = START
                continue
            self._counts[word.surface] += 1
            self._pairs[before, word.surface] += 1
            self._followed[before] += 1
            self._by_sound[sound].add(word.surface)
            before = word.surface


def _compounds(words: Sequence[Word]) -> Iterable[tuple[str, str]]:
    """Rows of nouns, as surface and sound."""
    for start in range(len(words)):
        row: list[Word] = []
        for word in words[start : start + LONGEST_COMPOUND]:
            if not word.noun:
                break
            row.append(word)
            if len(row) > 1:
                yield "".join(each.surface for each in row), "".join(key(each.reading) for each in row)


def _shortened(sound: str) -> set[str]:
    """The sound, and each form with one sign taken out."""
    return {sound, *(sound[:at] + sound[at + 1 :] for at in range(len(sound)))}
