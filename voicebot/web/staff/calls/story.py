"""A call as one line of moments: what was said, heard, found and done, and what the carrier told. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from voicebot.actions import Expect, HangUp, Play, StopPlaying, Transfer
from voicebot.city.telephone_numbers import readable
from voicebot.events import (
    Alternative,
    CallEnded,
    CallResumed,
    CallStarted,
    DepartmentHit,
    DigitPressed,
    FaqAnswered,
    FaqHit,
    Heard,
    LegUpdated,
    MessageRecorded,
    PartFailed,
    PromptFinished,
    Rang,
    SmsUpdated,
    TimedOut,
    TransferEnded,
)
from voicebot.transcripts.codec import Entry, Item
from voicebot.transcripts.render import told
from voicebot.transcripts.turns import TurnRow, turns_of
from voicebot.transcripts.veil import Veil

Kind = Literal["said", "heard", "silent", "key", "found", "event"]
Tone = Literal["", "good", "bad"]
_FAILED = frozenset({"busy", "no_answer", "declined", "failed", "undelivered", "caller_gone"})
_NUMBER = re.compile(r"\+\d{9,}")
_CARRIERS = re.compile(r" \[(?:in-progress|completed|canceled|busy|no-answer|failed)(?: (\d{3}))?\]")
_SILENT = frozenset({"no_input", "max_speech"})


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on the line of a call, as it may be seen."""

    seq: int
    """Of the entry that tells it."""
    seconds: float
    """From the start of the call; where something was spoken, when that began."""
    until: float
    kind: Kind
    text: str = ""
    node: str = ""
    turn: int = -1
    tone: Tone = ""
    guesses: tuple[Alternative, ...] = ()
    hits: tuple[FaqHit, ...] = ()
    departments: tuple[DepartmentHit, ...] = ()
    sound: str = ""
    """The name of a message that the caller left."""
    row: TurnRow | None = None
    """The turn, at the last thing that its caller said or did not say: what can be corrected."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which sound was recorded."""

    seconds: float
    """From the start of the call."""
    recorded: float
    """Where it begins in the recording."""
    length: float


@dataclass(frozen=True, slots=True)
class Story:
    """A whole call."""

    moments: tuple[Moment, ...]
    """By the time they began."""
    path: tuple[tuple[float, str], ...]
    """Nodes that spoke, and when each began to."""
    seconds: float
    """When the last thing happened."""


def story_of(entries: Sequence[Entry], veil: Veil) -> Story:
    """The call of a record."""
    rows = {row.turn: row for row in turns_of(entries)}
    moments = sorted(_moments(entries, rows, veil), key=lambda moment: (moment.seconds, moment.seq))
    last = {moment.turn: moment.seq for moment in moments if moment.kind in {"heard", "silent"}}
    told_once = tuple(
        replace(moment, row=veil.turn(rows[moment.turn]))
        if last.get(moment.turn) == moment.seq and moment.turn in rows
        else moment
        for moment in moments
    )
    return Story(told_once, tuple(_path(entries)), entries[-1].seconds if entries else 0.0)


def stretches(entries: Sequence[Entry], recorded: float) -> tuple[Stretch, ...]:
    """Where on the line the sound of a recording lies: whenever the line was ours, and not with the carrier.

    Args:
        entries: The call's record.
        recorded: How many seconds of sound there are.
    """
    begun: list[tuple[float, float]] = []
    open_since: float | None = None
    for entry in entries:
        match entry.item:
            case CallStarted() | CallResumed():
                open_since = entry.seconds
            case Transfer() | HangUp() | CallEnded() if open_since is not None:
                begun.append((open_since, entry.seconds))
                open_since = None
            case _:
                pass
    if open_since is not None:
        begun.append((open_since, entries[-1].seconds))
    found: list[Stretch] = []
    at = 0.0
    for place, (since, until) in enumerate(begun):
        # The last one has what is left: nothing else is known to end with the recording.
        length = recorded - at if place == len(begun) - 1 else min(until - since, recorded - at)
        if length > 0:
            found.append(Stretch(since, round(at, 3), round(length, 3)))
        at += max(0.0, length)
    return tuple(found)


