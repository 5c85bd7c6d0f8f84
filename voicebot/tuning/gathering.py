"""From utterances that went wrong to groups and proposals, in steps that can be kept and continued. Pure.

Looking at a case with the city's search is what costs (some hundredths of a second); it depends on the case and the
content alone, so what has been seen is kept and only new cases are looked at. Grouping is computed anew from all cases:
it takes a fraction of a second, and so the same cases always give the same groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from voicebot.events import Alternative, DepartmentHit
from voicebot.faq.search import Ranked
from voicebot.ports import Reader
from voicebot.tuning.cases import Case
from voicebot.tuning.clusters import clusters
from voicebot.tuning.likeness import Meanings, Seen, likeness
from voicebot.tuning.proposals import Group
from voicebot.tuning.reactions import Line, Reaction

ALIKE_ENOUGH = 0.24
"""Groups become one when the average likeness of their pairs is at least this (docs/measurements.md)."""
_NAMED = 8
MOST_CASES = 1500
"""So many are compared, the newest; more would cost seconds and memory, and nobody works through more."""


class Search(Protocol):
    """The city's search, as far as it is needed here."""

    def ranked(self, alternatives: Sequence[Alternative]) -> tuple[Ranked, ...]:
        """Entries with their chances, best first."""

    def route(self, alternatives: Sequence[Alternative], language: str) -> tuple[DepartmentHit, ...]:
        """Departments, best first."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A case, and what the content that is tried makes of it."""

    seen: Seen
    reaction: Reaction
    """What the bot would do with what was heard."""
    ideal: Reaction
    """What it would do had it heard what was really said; the same when nobody has listened."""

    @property
    def case(self) -> Case:
        """The case."""
        return self.seen.case

    @property
    def mended(self) -> bool:
        """Whether the content understands what was heard, as far as anybody can know."""
        case, reaction = self.case, self.reaction
        if case.wanted or case.department:
            return reaction.serves(case.wanted, case.department)
        if case.kind in {"corrected", "wrong_transfer"}:
            return False  # staff say that something is wrong here, and not what would be right
        return reaction.understood and not set(reaction.entries) & set(case.refused)

    @property
    def misheard(self) -> bool:
        """Whether the words would be understood if only they were heard."""
        case = self.case
        return bool(case.said) and not self.mended and self.ideal.serves(case.wanted, case.department)


def look(case: Case, search: Search, line: Line, reader: Reader) -> Looked:
    """The case with the content that is tried.

    Args:
        case: What went wrong.
        search: The content's search.
        line: The content's dialog.
        reader: Gives readings.
    """
    said = tuple(each if each.reading else replace(each, reading=reader(each.text, "ja")) for each in case.heard)
    chances = {each.entry.question: each.chance for each in search.ranked(said)[:_NAMED]}
    reading = said[0].reading
    reaction = line.react(case.guesses, case.node, case.language)
    ideal = reaction if said == case.guesses else line.react(said[:1], case.node, case.language)
    return Looked(Seen(case, reading, chances), reaction, ideal)


def groups(
    looked: Sequence[Looked], meanings: Meanings | None = None, least: float = ALIKE_ENOUGH
) -> tuple[Group, ...]:
    """The cases of each language in groups, the largest first; every case is in one, perhaps alone."""
    found: list[Group] = []
    for language in sorted({each.case.language for each in looked}):
        here = sorted(
            (each.seen for each in looked if each.case.language == language),
            key=lambda seen: (seen.case.began, seen.case.name),
        )[-MOST_CASES:]
        near = likeness(here, meanings)
        found += [
            Group(tuple(here[place] for place in places), near[np.ix_(places, places)])
            for places in clusters(near, least)
        ]
    return tuple(sorted(found, key=lambda group: (-len(group.seen), group.seen[0].case.name)))
