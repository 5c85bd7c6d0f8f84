"""Which of two ways a matter went is better, by what staff and the caller have shown to be right. Pure.

Without anybody's word nothing is better or worse: it is another answer, another department, or cannot be known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["worse", "better", "other_answer", "other_department", "unknown", "slower", "quicker", "other_way"]
"""Judged by what is known to be right; without that, what has changed; at last only the way there, which may take more
or fewer turns of the caller, or as many by other questions."""
VERDICTS: tuple[Verdict, ...] = (
    "worse", "better", "other_answer", "other_department", "unknown", "slower", "quicker", "other_way"
)  # fmt: skip
"""What staff should look at first comes first."""
ResultKind = Literal["answer", "department", "callback", "message", "asked", "none"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a matter."""

    kind: ResultKind
    what: str = ""
    """The entry or answer node; the department; what is being asked where nobody knows the caller's reply."""


@dataclass(frozen=True, slots=True)
class Right:
    """What is known to be right for a matter."""

    entry: str = ""
    department: str = ""
    by: Literal["", "staff", "caller"] = ""
    """Who has shown it: staff by a correction, or the caller by a yes in that call."""


@dataclass(frozen=True, slots=True)
class MatterChange:
    """A matter as it went then, and as it would go now."""

    said: str
    """The caller's first words in it."""
    before: Result
    after: Result
    right: Right
    verdict: Verdict | None
    """None when it ends as it did."""


def merit(result: Result, right: Right, owners: Mapping[str, str]) -> int | None:
    """How good a result is: 2 right, 1 on the right way, 0 nothing, -1 wrong; None when nobody can know.

    Args:
        result: What became of the matter.
        right: What is right.
        owners: The department of each entry.
    """
    if not right.by or result.kind == "asked":
        return None
    if result.kind == "none":
        return 0
    home = right.department or owners.get(right.entry, "")
    if result.kind == "answer":
        if right.entry:
            return 2 if result.what == right.entry else -1
        owner = owners.get(result.what)
        return None if owner is None else 1 if owner == home else -1
    if not home:
        return None
    if result.what != home:
        return -1 if result.kind == "department" else 0
    return 2 if result.kind == "department" and not right.entry else 1


def judge(before: Result, after: Result, right: Right, owners: Mapping[str, str]) -> Verdict | None:
    """What the change is worth; None when both are the same."""
    if before == after:
        return None
    then, now = merit(before, right, owners), merit(after, right, owners)
    if then is not None and now is not None and then != now:
        return "better" if now > then else "worse"
    if after.kind == "answer" and before.kind == "answer":
        return "other_answer"
    if after.kind == before.kind and before.kind in {"department", "callback", "message"}:
        return "other_department"
    return "unknown"


def overall(changes: Sequence[MatterChange], turns_before: int, turns_after: int) -> Verdict:
    """The verdict of a call whose path has changed: what matters most among its matters, else how long it took."""
    found = {change.verdict for change in changes if change.verdict}
    for verdict in VERDICTS:
        if verdict in found:
            return verdict
    if turns_after < turns_before:
        return "quicker"
    return "slower" if turns_after > turns_before else "other_way"
