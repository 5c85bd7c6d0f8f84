"""From what was heard to ranked answers and departments, each with how sure the search is.

The evidence of sounds, words and meaning is added up (`evidence.py`, `weights.py`). Whoever asks exactly in words that
staff wrote is answered without any doubt; everything else is a matter of learned confidence.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from voicebot.events import Alternative, DepartmentHit, FaqHit
from voicebot.faq.bm25 import Numbers
from voicebot.faq.evidence import LATER_GUESS, Evidence
from voicebot.faq.learned import defaults
from voicebot.faq.load import Entry
from voicebot.faq.meaning import Embed
from voicebot.faq.reasons import Reason, reasons
from voicebot.faq.weights import OFFER, Learned, Weights, fuse, pooled, probability, ranking, scaled, shares, signs
from voicebot.faq.words import Analyse, sound_form
from voicebot.language.kana import matching_form

HITS = 5
DEPARTMENTS = 3
LEAST_EVIDENCE, WEAK_EVIDENCE = 0.02, 0.22
"""An entry that shares less than the first with the question, by sound, word and meaning, is not named at all; one that
shares less than the second is not offered: that it stands alone in a small FAQ proves nothing."""
_UNSAID = OFFER - 0.01
"""Just not sure enough to be offered."""
_REMEMBERED = 64
"""The same question is searched for its entries and for its department: it is looked at once."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry, and how sure it is."""

    entry: Entry
    chance: float
    """The probability that it answers the question."""
    confidence: float
    """The same on the dialog's scale (`weights.scaled`)."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What speaks for each entry and department."""

    evidence: Numbers
    scores: Numbers


