"""Counts of calls over the picture."""

from voicebot.dialog.diagram.outline import Box, Entry, Exit, Kind
from voicebot.dialog.diagram.walked import walked

BOXES = {
    box.name: box
    for box in (
        Box("案内", Kind.say, exits=(Exit("時間"),)),
        Box("時間", Kind.branch, exits=(Exit("受付"), Exit("夜間"))),
        Box("受付", Kind.ask, exits=(Exit("ごみ", "ごみ", "1"), Exit("案内", "はじめから"), Exit("", "FAQ"))),
        Box("夜間", Kind.ask, exits=(Exit("ごみ"),)),
        Box("ごみ", Kind.answer),
        Box("孤島", Kind.end),
    )
}
ENTRIES = (Entry("案内", "着信"),)


def test_what_lies_between_two_questions_was_passed() -> None:
    """From the beginning, and from the question back to it."""
    found = walked(BOXES, ENTRIES, {("", "受付"): 10, ("", "夜間"): 5, ("受付", "夜間"): 2}, {("受付", "ごみ"): 4})
    assert found.calls == 15
    assert found.ways == {
        ("", "案内"): 15, ("案内", "時間"): 17, ("時間", "受付"): 10, ("時間", "夜間"): 7,
        ("受付", "案内"): 2, ("受付", "ごみ"): 4,
    }  # fmt: skip
    assert found.visits == {"受付": 10, "夜間": 7, "ごみ": 4, "案内": 17, "時間": 17}


def test_an_answer_of_the_faq_leaves_the_tree_and_what_is_unknown_counts_nowhere() -> None:
    """Neither does a question that is asked again."""
    found = walked(BOXES, ENTRIES, {("受付", "受付"): 3, ("消えた場面", "受付"): 1}, {("受付", "市民課-1"): 6})
    assert found.ways == {("受付", ""): 6}
    assert found.visits == {"受付": 1}


def test_a_jump_that_no_way_of_the_tree_explains_is_a_visit_only() -> None:
    """Callers can start over anywhere."""
    found = walked(BOXES, ENTRIES, {("夜間", "受付"): 2, ("受付", "孤島"): 1}, {})
    assert found.ways == {}
    assert found.visits == {"受付": 2, "孤島": 1}


def test_hot_are_the_busiest_that_many_calls_came_to() -> None:
    """Not what one caller in a hundred came to."""
    found = walked(BOXES, ENTRIES, {("", "受付"): 97, ("", "夜間"): 3}, {("受付", "ごみ"): 40})
    assert found.hot == {"案内", "時間", "受付", "ごみ"}
    assert walked(BOXES, ENTRIES, {}, {}).hot == frozenset()
