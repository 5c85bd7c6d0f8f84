"""Learning the weights of the search from questions whose answers are known. Deterministic; numpy only.

Fusion is a conditional logit (McFadden 1974): the right entries' share of a softmax over the candidates is made as
large as possible. Confidence is a logistic regression on the first being right, over questions with an answer and
without one, in the mix in which callers ask them (`as_asked`). Both are held back by a quadratic penalty, because
questions are few. Thresholds come from questions that were held back (cross-validation).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from voicebot.faq.bm25 import Numbers
from voicebot.faq.thresholds import DEPARTMENT, ENTRY, Outcome, choose
from voicebot.faq.weights import Certainty, Thresholds, Weights, fuse, pooled, probability, ranking, shares, signs

FUSION_PENALTY = 0.02
CONFIDENCE_PENALTY = 0.01
FOLDS = 5
UNANSWERABLE = 1 / 3
"""What all questions without an answer count beside those with one: callers ask one in four that the FAQ does not
answer. However many of them a list holds, they are not asked more often for it."""
NOBODYS = frozenset({""})
"""The departments of a question that no department answers."""
SMALL, SMALL_WEIGHT = 16, 0.15
"""One entry in so many is left for a case of a small FAQ, and what such a case counts."""
_CANDIDATES = 60
"""For each kind the best so many entries take part in learning."""
_STEPS, _RATE = 300, 0.05
_UNKNOWN = Thresholds(0.9, 0.5, 0.3)
"""Until they have been chosen."""

Wide = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its evidence and what is right."""

    group: int
    """Cases of one group (a question typed and spoken) are never on both sides of a cross-validation."""
    evidence: Numbers
    """A row for each kind, a column for each entry, then one for each department's own description."""
    owners: tuple[str, ...]
    """The department of each column."""
    entries: int
    """How many columns are entries; the rest are departments."""
    right: frozenset[int] = frozenset()
    """Places of the entries that answer it; empty when none does."""
    departments: frozenset[str] = frozenset()
    """The right departments; empty when they are not known, `NOBODYS` alone when it is no matter of the city's."""
    answerable: bool = True
    """Whether it is known which entries are right (or that none is)."""
    weight: float = 1.0
    series: str = ""
    """Questions of one FAQ, asked in one way."""
    whole: bool = True
    """Asked of the FAQ as it is; in one made small (`variations`) it teaches, but promises nothing."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The best of a question, as it would be said."""

    order: tuple[int, ...]
    entry: Outcome | None
    department: Outcome | None


def as_asked(cases: Sequence[Case]) -> list[Case]:
    """All that the questions of one series teach, in the mix in which callers ask them.

    What the FAQ does not answer counts `UNANSWERABLE` of what it answers: half of it matters that come near an answer
    (each question once more without its own), half matters of nobody's, when there are such questions.
    """
    known = sum(case.weight for case in cases if case.right)
    nobodys = sum(case.weight for case in cases if _is_nobodys(case))
    missing = UNANSWERABLE / 2 if nobodys else UNANSWERABLE
    share = missing * known / nobodys if known and nobodys else 1.0
    weighed = (replace(case, weight=case.weight * share) if _is_nobodys(case) else case for case in cases)
    return [each for case in weighed for each in variations(case, missing)]


def _is_nobodys(case: Case) -> bool:
    return case.answerable and not case.right


def variations(case: Case, missing: float = UNANSWERABLE) -> list[Case]:
    """What one question teaches: as it is, as one without an answer, and both once more in a small FAQ.

    Without the last two the best entry would be trusted because it stands alone, as everything does in a small FAQ.

    Args:
        case: The question.
        missing: What it counts as one without an answer, beside what it counts itself.
    """
    small = set(range(case.group % SMALL, case.evidence.shape[1], SMALL)) | case.right
    kinds = [case]
    if len(small) >= 2:
        kinds.append(replace(_kept(case, sorted(small), case.weight * SMALL_WEIGHT), whole=False))
    return [each for one in kinds for each in (one, *([without_answer(one, missing)] if one.right else []))]


