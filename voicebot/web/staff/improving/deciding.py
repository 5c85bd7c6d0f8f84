"""Accepting a proposal edits the draft and adds a talk; dismissing it keeps the reason. Both can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass

from voicebot.accounts.audit import Author
from voicebot.content import Files
from voicebot.dialog.phrases import CANDIDATES, CONFIRM
from voicebot.dialog.tree import Option, ToAnswer, ToPerson
from voicebot.editing.talk_files import with_talk
from voicebot.errors import ContentError, VoicebotError
from voicebot.releases.texts import digest_of
from voicebot.transcripts.improvements import ProposalDecision
from voicebot.tuning.golden import A_WEEKDAY
from voicebot.tuning.proposals import Proposal
from voicebot.tuning.session import Session as Notes
from voicebot.tuning.talk import Reply, Talk
from voicebot.web.staff.content.saving import Crossed, Refused, Saved, Wish
from voicebot.web.staff.improving.bench import Bench
from voicebot.web.staff.improving.gathering import changes_of
from voicebot.web.staff.improving.trials import Trial
from voicebot.web.staff.office import Office

TALKS = "talks/改善.yaml"
"""Talks that come from proposals and calls."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of accepting."""

    outcome: Saved | Refused | Crossed
    talk: bool = False
    """Whether a talk could be added: the draft then answers these words rightly."""


def accept(
    office: Office, bench: Bench, who: Author, proposal: Proposal, key: str, answer: str, *, talk: bool
) -> Accepted:
    """Edit the draft as the proposal says, with a talk that shows that it works. Blocks.

    Args:
        office: What the pages share.
        bench: What this room shares.
        who: Who accepts.
        proposal: As it was edited on the page.
        key: Of the proposal as it was made.
        answer: Of a new entry.
        talk: Whether a talk is wanted.
    """
    files = office.library.draft().files
    try:
        changes = changes_of(proposal, files, answer)
        added = (
            _with_talk(bench, {**files, **changes}, proposal, office.service.now().strftime("%m月%d日")) if talk else ""
        )
    except ContentError as error:
        return Accepted(Refused(error.faults, files))
    if added:
        changes[TALKS] = added
    wishes = [_wish(path, files, text) for path, text in changes.items()]
    outcome = bench.saving.save(who, wishes, title_of(proposal))
    if isinstance(outcome, Saved):
        decide(office, bench, who, proposal, key, "accepted", "")
    return Accepted(outcome, bool(added))


def decide(office: Office, bench: Bench, who: Author, proposal: Proposal, key: str, state: str, reason: str) -> None:
    """Keep what was decided, and enter it in the audit log. Blocks."""
    now = office.service.now()
    decision = ProposalDecision(key, state, title_of(proposal), reason, proposal.calls, who.name, now)  # type: ignore[arg-type]
    office.service.store.improvements.decide(decision)
    office.accounts.log.add(
        who, f"improve.{state}", title_of(proposal)[:200], office.accounts.now(), reason=reason[:200]
    )


def title_of(proposal: Proposal) -> str:
    """What a proposal does, in a sentence of the language in which the city's files are written."""
    match proposal.kind:
        case "way":
            return f"「{proposal.target}」に、聞き方「{proposal.text}」を足す"
        case "new":
            return f"新しいFAQ「{proposal.text}」を作る"
        case "alias":
            return f"{proposal.target}の別の呼び名に「{proposal.text}」を足す"
        case "duty":
            return f"{proposal.target}の取り扱いに「{proposal.text}」を足す"
        case "word":
            return f"聞き取りの言葉に「{proposal.text}」を足す({proposal.target})"


def _wish(path: str, files: Files, text: str) -> Wish:
    return Wish(path, digest_of(files.get(path)), lambda began: text)


def _with_talk(bench: Bench, files: Files, proposal: Proposal, day: str) -> str:
    """The file of talks with one that shows that these words now lead to what is right; "" when they do not."""
    if proposal.kind == "word":
        return ""
    try:
        trial = bench.trials.of(files)
        words = proposal.text if proposal.kind != "alias" else f"{proposal.text}につないでください"
        notes = told(trial, words, proposal)
    except VoicebotError as error:
        if isinstance(error, ContentError):
            raise
        return ""
    if notes is None:
        return ""
    name = f"「{words}」と尋ねる({day}の改善)"
    return with_talk(files.get(TALKS), notes.talk(name), TALKS)  # type: ignore[arg-type]


def told(trial: Trial, words: str, proposal: Proposal) -> Notes | None:
    """A conversation that begins with these words and reaches what is right; None when it does not."""
    notes = Notes(A_WEEKDAY)
    line = trial.line
    talk = Talk(line.dialog, line.answers, line.desk, line.reader, line.now)
    talk.begin()
    reply = talk.say(words)
    notes.did("市民", [words], line.dialog, reply)
    if _reached(reply, proposal):
        return notes
    key = _agreeing(talk, proposal)
    if not key:
        return None
    reply = talk.press(key)
    notes.did("キー", [key], line.dialog, reply)
    return notes if _reached(reply, proposal) else None


def _reached(reply: Reply, proposal: Proposal) -> bool:
    entry, department = _goal(proposal)
    return entry in reply.answers if entry else department in reply.dialled


def _goal(proposal: Proposal) -> tuple[str, str]:
    match proposal.kind:
        case "new":
            return proposal.text, ""
        case "way":
            return proposal.target, ""
    return "", proposal.target


def _agreeing(talk: Talk, proposal: Proposal) -> str:
    """The key that accepts what is right among what is offered; "" when it is not offered."""
    question = talk.state.question
    if question is None or question.name not in (CONFIRM, CANDIDATES):
        return ""
    return next((option.key for option in question.options if option.key and _leads(option, proposal)), "")


def _leads(option: Option, proposal: Proposal) -> bool:
    entry, department = _goal(proposal)
    match option.target:
        case ToAnswer():
            return bool(entry) and option.target.hit.entry == entry
        case ToPerson():
            return bool(department) and option.target.department == department
    return False


def chosen_words(form: Mapping[str, str]) -> tuple[str, ...]:
    """The further ways of asking that were ticked, as they were edited."""
    names = sorted(name.removeprefix("take-") for name in form if name.startswith("take-"))
    return tuple(text for name in names if (text := form.get(f"more-{name}", "").strip()))
