"""Finds out how each kanji may be read: as a word of its own, and within the words of the dictionary.

A recogniser writes any kanji that can have a sound, also where no word is spelt so: 富豊等期 for フホウトウキ. As a
word of its own the dictionary knows 豊 only as トヨ and ユタカ; that it is also ホウ stands in 豊富, 豊作, 豊満.

    python -m voicebot.retrieval.deriving_readings > voicebot/retrieval/kanji_readings.txt

writes the table that comes with voicebot anew, from the installed dictionary of Sudachi (SudachiDict, Apache-2.0; 15 s
of a core): a line for each kanji of JIS X 0208's first level, the kanji and its readings.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from voicebot.faq.soundalikes import morae
from voicebot.retrieval.sudachi import SudachiWords

LEAST_WORDS, LEAST_SHARE = 3, 0.04
"""A reading is believed that so many words of two kanji have, and such a share of a kanji's words."""
_ROUNDS = 3
"""Each round knows more readings, by which the other half of more words is read."""

Lookup = Callable[[str], Collection[str]]
"""The readings of a text as one word, in katakana; empty when it is none."""


def derived(kanji: Sequence[str], lookup: Lookup) -> dict[str, tuple[str, ...]]:
    """The readings of kanji by the words that they make alone and in pairs; those without any are left out."""
    alone = {sign: set(lookup(sign)) for sign in kanji}
    words = [(one, two, morae(sound)) for one in kanji for two in kanji for sound in lookup(one + two)]
    known = alone
    for _ in range(_ROUNDS):
        counted: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for one, two, sound in words:
            halves = list(_halves(known, one, two, sound))
            for first, second in halves:
                counted[one][first] += 1 / len(halves)
                counted[two][second] += 1 / len(halves)
        known = {sign: alone[sign] | set(_believed(counted[sign])) for sign in kanji}
    return {sign: tuple(sorted(found)) for sign, found in known.items() if found}


def _halves(
    known: Mapping[str, Collection[str]], one: str, two: str, sound: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """The cuts of a word's sound at which most of its two halves are known readings; none where neither is."""
    cuts = [("".join(sound[:at]), "".join(sound[at:])) for at in range(1, len(sound))]
    fitting = [(first in known[one]) + (second in known[two]) for first, second in cuts]
    best = max(fitting, default=0)
    return (cut for cut, fits in zip(cuts, fitting, strict=True) if fits == best > 0)


def _believed(counted: Mapping[str, float]) -> Iterable[str]:
    least = max(LEAST_WORDS, LEAST_SHARE * sum(counted.values()))
    return (reading for reading, count in counted.items() if count >= least)


def first_level() -> tuple[str, ...]:
    """The 2,965 kanji of the first level of JIS X 0208 (rows 16 to 47)."""
    codes = (bytes([row, cell]) for row in range(0xB0, 0xD0) for cell in range(0xA1, 0xFF))
    return tuple(sign for code in codes if (sign := code.decode("euc_jp", "ignore")))


def _main() -> None:
    for kanji, found in derived(first_level(), SudachiWords().readings_of).items():
        print(kanji, *found)


if __name__ == "__main__":
    _main()
