"""What the caller said against what can be chosen, on readings, over all guesses of the recogniser.

A recogniser writes wrong kanji for right sounds, so the reading decides and the n-best list is searched to its end.
All readings here are in `matching_form` (long vowels folded, small signs gone).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from voicebot.dialog.tree import Option, Phrase
from voicebot.events import Alternative
from voicebot.language.kana import matching_form

LATER_GUESS = 0.95
"""Each later guess of the recogniser counts a little less."""


@dataclass(frozen=True, slots=True)
class Match:
    """An option, and how sure it is that the caller meant it."""

    option: Option
    confidence: float


def best_option(alternatives: Sequence[Alternative], options: Iterable[Option]) -> Match | None:
    """The option that fits best, None when none fits at all."""
    heard = readings(alternatives)
    matches = [Match(option, _best(heard, option.phrases)) for option in options]
    best = max(matches, key=lambda match: match.confidence, default=None)
    return best if best is not None and best.confidence > 0 else None


_DIGITS = {
    "ゼロ": "0", "レー": "0", "マル": "0", "イチ": "1", "ニ": "2", "ニー": "2", "サン": "3", "ヨン": "4", "シ": "4",
    "ゴ": "5", "ゴー": "5", "ロク": "6", "ナナ": "7", "シチ": "7", "ハチ": "8", "キュー": "9", "ク": "9",
}  # fmt: skip
_SPOKEN_KEY = re.compile(
    rf"({'|'.join(sorted(_DIGITS, key=len, reverse=True))}|[0-9])(?:バン|バンメ)?(?:デス|デ|オ)?(?:オネガイシマス)?"
)


def by_key(alternatives: Sequence[Alternative], options: Iterable[Option]) -> Option | None:
    """The option whose number was spoken (2番です, に), None when no number was said or no option has it."""
    by_number = {option.key: option for option in options if option.key}
    for reading, _ in readings(alternatives):
        found = _SPOKEN_KEY.fullmatch(reading)
        if found:
            return by_number.get(_DIGITS.get(found[1], found[1]))
    return None


def says(alternatives: Sequence[Alternative], phrases: Iterable[Phrase]) -> float:
    """How sure it is that one of the phrases was said."""
    return _best(readings(alternatives), tuple(phrases))


def contains(alternatives: Sequence[Alternative], phrases: Iterable[Phrase]) -> bool:
    """Whether the best guess holds one of the phrases, in writing or in sound, anywhere."""
    if not alternatives:
        return False
    best = alternatives[0]
    reading = matching_form(best.reading or best.text)
    return any(
        phrase.text in best.text or (len(phrase.reading) > 2 and phrase.reading in reading) for phrase in phrases
    )


def readings(alternatives: Sequence[Alternative]) -> tuple[tuple[str, float], ...]:
    """Each guess as the form to match on, and its weight."""
    return tuple(
        (matching_form(guess.reading or guess.text), LATER_GUESS**place * (0.9 + 0.1 * guess.confidence))
        for place, guess in enumerate(alternatives)
    )


def _best(heard: Sequence[tuple[str, float]], phrases: Sequence[Phrase]) -> float:
    return max(
        (weight * similarity(reading, phrase.reading) for reading, weight in heard for phrase in phrases), default=0.0
    )


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
    return max(whole, part * 0.95) * 0.93


def _containment(heard: str, phrase: str) -> float:
    coverage = len(phrase) / len(heard)
    if len(phrase) >= 4:
        return 0.93 + 0.05 * coverage
    if len(phrase) == 3:
        return 0.84 + 0.1 * coverage
    return 0.7 + 0.25 * coverage if coverage >= 0.4 else 0.0
