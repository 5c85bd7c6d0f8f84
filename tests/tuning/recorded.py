"""Calls with the real dialog, recorded as a store would hold them."""

from collections.abc import Callable
from datetime import datetime

from voicebot.actions import Action
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.events import CallEnded, EndReason, Event, Outcome
from voicebot.ports import Answers
from voicebot.tuning.stored_calls import StoredCall, stored_call
from voicebot.tuning.talk import Talk
from voicebot.voice.reading import reading

Items = list[tuple[float, Event | Action]]


def recorded(
    content: Content,
    answers: Answers,
    acts: Callable[[Talk], object],
    *,
    at: str = "2026-11-25T10:00",
    transfers: tuple[Outcome, ...] = (),
    reason: EndReason = "caller",
) -> Items:
    """The record of a call in which a resident does these things and hangs up."""
    items: Items = []

    def note(item: Event | Action) -> None:
        items.append((len(items) / 10, item))

    moment = datetime.fromisoformat(at).replace(tzinfo=content.city.profile.zone)
    talk = Talk(content.dialog, answers, Desk(content.city), reading, moment, transfers, watch=note)
    talk.begin()
    acts(talk)
    note(CallEnded(reason))
    return items


def stored(content: Content, answers: Answers, acts: Callable[[Talk], object], **more: object) -> StoredCall:
    """The same as the replay takes it."""
    found = stored_call("c1", recorded(content, answers, acts, **more))  # type: ignore[arg-type]
    assert found is not None
    return found
