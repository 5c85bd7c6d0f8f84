"""Why an entry was found: how strongly it sounds, reads and means like what was asked.

For people who want to know why; the search itself adds the evidence up in `weights.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicebot.events import Alternative, FaqHit
from voicebot.faq.evidence import Evidence
from voicebot.faq.load import Entry

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "sound": ("way", "sound"),
    "words": ("asked", "told", "alike"),
    "meaning": ("meant", "answered", "said"),
}
"""The kinds of evidence, by what a person would call them."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for one entry, each from 0 to 1; None where the search has no such evidence."""

    entry: str
    sound: float | None
    words: float | None
    meaning: float | None


def reasons(
    evidence: Evidence, entries: Sequence[Entry], alternatives: Sequence[Alternative], hits: Sequence[FaqHit]
) -> tuple[Reason, ...]:
    """What speaks for each hit, in their order; for each family the strongest of its kinds.

    Args:
        evidence: The index of the search that found the hits.
        entries: The city's FAQ, in the order of the index.
        alternatives: What was heard.
        hits: What was found.
    """
    guesses = tuple(guess for guess in alternatives if guess.text or guess.reading)
    if not guesses or not hits:
        return ()
    rows = dict(zip(evidence.kinds, evidence.of(guesses), strict=True))
    places = {entry.question: place for place, entry in enumerate(entries)}

    def strongest(family: str, place: int) -> float | None:
        found = [float(rows[kind][place]) for kind in FAMILIES[family] if kind in rows]
        return round(min(max(*found, 0.0), 1.0), 3) if found else None

    return tuple(
        Reason(hit.entry, *(strongest(family, places[hit.entry]) for family in FAMILIES))
        for hit in hits
        if hit.entry in places
    )
