"""Learning the weights of the search from questions whose answers are known. Deterministic; numpy only.

Fusion is a conditional logit (McFadden 1974): the right entries' share of a softmax over the candidates is made as
large as possible. Confidence is a logistic regression on the first hit being right, over questions with an answer and
without one. Both are held back by a quadratic penalty, because questions are few.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicebot.faq.bm25 import Numbers
from voicebot.faq.weights import Weights, fuse, ranking, signs

FUSION_PENALTY = 0.01
CONFIDENCE_PENALTY = 0.01
FOLDS = 5
_CANDIDATES = 40
"""For each kind the best so many entries take part in learning."""
_STEPS, _RATE = 500, 0.05

Wide = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its evidence and its right entries."""

    group: int
    """Cases of one group (a question typed and spoken) are never on both sides of a cross-validation."""
    evidence: Numbers
    """A row for each kind, a column for each entry."""
    right: frozenset[int]
    """Places of the entries that answer it; empty when none does."""
    weight: float = 1.0


def without_answer(case: Case) -> Case:
    """The same question when none of its answers is in the FAQ: a question that comes near and must not be answered."""
    kept = [place for place in range(case.evidence.shape[1]) if place not in case.right]
    return Case(case.group, case.evidence[:, kept], frozenset(), case.weight)


def learn(kinds: tuple[str, ...], cases: Sequence[Case]) -> Weights:
    """The weights that fit all cases; those without right entries teach confidence only."""
    fusion = _fusion(cases)
    weights = Weights(kinds, tuple(fusion), ())
    return Weights(kinds, weights.fusion, _confidence(weights, cases))


def cross_validated(kinds: tuple[str, ...], cases: Sequence[Case]) -> list[Weights]:
    """For each case the weights learned from the groups of the other folds."""
    folds = [case.group % FOLDS for case in cases]
    learned = [
        learn(kinds, [case for case, own in zip(cases, folds, strict=True) if own != fold]) for fold in range(FOLDS)
    ]
    return [learned[fold] for fold in folds]


def _fusion(cases: Sequence[Case]) -> list[float]:
    usable = [(case, _candidates(case)) for case in cases if case.right]
    rows = [(case.evidence[:, places].T.astype(np.float64), case, places) for case, places in usable]
    # Kinds differ in their range (cosines of sentences lie close together), so all are learned at one scale.
    scale = np.sqrt(np.mean([features.var(axis=0) for features, _, _ in rows], axis=0)) + 1e-9
    prepared = [
        (features / scale, np.isin(places, list(case.right)).astype(np.float64), case.weight)
        for features, case, places in rows
    ]
    total = sum(weight for _, _, weight in prepared)

    def slope(weights: Wide) -> Wide:
        down = FUSION_PENALTY * weights
        for features, right, weight in prepared:
            scores = features @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            wanted = likely * right
            down -= weight / total * ((wanted / (wanted.sum() + 1e-12) - likely) @ features)
        return down

    return [float(each) for each in _descend(slope, len(scale)) / scale]


def _candidates(case: Case) -> npt.NDArray[np.intp]:
    best = np.argsort(-case.evidence, axis=1, kind="stable")[:, :_CANDIDATES]
    return np.unique(np.concatenate([best.ravel(), np.array(sorted(case.right), np.intp)]))


def _confidence(weights: Weights, cases: Sequence[Case]) -> tuple[float, ...]:
    rows, hit, counts = [], [], []
    for case in cases:
        scores = fuse(weights, case.evidence)
        ranked = ranking(scores)
        rows.append(signs(case.evidence, scores, ranked))
        hit.append(float(ranked[0] in case.right))
        counts.append(case.weight)
    features = np.stack(rows).astype(np.float64)
    centre, scale = features.mean(axis=0), features.std(axis=0)
    centre[0], scale[0] = 0.0, 1.0
    scale[scale < 1e-9] = 1.0
    prepared = (features - centre) / scale
    right, share = np.array(hit), np.array(counts) / sum(counts)
    penalty = np.full(features.shape[1], CONFIDENCE_PENALTY)
    penalty[0] = 0.0

    def slope(weights: Wide) -> Wide:
        guessed = 1 / (1 + np.exp(-np.clip(prepared @ weights, -30, 30)))
        return penalty * weights + ((guessed - right) * share) @ prepared

    found = _descend(slope, features.shape[1]) / scale
    found[0] -= found[1:] @ centre[1:]
    return tuple(float(each) for each in found)


def _descend(slope: Callable[[Wide], Wide], size: int) -> Wide:
    """The minimum of a convex function by its slope (Adam, Kingma and Ba 2015)."""
    place, speed, spread = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, _STEPS + 1):
        down = slope(place)
        speed = 0.9 * speed + 0.1 * down
        spread = 0.99 * spread + 0.01 * down * down
        place = place - _RATE * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-9)
    return place
