"""What the pages of this room show of cases, proposals and replays, as far as somebody may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from starlette.requests import Request

from voicebot.transcripts.veil import Veil
from voicebot.tuning.cases import Case
from voicebot.tuning.gathering import Looked
from voicebot.tuning.proposals import Proposal
from voicebot.tuning.reactions import Reaction
from voicebot.web.staff.improving.gathering import PERIODS, Score


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as a row."""

    call: str
    turn: int
    at: datetime
    kind: str
    heard: str
    said: str
    """What was really said; empty when nobody has listened, or when it was heard rightly."""
    listened: bool
    entry: str
    department: str
    now: str
    """What the draft does with it, as the name of a word."""
    names: str
    """What it then names."""
    right: bool | None
    """Whether that is right; None when nobody knows."""


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal as a card."""

    proposal: Proposal
    text: str
    examples: tuple[CaseRow, ...]
    listened: bool
    """Whether the words come from a call that somebody has listened to."""
    score: Score | None


def case_row(case: Case, looked: Mapping[str, Looked], veil: Veil, zone: tzinfo) -> CaseRow:
    """A case as a row."""
    known = looked.get(case.name)
    reaction = known.reaction if known is not None else Reaction("again")
    heard, said = (veil.reply(case.node, "", text) for text in (case.guesses[0].text, case.said))
    judged = bool(case.wanted or case.department)
    return CaseRow(
        case.call,
        case.turn,
        datetime.fromtimestamp(case.began, zone),
        case.kind,
        heard,
        said if said != heard else "",
        bool(case.said),
        case.entry or case.shown_entry,
        case.department,
        reaction.deed,
        "、".join(reaction.entries) or reaction.department,
        (known.mended if known is not None else False) if judged else None,
    )


def card(proposal: Proposal, looked: Mapping[str, Looked], score: Score | None, veil: Veil, zone: tzinfo) -> Card:
    """A proposal with the first of its examples; those that somebody has listened to come first."""
    cases = sorted(proposal.cases, key=lambda case: not case.said)[:3]
    rows = tuple(case_row(case, looked, veil, zone) for case in cases)
    return Card(proposal, veil.text(proposal.text), rows, listened(proposal, proposal.text), score)


def listened(proposal: Proposal, text: str) -> bool:
    """Whether words come from a call that somebody has listened to: else they may be misheard."""
    said = "\n".join(case.said for case in proposal.cases if case.said)
    return proposal.kind == "word" or any(part and part in said for part in (text, text[:8]))


def days_of(request: Request) -> int:
    """The period in an address."""
    text = request.query_params.get("days", "30")
    return int(text) if text.isdecimal() and int(text) in PERIODS else 30


def page_of(request: Request) -> int:
    """Which page is wanted, from 0."""
    text = request.query_params.get("page", "0")
    return int(text) if text.isdecimal() and len(text) < 6 else 0
