"""The day so far, beside the same weekday a week before until the same time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from voicebot.transcripts.figures import FigureList

WEEK = timedelta(days=7)
SHOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ()),
    ("contained", ("contained",)),
    ("transferred", ("transferred",)),
    ("promised", ("message", "callback")),
    ("abandoned", ("abandoned",)),
    ("helpless", ("unanswered", "error")),
)
"""The lines: name, and the outcomes that it counts; all calls for none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One number."""

    name: str
    now: int
    before: int

    @property
    def outcome(self) -> str:
        """The outcome whose calls can be listed; empty when there is not exactly one."""
        outcomes = dict(SHOWN)[self.name]
        return outcomes[0] if len(outcomes) == 1 else ""


def lines(figures: FigureList, now: datetime) -> tuple[Line, ...]:
    """Today's numbers. `now` is in the city's zone."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today, before = figures.outcomes(midnight, now), figures.outcomes(midnight - WEEK, now - WEEK)
    return tuple(Line(name, _count(today, chosen), _count(before, chosen)) for name, chosen in SHOWN)


def _count(outcomes: Mapping[str, int], chosen: tuple[str, ...]) -> int:
    return sum(number for name, number in outcomes.items() if not chosen or name in chosen)
