"""Key figures are what their definitions say."""

from collections.abc import Mapping
from typing import Any

import pytest

from voicebot.transcripts.kpis import KPIS, NEEDED

EMPTY: Mapping[str, Any] = {measure: {} for measure in NEEDED}
SUMS: Mapping[str, Any] = {
    "calls.hour": {
        "contained\t09": (50, 5000.0), "contained\t10": (10, 1000.0), "transferred\t09": (20, 6000.0),
        "message\t22": (5, 500.0), "callback\t22": (4, 400.0), "abandoned\t09": (8, 160.0),
        "abandoned_brief\t09": (10, 40.0), "unanswered\t09": (2, 100.0), "error\t09": (1, 10.0),
    },
    "repeats": {"again": (15, 0.0), "first": (60, 0.0)},
    "turns.scene": {
        "受付\t": (80, 70.0), "受付\tno_match": (9, 0.0), "受付\trejected": (1, 0.0), "ごみ\tno_input": (10, 0.0),
    },
    "turns.input": {"keys": (20, 0.0), "speech": (60, 0.0), "nothing": (20, 0.0)},
    "transfers": {"市民課\tconnected": (20, 0.0), "市民課\tbusy": (4, 0.0), "税務課\tno_answer": (1, 0.0)},
    "waits": {"soon\t市民課": (12, 120.0), "late\t市民課": (4, 120.0), "never\t税務課": (8, 0.0)},
    "wrong": {"市民課\t税務課": (1, 0.0)},
    "reviews": {"solved": (6, 0.0), "wrong": (2, 0.0), "no_matter": (9, 0.0), "": (5, 0.0)},
    "understood": {"right": (3, 0.0), "wrong": (1, 0.0)},
    "delay": {"008": (50, 42.0), "012": (45, 56.0), "030": (5, 15.2)},
    "decode": {"003": (1, 0.3)},
    "hearing": {
        "ja\treading": (100, 6.0), "en\treading": (100, 4.0), "ja\tsurface": (80, 16.0), "ja\twords": (40, 10.0),
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("calls", 100), ("contained", 0.6), ("transferred", 0.2), ("message", 0.05), ("callback", 0.04),
        ("abandoned", 0.08), ("abandoned_all", 18 / 110), ("helpless", 0.03), ("solved", 0.75), ("again", 0.2),
        ("seconds", 131.7), ("no_match", 0.1), ("no_input", 0.1), ("keys", 0.25), ("connected", 0.8), ("wrong", 0.05),
        ("asa", 15.0), ("service_level", 0.5),
        ("delay", 0.85), ("delay_95", 1.25), ("decode", 0.35), ("reading_errors", 0.05), ("word_errors", 0.25),
        ("understood", 0.75),
    ],
)  # fmt: skip
def test_a_figure_is_what_its_definition_says(name: str, expected: float) -> None:
    """Worked out by hand."""
    assert next(each for each in KPIS if each.name == name).of(SUMS).figure == pytest.approx(expected)


def test_how_soon_callers_are_answered_is_not_told_where_nobody_knows() -> None:
    """Unanswered attempts alone would make it look bad."""
    sums = {**SUMS, "waits": {"never\t税務課": (8, 0.0)}}
    assert {each.of(sums).figure for each in KPIS if each.name in {"asa", "service_level"}} == {None}


def test_every_figure_is_tried_above() -> None:
    """A new one cannot be forgotten."""
    tried = test_a_figure_is_what_its_definition_says.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {name for name, _ in tried} == {each.name for each in KPIS}


def test_without_calls_there_is_no_share_to_tell() -> None:
    """Nothing is divided by nothing."""
    assert [each.of(EMPTY).figure for each in KPIS] == [0, *[None] * (len(KPIS) - 1)]


def test_every_figure_has_its_definition_and_its_source_in_words() -> None:
    """In both languages."""
    for each in KPIS:
        assert each.means("ja").endswith("。")
        assert all((each.title("ja"), each.title("en"), each.means("en"), each.after("ja"), each.after("en")))


def test_shares_of_outcomes_make_a_whole() -> None:
    """No call is lost between the outcomes, and none counted twice."""
    names = ("contained", "transferred", "message", "callback", "abandoned", "helpless")
    assert sum(each.of(SUMS).figure or 0 for each in KPIS if each.name in names) == pytest.approx(1.0)
