"""Traffic over the picture, from the figures that are kept by day."""

from datetime import date
from pathlib import Path

import pytest
from house import ROOT

from voicebot.content import read_folder
from voicebot.transcripts.figures import FigureList
from voicebot.web.staff.content.sight import Sight, Sights
from voicebot.web.staff.content.traffic import traffic_of

TODAY = date(2026, 11, 22)


class Sums(FigureList):
    """Two days of figures."""

    def __init__(self) -> None:
        self.asked: list[tuple[date, date]] = []

    def sums(self, first: date, last: date, wanted: object) -> dict[str, dict[str, tuple[int, float]]]:  # type: ignore[override]
        self.asked.append((first, last))
        days = (last - first).days + 1
        return {
            "ways": {"\t受付": (10 * days, 0.0), "受付\t番号案内": (4 * days, 0.0)},
            "ways.answer": {"番号案内\tごみ": (3 * days, 0.0), "受付\t市民課-1": (2 * days, 0.0)},
        }

    def stale_between(self, first: date, last: date) -> int:
        return int(last >= TODAY)


@pytest.fixture(scope="module", name="sight")
def seen() -> Sight:
    """みじか市."""
    return Sights().of(read_folder(Path(ROOT / "tests" / "cities" / "mijika"), ROOT / "grammars"))


@pytest.mark.parametrize(
    ("days", "until", "first", "last"),
    [
        ("1", "", "2026-11-21", "2026-11-21"),
        ("7", "2026-11-10", "2026-11-04", "2026-11-10"),
        ("30", "2026-11-22", "2026-10-24", "2026-11-22"),
        ("nonsense", "nonsense", "2026-11-21", "2026-11-21"),
    ],
)
def test_the_period_is_yesterday_unless_another_is_chosen(
    sight: Sight, days: str, until: str, first: str, last: str
) -> None:
    """Up to the day that was chosen."""
    sums = Sums()
    found = traffic_of(sums, sight, days, until, TODAY)
    assert sums.asked == [(date.fromisoformat(first), date.fromisoformat(last))]
    assert found.counting == (last == "2026-11-22")


def test_counts_lie_on_the_ways_that_callers_took(sight: Sight) -> None:
    """What was announced before the first question has been passed, too."""
    found = traffic_of(Sums(), sight, "1", "", TODAY).walked
    assert found.calls == 10
    assert found.ways == {
        ("", "案内"): 10, ("案内", "受付"): 10, ("受付", "番号案内"): 4, ("番号案内", "ごみ"): 3, ("受付", ""): 2,
    }  # fmt: skip
    assert found.visits["ごみ"] == 3


def test_no_traffic_is_looked_up_where_none_is_wanted(sight: Sight) -> None:
    """The picture alone."""
    sums = Sums()
    assert traffic_of(sums, sight, "0", "", TODAY).walked.calls == 0
    assert sums.asked == []