def without_answer(case: Case, missing: float = UNANSWERABLE) -> Case:
    """The same question when none of its answers is in the FAQ: one that comes near and must not be answered."""
    kept = [place for place in range(case.evidence.shape[1]) if place not in case.right]
    return replace(_kept(case, kept, case.weight * missing), right=frozenset())


def _kept(case: Case, kept: Sequence[int], weight: float) -> Case:
    """The same question in a FAQ of these columns only."""
    new = {place: at for at, place in enumerate(kept)}
    return replace(
        case,
        evidence=case.evidence[:, kept],
        owners=tuple(case.owners[place] for place in kept),
        entries=sum(place < case.entries for place in kept),
        right=frozenset(new[place] for place in case.right if place in new),
        weight=weight,
    )


def learn(name: str, cases: Sequence[Case]) -> Weights:
    """The weights that fit all cases, with thresholds chosen on held-out ones."""
    judged = promised(cases, cross_validated(name, cases))
    weights = _fitted(name, cases)
    return replace(
        weights,
        entry=replace(weights.entry, thresholds=choose([each.entry for each in judged if each.entry], ENTRY)),
        department=replace(
            weights.department,
            thresholds=choose([each.department for each in judged if each.department], DEPARTMENT),
        ),
    )


def promised(cases: Sequence[Case], judged: Sequence[Judged]) -> list[Judged]:
    """What promises are kept on: the questions that were asked of a whole FAQ."""
    return [one for case, one in zip(cases, judged, strict=True) if case.whole]


def cross_validated(name: str, cases: Sequence[Case]) -> list[Judged]:
    """Each case judged by weights that were learned from the other groups."""
    found: dict[int, Judged] = {}
    for fold in range(FOLDS):
        weights = _fitted(name, [case for case in cases if case.group % FOLDS != fold])
        for at, case in enumerate(cases):
            if case.group % FOLDS == fold:
                found[at] = judge(weights, case)
    return [found[at] for at in range(len(cases))]


def judge(weights: Weights, case: Case) -> Judged:
    """What these weights make of a question, and whether it is right."""
    scores = fuse(weights.fusion, case.evidence)
    order = ranking(scores[: case.entries])
    entry = department = None
    if case.answerable:
        entry = Outcome(
            probability(weights.entry.signs, _entry_signs(case, scores)),
            order[0] in case.right,
            bool(case.right & set(order[:3])),
            case.weight,
            case.series,
        )
    if case.departments:
        found, likely = _department_signs(case, scores)
        department = Outcome(
            probability(weights.department.signs, found),
            likely[0] in case.departments if likely else False,
            bool(case.departments & set(likely[:3])),
            case.weight,
            case.series,
        )
    return Judged(tuple(order), entry, department)


def _fitted(name: str, cases: Sequence[Case]) -> Weights:
    fusion = tuple(_fusion(cases))
    scored = [(case, fuse(fusion, case.evidence)) for case in cases]
    entry_rows, entry_right, entry_counts = [], [], []
    rows, right, counts = [], [], []
    for case, scores in scored:
        if case.answerable:
            entry_rows.append(_entry_signs(case, scores))
            entry_right.append(float(ranking(scores[: case.entries])[0] in case.right))
            entry_counts.append(case.weight)
        if case.departments:
            found, likely = _department_signs(case, scores)
            rows.append(found)
            right.append(float(bool(likely) and likely[0] in case.departments))
            counts.append(case.weight)
    entry = _confidence(entry_rows, entry_right, entry_counts)
    department = _confidence(rows, right, counts) if rows else entry
    return Weights(name, fusion, Certainty(entry, _UNKNOWN), Certainty(department, _UNKNOWN))


def _entry_signs(case: Case, scores: Numbers) -> Numbers:
    order = ranking(scores[: case.entries])
    first = order[0]
    return signs(float(shares(scores, order)[0]), float(scores[first]), case.evidence[:, first])


