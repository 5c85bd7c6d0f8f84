"""Choices that are taken for each other."""

from pathlib import Path

import pytest
from small_city import findings, tree

END = ("甲: {answer: はい。, department: 環境課}", "乙: {answer: はい。, department: 環境課}")


def asked(first: str, second: str, goto: str = "乙") -> dict[str, str]:
    """A question with two choices, in lines 6 and 7."""
    return tree("案内:", "  prompt: ご用件は。", "  choices:", f"    - {{say: {first}, key: 1, goto: 甲}}",
                f"    - {{say: {second}, key: 2, goto: {goto}}}", *END[: 2 if goto == "乙" else 1])  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [("[一階の窓口, 一階]", "[七階]"), ("[申し込み, 予約]", "[持ち込み]"), ("[病院]", "[美容院]")],
)
def test_choices_that_sound_alike_are_told(tmp_path: Path, first: str, second: str) -> None:
    """At the second one's line, with both words and how far apart they are."""
    (found,) = findings(tmp_path, asked(first, second))
    assert (found.rule, found.path, found.line, found.level) == ("sounds-alike", "trees/総合案内.yaml", 7, "warning")
    assert "読みが似ていて(音の違いは" in found.message
    assert "どちらかを、違う言い方に変えてください" in found.message


def test_choices_that_differ_are_passed_over(tmp_path: Path) -> None:
    """However alike they are written."""
    assert findings(tmp_path, asked("[市民税]", "[国民健康保険税]")) == []


def test_two_ways_to_one_goal_may_sound_alike(tmp_path: Path) -> None:
    """Nothing is lost."""
    assert findings(tmp_path, asked("[申し込み]", "[持ち込み]", goto="甲")) == []
