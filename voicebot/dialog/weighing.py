"""What is done with what the FAQ's search found: the one place that compares confidences with a line's limits."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal

from voicebot.dialog.limits import Limits
from voicebot.events import DepartmentHit, FaqHit

Decision = Literal["answer", "confirm", "offer", "route", "ask_again"]
"""Answer at once, ask whether one entry was meant, offer a few, offer a department, ask to say it differently."""
OFFERS = 3
"""So many likely answers are read out at most; more cannot be remembered."""
LITTLE = 0.01
EASED = 0.6
"""From what share of the limit on something is offered to a caller who has not been understood before."""
BESIDE = 1 / 3
"""What is offered beside the best entry may be less sure, down to this share of what an offer needs."""


def eased(limits: Limits, rung: int) -> Limits:
    """The limits for a caller who has not been understood before: a list of guesses is better than asking once more."""
    return replace(limits, offer_confidence=limits.offer_confidence * EASED) if rung else limits


def remaining(hits: Sequence[FaqHit], refused: Collection[str], limits: Limits) -> tuple[FaqHit, ...]:
    """The hits without those that the caller has said no to.

    What they were thought to be worth goes to the others in proportion (conditional probability), which alone makes
    none of them sure enough to be asked about by itself: the search has been wrong about this caller's words already,
    and a few at once are sooner through than one after the other.
    """
    left = 1.0 - sum(hit.confidence for hit in hits if hit.entry in refused)
    if left == 1.0:
        return tuple(hits)
    most = limits.confirm_confidence - LITTLE
    return tuple(
        replace(hit, confidence=max(hit.confidence, round(min(hit.confidence / max(left, LITTLE), most), 3)))
        for hit in hits
        if hit.entry not in refused
    )


def likely(hits: Sequence[FaqHit], limits: Limits) -> tuple[FaqHit, ...]:
    """The hits that may be named to the caller, best first; none when the best is not sure enough."""
    if not hits or hits[0].confidence < limits.offer_confidence:
        return ()
    least = limits.offer_confidence * (1.0 if hits[0].confidence >= limits.confirm_confidence else BESIDE)
    return tuple(hit for hit in hits[:OFFERS] if hit.confidence >= least)


def decide(hits: Sequence[FaqHit], departments: Sequence[DepartmentHit], limits: Limits) -> Decision:
    """What to do, by how sure the search is."""
    named = likely(hits, limits)
    if not named:
        sure = bool(departments) and departments[0].confidence >= limits.confirm_confidence
        return "route" if sure else "ask_again"
    if named[0].confidence >= limits.answer_confidence:
        return "answer"
    if named[0].confidence >= limits.confirm_confidence or len(named) == 1:
        return "confirm"
    return "offer"
