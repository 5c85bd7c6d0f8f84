"""The sorting list: which item is meant by what a caller said.

Written names decide first, then sounds, because a recogniser's kanji may be the wrong homophone. Days, areas and what a
caller hears are not known here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import compact, matching_form

SURE = 0.86
"""Likeness from which on an item needs no question: one wrong sound in a name of eight."""
NEAR = 0.7
"""Likeness from which on an item is worth a question: one wrong sound in a name of four, none in one of three."""
MARGIN = 0.08
"""By so much the best must be ahead of the next to need no question."""
REACH = 0.2
"""Items further than this behind the best are not offered beside it."""
MOST = 3
"""More candidates than this cannot be kept in mind on the telephone."""
_WITHIN = 0.94
"""Likeness of a name that stands unchanged within a longer utterance: sure, but behind the whole being the name."""
_SHORTEST_WITHIN = 4
_SHORTEST_LAST = 3
"""Shorter names in kana (カン, ハコ) stand within and at the end of many words; they count only when said alone."""
_WITHIN_NEAR = 0.8
"""A stretch of a longer utterance must be so like a name, because there are many stretches."""
_ASKING = re.compile(
    "(?:ッテ|ハ|ワ|ヲ|オ|ノ|ガ|モ|ニ)?"
    "(?:何|ナン|ナニ|ドウ|ドコ|ドノ|ドレ|イツ|捨テ|ステ|出シ|ダシ|出ス|ダス|処分|ショブン|分別|ブンベツ|分ケ|ワケ"
    "|燃エル|モエル|燃ヤ|モヤ|ゴミ|デス|ナンデス|ナノ|ダケド)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """Something that people throw away."""

    name: str
    kind: str
    """Name of its kind of garbage."""
    hint: str = ""
    """How it is put out; whole sentences. "" for as the kind is."""
    spoken: str = ""
    """Its name as a prompt should hold it."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an item."""

    item: Item
    words: str
    """In the form that `language.kana.compact` gives."""
    sound: str
    """Its reading in matching form; "" when it is not known."""
    in_kana: bool = False
    """Whether it is written in kana only."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was meant."""

    items: tuple[Item, ...]
    """Best first; empty when nothing is near."""
    sure: bool
    """It is one item, and needs no question."""


@dataclass(frozen=True, slots=True)
class SortingList:
    """All items by all their names; a name may stand for several items."""

    items: tuple[Item, ...] = ()
    names: tuple[Name, ...] = ()

    def find(self, words: str, reading: str = "") -> Found:
        """The item that is meant, or those among which the caller must choose.

        Args:
            words: What was said, as text: the item alone or within a question.
            reading: The same in katakana, where it is known.
        """
        likeness = _best_by_item(_without_parts(list(self._scores(words, reading))))
        ranked = sorted(likeness.items(), key=lambda pair: -pair[1])
        best = ranked[0][1] if ranked else 0.0
        reach = MARGIN if best >= SURE else REACH
        near = tuple(item for item, score in ranked if score > best - reach)[:MOST]
        return Found(near, len(near) == 1 and best >= SURE)

    def _scores(self, words: str, reading: str) -> Iterator[tuple[Name, float]]:
        texts = tuple(_cores(words))
        sounds = tuple(dict.fromkeys(matching_form(core) for text in (words, reading) for core in _cores(text)))
        for name in self.names:
            score = max(_written(name, texts), _heard(name, sounds))
            if score >= NEAR:
                yield name, score


def _cores(text: str) -> Iterator[str]:
    """The utterance, and what stands before each thing that could be the question (… は何ごみですか)."""
    plain = compact(strip_fillers(text))
    if plain:
        yield plain
    for match in _ASKING.finditer(plain):
        if match.start():
            yield plain[: match.start()]


def _written(name: Name, texts: tuple[str, ...]) -> float:
    if name.words in texts:
        return 1.0
    within, last = (_SHORTEST_WITHIN, _SHORTEST_LAST) if name.in_kana else (2, 1)
    for text in texts:
        # What a Japanese noun phrase is about stands last: 古い傘, 壊れたラジオ.
        if (len(name.words) >= last and text.endswith(name.words)) or (
            len(name.words) >= within and name.words in text
        ):
            return _WITHIN
    return 0.0


def _heard(name: Name, sounds: tuple[str, ...]) -> float:
    if not name.sound:
        return 0.0
    best = 0.0
    for heard in sounds:
        best = max(best, Levenshtein.normalized_similarity(heard, name.sound, score_cutoff=NEAR))
        if _SHORTEST_LAST <= len(name.sound) < len(heard) and heard.endswith(name.sound):
            best = max(best, _WITHIN)
        elif _SHORTEST_WITHIN <= len(name.sound) < len(heard):
            best = max(best, _WITHIN * fuzz.partial_ratio(name.sound, heard, score_cutoff=100 * _WITHIN_NEAR) / 100)
    return best


def _without_parts(scores: list[tuple[Name, float]]) -> list[tuple[Name, float]]:
    """Names that are only a part of another one that fits as well: in スプレー缶 nobody speaks of a 缶."""
    return [
        (name, score)
        for name, score in scores
        if not any(
            other_score >= score and (_is_part(name.words, other.words) or _is_part(name.sound, other.sound))
            for other, other_score in scores
        )
    ]


def _is_part(short: str, long: str) -> bool:
    return short != long and bool(short) and short in long


def _best_by_item(scores: list[tuple[Name, float]]) -> dict[Item, float]:
    best: dict[Item, float] = {}
    for name, score in scores:
        best[name.item] = max(score, best.get(name.item, 0.0))
    return best
