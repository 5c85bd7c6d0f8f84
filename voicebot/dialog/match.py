"""What the caller said against what can be chosen, on readings, over all guesses of the recogniser.

A recogniser writes wrong kanji for right sounds, so the reading decides and the n-best list is searched to its end.
All readings here are in `matching_form` (long vowels folded, small signs gone).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from voicebot.dialog.tree import Option, Phrase
from voicebot.events import Alternative
from voicebot.language.fillers import strip_fillers
from voicebot.language.kana import matching_form

LATER_GUESS = 0.95
"""Each later guess of the recogniser counts a little less."""
_NEAR, _PART = 0.93, 0.95
"""What a near miss is worth, and what one that is only a part of the utterance is worth of that."""
_SHORT_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance, ready to compare."""

    text: str
    """The best guess as written."""
    reading: str
    """Its reading as the recogniser gave it."""
    forms: tuple[tuple[str, float], ...]
    """Each guess in the form to match on, and its weight; best first."""


@dataclass(frozen=True, slots=True)
class Match:
    """An option, and how sure it is that the caller meant it."""

    option: Option
    confidence: float


def said(alternatives: Sequence[Alternative]) -> Said:
    """The recogniser's guesses, ready to compare; guesses without words are left out."""
    guesses = [guess for guess in alternatives if guess.text or guess.reading]
    forms = tuple(
        (matching_form(guess.reading or guess.text), LATER_GUESS**place * (0.9 + 0.1 * guess.confidence))
        for place, guess in enumerate(guesses)
    )
    best = guesses[0] if guesses else Alternative("", "", 0.0)
    return Said(best.text, best.reading, forms)


def best_option(heard: Said, options: Iterable[Option], least: float) -> Match | None:
    """The option that fits best, None when none fits with at least this confidence."""
    ways = [(option, phrase.reading) for option in options for phrase in option.phrases]
    readings = [reading for _, reading in ways]
    best: Match | None = None
    for form, weight in heard.forms:
        for place in _near(form, readings, least):
            option = ways[place][0]
            confidence = weight * similarity(form, readings[place])
            better = confidence >= least and (best is None or confidence > best.confidence)
            if better and _is_enough(form, option, readings[place]):
                best = Match(option, confidence)
    return best


def _is_enough(form: str, option: Option, reading: str) -> bool:
    """Whether an option that must be most of what was said is that. Two kana must be all: つないで is not ない."""
    if not option.share:
        return True
    needed = option.share if len(reading) > 2 else max(option.share, _SHORT_SHARE)
    return share(form, option.phrases) >= needed


_DIGITS = {
    "ゼロ": "0", "レー": "0", "マル": "0", "イチ": "1", "ーチ": "1", "ニ": "2", "ニー": "2", "サン": "3",
    "ヨン": "4", "シ": "4", "ゴ": "5", "ゴー": "5", "ロク": "6", "ナナ": "7", "シチ": "7", "ハチ": "8",
    "キュー": "9", "ク": "9",
}  # fmt: skip
# Matching forms fold vowels across words: ハイ、イチバンヲオネガイシマス is ハイーチバンオーネガイシマス.
_SPOKEN_KEY = re.compile(
    rf"(?:エート|エー|アノ|ハイ)*({'|'.join(sorted(_DIGITS, key=len, reverse=True))}|[0-9])"
    r"(?:バンメ|バン)?(?:デス|デ|ノホー|オー?|ー)?(?:オ?ネガイ(?:シマス|イタシマス)?)?"
)


def by_key(heard: Said, options: Iterable[Option]) -> Option | None:
    """The option whose number was spoken (2番です, に), None when no number was said or no option has it."""
    by_number = {option.key: option for option in options if option.key}
    for form, _ in heard.forms:
        found = _SPOKEN_KEY.fullmatch(form)
        if found:
            return by_number.get(_DIGITS.get(found[1], found[1]))
    return None


def says(heard: Said, phrases: Iterable[Phrase]) -> float:
    """How sure it is that one of the phrases was said."""
    wanted = tuple(phrases)
    return max(
        (weight * similarity(form, phrase.reading) for form, weight in heard.forms for phrase in wanted), default=0.0
    )


def contains(heard: Said, phrases: Iterable[Phrase]) -> bool:
    """Whether the best guess holds one of the phrases, in writing or in sound, anywhere."""
    form = heard.forms[0][0] if heard.forms else ""
    return any(phrase.text in heard.text or (len(phrase.reading) > 2 and phrase.reading in form) for phrase in phrases)


def share(form: str, phrases: Iterable[Phrase]) -> float:
    """How much of an utterance the phrases make up together, 0 to 1; fillers (すみません) do not count.

    失礼します is all of a goodbye, and a third of 失礼します、住民票がほしいのですが.
    """
    bare = strip_fillers(form)
    if not bare:
        return 0.0
    readings = [phrase.reading for phrase in phrases]
    rest = bare
    for reading in sorted((reading for reading in readings if reading in bare), key=len, reverse=True):
        rest = rest.replace(reading, "")
    # A misheard sign or two: none of the phrases stands there letter for letter.
    nearest = max((LCSseq.similarity(bare, reading) for reading in readings), default=0)
    return max(len(bare) - len(rest), nearest) / len(bare)


def similarity(heard: str, phrase: str) -> float:
    """How well an utterance says a phrase, 0 to 1.

    A long phrase may stand anywhere in the utterance; a short one must be most of it, because two kana occur in
    anything. Near misses count less than any containment.
    """
    if not heard or not phrase:
        return 0.0
    if heard == phrase:
        return 1.0
    if phrase in heard:
        return _containment(heard, phrase)
    if len(phrase) < 3 or len(heard) < 3:
        return 0.0
    whole = fuzz.ratio(heard, phrase) / 100
    part = fuzz.partial_ratio(heard, phrase) / 100 if len(phrase) >= 4 and len(heard) >= len(phrase) else 0.0
    return max(whole, part * _PART) * _NEAR


def _containment(heard: str, phrase: str) -> float:
    coverage = len(phrase) / len(heard)
    if len(phrase) >= 4:
        return 0.93 + 0.05 * coverage
    if len(phrase) == 3:
        return 0.84 + 0.1 * coverage
    return 0.7 + 0.25 * coverage if coverage >= 0.4 else 0.0


def _near(heard: str, phrases: Sequence[str], least: float) -> Iterator[int]:
    """Which phrases can be similar enough at all: a bound that costs a twentieth of the similarity itself.

    A ratio r of two texts is 2 m / (a + b) for m common signs in order, and b >= m, so m >= a r / (2 - r).
    """
    if not heard or not phrases:
        return
    ratio = min(least / (_NEAR * _PART), 1.0)
    common = process.cdist([heard], phrases, scorer=LCSseq.similarity)[0]
    lengths = np.fromiter(map(len, phrases), dtype=np.int64, count=len(phrases))
    # A rounding error must not lose a phrase that is contained whole.
    yield from (int(place) for place in np.flatnonzero(common >= lengths * (ratio / (2 - ratio)) - 1e-6))
