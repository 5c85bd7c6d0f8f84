"""Words that a telephone or a recogniser takes for one another, found by one look.

Kana fall into classes: voiced and unvoiced (カ ガ), with and without a small ャュョ (ス シュ), long and short vowels,
with and without ッ. Words of one class are candidates for one another; how far apart they really are is then counted in
kana. It must not know texts, or how often words are said.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_SMALL = "ァィゥェォャュョヮ"
_MORA = re.compile(f".[{_SMALL}]?", re.DOTALL)
_VOWELS = {
    "a": "アカサタナハマヤラワガザダバパァャヮヵ",
    "i": "イキシチニヒミリギジヂビピィヰ",
    "u": "ウクスツヌフムユルグズヅブプゥュヴ",
    "e": "エケセテネヘメレゲゼデベペェヱ",
    "o": "オコソトノホモヨロヲゴゾドボポォョ",
}
_CONSONANTS = {
    "": "アイウエオァィゥェォヲヰヱ",
    "k": "カキクケコガギグゲゴヵ",
    "s": "サシスセソザジズゼゾヂヅ",
    "t": "タテトダデド",
    "c": "チツ",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホバビブベボパピプペポヴ",
    "m": "マミムメモ",
    "y": "ヤユヨャュョ",
    "r": "ラリルレロ",
    "w": "ワヮ",
}
_VOWEL = {kana: vowel for vowel, row in _VOWELS.items() for kana in row}
_CONSONANT = {kana: consonant for consonant, row in _CONSONANTS.items() for kana in row}
_LONG = frozenset({"aa", "ii", "uu", "ee", "ei", "oo", "ou"})
_END = "."


@lru_cache(maxsize=20_000)
def morae(sound: str) -> tuple[str, ...]:
    """The sounds that are said one by one (シュ is one, ッ and ン are one each)."""
    return tuple(_MORA.findall(sound))


@lru_cache(maxsize=4096)
def said(before: str, mora: str) -> tuple[str, str]:
    """What a mora adds to the class of a word, and the vowel that it ends with.

    Args:
        before: The vowel that the word has ended with so far; "" at its beginning and after ン.
        mora: The next one.
    """
    if mora == "ッ":
        return "", before
    if mora == "ン":
        return "N" + _END, ""
    vowel = _VOWEL.get(mora[-1])
    consonant = _CONSONANT.get(mora[0])
    if vowel is None or consonant is None:  # a figure, a letter
        return mora + _END, ""
    if not consonant and before + vowel in _LONG:
        return "", vowel
    return consonant + vowel + _END, vowel


def sound_class(sound: str) -> str:
    """The class of a word's sound; equal for words that may be taken for one another."""
    found, vowel = "", ""
    for mora in morae(sound):
        added, vowel = said(vowel, mora)
        found += added
    return found


class Soundalikes:
    """The sounds of a city's words by their classes. Built once, then only read, so threads may share it."""

    def __init__(self, sounds: Iterable[str]) -> None:
        self._by_class: defaultdict[str, list[str]] = defaultdict(list)
        self._beginnings: set[str] = set()
        for sound in sorted(sounds):
            found = sound_class(sound)
            if found:
                self._by_class[found].append(sound)
                self._beginnings.update(found[: at + 1] for at, sign in enumerate(found) if sign == _END)

    def begins(self, found: str) -> bool:
        """Whether any word's class begins so."""
        return not found or found in self._beginnings

    def like(self, found: str, sound: str, most: int) -> list[tuple[str, int]]:
        """The sounds of a class that differ from this one in at most so many kana, and in how many."""
        near = ((each, Levenshtein.distance(sound, each)) for each in self._by_class.get(found, ()))
        return [(each, apart) for each, apart in near if apart <= most]
