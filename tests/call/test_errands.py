"""Errands at the city: what they bring is reported, and what fails or takes too long is too."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from stage import Stage
from still_time import NEVER, run

from voicebot.actions import DropMessage, RequestCallback, SendSms
from voicebot.call.errands import Errands
from voicebot.dialog.tree import Dialog
from voicebot.errors import VoicebotError
from voicebot.events import CallbackBooked, Event, PartFailed, SmsSent

BOOK = RequestCallback(3, "市民課", "05000000001", "田中", "住民票", "あした")
SMS = SendSms(4, "09000000000", "地図です。")


def reports(stage: Stage, errand: Callable[[Errands], object]) -> list[Event]:
    """What the call hears of an errand."""
    heard: list[Event] = []

    async def work() -> None:
        await errand(Errands(stage.parts(), heard.append))  # type: ignore[misc]

    run(work())
    return heard


def test_a_call_back_is_noted_and_its_ticket_told(dialog: Dialog) -> None:
    """The ticket's number is for the caller."""
    stage = Stage(dialog)
    assert reports(stage, lambda errands: errands.book(BOOK)) == [CallbackBooked(3, "1001")]
    assert stage.booked == [BOOK]


def test_a_text_message_is_sent(dialog: Dialog) -> None:
    """And told to be."""
    stage = Stage(dialog)
    assert reports(stage, lambda errands: errands.send_sms(SMS)) == [SmsSent(4)]
    assert stage.texted == [SMS]


@pytest.mark.parametrize(("slow", "code"), [(0.0, "store.full"), (NEVER, "timeout")])
def test_what_fails_or_hangs_is_told(dialog: Dialog, slow: float, code: str) -> None:
    """So that the caller hears of it and the conversation goes on."""
    stage = Stage(dialog)
    stage.errand_error = VoicebotError("store.full", "There is no room.")
    stage.slow = {"book": slow, "text": slow}
    (ticket,) = reports(stage, lambda errands: errands.book(BOOK))
    (message,) = reports(stage, lambda errands: errands.send_sms(SMS))
    assert isinstance(ticket, PartFailed)
    assert isinstance(message, PartFailed)
    assert (ticket.part, ticket.turn, message.part, message.turn) == ("tickets", 3, "sms", 4)
    assert ticket.code.endswith(code)
    assert message.code.endswith(code)
    assert stage.booked == stage.texted == []


def test_a_message_that_was_replaced_is_dropped(dialog: Dialog) -> None:
    """Without a word; only a failure is told, for the record."""
    dropped: list[str] = []
    heard: list[Event] = []
    stage = Stage(dialog)

    def full(recording: str) -> None:
        raise VoicebotError("store.full", "There is no room.")

    async def work() -> None:
        for drop in (dropped.append, full):
            await Errands(replace(stage.parts(), drop_message=drop), heard.append).drop(DropMessage("m.wav"))

    run(work())
    assert dropped == ["m.wav"]
    assert heard == [PartFailed("recorder", "store.full")]
