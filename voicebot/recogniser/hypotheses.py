"""Guesses of engines, pooled and turned into alternatives with comparable confidences.

Pure arithmetic on scores and words; it must not know engines or models.
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import nlargest
from math import exp, log

from voicebot.events import Alternative

Reader = Callable[[str, str], str]
"""`reader(text, language)` gives the reading that matching is done on (katakana for Japanese)."""

UNSPACED = frozenset({"ja", "zh"})
"""Languages written without spaces between words."""

LEAST_CONFIDENCE = 0.02
"""Guesses below this are dropped: deep in the list anything can be found, also a wrong yes."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One guess at a stretch of sound."""

    words: tuple[str, ...]
    score: float
    """Natural logarithm of an unnormalised probability; comparable between guesses at the same sound."""


def chained(first: list[Hypothesis], then: list[Hypothesis], limit: int) -> list[Hypothesis]:
    """The best guesses at two stretches of sound that follow one another."""
    pairs = (Hypothesis(a.words + b.words, a.score + b.score) for a in first for b in then)
    return nlargest(limit, pairs, key=_score)


def pooled(groups: list[list[Hypothesis]], limit: int) -> list[tuple[Hypothesis, float]]:
    """The best of several lists of guesses at the same sound, each with its confidence.

    The confidence of a guess is the mean over its words of the word's posterior probability: the share of the pool's
    probability that lies on guesses with that word. One word that the guesses disagree about then lowers the
    confidence by its part only (as word confidences from a lattice do, see Mangu et al. 2000, "Finding consensus in
    speech recognition").
    """
    best: dict[tuple[str, ...], float] = {}
    for hypothesis in (hypothesis for group in groups for hypothesis in group):
        best[hypothesis.words] = max(hypothesis.score, best.get(hypothesis.words, float("-inf")))
    if not best:
        return []
    top = max(best.values())
    total = log(sum(exp(score - top) for score in best.values())) + top
    shares = {words: exp(score - total) for words, score in best.items()}
    ordered = nlargest(limit, (Hypothesis(words, score) for words, score in best.items()), key=_score)
    return [
        (hypothesis, _confidence(hypothesis.words, shares))
        for hypothesis in ordered
        if shares[hypothesis.words] >= LEAST_CONFIDENCE
    ]


def alternatives(guesses: list[tuple[str, float]], language: str, reader: Reader) -> tuple[Alternative, ...]:
    """Texts with confidences, best first, as alternatives with readings; empty and repeated texts fall away.

    Confidences never rise along the list, and stay between 0 and 1.
    """
    found: dict[str, Alternative] = {}
    ceiling = 1.0
    for text, confidence in guesses:
        if text and text not in found:
            ceiling = min(ceiling, max(0.0, confidence))
            found[text] = Alternative(text, reader(text, language), ceiling)
    return tuple(found.values())


def written(words: tuple[str, ...], language: str) -> str:
    """The words as a line of text in that language."""
    return ("" if language.partition("-")[0] in UNSPACED else " ").join(words)


def _score(hypothesis: Hypothesis) -> float:
    return hypothesis.score


def _confidence(words: tuple[str, ...], shares: dict[tuple[str, ...], float]) -> float:
    if not words:
        return shares[words]
    return sum(sum(share for other, share in shares.items() if word in other) for word in words) / len(words)