class FaqSearch:
    """Searches entries; satisfies `ports.Answers`. Built once for a content, then only read, so threads may share it.

    Args:
        entries: The city's FAQ.
        reader: Gives the reading of a text in a language.
        analyse: Gives the words of a text; None searches by sound alone.
        embed: Gives vectors of meaning; needs `analyse`.
        departments: Each department's own words: its name, its other names, its duties.
        learned: For each set of kinds of evidence what to use instead of the weights that come with voicebot.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        reader: Callable[[str, str], str],
        analyse: Analyse | None = None,
        embed: Embed | None = None,
        departments: Mapping[str, Sequence[str]] | None = None,
        learned: Learned | None = None,
    ) -> None:
        self._entries = tuple(entries)
        self._all = (*self._entries, *profiles(departments or {}))
        self._learned = learned or {}
        if not self._entries:
            return
        self.evidence = Evidence(self._all, reader, analyse, embed)
        self._questions = [matching_form(reader(entry.question, "ja")) for entry in self._entries]
        self._exact: dict[str, set[int]] = {}
        for place, entry in enumerate(self._entries):
            for text in (entry.question, *entry.also):
                self._exact.setdefault(sound_form(reader(text, "ja")), set()).add(place)
        self._weighed = _remembering(self.evidence, self._weights)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The city's FAQ."""
        return self._entries

    @property
    def texts(self) -> tuple[Entry, ...]:
        """Everything that is searched: the entries, and the departments described as entries."""
        return self._all

    def with_meaning(self, embed: Embed) -> "FaqSearch":
        """The same search by meaning too; the index of sounds and words is shared."""
        better = copy(self)
        if self._entries:
            better.evidence = self.evidence.with_meaning(self._all, embed)
            better._weighed = _remembering(better.evidence, better._weights)
        return better

    def search(self, alternatives: Sequence[Alternative], language: str) -> tuple[FaqHit, ...]:
        """Best first, at most five, each with its confidence on the dialog's scale."""
        del language  # the entries' own language decides; other languages come with their own index
        return self.find(alternatives, HITS)

    def find(self, alternatives: Sequence[Alternative], most: int) -> tuple[FaqHit, ...]:
        """As `search`, with as many hits as wanted (at most `weights.RIVALS`)."""
        return tuple(self._hit(place, sure) for place, _, sure in self._ranked(alternatives)[:most])

    def rank(self, question: str, reading: str = "") -> tuple[Ranked, ...]:
        """The entries for a question in writing, best first."""
        return self.ranked((Alternative(question, reading, 1.0),))

    def reasons(self, alternatives: Sequence[Alternative], hits: Sequence[FaqHit]) -> tuple[Reason, ...]:
        """What speaks for each of these hits."""
        return reasons(self.evidence, self._entries, alternatives, hits) if self._entries else ()

    def ranked(self, alternatives: Sequence[Alternative]) -> tuple[Ranked, ...]:
        """As `rank`, for what a recogniser made of a question."""
        return tuple(Ranked(self._entries[place], chance, sure) for place, chance, sure in self._ranked(alternatives))

    def route(self, alternatives: Sequence[Alternative], language: str) -> tuple[DepartmentHit, ...]:
        """The likeliest departments, at most three, best first, each with its confidence on the dialog's scale.

        The departments of the likely entries vote with what makes their entries likely; a department's own words
        (its duties) vote as an entry does. So a matter that no entry answers still finds its department.
        """
        del language
        guesses = _said(alternatives)
        if not self._entries or not guesses:
            return ()
        weighed, weights = self._weighed(guesses), self._weights
        order = ranking(weighed.scores)
        owners = [self._all[place].department for place in order]
        likely = pooled([float(each) for each in shares(weighed.scores, order)], owners)
        found: list[DepartmentHit] = []
        first = 0.0
        for name, share in list(likely.items())[:DEPARTMENTS]:
            if not found:
                best = order[owners.index(name)]
                if float(weighed.evidence[:, best].max()) < WEAK_EVIDENCE:
                    return ()
                told = signs(share, float(weighed.scores[best]), weighed.evidence[:, best])
                first = share
                chance = probability(weights.department.signs, told)
            sure = scaled(chance * share / first, weights.department.thresholds)
            found.append(DepartmentHit(name, round(sure, 3)))
        return tuple(found)

    def _ranked(self, alternatives: Sequence[Alternative]) -> list[tuple[int, float, float]]:
        """The places of the likely entries, their probability and their confidence, best first."""
        guesses = _said(alternatives)
        if not self._entries or not guesses:
            return []
        weighed, weights = self._weighed(guesses), self._weights
        scores, strongest = weighed.scores[: len(self._entries)], weighed.evidence.max(axis=0)
        order = ranking(scores)
        likely = shares(scores, order)
        told = signs(float(likely[0]), float(scores[order[0]]), weighed.evidence[:, order[0]])
        first = probability(weights.entry.signs, told)
        chances = {place: first * float(each / likely[0]) for place, each in zip(order, likely, strict=True)}
        exact = self._as_written(guesses)
        sure = {
            place: min(scaled(chance, weights.entry.thresholds), 1.0 if strongest[place] >= WEAK_EVIDENCE else _UNSAID)
            for place, chance in chances.items()
        } | exact
        chances |= exact
        ranked = sorted(sure, key=lambda place: (-sure[place], -scores[place], place))
        return [
            (place, chances[place], sure[place])
            for place in ranked
            if place in exact or strongest[place] >= LEAST_EVIDENCE
        ]

    @property
    def _weights(self) -> Weights:
        name = self.evidence.name
        return self._learned.get(name) or defaults()[name]

    def _as_written(self, guesses: Sequence[Alternative]) -> dict[int, float]:
        """Entries that were asked for exactly as staff wrote, by the first guess that does so."""
        for place, guess in enumerate(guesses):
            found = self._exact.get(sound_form(guess.reading or guess.text))
            if found:
                return dict.fromkeys(found, LATER_GUESS**place)
        return {}

    def _hit(self, place: int, confidence: float) -> FaqHit:
        entry, rounded = self._entries[place], round(min(max(confidence, 0.001), 1.0), 3)
        return FaqHit(entry.question, entry.question, entry.answer, entry.department, rounded, self._questions[place])


def profiles(departments: Mapping[str, Sequence[str]]) -> tuple[Entry, ...]:
    """Departments described as entries, so that the same evidence speaks for them: the name, and every other word."""
    return tuple(Entry(name, tuple(words), "", name, tuple(words)) for name, words in departments.items())


def _remembering(evidence: Evidence, weights: Weights) -> Callable[[tuple[Alternative, ...]], _Weighed]:
    """Weighs what speaks for what, and remembers it. It does not hold the search, or that would hold itself."""

    @lru_cache(_REMEMBERED)
    def weighed(guesses: tuple[Alternative, ...]) -> _Weighed:
        found = evidence.of(guesses)
        return _Weighed(found, fuse(weights.fusion, found))

    return weighed


def _said(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    return tuple(guess for guess in alternatives if guess.text or guess.reading)
