"""From questions with known answers to what the FAQ's search learns, and what it reaches on questions held back. Pure.

A city's own FAQ teaches twice: as it is, and bare (without its other ways of asking), which is how an imported FAQ
begins.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voicebot.events import Alternative
from voicebot.faq.evidence import BARE, SETS
from voicebot.faq.learn import NOBODYS, Case, Judged, cross_validated, learn, variations
from voicebot.faq.load import Entry
from voicebot.faq.search import FaqSearch
from voicebot.faq.thresholds import ENTRY, choose
from voicebot.faq.weights import Weights
from voicebot.tuning.evaluation import Asked

STRIPPED = 0.5
"""What a question counts for a FAQ that was made bare, beside one that is."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What the weights reach on questions that were held back. Shares, 0 to 1."""

    questions: int
    first: float
    among_five: float
    reciprocal_rank: float
    routed: float
    answered: float
    """Answered at once."""
    answered_wrongly: float
    confirmed: float


def bare(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The same FAQ with each question asked in one way only."""
    return tuple(replace(entry, also=()) for entry in entries)


def is_worked(entries: Sequence[Entry]) -> bool:
    """Whether the FAQ has so many other ways of asking that there is something to strip."""
    return 2 * sum(bool(entry.also) for entry in entries) >= len(entries)


def cases(
    search: FaqSearch, asked: Sequence[Asked], heard: Sequence[Sequence[Alternative]], weight: float
) -> list[Case]:
    """What each question teaches in this FAQ; what was not heard at all teaches nothing.

    Args:
        search: The search, with all kinds of evidence that there are.
        asked: Questions; those with neither entry nor department are no matter of the city's.
        heard: For each of them the guesses, best first.
        weight: What each counts.
    """
    return [
        each
        for question, guesses in zip(asked, heard, strict=True)
        if any(guess.text or guess.reading for guess in guesses)
        for each in variations(_case(search, question, guesses, weight))
    ]


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


def reached(name: str, taught: Sequence[Case]) -> Reached:
    """What is reached on whole questions (weight 1 or what they count) when they are held back."""
    judged = cross_validated(name, taught)
    thresholds = choose([each.entry for each in judged if each.entry], ENTRY)
    whole = [(case, one) for case, one in zip(taught, judged, strict=True) if case.right and case.entries > 1]
    heaviest = max((case.weight for case, _ in whole), default=0.0)
    known = [(case, one) for case, one in whole if case.weight == heaviest]
    ranks = [_rank(case, one) for case, one in known]
    routed = [one.department.first for _, one in known if one.department]
    chances = [(one.entry.chance, one.entry.first) for _, one in known if one.entry]
    at_once = [first for chance, first in chances if chance >= thresholds.answer]
    asked_back = [chance for chance, _ in chances if thresholds.confirm <= chance < thresholds.answer]
    total = max(1, len(known))
    return Reached(
        len(known),
        sum(rank == 1 for rank in ranks) / total,
        sum(0 < rank <= 5 for rank in ranks) / total,
        sum(1 / rank for rank in ranks if rank) / total,
        sum(routed) / max(1, len(routed)),
        len(at_once) / total,
        sum(not first for first in at_once) / total,
        len(asked_back) / total,
    )


def _case(search: FaqSearch, asked: Asked, guesses: Sequence[Alternative], weight: float) -> Case:
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
    )


def _rank(case: Case, judged: Judged) -> int:
    return next((at for at, place in enumerate(judged.order, start=1) if place in case.right), 0)
