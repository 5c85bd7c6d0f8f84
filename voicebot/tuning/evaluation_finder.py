"""A search as the evaluation sees it: from words to ranked entries, departments, and what the dialog would do. Pure."""

from collections.abc import Callable
from typing import Protocol

from voicebot.dialog.limits import Limits
from voicebot.dialog.weighing import decide
from voicebot.events import Alternative, DepartmentHit, FaqHit
from voicebot.tuning.evaluation import HITS_AT, Found


class Finder(Protocol):
    """What is measured."""

    def find(self, alternatives: tuple[Alternative, ...], language: str) -> Found:
        """What the search makes of the words; never fewer hits than the dialog would see."""


class Ranking(Protocol):
    """A search that ranks more entries than are named to a caller."""

    def find(self, alternatives: tuple[Alternative, ...], most: int) -> tuple[FaqHit, ...]:
        """Best first, at most so many."""

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        """The likeliest departments, best first."""


class AnswersFinder:
    """A search, with the dialog's limits for what is done.

    Args:
        answers: The search.
        limits: From which confidence on something is answered, confirmed or offered.
        clock: Seconds that pass; for the time a search takes.
    """

    def __init__(self, answers: Ranking, limits: Limits, clock: Callable[[], float]) -> None:
        self._answers = answers
        self._limits = limits
        self._clock = clock

    def find(self, alternatives: tuple[Alternative, ...], language: str) -> Found:
        """Search, and decide as the dialog does."""
        began = self._clock()
        hits = self._answers.find(alternatives, max(HITS_AT))
        departments = self._answers.route(alternatives, language)
        seconds = self._clock() - began
        named = tuple(hit.department for hit in departments)
        return Found(hits, decide(hits, departments, self._limits), named, seconds)
