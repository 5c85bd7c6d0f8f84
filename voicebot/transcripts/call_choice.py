"""Which calls are wanted: the filters of the list, as a value and as conditions of SQL. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import Literal

from voicebot.transcripts.derive import SEPARATOR
from voicebot.transcripts.outcome import CallOutcome
from voicebot.transcripts.reviews import ReviewOutcome

Reviewed = Literal["", "no", "begun", "yes", "corrected"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a call must be like to be listed; what is empty does not matter."""

    words: tuple[str, ...] = ()
    """All of them were said, in any turns of the call."""
    since: datetime | None = None
    until: datetime | None = None
    department: str = ""
    outcome: CallOutcome | Literal["", "open"] = ""
    below: float | None = None
    """Something was heard with less confidence than this."""
    language: str = ""
    not_understood: bool = False
    reviewed: Reviewed = ""
    judged: ReviewOutcome = ""
    number: str = ""
    """Digits that the caller's number ends with."""
    node: str = ""
    """A node that spoke."""
    entry: str = ""
    """A FAQ entry that was given as an answer."""
    release: int | None = None


def conditions(choice: Choice) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Conditions on a row of `calls`, with their values, all but the words."""
    if choice.since:
        yield "unixepoch(started_at) >= ?", (floor(choice.since.timestamp()),)
    if choice.until:
        yield "unixepoch(started_at) < ?", (floor(choice.until.timestamp()),)
    if choice.department:
        yield "instr(? || departments || ?, ? || ? || ?)", (
            SEPARATOR, SEPARATOR, SEPARATOR, choice.department, SEPARATOR,
        )  # fmt: skip
    if choice.outcome == "open":
        yield "ended_at IS NULL", ()
    elif choice.outcome:
        yield "outcome = ?", (choice.outcome,)
    if choice.below is not None:
        yield "lowest < ?", (choice.below,)
    if choice.language:
        yield "language = ?", (choice.language,)
    if choice.not_understood:
        yield "not_understood > 0", ()
    if choice.number:
        yield "substr(caller, -?) = ?", (len(choice.number), choice.number)
    if choice.release is not None:
        yield "release = ?", (choice.release,)
    if choice.node:
        yield "EXISTS (SELECT 1 FROM turns WHERE call_id = calls.id AND node = ?)", (choice.node,)
    if choice.entry:
        yield "EXISTS (SELECT 1 FROM turns WHERE call_id = calls.id AND answered_entry = ?)", (choice.entry,)
    yield from _of_reviews(choice)


def _of_reviews(choice: Choice) -> Iterator[tuple[str, tuple[object, ...]]]:
    match choice.reviewed:
        case "no":
            done = "SELECT 1 FROM reviews WHERE call_id = calls.id AND status = 'done'"
            yield f"ended_at IS NOT NULL AND NOT EXISTS ({done})", ()
        case "begun":
            yield "id IN (SELECT call_id FROM reviews WHERE status = 'begun')", ()
        case "yes":
            yield "id IN (SELECT call_id FROM reviews WHERE status = 'done')", ()
        case "corrected":
            yield "id IN (SELECT call_id FROM corrections WHERE stands)", ()
    if choice.judged:
        yield "id IN (SELECT call_id FROM reviews WHERE outcome = ?)", (choice.judged,)
