"""Which of two ways a matter went is better, and when nobody can know."""

import pytest

from voicebot.tuning.verdicts import MatterChange, Result, Right, judge, merit, overall

OWNERS = {"粗大ごみ": "環境課", "家具": "福祉課", "ごみの日": "環境課"}
BY_STAFF = Right("粗大ごみ", "", "staff")
TO_STAFF = Right("", "環境課", "staff")
RIGHT, WRONG, NOTHING = Result("answer", "粗大ごみ"), Result("answer", "家具"), Result("none")


@pytest.mark.parametrize(
    ("result", "right", "worth"),
    [
        (RIGHT, BY_STAFF, 2),
        (WRONG, BY_STAFF, -1),
        (NOTHING, BY_STAFF, 0),
        (Result("department", "環境課"), BY_STAFF, 1),
        (Result("department", "環境課"), TO_STAFF, 2),
        (Result("department", "福祉課"), TO_STAFF, -1),
        (Result("message", "環境課"), TO_STAFF, 1),
        (Result("callback", "福祉課"), TO_STAFF, 0),
        (Result("answer", "ごみの日"), TO_STAFF, 1),
        (Result("answer", "家具"), TO_STAFF, -1),
        (Result("answer", "知らない節"), TO_STAFF, None),
        (Result("asked", "…ですか"), BY_STAFF, None),
        (Result("department", "環境課"), Right("知らない", "", "staff"), None),
        (RIGHT, Right(), None),
    ],
)
def test_what_a_result_is_worth(result: Result, right: Right, worth: int | None) -> None:
    """By the right entry, else by the right department."""
    assert merit(result, right, OWNERS) == worth


def test_a_change_is_judged_by_what_is_known() -> None:
    """Without anybody's word it is another answer, another department, or cannot be known."""
    assert judge(NOTHING, RIGHT, BY_STAFF, OWNERS) == "better"
    assert judge(RIGHT, WRONG, BY_STAFF, OWNERS) == "worse"
    assert judge(RIGHT, RIGHT, BY_STAFF, OWNERS) is None
    assert judge(WRONG, RIGHT, Right(), OWNERS) == "other_answer"
    assert judge(Result("department", "環境課"), Result("department", "福祉課"), Right(), OWNERS) == "other_department"
    assert judge(NOTHING, RIGHT, Right(), OWNERS) == "unknown"
    assert judge(WRONG, Result("asked", "…ですか"), BY_STAFF, OWNERS) == "unknown"


def test_a_call_is_as_bad_as_its_worst_matter() -> None:
    """And when all end as they did, the way counts."""

    def change(verdict: str | None) -> MatterChange:
        return MatterChange("", NOTHING, NOTHING, Right(), verdict)  # type: ignore[arg-type]

    assert overall([change("better"), change("worse"), change(None)], 1, 1) == "worse"
    assert overall([change(None)], 3, 2) == "quicker"
    assert overall([change(None)], 2, 3) == "slower"
    assert overall([], 2, 2) == "other_way"
