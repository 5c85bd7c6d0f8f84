"""Learning finds what tells, and is not fooled by what does not."""

from dataclasses import replace

import numpy as np
import pytest

from voicebot.faq.learn import (
    NOBODYS,
    UNANSWERABLE,
    Case,
    as_asked,
    cross_validated,
    learn,
    promised,
    variations,
    without_answer,
)
from voicebot.faq.weights import fuse, ranking

ENTRIES = 40


def cases(count: int = 60) -> list[Case]:
    """Two kinds of evidence: the first tells, the second is chance."""
    chance = np.random.default_rng(0)
    made = []
    for group in range(count):
        right = int(chance.integers(ENTRIES))
        evidence = chance.random((2, ENTRIES), dtype=np.float32)
        evidence[0, right] += 0.6
        owners = tuple(f"課{place % 4}" for place in range(ENTRIES))
        made.append(Case(group, evidence, owners, ENTRIES, frozenset({right}), frozenset({owners[right]})))
    return made


def test_the_kind_that_tells_weighs_more() -> None:
    """And finds the right entries of questions that were held back."""
    taught = [each for case in cases() for each in variations(case)]
    weights = learn("sound", taught)
    assert weights.fusion[0] > 3 * abs(weights.fusion[1])
    fresh = cases(90)[60:]
    found = [ranking(fuse(weights.fusion, case.evidence))[0] in case.right for case in fresh]
    assert sum(found) / len(found) > 0.5


def test_learning_twice_gives_the_same() -> None:
    """No chance in it."""
    assert learn("sound", cases(20)) == learn("sound", cases(20))


def test_questions_without_an_answer_make_less_sure() -> None:
    """On average, by weights that have not seen them."""
    known = cases()
    both = [*known, *map(without_answer, known)]
    judged = cross_validated("sound", both)
    chances = [each.entry.chance for each in judged if each.entry]
    assert sum(chances[: len(known)]) > sum(chances[len(known) :])


def test_a_question_without_its_answer_keeps_its_department() -> None:
    """Whose matter it is does not change."""
    case = cases(1)[0]
    left = without_answer(case)
    assert left.right == frozenset()
    assert left.entries == ENTRIES - 1
    assert left.departments == case.departments
    assert left.evidence.shape == (2, ENTRIES - 1)


def test_what_is_nobodys_matter_teaches_doubt_about_departments() -> None:
    """No department is ever right for it."""
    case = cases(1)[0]
    nobodys = Case(1, case.evidence, case.owners, ENTRIES, departments=NOBODYS)
    judged = cross_validated("sound", [*cases(), nobodys])[-1]
    assert judged.department is not None
    assert not judged.department.first


def test_each_question_teaches_in_a_small_faq_too() -> None:
    """With its answer and without."""
    kinds = variations(cases(1)[0])
    assert [bool(each.right) for each in kinds] == [True, False, True, False]
    assert kinds[2].entries < 6
    assert kinds[0].weight > kinds[1].weight > 0


def weights(cases: list[Case]) -> tuple[float, float, float]:
    """What counts as answered, as missing its answer, and as nobody's matter; only whole FAQs."""
    whole = [case for case in cases if case.whole]
    nobodys = sum(case.weight for case in whole if case.departments == NOBODYS)
    missing = sum(case.weight for case in whole if not case.right) - nobodys
    return sum(case.weight for case in whole if case.right), missing, nobodys


def test_questions_are_mixed_as_callers_ask_them_however_many_a_list_holds() -> None:
    """One in four has no answer: half of those come near one, half are nobody's matter."""
    known = cases(30)
    outside = [replace(case, right=frozenset(), departments=NOBODYS) for case in cases(80)]
    assert weights(as_asked(known)) == pytest.approx((30, 30 * UNANSWERABLE, 0))
    assert weights(as_asked([*known, *outside])) == pytest.approx((30, 30 * UNANSWERABLE / 2, 30 * UNANSWERABLE / 2))
    assert weights(as_asked([*known, *outside[:5]])) == pytest.approx(
        (30, 30 * UNANSWERABLE / 2, 30 * UNANSWERABLE / 2)
    )


def test_a_long_list_of_questions_outside_the_faq_leaves_what_is_plain_answered() -> None:
    """They are not asked more often because somebody has written many of them down."""
    known = cases(60)
    for case in known:
        case.evidence[0, list(case.right)] += 2.0
    some, many = (
        learn(
            "sound", as_asked([*known, *(replace(each, right=frozenset(), departments=NOBODYS) for each in cases(n))])
        )
        for n in (20, 200)
    )
    assert some.entry.thresholds.answer < 0.95
    assert many.entry.thresholds.answer < 0.95


def test_a_question_that_only_a_department_answers_keeps_its_weight() -> None:
    """Nothing is known about its entry, so it is no question without an answer."""
    known = cases(4)
    alone = replace(known[0], right=frozenset(), answerable=False)
    assert [case.weight for case in as_asked([*known, alone]) if not case.answerable and case.whole] == [1.0]


def test_a_small_faq_teaches_but_promises_nothing() -> None:
    """What is easy there says nothing about the whole FAQ."""
    taught = variations(cases(1)[0])
    assert [case.whole for case in taught] == [True, True, False, False]
    judged = cross_validated("sound", [*cases(10), *taught])[-4:]
    assert promised(taught, judged) == judged[:2]


@pytest.mark.parametrize("group", range(3))
def test_a_fold_never_learns_from_its_own_group(group: int) -> None:
    """A question typed and spoken stays on one side."""
    one = cases(10)
    twin = [*one, *one]
    judged = cross_validated("sound", twin)
    assert judged[group] == judged[group + 10]
