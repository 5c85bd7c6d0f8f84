"""Groups and proposals of a period, against the present draft; computed behind the calls and kept while they are true.

What the content makes of a case is kept by case and content, so that a new call costs only its own look.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.content import Files
from voicebot.editing import accepted
from voicebot.editing.faq_entries import added
from voicebot.errors import ContentError
from voicebot.events import Alternative
from voicebot.faq.rows import Row
from voicebot.releases.library import Library
from voicebot.service import Service
from voicebot.transcripts.improvements import ProposalDecision
from voicebot.tuning.cases import Case
from voicebot.tuning.gathering import Looked, groups, look
from voicebot.tuning.proposals import Group, Known, Proposal, proposals
from voicebot.tuning.reactions import Reaction
from voicebot.web.staff.improving.casebook import Casebook, casebook
from voicebot.web.staff.improving.trials import Trial, Trials
from voicebot.web.staff.improving.works import Work, Works

PERIODS = (7, 30, 90)
"""Days that can be looked at."""
_SCORED = 40
_TRIED = 12
"""So many cases of a proposal are tried before and after."""
_KEPT = 20_000
PLACEHOLDER = "この答えは、まだ書かれていません。"
"""Stands for the answer of a new entry while it is tried."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a proposal is worth: of the cases that were tried, how many lead to what is right, and how surely."""

    tried: int
    before: int
    after: int
    sure_before: float
    sure_after: float


@dataclass(slots=True)
class Gathered:
    """Everything about one period."""

    days: int
    at: datetime
    state: object
    """Changes when there is something new."""
    book: Casebook
    looked: Mapping[str, Looked] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    """Of the cases that the draft does not understand yet."""
    mended: int = 0
    """How many cases the draft understands by now."""
    misheard: int = 0
    """How many the draft would understand if only they were heard."""
    proposals: tuple[Proposal, ...] = ()
    scores: dict[str, Score] = field(default_factory=dict)
    """By the proposal's key; grows while it is computed."""

    def proposal(self, key: str) -> Proposal | None:
        """The proposal of this key."""
        return next((each for each in self.proposals if each.key == key), None)


class Gatherer:
    """Gathers for one service; for any thread.

    Args:
        service: The whole house.
        library: Its draft.
        works: What does the work behind the calls.
        trials: Makes contents to be tried.
    """

    def __init__(self, service: Service, library: Library, works: Works, trials: Trials) -> None:
        self._service = service
        self._library = library
        self._works = works
        self._trials = trials
        self._last: dict[int, Gathered] = {}
        self._looks: OrderedDict[tuple[str, Case], Looked] = OrderedDict()

    def now(self, days: int) -> tuple[Gathered | None, Work | None]:
        """What is known of the last so many days, and the work under way when there is something newer to be known."""
        last = self._last.get(days)
        if last is None or last.state != self._state(days):
            return last, self._works.begin(work_name(days), lambda work: self._gather(days, work))
        work = self._works.of(work_name(days))
        return last, work if work is not None and not work.over else None

    def _period(self, days: int) -> tuple[datetime, datetime]:
        now = self._service.now()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=days - 1), midnight + timedelta(days=1)

    def _state(self, days: int) -> object:
        since, until = self._period(days)
        told = self._service.store.improvements.stamp(since, until)
        return told, contents.fingerprint_of(self._library.draft().files)

    def _gather(self, days: int, work: Work) -> None:
        since, until = self._period(days)
        unsifted = self._service.store.improvements.unsifted(since, until)
        for done, call_id in enumerate(unsifted):
            if not work.at(done, len(unsifted), "improve_sifting"):
                return
            self._service.store.improvements.sift(call_id)
        state, files = self._state(days), self._library.draft().files
        book = casebook(self._service.store, since, until)
        work.at(0, len(book.cases), "improve_looking")
        trial = self._trials.of(files)
        looked = self._look(book, trial, contents.fingerprint_of(files), work)
        if looked is None:
            return
        found = Gathered(days, self._service.now(), state, book, {each.case.name: each for each in looked})
        open_cases = [each for each in looked if not each.mended]
        found.mended = len(looked) - len(open_cases)
        found.misheard = sum(each.misheard for each in open_cases)
        found.groups = groups(open_cases, self._trials.meanings(trial))
        found.proposals = proposals(found.groups, known_of(trial))
        self._last[days] = found
        self._score(found, files, trial, work)

    def _look(self, book: Casebook, trial: Trial, fingerprint: str, work: Work) -> list[Looked] | None:
        found: list[Looked] = []
        for done, case in enumerate(book.cases):
            if not work.at(done, len(book.cases)):
                return None
            key = fingerprint, case
            if key not in self._looks:
                self._looks[key] = look(case, trial.search, trial.line, trial.reader)
            self._looks.move_to_end(key)
            found.append(self._looks[key])
        while len(self._looks) > _KEPT:
            self._looks.popitem(last=False)
        return found

    def _score(self, found: Gathered, files: Files, trial: Trial, work: Work) -> None:
        tried = [each for each in found.proposals if each.kind != "word"][:_SCORED]
        for done, proposal in enumerate(tried):
            if not work.at(done, len(tried), "improve_scoring"):
                return
            try:
                after = self._trials.of({**files, **changes_of(proposal, files)}, keep=False)
            except ContentError:
                continue  # it cannot be tried as it is; staff will be told why when they accept it
            found.scores[proposal.key] = score(proposal, trial, after)