def _department_signs(case: Case, scores: Numbers) -> tuple[Numbers, list[str]]:
    """The signs of the likeliest department, and the departments in order."""
    order = ranking(scores)
    likely = pooled([float(each) for each in shares(scores, order)], [case.owners[place] for place in order])
    names = list(likely)
    best = next((place for place in order if names and case.owners[place] == names[0]), order[0])
    share = likely[names[0]] if names else 0.0
    return signs(share, float(scores[best]), case.evidence[:, best]), names


def _fusion(cases: Sequence[Case]) -> list[float]:
    usable = [(case, _candidates(case)) for case in cases if case.right]
    # Kinds differ in their range (cosines of sentences lie close together), so all are learned at one scale.
    rows = [(case.evidence[:, places].T.astype(np.float64), case, places) for case, places in usable]
    scale = np.sqrt(np.mean([features.var(axis=0) for features, _, _ in rows], axis=0)) + 1e-9
    widest = max(len(places) for _, _, places in rows)
    features = np.zeros((len(rows), widest, len(scale)))
    right, there = np.zeros((len(rows), widest)), np.full((len(rows), widest), -1e9)
    for at, (each, case, places) in enumerate(rows):
        features[at, : len(places)] = each / scale
        right[at, : len(places)] = np.isin(places, list(case.right))
        there[at, : len(places)] = 0.0
    counts = np.array([case.weight for _, case, _ in rows], np.float64)
    counts /= counts.sum()

    def slope(weights: Wide) -> Wide:
        scores = features @ weights + there
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        wanted = likely * right
        wanted /= wanted.sum(axis=1, keepdims=True) + 1e-12
        down: Wide = FUSION_PENALTY * weights - np.einsum(
            "c,ce,cek->k", counts, wanted - likely, features, optimize=True
        )
        return down

    return [float(each) for each in _descend(slope, len(scale)) / scale]


def _candidates(case: Case) -> npt.NDArray[np.intp]:
    best = np.argsort(-case.evidence[:, : case.entries], axis=1, kind="stable")[:, :_CANDIDATES]
    found: npt.NDArray[np.intp] = np.unique(np.concatenate([best.ravel(), np.array(sorted(case.right), np.intp)]))
    return found


def _confidence(rows: Sequence[Numbers], right: Sequence[float], counts: Sequence[float]) -> tuple[float, ...]:
    features = np.stack(rows).astype(np.float64)
    centre, scale = features.mean(axis=0), features.std(axis=0)
    centre[0], scale[0] = 0.0, 1.0
    scale[scale < 1e-9] = 1.0
    prepared = (features - centre) / scale
    wanted, share = np.array(right), np.array(counts) / sum(counts)
    penalty = np.full(features.shape[1], CONFIDENCE_PENALTY)
    penalty[0] = 0.0

    def slope(weights: Wide) -> Wide:
        guessed = 1 / (1 + np.exp(-np.clip(prepared @ weights, -30, 30)))
        down: Wide = penalty * weights + ((guessed - wanted) * share) @ prepared
        return down

    # More evidence never makes less sure: what the few questions say otherwise is chance.
    least = np.zeros(features.shape[1])
    least[0] = -np.inf
    found = _descend(slope, features.shape[1], least) / scale
    found[0] -= found[1:] @ centre[1:]
    return tuple(float(each) for each in found)


def _descend(slope: Callable[[Wide], Wide], size: int, least: Wide | float = -np.inf) -> Wide:
    """The minimum of a convex function by its slope (Adam, Kingma and Ba 2015), nowhere below `least`."""
    place: Wide = np.zeros(size)
    speed, spread = np.zeros(size), np.zeros(size)
    for step in range(1, _STEPS + 1):
        down = slope(place)
        speed = 0.9 * speed + 0.1 * down
        spread = 0.99 * spread + 0.01 * down * down
        step_size = _RATE * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-9)
        place = np.maximum(place - step_size, least)
    return place
