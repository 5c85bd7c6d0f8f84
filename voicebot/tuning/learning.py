"""From questions with known answers to what the FAQ's search learns, and what it reaches on questions held back. Pure.

A city's own FAQ teaches twice: as it is, and bare (without its other ways of asking), which is how an imported FAQ
begins. What is reached is said for each series: one FAQ, asked in one way (typed, spoken).
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voicebot.events import Alternative
from voicebot.faq.evidence import BARE, SETS
from voicebot.faq.learn import NOBODYS, Case, Judged, as_asked, cross_validated, learn, promised
from voicebot.faq.load import Entry
from voicebot.faq.search import FaqSearch
from voicebot.faq.thresholds import ENTRY, choose
from voicebot.faq.weights import Thresholds, Weights
from voicebot.tuning.evaluation import Asked

STRIPPED = 0.5
"""What a question counts for a FAQ that was made bare, beside one that is."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What the weights reach on questions of one series that were held back. Shares, 0 to 1."""

    series: str
    questions: int
    """Those that the FAQ answers; the shares are of them, where nothing else is said."""
    first: float
    among_three: float
    among_five: float
    reciprocal_rank: float
    routed: float
    """The right department, of all questions with one."""
    routed_among_three: float
    answered: float
    """Answered at once."""
    answered_wrongly: float
    confirmed: float
    offered: float
    outside: int
    """Questions that are nobody's matter."""
    outside_answered: float
    """Of those, how many were answered at once."""


def bare(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The same FAQ with each question asked in one way only."""
    return tuple(replace(entry, also=()) for entry in entries)


def is_worked(entries: Sequence[Entry]) -> bool:
    """Whether the FAQ has so many other ways of asking that there is something to strip."""
    return 2 * sum(bool(entry.also) for entry in entries) >= len(entries)


def cases(
    search: FaqSearch, asked: Sequence[Asked], heard: Sequence[Sequence[Alternative]], weight: float, series: str
) -> list[Case]:
    """What these questions teach in this FAQ; what was not heard at all teaches nothing.

    Args:
        search: The search, with all kinds of evidence that there are.
        asked: Questions; those with neither entry nor department are no matter of the city's.
        heard: For each of them the guesses, best first.
        weight: What each counts.
        series: What to call them: which FAQ, and in which way it was asked.
    """
    return as_asked(
        [
            _case(search, question, guesses, weight, series)
            for question, guesses in zip(asked, heard, strict=True)
            if any(guess.text or guess.reading for guess in guesses)
        ]
    )


def sets_of(taught: Sequence[Case], search: FaqSearch) -> Iterator[tuple[str, list[Case]]]:
    """The sets that these cases can teach, smallest first, each with the cases as it sees them."""
    suffix = BARE if search.evidence.name.endswith(BARE) else ""
    kinds = len(SETS[search.evidence.name])
    for name, needed in SETS.items():
        if name.endswith(BARE) == bool(suffix) and len(needed) <= kinds:
            yield name, [replace(case, evidence=case.evidence[: len(needed)]) for case in taught]


def learned(name: str, taught: Sequence[Case]) -> Weights:
    """What a set learns from all cases."""
    return learn(name, taught)


def reached(name: str, taught: Sequence[Case]) -> list[Reached]:
    """What is reached on whole questions when they are held back, for each series."""
    judged = cross_validated(name, taught)
    thresholds = choose([each.entry for each in promised(taught, judged) if each.entry], ENTRY)
    whole = [(case, one) for case, one in zip(taught, judged, strict=True) if case.whole]
    return [
        _reached(series, [(case, one) for case, one in whole if case.series == series], thresholds)
        for series in dict.fromkeys(case.series for case, _ in whole)
    ]


def _reached(series: str, pairs: Sequence[tuple[Case, Judged]], thresholds: Thresholds) -> Reached:
    known = [(case, one) for case, one in pairs if case.right]
    ranks = [_rank(case, one) for case, one in known]
    routed = [one.department for case, one in pairs if one.department and (case.right or not case.answerable)]
    outcomes = [one.entry for _, one in known if one.entry]
    nobodys = [one.entry for case, one in pairs if one.entry and case.departments == NOBODYS]
    at_once = [each for each in outcomes if each.chance >= thresholds.answer]
    asked_back = [each for each in outcomes if thresholds.confirm <= each.chance < thresholds.answer]
    named = [each for each in outcomes if thresholds.offer <= each.chance < thresholds.confirm]
    return Reached(
        series,
        len(known),
        _share([rank == 1 for rank in ranks]),
        _share([0 < rank <= 3 for rank in ranks]),
        _share([0 < rank <= 5 for rank in ranks]),
        sum(1 / rank for rank in ranks if rank) / max(1, len(ranks)),
        _share([each.first for each in routed]),
        _share([each.near for each in routed]),
        len(at_once) / max(1, len(known)),
        sum(not each.first for each in at_once) / max(1, len(known)),
        len(asked_back) / max(1, len(known)),
        len(named) / max(1, len(known)),
        len(nobodys),
        _share([each.chance >= thresholds.answer for each in nobodys]),
    )


def _case(search: FaqSearch, asked: Asked, guesses: Sequence[Alternative], weight: float, series: str) -> Case:
    places = {entry.question: place for place, entry in enumerate(search.entries)}
    right = frozenset(places[name] for name in asked.entries if name in places)
    nobodys = not asked.entries and not asked.departments
    return Case(
        zlib.crc32(asked.text.encode()),
        search.evidence.of([guess for guess in guesses if guess.text or guess.reading]),
        tuple(entry.department for entry in search.texts),
        len(search.entries),
        right,
        NOBODYS if nobodys else asked.departments,
        bool(right) or nobodys,
        weight,
        series,
    )


def _rank(case: Case, judged: Judged) -> int:
    return next((at for at, place in enumerate(judged.order, start=1) if place in case.right), 0)


def _share(good: Sequence[bool]) -> float:
    return sum(good) / max(1, len(good))