def work_name(days: int) -> str:
    """Of the work that gathers so many days."""
    return f"gather-{days}"


def known_of(trial: Trial) -> Known:
    """What a content holds, as proposals want to know it."""
    content = trial.content

    def route(guesses: tuple[Alternative, ...]) -> list[str]:
        return [each.department for each in trial.search.route(guesses, "ja")]

    return Known(
        {entry.question: entry for entry in content.entries},
        dict(content.duties),
        frozenset(content.dialog.vocabulary),
        trial.reader,
        bootstrap.words(),
        route,
    )


def changes_of(proposal: Proposal, files: Files, answer: str = PLACEHOLDER) -> dict[str, str]:
    """The files that accepting a proposal changes, as it stands.

    Raises:
        ContentError: the place is gone, or cannot be edited safely.
    """
    match proposal.kind:
        case "way":
            path = accepted.home_of_entry(files, proposal.target)
            return {path: accepted.with_ways(files[path], path, proposal.target, [proposal.text, *proposal.more])}
        case "new":
            path = accepted.home_of_department(files, proposal.department)
            row = Row(proposal.text, answer, proposal.department, proposal.more)
            return {path: added(files.get(path, ""), path, row)}
        case "alias":
            path = accepted.DEPARTMENTS
            return {path: accepted.with_name(files.get(path, ""), proposal.target, proposal.text)}
        case "duty":
            path = accepted.DEPARTMENTS
            return {path: accepted.with_duty(files.get(path, ""), proposal.target, proposal.text)}
        case "word":
            return _with_word(proposal, files)


def _with_word(proposal: Proposal, files: Files) -> dict[str, str]:
    """A word that the recogniser shall expect: as a keyword of the entry, or a duty of the department."""
    try:
        path = accepted.home_of_entry(files, proposal.target)
    except ContentError:
        path = accepted.DEPARTMENTS
        return {path: accepted.with_duty(files.get(path, ""), proposal.target, proposal.text)}
    return {path: accepted.with_keyword(files[path], path, proposal.target, proposal.text)}


def score(proposal: Proposal, before: Trial, after: Trial) -> Score:
    """A proposal's cases with the content as it is, and as it would be."""
    entry = proposal.text if proposal.kind == "new" else proposal.target if proposal.kind == "way" else ""
    department = proposal.target if proposal.kind in {"alias", "duty"} else ""
    cases = proposal.cases[:_TRIED]
    then = [_reaction(before, case) for case in cases]
    now = [_reaction(after, case) for case in cases]
    return Score(
        len(cases),
        sum(each.serves(entry, department) for each in then),
        sum(each.serves(entry, department) for each in now),
        _mean([_chance(before, case, entry) for case in cases]),
        _mean([_chance(after, case, entry) for case in cases]),
    )


def _reaction(trial: Trial, case: Case) -> Reaction:
    return trial.line.react(case.guesses, case.node, case.language)


def _chance(trial: Trial, case: Case, entry: str) -> float:
    """How sure the search is of the entry, on the dialog's scale."""
    if not entry:
        return 0.0
    return next((each.confidence for each in trial.search.ranked(case.guesses) if each.entry.question == entry), 0.0)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def is_decided(proposal: Proposal, decisions: Mapping[str, ProposalDecision]) -> bool:
    """Whether staff have decided about it: by its name, or about the same thing resting on mostly the same calls."""
    if proposal.key in decisions:
        return True
    calls = set(proposal.calls)
    same = f"{proposal.kind}|{proposal.target}|"
    return any(
        key.startswith(same) and 2 * len(calls & set(each.calls)) > len(calls) for key, each in decisions.items()
    )


def as_edited(
    proposal: Proposal, *, kind: str, target: str, text: str, more: tuple[str, ...], department: str
) -> Proposal:
    """The proposal as staff want it: a new entry may become a way of asking, and the other way round."""
    chosen = "way" if kind == "way" else "new" if kind == "new" else proposal.kind
    return replace(proposal, kind=chosen, target=target, text=text, more=more, department=department)
