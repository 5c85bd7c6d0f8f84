"""Figures are what their definitions say, on cases that can be counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.events import FaqHit
from voicebot.tuning.evaluation import Asked, Decision, Found, Judged, curve, figures, judge, worst


def hit(entry: str, confidence: float, department: str = "市民課") -> FaqHit:
    """One entry, named after itself."""
    return FaqHit(entry, entry, "答え", department, confidence)


def judged(
    right: str, *found: tuple[str, float], decision: Decision = "answer", departments: tuple[str, ...] = ()
) -> Judged:
    """A question whose right entry is `right`."""
    hits = tuple(hit(*one) for one in found)
    asked = Asked(right, f"{right}?", {right: 2} if right else {}, frozenset({"市民課"}))
    return judge(asked, Found(hits, decision, departments))


def test_places_count_from_one_and_grades_decide_what_is_right() -> None:
    """Related entries count from grade 1, only answers from grade 2."""
    asked = Asked("1", "質問", {"a": 1, "b": 2})
    found = Found((hit("x", 0.9), hit("a", 0.8), hit("b", 0.7)), "offer")
    assert (judge(asked, found).place, judge(asked, found, 2).place, judge(asked, found, 3).place) == (2, 3, None)


def test_a_question_about_a_department_is_judged_by_the_departments_of_the_hits() -> None:
    """Where only the department is known, any of its entries is right."""
    asked = Asked("1", "質問", {}, frozenset({"環境課"}))
    one = judge(asked, Found((hit("a", 0.9), hit("b", 0.8, "環境課")), "offer", ("市民課", "環境課")))
    assert (one.place, one.department_place, one.is_right) == (2, 2, True)


def test_the_figures_of_four_questions() -> None:
    """Counted by hand."""
    each = [
        judged("a", ("a", 0.9), ("x", 0.5), departments=("市民課",)),
        judged("b", ("x", 0.8), ("b", 0.7), departments=("環境課", "税務課", "市民課")),
        judged("c", ("x", 0.4), ("y", 0.3), ("z", 0.2), ("c", 0.1), decision="offer"),
        judged("d", decision="ask_again"),
    ]
    found = figures(each)
    assert found.hits == {1: 0.25, 3: 0.5, 5: 0.75, 10: 0.75}
    assert found.reciprocal_rank == pytest.approx((1 + 1 / 2 + 1 / 4) / 4)
    assert found.routing == {1: 0.25, 3: 0.5}
    assert found.decisions == {
        "answer": (2, 1),
        "confirm": (0, 0),
        "offer": (1, 0),
        "ask_again": (1, 0),
        "route": (0, 0),
    }
    assert (found.wrong_answers, found.covered) == (1, 0.5)


@pytest.mark.parametrize(
    ("decision", "place", "right"),
    [
        ("answer", 1, True),
        ("answer", 2, False),
        ("confirm", 1, True),
        ("confirm", 2, False),
        ("offer", 3, True),
        ("offer", 4, False),
    ],
)
def test_what_is_right_depends_on_what_is_done(decision: Decision, place: int, right: bool) -> None:
    """An offer may hold the answer at the third place; an answer must be the first."""
    names = ["x", "y", "z", "w"]
    names[place - 1] = "a"
    assert judged("a", *((name, 0.5) for name in names), decision=decision).is_right is right


def test_routing_and_asking_again_are_right_where_nothing_else_is() -> None:
    """To say that nothing is known is right when nothing is known."""
    assert judged("a", decision="route", departments=("市民課",)).is_right
    assert not judged("a", decision="route", departments=("税務課",)).is_right
    nothing = Asked("1", "宇宙人はいますか", {})
    assert judge(nothing, Found((), "ask_again")).is_right
    assert not judge(nothing, Found((hit("a", 0.9),), "answer")).is_right


def test_the_curve_answers_the_surest_first() -> None:
    """Ten questions, the least sure five wrong: no wrong answer up to half of them."""
    each = [judged(f"q{n}", (f"q{n}" if n < 5 else "x", 1 - n / 10)) for n in range(10)]
    points = {point.coverage: point for point in curve(each)}
    assert points[0.5].wrong == 0
    assert points[0.5].confidence == pytest.approx(0.6)
    assert (points[1.0].wrong, points[1.0].wrong_of_answered, points[1.0].wrong_of_all) == (5, 0.5, 0.5)
    assert points[0.8].wrong_of_answered == pytest.approx(3 / 8)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=30))
def test_wrong_answers_only_become_more_when_more_is_answered(each: list[tuple[bool, float]]) -> None:
    """And their confidence sinks."""
    points = curve([judged("a", ("a" if right else "x", sure)) for right, sure in each])
    assert [point.wrong for point in points] == sorted(point.wrong for point in points)
    assert [point.confidence for point in points] == sorted((point.confidence for point in points), reverse=True)


def test_the_worst_misses_are_sure_and_wrong() -> None:
    """Then what was not ranked, then what was ranked low; what is right is no miss."""
    each = [
        judged("low", ("x", 0.3), ("y", 0.2), ("low", 0.1), decision="ask_again"),
        judged("lost", ("x", 0.3), decision="ask_again"),
        judged("unsure", ("x", 0.81)),
        judged("sure", ("x", 0.99)),
        judged("right", ("right", 0.9)),
    ]
    found = worst(each)
    assert [miss.wanted for miss in found] == ["sure", "unsure", "lost", "low"]
    assert [miss.kind for miss in found][:3] == ["wrong answer", "wrong answer", "not found"]
    assert (found[3].place, found[0].confidence) == (3, 0.99)
    assert len(worst(each, 2)) == 2


def test_nothing_at_all_has_figures() -> None:
    """No division by zero."""
    found = figures([])
    assert (found.questions, found.hits[1], found.curve, found.covered) == (0, 0.0, (), 0.0)
