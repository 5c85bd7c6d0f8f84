"""A search is measured with the decision that the dialog takes."""

from dataclasses import replace

import pytest

from voicebot.content import Content
from voicebot.dialog.limits import Limits
from voicebot.dialog.machine import step
from voicebot.dialog.phrases import ANYTHING_ELSE, CANDIDATES, CONFIRM
from voicebot.dialog.state import State
from voicebot.dialog.tree import Question
from voicebot.dialog.weighing import decide
from voicebot.events import Alternative, DepartmentHit, FaqAnswered, FaqHit
from voicebot.tuning.evaluation_finder import AnswersFinder

LIMITS = Limits(answer_confidence=0.8, confirm_confidence=0.6, offer_confidence=0.45)


def hits(*confidences: float) -> tuple[FaqHit, ...]:
    """Entries of one department."""
    return tuple(FaqHit(str(at), str(at), "答え", "市民課", sure) for at, sure in enumerate(confidences))


@pytest.mark.parametrize(
    ("confidences", "decision"),
    [
        ((), "ask_again"),
        ((0.44, 0.4), "ask_again"),
        ((0.46,), "confirm"),
        ((0.46, 0.45), "offer"),
        ((0.6, 0.5), "confirm"),
        ((0.8, 0.79), "answer"),
    ],
)
def test_the_decision_follows_the_limits(confidences: tuple[float, ...], decision: str) -> None:
    """As `dialog.understanding.weigh`."""
    assert decide(hits(*confidences), (), LIMITS) == decision


class Fixed:
    """A search that always finds the same; only what is asked of it here."""

    def find(self, alternatives: tuple[Alternative, ...], most: int) -> tuple[FaqHit, ...]:
        """The same hits."""
        return hits(0.9, 0.5)

    def route(self, alternatives: tuple[Alternative, ...], language: str) -> tuple[DepartmentHit, ...]:
        """The same department."""
        return (DepartmentHit("市民課", 0.9),)


def test_the_finder_tells_hits_decision_departments_and_time() -> None:
    """The clock is asked before and after."""
    ticks = iter((1.0, 1.25))
    found = AnswersFinder(Fixed(), LIMITS, lambda: next(ticks)).find((Alternative("a", "ア", 1.0),), "ja")
    assert (found.hits, found.decision, found.departments, found.seconds) == (
        hits(0.9, 0.5),
        "answer",
        ("市民課",),
        0.25,
    )


QUESTIONS = {"answer": ANYTHING_ELSE, "confirm": CONFIRM, "offer": CANDIDATES}


@pytest.mark.parametrize("confidences", [(), (0.46,), (0.46, 0.45), (0.7, 0.5), (0.95,), (0.3, 0.2)])
def test_the_dialog_itself_does_what_was_decided(minato: Content, confidences: tuple[float, ...]) -> None:
    """Stepped with the demo city's own limits."""
    found = hits(*confidences)
    state = replace(State(), phase="searching", turn=1, question=Question("受付", "ご用件は", "open", open=True))
    after, _ = step(minato.dialog, state, FaqAnswered(1, found))
    decision = decide(found, (), minato.dialog.limits)
    expected = QUESTIONS.get(decision, "受付")
    assert after.question is not None
    assert after.question.name == expected
