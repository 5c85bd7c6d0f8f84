"""Which of many named things is meant by what a caller said: written names first, then sounds.

A recogniser's kanji may be the wrong homophone, so what is written decides only where it is the same; else readings are
compared. Built once for a list, asked in a few milliseconds for a thousand names. What the things are is not known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from voicebot.city.names import is_kana
from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import compact, matching_form

SURE = 0.86
"""Likeness from which on a name needs no question: one wrong sound in a name of eight."""
NEAR = 0.7
"""Likeness from which on a name is worth a question: one wrong sound in a name of four, none in one of three."""
WITHIN = 0.94
"""Likeness of a name that stands unchanged within a longer utterance: sure, but behind the whole being the name."""
TAIL = 0.8
"""Likeness of a longer name of which only the end was said (電池 for 乾電池): worth a question, never sure."""
COMPOUND = 0.85
"""Likeness of a name that is only the end of another word: worth a question, never sure."""
SHORTEST_WITHIN = 4
SHORTEST_LAST = 3
"""Shorter names in kana (カン, ハコ) stand within and at the end of many words; they count only when said alone."""
_WITHIN_NEAR = 0.8
"""A stretch of a longer utterance must be so like a name, because there are many stretches."""
_LONGEST = 60
"""More signs than this are no name with a question around it; only the last ones are looked at."""
_MOST_CORES = 5
_HAN = re.compile(r"[一-鿿々]")


@dataclass(frozen=True, slots=True)
class Called:
    """One name of one thing."""

    thing: int
    """Which thing: its place in the list."""
    words: str
    """In the form that `language.kana.compact` gives."""
    sound: str
    """Its reading in matching form; "" when it is not known."""
    in_kana: bool = False
    """Whether it is written in kana only."""

    @classmethod
    def of(cls, thing: int, word: str, reading: str) -> "Called":
        """The name as it is written, with its reading."""
        return cls(thing, compact(word), matching_form(reading), is_kana(word))


@dataclass(frozen=True, slots=True)
class Calling:
    """All names, to be asked."""

    names: tuple[Called, ...]
    asking: re.Pattern[str]
    """What begins the question behind a name (… は何ごみですか), in compact form."""
    ignored: frozenset[str] = frozenset()
    """Words that are no name even where a name ends with them (ごみ), in compact form."""
    _words: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _sounds: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _distinct: list[str] = field(default_factory=list, init=False, repr=False, compare=False)
    """Every sound once: what a whole utterance is compared with."""
    _longer: list[str] = field(default_factory=list, init=False, repr=False, compare=False)
    """Of these the ones that are long enough to be looked for within an utterance."""

    def __post_init__(self) -> None:
        for at, name in enumerate(self.names):
            self._words.setdefault(name.words, []).append(at)
            if name.sound:
                self._sounds.setdefault(name.sound, []).append(at)
        self._distinct.extend(self._sounds)
        self._longer.extend(sound for sound in self._sounds if len(sound) >= SHORTEST_WITHIN)

    def ranked(self, words: str, reading: str = "", tails: bool = True) -> tuple[tuple[int, float], ...]:
        """Things that may be meant with their likeness (0.7 to 1), best first.

        Args:
            words: What was said, as text: the name alone or within a question.
            reading: The same in katakana, where it is known.
            tails: Whether names count of which only the end was said.
        """
        texts = tuple(self._cores(words))
        whole = dict.fromkeys(matching_form(text) for text in (*texts[:1], *tuple(self._cores(reading))[:1]))
        sounds = tuple(dict.fromkeys(matching_form(core) for text in (words, reading) for core in self._cores(text)))
        scores: dict[int, float] = {}
        compounds: set[int] = set()
        for text in texts:
            self._written(text, scores, compounds)
        for sound in sounds:
            self._heard(sound, scores)
        # What only resembles a stretch of the utterance does not compete with what is written in it.
        cutoff = 1.0 if any(score >= TAIL for score in scores.values()) else _WITHIN_NEAR
        for sound in whole:
            self._heard_within(sound, scores, cutoff)
        for at in compounds & scores.keys():
            scores[at] = min(scores[at], COMPOUND)
        if tails and max(scores.values(), default=0.0) < SURE:
            self._tails(texts, sounds, scores)
        best: dict[int, float] = {}
        for at, score in self._without_parts(scores).items():
            thing = self.names[at].thing
            best[thing] = max(score, best.get(thing, 0.0))
        return tuple(sorted(best.items(), key=lambda pair: (-pair[1], pair[0])))

    def _cores(self, text: str) -> Iterator[str]:
        """The utterance, and what stands before each thing that could be the question."""
        plain = compact(strip_fillers(text))[-_LONGEST:]
        if not plain:
            return
        yield plain
        found = [match.start() for match in self.asking.finditer(plain) if match.start()]
        yield from (plain[:at] for at in found[:_MOST_CORES])

    def _written(self, text: str, scores: dict[int, float], compounds: set[int]) -> None:
        for start in range(len(text)):
            for end in range(start + 1, len(text) + 1):
                for at in self._words.get(text[start:end], ()):
                    _raise(scores, at, self._likeness(self.names[at], text, end))
                    if start and _HAN.match(text[start - 1]) and _HAN.match(text[start]):
                        compounds.add(at)  # 電気毛布 is no 毛布: that must be asked

    def _likeness(self, name: Called, text: str, end: int) -> float:
        """What a Japanese noun phrase is about stands last (古い傘); elsewhere a name must be longer to count."""
        if len(name.words) == len(text):
            return 1.0
        within, last = (SHORTEST_WITHIN, SHORTEST_LAST) if name.in_kana else (2, 1)
        return WITHIN if len(name.words) >= (last if end == len(text) else within) else 0.0

    def _heard(self, heard: str, scores: dict[int, float]) -> None:
        if not heard:
            return
        for sound, likeness, _ in process.extract(
            heard, self._distinct, scorer=Levenshtein.normalized_similarity, score_cutoff=NEAR, limit=None
        ):
            self._raise_all(scores, sound, likeness)
        for start in range(1, len(heard)):
            if len(heard) - start >= SHORTEST_LAST:
                self._raise_all(scores, heard[start:], WITHIN)

    def _heard_within(self, heard: str, scores: dict[int, float], cutoff: float) -> None:
        for sound, likeness, _ in process.extract(
            heard, self._longer, scorer=fuzz.partial_ratio, score_cutoff=100 * cutoff, limit=None
        ):
            if len(sound) < len(heard):
                self._raise_all(scores, sound, WITHIN * likeness / 100)

    def _raise_all(self, scores: dict[int, float], sound: str, likeness: float) -> None:
        if likeness >= NEAR:
            for at in self._sounds.get(sound, ()):
                _raise(scores, at, likeness)

    def _tails(self, texts: Sequence[str], sounds: Sequence[str], scores: dict[int, float]) -> None:
        """Names that end with what was said: it may be the general word for several things."""
        written = tuple(
            text for text in texts if text not in self.ignored and (len(text) >= SHORTEST_LAST or _HAN.search(text))
        )
        heard = tuple(each for each in sounds if each not in self.ignored and len(each) >= SHORTEST_WITHIN)
        for at, name in enumerate(self.names):
            if name.words.endswith(written) or name.sound.endswith(heard):
                _raise(scores, at, TAIL)

    def _without_parts(self, scores: dict[int, float]) -> dict[int, float]:
        """Without names that are only a part of another one that fits as well: in スプレー缶 nobody speaks of a 缶."""
        return {
            at: score
            for at, score in scores.items()
            if not any(
                other_score >= score and self._is_part(at, other)
                for other, other_score in scores.items()
                if other != at
            )
        }

    def _is_part(self, at: int, other: int) -> bool:
        short, long = self.names[at], self.names[other]
        return _within(short.words, long.words) or _within(short.sound, long.sound)


def _raise(scores: dict[int, float], at: int, score: float) -> None:
    if score >= NEAR:
        scores[at] = max(score, scores.get(at, 0.0))


def _within(short: str, long: str) -> bool:
    return short != long and bool(short) and short in long
