"""What each kind of evidence is worth, and how sure one may be of the best entry. Learned by `learn.py`.

Two steps. *Fusion* adds up the evidence for each entry, weighted; it decides the order. *Confidence* is the probability
that the first entry answers the question, by logistic regression on how strong and how distinct it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from voicebot.faq.bm25 import Numbers

RIVALS = 50
"""So many of the best entries are compared; what is further behind says nothing about the first."""
_SURE = 1e-6


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights for one set of kinds of evidence."""

    kinds: tuple[str, ...]
    """As `Evidence.kinds`."""
    fusion: tuple[float, ...]
    """One for each kind."""
    confidence: tuple[float, ...]
    """One for each sign of `signs`: bias, distinct, strong, then the kinds."""


def fuse(weights: Weights, evidence: Numbers) -> Numbers:
    """The score of each entry; a difference of 1 makes the better one e times as likely (softmax)."""
    return (np.asarray(weights.fusion, np.float32) @ evidence).astype(np.float32)


def ranking(scores: Numbers) -> list[int]:
    """The places of the best entries, best first; ties by place."""
    return [int(place) for place in np.argsort(-scores, kind="stable")[:RIVALS]]


def shares(scores: Numbers, ranked: Sequence[int]) -> Numbers:
    """How the best entries divide what is likely among them, in the order of `ranked`; adds up to 1."""
    best = scores[list(ranked)].astype(np.float64)
    likely = np.exp(best - best[0])
    return (likely / likely.sum()).astype(np.float32)


def signs(evidence: Numbers, scores: Numbers, ranked: Sequence[int]) -> Numbers:
    """What the confidence in the first entry is judged by: bias, how distinct, how strong, each kind of evidence."""
    first = float(shares(scores, ranked)[0])
    distinct = log((first + _SURE) / (1 - first + _SURE))
    return np.array([1.0, distinct, scores[ranked[0]], *evidence[:, ranked[0]]], np.float32)


def confidences(weights: Weights, evidence: Numbers, scores: Numbers, ranked: Sequence[int]) -> list[float]:
    """For each of the ranked entries the probability that it is the answer.

    That of the first is judged; the others' follow by how likely they are beside it.
    """
    likely = shares(scores, ranked)
    logit = float(np.asarray(weights.confidence, np.float32) @ signs(evidence, scores, ranked))
    first = 1 / (1 + exp(-max(-30.0, min(30.0, logit))))
    return [first * float(share / likely[0]) for share in likely]
