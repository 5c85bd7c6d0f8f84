"""この通話をテストにする: a stored call becomes a golden talk of the draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from voicebot.actions import Action, Play
from voicebot.content import Files
from voicebot.editing.talk_files import with_talk
from voicebot.events import CallStarted, DigitPressed, Event, Heard
from voicebot.transcripts.codec import Entry
from voicebot.transcripts.reviews import ReviewOfCall
from voicebot.transcripts.veil import Veil
from voicebot.tuning.deeds import done
from voicebot.tuning.retelling import retell
from voicebot.tuning.session import Line, Session
from voicebot.tuning.talk import Talk
from voicebot.web.staff.improving.deciding import TALKS
from voicebot.web.staff.improving.trials import Trial

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class CallTalk:
    """A call as a talk of the content that is tried."""

    session: Session
    same: bool
    """Whether this content gives the same answers and dials the same departments as were given then."""
    cut: bool
    """Whether it ends before something personal was said."""
    wanted: str = ""
    """What staff say the caller should have got and this content does not give: the first words of the answer, or the
    department."""
    wanted_kind: str = ""
    """応答 or 転送."""


def talk_of(entries: Sequence[Entry], told: ReviewOfCall, trial: Trial) -> CallTalk | None:
    """The call as a talk; None when nothing is left of it that may be written down.

    Args:
        entries: The call's record.
        told: What staff say about it.
        trial: The content that is tried.

    Raises:
        VoicebotError: the dialog talks to itself without end.
    """
    items, cut = without_personal([entry.item for entry in entries])
    began = next((item for item in items if isinstance(item, CallStarted)), None)
    happened = done(items)
    if began is None or not happened.deeds:
        return None
    moment = began.at.replace(second=0, microsecond=0)
    session = Session(moment.replace(tzinfo=None), began.language)

    def begin(notes: Session) -> Talk:
        line = trial.line
        return Talk(line.dialog, line.answers, line.desk, line.reader, moment, notes.transfers)

    retold = retell(happened, session, trial.content.dialog, begin)
    # The announcement before the caller's first word says nothing about this call, and changes every season.
    first = next((place for place, line in enumerate(session.lines) if not {"応答"} & set(line)), 0)
    del session.lines[:first]
    kind, wanted = _wanted(told, trial, session)
    return CallTalk(session, retold.same, cut, wanted, kind)


def without_personal(items: Sequence[Event | Action]) -> tuple[list[Event | Action], bool]:
    """The record up to the first thing said or pressed that tells who called, and whether there was such a thing."""
    veil, node = Veil(lifted=False), ""
    for place, item in enumerate(items):
        if isinstance(item, Play):
            node = item.node or node
        hidden = False
        if isinstance(item, Heard):
            hidden = any(veil.reply(node, "", guess.text) != guess.text for guess in item.alternatives)
        elif isinstance(item, DigitPressed):
            hidden = veil.digits(node, item.digit) != item.digit
        if hidden:
            return list(items[:place]), True
    # Whose number it was decides nothing in a talk.
    return [replace(item, caller=None) if isinstance(item, CallStarted) else item for item in items], False


def written(found: CallTalk, name: str, files: Files, *, wanted: bool) -> str:
    """The file of talks with this one.

    Raises:
        ContentError: the file that is there cannot be edited.
    """
    talk = dict(found.session.talk(name))
    if wanted and found.wanted:
        talk["lines"] = [*found.session.lines, {found.wanted_kind: found.wanted}]
    return with_talk(files.get(TALKS), talk, TALKS)  # type: ignore[arg-type]


def shown(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """The lines to be read: word, and what stands behind it."""
    found = []
    for line in lines:
        ((word, value),) = line.items()
        found.append((word, " / ".join(value) if isinstance(value, list) else value or ""))
    return found


def default_name(at: datetime, found: CallTalk) -> str:
    """A name that tells the talk from others."""
    said = next((text for word, text in shown(found.session.lines) if word == "市民"), "")
    return f"{at:%Y年%m月%d日%H時%M分}の通話「{said.split(' / ')[0][:24]}」"[:LONGEST_NAME]


def _wanted(told: ReviewOfCall, trial: Trial, session: Session) -> tuple[str, str]:
    """What staff say is right and the talk does not come to."""
    said = "".join("".join(value) for line in session.lines for value in line.values() if value)
    entries = {entry.question: entry for entry in trial.content.entries}
    for correction in reversed(told.corrections):
        entry, department = entries.get(correction.judgement.entry), correction.judgement.department
        if entry is not None:
            sentence = entry.answer.split("。")[0][:30]
            return ("", "") if sentence[:12] in said else ("応答", sentence)
        if department in trial.content.dialog.departments:
            return ("", "") if {"転送": department} in session.lines else ("転送", department)
    return "", ""
