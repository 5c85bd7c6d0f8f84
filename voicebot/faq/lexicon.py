"""The words of the city's own texts: how often each is said, after which word, and how it sounds.

It is what `respelling` reads a caller's sounds with. It must not know entries or questions.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
_NONE: Mapping[str, float] = {}
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
        counts: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        compounds: Counter[tuple[str, str]] = Counter()
        self._by_sound: defaultdict[str, set[str]] = defaultdict(set)
        for words in texts:
            for before, word in _spoken(words):
                counts[word.surface] += 1
                pairs[before, word.surface] += 1
                self._by_sound[key(word.reading)].add(word.surface)
            compounds.update(_compounds(words))
        for (surface, sound), count in compounds.items():
            if count >= COMPOUND_COUNT:
                counts[surface] += count
                self._by_sound[sound].add(surface)
        total = (sum(counts.values()) + 0.5 * len(counts)) or 1.0  # texts without any word are no error
        likely = {surface: (count + 0.5) / total for surface, count in counts.items()}
        self._alone = {surface: -log((1 - PAIR_SHARE) * chance) for surface, chance in likely.items()}
        self._unheard = -log((1 - PAIR_SHARE) * 0.5 / total)
        self._after = _followers(pairs, likely)
        self.nearly = _nearly(self._by_sound)
        """The long words one kana away from a sound: one exchanged, one too many, or one missing.

        Found by comparing both with one sign taken out (the symmetric deletes of SymSpell)."""

    def __contains__(self, surface: str) -> bool:
        return surface in self._alone

    @property
    def sounds(self) -> Iterable[str]:
        """The sounds of all words, each once."""
        return self._by_sound.keys()

    def spelt(self, sound: str) -> Iterable[str]:
        """The words with exactly this sound."""
        return self._by_sound.get(sound, ())

    def alone(self, surface: str) -> float:
        """The surprise (negative natural logarithm of the probability) of a word after one that it never follows."""
        return self._alone.get(surface, self._unheard)

    def after(self, before: str) -> Mapping[str, float]:
        """The surprise of each word that follows this one somewhere; all others are as surprising as `alone`."""
        return self._after.get(before, _NONE)


def _spoken(words: Sequence[Word]) -> Iterator[tuple[str, Word]]:
    """The words that have a sound, each with the one before it; `START` after a sign."""
    before = START
    for word in words:
        if key(word.reading):
            yield before, word
        before = word.surface if key(word.reading) else START


def _followers(pairs: Mapping[tuple[str, str], int], likely: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """The surprise of the words that follow each other, by the first and the second."""
    followed: Counter[str] = Counter()
    for (before, _), together in pairs.items():
        followed[before] += together
    found: dict[str, dict[str, float]] = {}
    for (before, surface), together in pairs.items():
        chance = PAIR_SHARE * (together / followed[before]) + (1 - PAIR_SHARE) * likely[surface]
        found.setdefault(before, {})[surface] = -log(chance)
    return found


def _nearly(by_sound: Mapping[str, Iterable[str]]) -> Callable[[str], frozenset[str]]:
    near: defaultdict[str, list[str]] = defaultdict(list)
    for sound in by_sound:
        if len(sound) >= NEAR_LENGTH:
            for shorter in _shortened(sound):
                near[shorter].append(sound)

    @lru_cache(_REMEMBERED)  # the guesses at one question share most of their sounds
    def nearly(sound: str) -> frozenset[str]:
        if len(sound) < NEAR_LENGTH - 1:
            return frozenset()
        alike = {other for shorter in _shortened(sound) for other in near.get(shorter, ())}
        return frozenset(word for other in alike if other != sound for word in by_sound[other])

    return nearly


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
