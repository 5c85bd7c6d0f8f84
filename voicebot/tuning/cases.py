"""Utterances that went wrong, with all that is known about what was meant. Pure.

What staff say about a turn goes before what the caller showed in the same call, and both before any guess.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from voicebot.events import Alternative
from voicebot.transcripts.reviews import Judgement
from voicebot.transcripts.troubles import Trouble

CaseKind = Literal["not_understood", "refused", "corrected", "wrong_transfer"]
"""Nothing was understood; what was offered was refused; staff know better; the caller was sent to the wrong place."""


@dataclass(frozen=True, slots=True)
class Case:
    """One utterance that went wrong."""

    call: str
    turn: int
    began: int
    """The call's start, in seconds since 1970."""
    language: str
    kind: CaseKind
    node: str
    """The question that it answered."""
    guesses: tuple[Alternative, ...]
    """What the recogniser made of it, best first; never empty."""
    said: str = ""
    """What was really said, as staff have heard it; empty when nobody has listened."""
    entry: str = ""
    """The right entry, as staff say."""
    department: str = ""
    """The right department, as staff say."""
    intent: str = ""
    """What the caller wanted, in the words of the staff."""
    shown_entry: str = ""
    """The entry that the caller said yes to afterwards, or chose."""
    shown_department: str = ""
    """Where the caller was connected afterwards."""
    refused: tuple[str, ...] = ()
    """Entries that the caller did not mean."""

    @property
    def name(self) -> str:
        """Names the case among all others."""
        return f"{self.call}:{self.turn}"

    @property
    def text(self) -> str:
        """What was said, as far as known."""
        return self.said or self.guesses[0].text

    @property
    def heard(self) -> tuple[Alternative, ...]:
        """The guesses, with what was really said in front of them."""
        if not self.said or self.said == self.guesses[0].text:
            return self.guesses
        return (Alternative(self.said, "", 1.0), *self.guesses)

    @property
    def wanted(self) -> str:
        """The right entry, as far as anybody has shown it."""
        return self.entry or ("" if self.department else self.shown_entry)


def case_of(call: str, began: int, language: str, trouble: Trouble) -> Case:
    """A trouble as a case that nobody has looked at."""
    refused = tuple(named.entry for named in trouble.named[:1]) if trouble.kind == "refused" else ()
    entry = trouble.entry if trouble.agreed and trouble.entry not in refused else ""
    return Case(
        call, trouble.turn, began, language, trouble.kind, trouble.node, trouble.guesses,
        shown_entry=entry, shown_department=trouble.department, refused=refused,
    )  # fmt: skip


def judged(case: Case, judgement: Judgement) -> Case | None:
    """The case with what staff say; None when there is nothing to be understood in it."""
    if judgement.text == "":
        return None
    refused = tuple(each for each in case.refused if each != judgement.entry)
    return replace(
        case,
        said=judgement.text or case.said,
        entry=judgement.entry,
        department=judgement.department,
        intent=judgement.intent,
        refused=refused,
    )


def laid_over(cases: Iterable[Case], judgements: Mapping[tuple[str, int], Judgement]) -> tuple[Case, ...]:
    """The cases with what staff say about them, by call and turn."""
    found = (
        judged(case, judgements[case.call, case.turn]) if (case.call, case.turn) in judgements else case
        for case in cases
    )
    return tuple(case for case in found if case is not None)
