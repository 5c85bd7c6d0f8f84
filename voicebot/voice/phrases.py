"""Where a speaker breathes: text into sentences and clauses, and how fast and with what pauses they are said.

It knows Japanese punctuation only as signs; words, readings and accents are the synthesisers' matter.
"""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?\n]+[」』）)]*|$)")
_CLAUSE = re.compile(r"[^、，,;；:：…]*(?:[、，,;；:：…]+|$)")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast to speak and how long to be silent in between."""

    rate: float
    """Speed; 1 is the voice's own."""
    clause_seconds: float
    """Silence at a comma."""
    sentence_seconds: float
    """Silence after a sentence."""
    breath_morae: int
    """Longest stretch without a pause; longer ones get one where a phrase ends."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said with one rise and fall of the pitch."""

    kana: str
    accent: int
    """After which mora the pitch falls; 0: it does not."""
    pause: bool = False
    """Whether a pause comes behind it."""


def pace(rate: float, *, slow: bool, slowness: float = 0.75) -> Pace:
    """The pace for a speaking rate; `slow` is the mode that a caller asks for with ゆっくり, at `slowness` of the rate.

    Slow speech for the hard of hearing is slower sounds and, still more, longer pauses between short phrases: three
    quarters of the speed and about double the silence. Normal Japanese speech has 7 to 8 morae a second, so 30 morae
    are four seconds of talk.
    """
    if slow:
        return Pace(rate * slowness, clause_seconds=0.5, sentence_seconds=0.9, breath_morae=15)
    return Pace(rate, clause_seconds=0.22, sentence_seconds=0.45, breath_morae=30)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text with the signs that end them; parts without a letter or digit are left out."""
    return _parts(_SENTENCE, text)


def clauses(sentence: str) -> tuple[str, ...]:
    """The stretches of a sentence between commas, each with the sign that ends it."""
    return _parts(_CLAUSE, sentence)


def _parts(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(part for part in (found.strip() for found in pattern.findall(text)) if _WORD.search(part))
