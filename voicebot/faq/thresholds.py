"""From which probability on it is right to answer, to confirm, to offer: chosen by what was right when held out.

Each threshold is the lowest at which a promise to the caller is kept (`Promise`). What a threshold costs and brings is
judged on probabilities that were made for questions which the weights had not seen, in the mix in which callers ask
what is in the FAQ and what is not (`learn.as_asked`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicebot.faq.weights import Thresholds

Wide = npt.NDArray[np.float64]
_LEAST, _MOST = 0.02, 0.98
"""Thresholds stay between these, whatever few questions say."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Promise:
    """How often what is said is right or wrong, 0 to 1."""

    wrong: float
    """Of the questions of any series, those that are at most answered wrongly at once."""
    answer: float
    """Of the answers that are given at once, those that are right."""
    confirm: float
    """Of the least sure questions "do you mean ...?", those that are answered with yes."""
    offer: float
    """Of the least sure lists that are read out, those that hold the right one."""


ENTRY = Promise(wrong=0.02, answer=0.7, confirm=0.4, offer=0.3)
"""A wrong answer given with confidence does harm; a wrong question costs the caller ten seconds. At most 5 % may be
answered wrongly; 2 % where the threshold was chosen leaves that room for questions that nobody has seen."""
DEPARTMENT = Promise(wrong=0.05, answer=0.85, confirm=0.45, offer=0.35)
"""A caller who is connected wrongly is at least with a person, who can connect again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A held-out question: how sure the search was, and what was right."""

    chance: float
    first: bool
    """The best one was right."""
    near: bool
    """One of the first three was right."""
    weight: float = 1.0
    series: str = ""
    """Questions of one FAQ, asked in one way: what is promised may not be broken in one and kept in another."""


def choose(outcomes: Sequence[Outcome], promise: Promise) -> Thresholds:
    """The lowest thresholds that keep the promise."""
    surest = sorted(outcomes, key=lambda each: (-each.chance, each.first, each.near))
    chances = np.array([each.chance for each in surest])
    weights = np.array([each.weight for each in surest])
    first = np.array([float(each.first) for each in surest])
    near = np.array([float(each.near) for each in surest])
    # One wrong case is added, so that a few lucky questions promise nothing (rule of succession).
    so_far = np.cumsum(weights * first) / (np.cumsum(weights) + 1.0)
    allowed = chances > _first_too_many(surest, promise.wrong)
    answer = _lowest(chances, np.where(allowed, so_far, 0.0), promise.answer, _MOST)
    confirm = _lowest(chances, falling(first, weights), promise.confirm, answer)
    offer = _lowest(chances, falling(near, weights), promise.offer, confirm)
    return Thresholds(answer, confirm, offer)


def _first_too_many(surest: Sequence[Outcome], most: float) -> float:
    """The chance from which on downwards some series has more wrong answers than its share; 0 if none ever has."""
    left: dict[str, float] = {}
    for each in surest:
        left[each.series] = left.get(each.series, 0.0) + most * each.weight
    for each in surest:
        left[each.series] -= 0.0 if each.first else each.weight
        if left[each.series] < -_ROUNDING:
            return each.chance
    return 0.0


def falling(right: Wide, weights: Wide) -> Wide:
    """How often those at each place are right, never rising from the surest to the least sure.

    Isotonic regression by pooling neighbours that stand the wrong way round (Ayer et al. 1955).
    """
    pools: list[tuple[float, float, int]] = []
    for each, weight in zip(right, weights, strict=True):
        mean, total, count = float(each), float(weight), 1
        while pools and pools[-1][0] <= mean:
            before, heavy, many = pools.pop()
            mean = (mean * total + before * heavy) / (total + heavy)
            total, count = total + heavy, count + many
        pools.append((mean, total, count))
    return np.repeat([mean for mean, _, _ in pools], [count for _, _, count in pools]).astype(np.float64)


def _lowest(chances: Wide, share: Wide, least: float, ceiling: float) -> float:
    """The lowest chance at which the share of what is right is great enough; the ceiling if there is none."""
    last_of_equals = np.append(chances[1:] != chances[:-1], True)
    kept = np.flatnonzero((share >= least) & last_of_equals)
    lowest = float(chances[kept[-1]]) if len(kept) else ceiling
    return float(np.clip(lowest, _LEAST, min(ceiling, _MOST)))
