"""Addresses inside a city, as people say them: district, 丁目, 番地, 号.

The districts (町名) and their readings are given; which district has which 丁目, and what is collected there, is not
known here. A correction (いえ、二丁目です) may name only what changes: `corrected` merges it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import LCSseq, Levenshtein

from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import compact, fold_long, plain_sounds, windows
from voicebot.language.numbers import NUMBER, number_value

CLOSE_ENOUGH = 0.7
"""Similarity of readings from which on a district is taken as named: one wrong sound in a short name."""

_CHOME = re.compile(f"(?P<chome>{NUMBER})(?:丁目|チョウメ|チョメ|丁メ)")
_BANCHI = re.compile(f"(?P<banchi>{NUMBER})(?:番地?|バンチ?)(?!目|号線)(?:ノ?(?P<go>{NUMBER})(?:号|ゴウ)?)?")
_AFTER_CHOME = re.compile(f"ノ?(?P<banchi>{NUMBER})(?:ノ(?P<go>{NUMBER}))?(?![月日時人本枚円])")
_CHAIN = re.compile(f"(?P<chome>{NUMBER})ノ(?P<banchi>{NUMBER})(?:ノ(?P<go>{NUMBER}))?(?![月日時人本枚円])")
_HYPHEN = re.compile("[-−‐‑–－]")
_CORRECTION = re.compile("^(?:イエ|イイエ|イヤ|違イマス|チガイマス|チガウ|違ウ)|(?:ジャナ|デハナ|デワナ)(?:クテ|ク|イ)")
_NOT_THIS = re.compile("^.*(?:ジャナ|デハナ|デワナ)(?:クテ|ク|イ)")


@dataclass(frozen=True, slots=True)
class AddressFound:
    """What a caller said of an address; None for parts that were not said."""

    district: str | None
    """The name as it was given."""
    similarity: float
    """How alike district and speech sound, 0 to 1; 0 without a district. Below 0.9 it should be confirmed."""
    chome: int | None
    banchi: int | None
    go: int | None
    correction: bool
    """Whether the caller contradicts what was understood before."""


def parse_address(text: str, districts: Mapping[str, str], reading: str = "") -> AddressFound | None:
    """The parts of an address in an utterance; None when there is neither a district nor a number of one.

    Args:
        text: What was said, as text or as a katakana reading.
        districts: Reading of each district by its name.
        reading: The reading of `text`, where it is known; districts are sought in both.
    """
    plain = compact(_HYPHEN.sub("の", strip_fillers(text)))
    correction = bool(_CORRECTION.search(plain))
    plain = _NOT_THIS.sub("", plain)
    name, likeness, rest = _district(plain, compact(strip_fillers(reading)), districts)
    chome, banchi, go = _numbers(rest, bool(name))
    if name is None and chome is None and banchi is None:
        return None
    return AddressFound(name, likeness, chome, banchi, go, correction)


def corrected(before: AddressFound, now: AddressFound) -> AddressFound:
    """What is known after a correction: a new district forgets the numbers, a new number forgets those below it."""
    if now.district is not None:
        return replace(now, correction=False)
    if now.chome is not None:
        return replace(before, chome=now.chome, banchi=now.banchi, go=now.go)
    return replace(before, banchi=now.banchi, go=now.go)


def _district(plain: str, reading: str, districts: Mapping[str, str]) -> tuple[str | None, float, str]:
    """The best district, how alike it is, and what stands behind it (or everything)."""
    written = max((name for name in districts if _compact_name(name) in plain), key=len, default=None)
    if written is not None:
        return written, 1.0, plain.split(_compact_name(written), 1)[1]
    best: tuple[float, int, str, str] = (0.0, 0, "", plain)
    for source in dict.fromkeys((plain, reading)):
        chome = _CHOME.search(source)
        head, tail = (source[: chome.start()], source[chome.start() :]) if chome else (source, "")
        heard = _Heard(plain_sounds(head))
        for name, sounds in districts.items():
            likeness, rest = _alike(heard, sounds)
            best = max(best, (likeness, len(sounds), name, rest + tail), key=lambda found: found[:2])
    likeness, _, best_name, rest = best
    if likeness < CLOSE_ENOUGH:
        return None, 0.0, plain
    return best_name, likeness, rest if _NUMBER.search(rest) else plain


_NUMBER = re.compile(NUMBER)
_ENDINGS = ("マチ", "チョウ")
_VOWELS = frozenset("アイウエオ")


@dataclass(frozen=True, slots=True)
class _Name:
    """One reading of a district."""

    width: int
    folded: str
    ending: str
    """マチ or チョウ, where that is how it ends."""
    stem: str
    """What stands in front of the ending, folded."""
    least: int
    """So many of its signs must stand in what was said, in order, for it to be `CLOSE_ENOUGH`."""


class _Heard:
    """What was said, and its stretches in the form to compare, each worked out once."""

    def __init__(self, sounds: str) -> None:
        self.sounds = sounds
        self.folded = fold_long(sounds)
        self._stretches: dict[str, str] = {}

    def fold(self, stretch: str) -> str:
        """Stretches are cut before long vowels are folded, so that マチ イッチョウメ does not lose its イ."""
        folded = self._stretches.get(stretch)
        if folded is None:
            folded = self._stretches[stretch] = fold_long(stretch)
        return folded


def _alike(heard: _Heard, sounds: str) -> tuple[float, str]:
    """The stretch of the speech that sounds most like the name, and what follows it."""
    best, rest = 0.0, ""
    for name in _readings(sounds):
        if LCSseq.similarity(heard.folded, name.folded) < name.least:
            continue
        for width in {max(name.width - 1, 1), name.width, name.width + 1}:
            for start, stretch in enumerate(windows(heard.sounds, width)):
                likeness = _likeness(heard, stretch, name)
                if likeness > best:
                    best, rest = likeness, heard.sounds[start + len(stretch) :]
    return best, rest


def _likeness(heard: _Heard, stretch: str, name: _Name) -> float:
    """What all names share counts half: サンチョウ(メ) is not 本町."""
    whole = Levenshtein.normalized_similarity(heard.fold(stretch), name.folded) if stretch else 0.0
    if name.ending and stretch.endswith(name.ending):
        stem = heard.fold(stretch.removesuffix(name.ending))
        return (whole + (Levenshtein.normalized_similarity(stem, name.stem) if stem else 0.0)) / 2
    return whole


@lru_cache(maxsize=4096)
def _readings(sounds: str) -> tuple[_Name, ...]:
    """町 is マチ here and チョウ there; callers and dictionaries mix them up."""
    plain = compact(sounds)
    for one, other in (_ENDINGS, _ENDINGS[::-1]):
        if plain.endswith(one):
            stem = plain.removesuffix(one)
            return tuple(_name(stem + ending, ending) for ending in (one, other))
    return (_name(plain, ""),)


def _name(sounds: str, ending: str) -> _Name:
    plain = plain_sounds(sounds)
    ending = ending if plain != ending else ""
    folded = fold_long(plain)
    stem = fold_long(plain.removesuffix(ending)) if ending else ""
    # A vowel at its beginning may have been folded into the word before it.
    least = len(folded) - int((1 - CLOSE_ENOUGH) * (len(folded) + 1)) - (folded[:1] in _VOWELS)
    return _Name(len(plain), folded, ending, stem, least)


@lru_cache(maxsize=4096)
def _compact_name(name: str) -> str:
    return compact(name)


def _numbers(plain: str, in_district: bool) -> tuple[int | None, int | None, int | None]:
    """丁目, 番地 and 号; a chain 2-3-1 counts behind a district, or as a chain of three."""
    if match := _CHOME.search(plain):
        behind = plain[match.end() :]
        below = _BANCHI.search(behind) or _AFTER_CHOME.match(behind)
        return number_value(match["chome"]), _value(below, "banchi"), _value(below, "go")
    match = _CHAIN.search(plain)
    if match and (match["go"] or in_district):
        first, second, third = (_value(match, name) for name in ("chome", "banchi", "go"))
        return (None, first, second) if third is None else (first, second, third)
    if match := _BANCHI.search(plain):
        return None, _value(match, "banchi"), _value(match, "go")
    return None, None, None


def _value(match: re.Match[str] | None, name: str) -> int | None:
    return number_value(match[name]) if match and match[name] else None
