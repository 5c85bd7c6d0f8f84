"""What each kind of evidence is worth, how sure one may be of the best entry, and from when on it may be said.

Three steps. *Fusion* adds up the evidence for each entry, weighted; it decides the order. *Confidence* is the
probability that the first entry answers the question (or that its department is the right one), by logistic regression
on how strong and how distinct it is. The *scale* puts that probability on the fixed steps which the dialog goes by.
All three are learned together (`learn.py`, `thresholds.py`); `learned.py` reads and writes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from voicebot.faq.bm25 import Numbers

RIVALS = 50
"""So many of the best entries are compared; what is further behind says nothing about the first."""
SIGNS = ("bias", "distinct", "strong")
"""Signs of confidence before the kinds of evidence."""
ANSWER, CONFIRM, OFFER = 0.80, 0.60, 0.45
"""Steps of the scale: answered at once from the first on, confirmed from the second, offered from the third.

A dialog's limits are on this scale; as shipped they are these numbers.
"""
_SURE = 1e-6


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities, rising from `offer` to `answer`."""

    answer: float
    """From here on the answer may be given at once."""
    confirm: float
    """From here on it is worth asking whether this one was meant."""
    offer: float
    """From here on it is worth offering the likely ones."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """How a probability is judged, and what it is enough for."""

    signs: tuple[float, ...]
    """One weight for each of `SIGNS`, then one for each kind of evidence."""
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Weights:
    """What has been learned for one set of kinds of evidence."""

    name: str
    """One of `evidence.SETS`."""
    fusion: tuple[float, ...]
    """One for each kind of the set."""
    entry: Certainty
    """That the first entry answers the question."""
    department: Certainty
    """That the department is the right one. Its `answer` connects at once; `confirm` and `offer` ask first."""


def fuse(fusion: Sequence[float], evidence: Numbers) -> Numbers:
    """The score of each entry; a difference of 1 makes the better one e times as likely (softmax)."""
    scores: Numbers = (np.asarray(fusion, np.float32) @ evidence).astype(np.float32)
    return scores


def ranking(scores: Numbers) -> list[int]:
    """The places of the best entries, best first; ties by place."""
    return [int(place) for place in np.argsort(-scores, kind="stable")[:RIVALS]]


def shares(scores: Numbers, ranked: Sequence[int]) -> Numbers:
    """How the best entries divide what is likely among them, in the order of `ranked`; adds up to 1."""
    best = scores[list(ranked)].astype(np.float64)
    likely = np.exp(best - best[0])
    share: Numbers = (likely / likely.sum()).astype(np.float32)
    return share


def pooled(likely: Sequence[float], owners: Sequence[str]) -> dict[str, float]:
    """The shares of each department's entries together, the most likely first; entries without one count for none."""
    together: dict[str, float] = {}
    for share, owner in zip(likely, owners, strict=True):
        if owner:
            together[owner] = together.get(owner, 0.0) + float(share)
    return dict(sorted(together.items(), key=lambda each: -each[1]))


def signs(share: float, score: float, evidence: Numbers) -> Numbers:
    """What a confidence is judged by: bias, how distinct, how strong, each kind of evidence of one entry."""
    distinct = log((share + _SURE) / (1 - share + _SURE))
    return np.array([1.0, distinct, score, *evidence], np.float32)


def probability(weights: Sequence[float], found: Numbers) -> float:
    """By logistic regression."""
    logit = float(np.asarray(weights, np.float32) @ found)
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def scaled(chance: float, thresholds: Thresholds) -> float:
    """A probability on the dialog's scale, where `ANSWER`, `CONFIRM` and `OFFER` stand for the learned thresholds.

    Straight lines between the steps, so that what is surer stays surer.
    """
    steps = {
        0.0: 0.0,
        thresholds.offer: OFFER,
        thresholds.confirm: CONFIRM,
        thresholds.answer: ANSWER,
        1.0: 1.0,
    }
    return float(np.interp(chance, list(steps), list(steps.values())))


Learned = Mapping[str, Weights]
"""Weights by the name of the set of kinds that they are for."""