def _moments(entries: Sequence[Entry], rows: Mapping[int, TurnRow], veil: Veil) -> Iterator[Moment]:
    ends = _ends(entries)
    silences: dict[int, float] = {}
    current = -1
    for entry in entries:
        seq, at = entry.seq, entry.seconds
        match entry.item:
            case Play(turn, prompts, node) as play:
                current = turn
                text = "".join(prompt.text or f"<{prompt.name}>" for prompt in prompts)
                tone: Tone = "bad" if play.missed else ""
                yield Moment(seq, at, ends.get(seq, at), "said", veil.said(node, text), node, turn, tone)
            case Expect(turn, grammar):
                current = turn
                silences[turn] = grammar.end_silence_seconds
            case Heard(turn) as heard:
                row = rows[turn]
                until = at - heard.decode_seconds - silences.get(turn, 0.0)
                since = max(0.0, until - heard.speech_seconds)
                guesses = tuple(veil.guess(row, each) for each in heard.alternatives)
                text = guesses[0].text if guesses else ""
                yield Moment(seq, since, max(since, until), "heard", text, row.node, turn, guesses=guesses)
            case TimedOut(turn, clock) if clock in _SILENT and turn in rows:
                yield Moment(seq, at, at, "silent", clock, rows[turn].node, turn, "bad")
            case DigitPressed(digit):
                row = rows[current]
                shown = digit if veil.digits(row.node, row.keys) == row.keys else ""
                yield Moment(seq, at, at, "key", shown, row.node, current)
            case FaqAnswered(turn, hits, departments):
                yield Moment(seq, at, at, "found", turn=turn, hits=hits[:5], departments=departments[:3])
            case _:
                text = told(entry, veil.language, redacted=not veil.lifted)
                sound = entry.item.recording if isinstance(entry.item, MessageRecorded) else ""
                if text:
                    yield Moment(seq, at, at, "event", plain(text), tone=_tone(entry.item), sound=sound)


def plain(text: str) -> str:
    """An event in words of people: numbers as they are read, without the carrier's own word for what is said already.

    A code of the carrier (SIP, but for 200, which means that all is well) stays.
    """
    text = _NUMBER.sub(lambda found: readable(found[0]), text)
    return _CARRIERS.sub(lambda found: f" [{found[1]}]" if found[1] and found[1] != "200" else "", text)


def _ends(entries: Sequence[Entry]) -> dict[int, float]:
    """When each order to speak was over, by its number: it was finished, stopped, or another took its place."""
    ends: dict[int, float] = {}
    speaking: Entry | None = None
    for entry in entries:
        match entry.item:
            case Play() | StopPlaying() | PromptFinished() | Transfer() | HangUp() | CallEnded():
                if speaking is not None:
                    ends[speaking.seq] = entry.seconds
                speaking = entry if isinstance(entry.item, Play) else None
            case _:
                pass
    return ends


def _path(entries: Sequence[Entry]) -> Iterator[tuple[float, str]]:
    before = ""
    for entry in entries:
        if isinstance(entry.item, Play) and entry.item.node and entry.item.node != before:
            before = entry.item.node
            yield entry.seconds, before


def _tone(item: Item) -> Tone:
    match item:
        case PartFailed():
            return "bad"
        case TransferEnded(outcome=result) | Rang(outcome=result) | LegUpdated(result=result):
            return "bad" if result in _FAILED else "good" if result == "connected" else ""
        case SmsUpdated(status):
            return "bad" if status in _FAILED else "good" if status == "delivered" else ""
        case CallEnded("error" | "line"):
            return "bad"
    return ""
