"""How often callers took each way of the tree, over a day or more, from the figures that are kept by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from voicebot.dialog.diagram.outline import entries_of
from voicebot.dialog.diagram.walked import Walked, walked
from voicebot.transcripts.figures import FigureList
from voicebot.transcripts.measures import SEPARATOR
from voicebot.web.staff.content.sight import Sight

PERIODS = ("0", "1", "7", "30")
"""Days that can be chosen; 0 shows no traffic."""
NOTHING = Walked({}, {}, 0)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Counts over a period."""

    days: str
    until: date
    walked: Walked
    counting: bool
    """Whether days of it are still to be counted."""


def traffic_of(figures: FigureList, sight: Sight, days: str, until: str, today: date) -> Traffic:
    """The traffic over some days.

    Args:
        figures: The sums by day.
        sight: The draft's tree, over which it is laid.
        days: One of `PERIODS`; anything else is one day.
        until: The last day (`2026-11-22`); anything else means yesterday.
        today: The day that it is.
    """
    days = days if days in PERIODS else "1"
    last = _day(until) or today - timedelta(days=1)
    if days == "0":
        return Traffic(days, last, NOTHING, counting=False)
    first = last - timedelta(days=int(days) - 1)
    sums = figures.sums(first, last, ("ways", "ways.answer"))
    begins = sight.beginnings
    entries = entries_of(begins.start, begins.starts, begins.disaster, sight.boxes)
    found = walked(sight.boxes, entries, _pairs(sums["ways"]), _pairs(sums["ways.answer"]))
    return Traffic(days, last, found, figures.stale_between(first, last) > 0)


def _pairs(sums: Mapping[str, tuple[int, float]]) -> dict[tuple[str, str], int]:
    found = {}
    for key, (count, _) in sums.items():
        origin, _, target = key.partition(SEPARATOR)
        found[origin, target] = count
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
