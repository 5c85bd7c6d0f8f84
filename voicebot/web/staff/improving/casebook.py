"""The cases of a period: what was not understood, with what staff say, read from the store. Blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from voicebot.transcripts.improvements import Improvements, Utterance
from voicebot.transcripts.reviews import Correction, Judgement, Review
from voicebot.transcripts.store import Store
from voicebot.tuning.cases import Case, case_of, laid_over
from voicebot.tuning.gathering import MOST_CASES
from voicebot.tuning.replaying import Truth


@dataclass(frozen=True, slots=True)
class Casebook:
    """What a period holds."""

    cases: tuple[Case, ...]
    troubles: int
    """How many utterances were in trouble in the whole period; more than are looked at when there are too many."""
    corrections: int


def casebook(store: Store, since: datetime, until: datetime) -> Casebook:
    """The cases of calls that began at `since` or later and before `until`."""
    improvements = store.improvements
    troubles = improvements.troubles(since, until, MOST_CASES)
    corrections = store.reviews.corrections_between(since, until, MOST_CASES)
    reviews = {review.call_id: review for review in store.reviews.between(since, until)}
    found = {
        (each.call_id, each.trouble.turn): case_of(each.call_id, each.began, each.language, each.trouble)
        for each in troubles
    }
    for correction in corrections:
        key = correction.call_id, correction.turn
        if key not in found and (case := _corrected(improvements, correction)):
            found[key] = case
    judgements = {(each.call_id, each.turn): each.judgement for each in corrections}
    for wrong in _wrong_transfers(store, since, until):
        judgements.setdefault((wrong.call, wrong.turn), Judgement(department=wrong.department))
        found.setdefault((wrong.call, wrong.turn), wrong)
    cases = laid_over(found.values(), judgements)
    kept = (_reviewed(case, reviews[case.call]) if case.call in reviews else case for case in cases)
    return Casebook(
        tuple(case for case in kept if case is not None), improvements.count(since, until), len(corrections)
    )


def truth_of(store: Store, call_id: str, wrong: dict[str, dict[int, str]]) -> Truth:
    """What staff know about a call; `wrong` holds the right departments of transfers by call."""
    told = store.reviews.of_call(call_id)
    entries = {each.turn: each.judgement.entry for each in told.corrections if each.judgement.entry}
    departments = {each.turn: each.judgement.department for each in told.corrections if each.judgement.department}
    solved = told.review is not None and told.review.outcome == "solved"
    return Truth(entries, departments, wrong.get(call_id, {}), solved)


def _corrected(improvements: Improvements, correction: Correction) -> Case | None:
    """A turn that went wrong without the bot noticing; None when staff say that it was right."""
    said, judgement = improvements.utterance(correction.call_id, correction.turn), correction.judgement
    if said is None:
        return None
    wrong_answer = judgement.entry and judgement.entry != said.answered
    misheard = judgement.text is not None and judgement.text != correction.heard and not judgement.entry
    return _case(said, "corrected") if wrong_answer or misheard or judgement.department else None


def _wrong_transfers(store: Store, since: datetime, until: datetime) -> Iterator[Case]:
    for wrong in store.wrong_transfers.since(since, MOST_CASES):
        said = store.improvements.before_transfer(wrong.call_id, wrong.number)
        if said is not None and since.timestamp() <= said.began < until.timestamp():
            yield replace(_case(said, "wrong_transfer"), department=wrong.right)


def _case(said: Utterance, kind: str) -> Case:
    refused = (said.answered,) if said.answered else ()
    return Case(said.call_id, said.turn, said.began, said.language, kind, said.node, said.guesses, refused=refused)  # type: ignore[arg-type]


def _reviewed(case: Case, review: Review) -> Case | None:
    """With what was said about the call as a whole; None when the caller wanted nothing."""
    if review.outcome == "no_matter":
        return None
    if review.right_department and not case.entry and not case.department:
        return replace(case, department=review.right_department)
    return case
