"""How good answers are, in figures: of questions whose right answers are known, how many are found, and how surely.

Pure. The measures: hit@k is the share of questions with a right entry among the first k; MRR the mean of 1/place of
the first right entry, 0 where none is ranked (Voorhees, TREC-8, 1999); routing@k the share of questions whose right
department is among the first k. A question for which the FAQ holds no answer counts only where answers are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from voicebot.events import Alternative, FaqHit

Decision = Literal["answer", "confirm", "offer", "ask_again", "route"]
"""What is done with a question: answer at once, confirm one entry, offer a few, ask to say it differently, or go to a
department."""
DECISIONS: tuple[Decision, ...] = get_args(Decision)
HITS_AT = (1, 3, 5, 10)
ROUTED_AT = (1, 3)
OFFERED = 3
COVERAGES = tuple(step / 10 for step in range(1, 11))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose right answers are known."""

    name: str
    """Its id."""
    text: str
    entries: Mapping[str, int]
    """Right entries and how right they are (2 answers it, 1 is related); empty when the FAQ has no answer, or when only
    the department is known."""
    departments: frozenset[str] = frozenset()
    """Right departments; empty when they are not known."""
    heard: tuple[Alternative, ...] = ()
    """What a recogniser made of it, best first; empty for a question in writing."""

    @property
    def is_about_departments(self) -> bool:
        """Whether only the department is known."""
        return not self.entries and bool(self.departments)


@dataclass(frozen=True, slots=True)
class Found:
    """What the search made of a question."""

    hits: tuple[FaqHit, ...]
    """Best first, as many as it ranks."""
    decision: Decision
    departments: tuple[str, ...] = ()
    """Best first."""
    seconds: float = 0.0
    """What the search took."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, what was found, and where the right things stand."""

    asked: Asked
    found: Found
    place: int | None
    """Of the first right entry, from 1; None when none is among the ranked."""
    department_place: int | None
    """Of the first right department."""

    @property
    def confidence(self) -> float:
        """Of the best entry."""
        return self.found.hits[0].confidence if self.found.hits else 0.0

    @property
    def is_right(self) -> bool:
        """Whether the caller gets what was asked for: the entry, one of those offered, or the department.

        To ask again is right where there is nothing to find.
        """
        match self.found.decision:
            case "answer" | "confirm":
                return self.place == 1
            case "offer":
                return self.place is not None and self.place <= OFFERED
            case "ask_again":
                return not self.asked.entries and not self.asked.departments
            case "route":
                return self.department_place == 1

    @property
    def is_wrong_answer(self) -> bool:
        """Whether something wrong was answered without asking."""
        return self.found.decision == "answer" and self.place != 1


@dataclass(frozen=True, slots=True)
class Point:
    """What would happen if just the surest part of the questions were answered at once."""

    coverage: float
    """The share that is answered."""
    confidence: float
    """From which on."""
    wrong: int
    """How many of those answers are wrong."""
    wrong_of_answered: float
    wrong_of_all: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is measured on one set of questions."""

    questions: int
    hits: Mapping[int, float]
    """By k, of the questions with a known entry."""
    reciprocal_rank: float
    with_entry: int
    routing: Mapping[int, float]
    """By k, of the questions with a known department."""
    with_department: int
    decisions: Mapping[Decision, tuple[int, int]]
    """By decision how many questions met it, and with how many of them it was right."""
    wrong_answers: int
    """Answered at once, and wrong."""
    curve: tuple[Point, ...]
    seconds: tuple[float, float]
    """Of a search: the median and the 95th percentile."""

    @property
    def covered(self) -> float:
        """The share of questions that were answered at once or confirmed."""
        return (self.decisions["answer"][0] + self.decisions["confirm"][0]) / max(1, self.questions)


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that went wrong."""

    question: str
    heard: str
    """What the recogniser wrote; "" for a question in writing."""
    wanted: str
    found: str
    confidence: float
    decision: Decision
    place: int | None
    """Of the right entry; None when it was not ranked."""
    kind: Literal["wrong answer", "not found"] = field(default="not found")


def judge(asked: Asked, found: Found, least_grade: int = 1) -> Judged:
    """Where the right entry and the right department stand.

    Args:
        asked: The question.
        found: What was found.
        least_grade: From which grade an entry counts as right.
    """
    right = {entry for entry, grade in asked.entries.items() if grade >= least_grade}
    if asked.is_about_departments:
        place = _place([hit.department in asked.departments for hit in found.hits])
    else:
        place = _place([hit.entry in right for hit in found.hits])
    return Judged(asked, found, place, _place([name in asked.departments for name in found.departments]))


def figures(judged: Sequence[Judged]) -> Figures:
    """Everything that is measured."""
    known = [one for one in judged if one.asked.entries]
    routed = [one for one in judged if one.asked.departments]
    seconds = sorted(one.found.seconds for one in judged)
    return Figures(
        questions=len(judged),
        hits={k: _share([one.place is not None and one.place <= k for one in known]) for k in HITS_AT},
        reciprocal_rank=_mean([1 / one.place if one.place else 0.0 for one in known]),
        with_entry=len(known),
        routing={
            k: _share([one.department_place is not None and one.department_place <= k for one in routed])
            for k in ROUTED_AT
        },
        with_department=len(routed),
        decisions={
            decision: (len(met), sum(one.is_right for one in met))
            for decision in DECISIONS
            for met in [[one for one in judged if one.found.decision == decision]]
        },
        wrong_answers=sum(one.is_wrong_answer for one in judged),
        curve=curve(judged),
        seconds=(_at(seconds, 0.5), _at(seconds, 0.95)),
    )


def curve(judged: Sequence[Judged]) -> tuple[Point, ...]:
    """Coverage against wrong answers, at every tenth of coverage: the surest questions are answered first."""
    surest = sorted(judged, key=lambda one: -one.confidence)
    points = []
    for coverage in COVERAGES:
        answered = surest[: round(coverage * len(surest))]
        if answered:
            wrong = sum(one.place != 1 for one in answered)
            least = answered[-1].confidence
            points.append(Point(coverage, least, wrong, wrong / len(answered), wrong / len(surest)))
    return tuple(points)


def worst(judged: Sequence[Judged], most: int = 10) -> tuple[Miss, ...]:
    """The worst misses first: wrong answers given at once by how sure they were, then what is ranked lowest or not."""
    wrong = [one for one in judged if one.is_wrong_answer]
    lost = [one for one in judged if not one.is_wrong_answer and not one.is_right]
    wrong.sort(key=lambda one: -one.confidence)
    lost.sort(key=lambda one: (-(one.place or 1000), -one.confidence))
    return tuple(_miss(one) for one in (*wrong, *lost)[:most])


def _miss(one: Judged) -> Miss:
    best = one.found.hits[0] if one.found.hits else None
    right = max(one.asked.entries, key=lambda entry: one.asked.entries[entry], default="")
    return Miss(
        question=one.asked.text,
        heard=one.asked.heard[0].text if one.asked.heard else "",
        wanted=right or "、".join(sorted(one.asked.departments)),
        found=best.question if best else "",
        confidence=one.confidence,
        decision=one.found.decision,
        place=one.place,
        kind="wrong answer" if one.is_wrong_answer else "not found",
    )


def _place(right: Sequence[bool]) -> int | None:
    return next((at for at, good in enumerate(right, 1) if good), None)


def _share(good: Sequence[bool]) -> float:
    return sum(good) / len(good) if good else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
