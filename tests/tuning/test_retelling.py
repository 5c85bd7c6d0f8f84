"""A conversation that is told again gives a talk that comes true, and says when it went another way."""

from collections.abc import Callable
from datetime import datetime

import pytest

from voicebot.actions import Action
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.events import Event, Outcome
from voicebot.ports import Answers
from voicebot.tuning.deeds import Deed, Done, done
from voicebot.tuning.retelling import Retold, retell
from voicebot.tuning.session import Session
from voicebot.tuning.talk import Talk
from voicebot.voice.reading import reading

Make = Callable[..., Talk]
Tell = Callable[[Done], Retold]


@pytest.fixture
def make(minato: Content, answers: Answers) -> Make:
    """A conversation at a moment."""

    def made(at: datetime, transfers: tuple[Outcome, ...] = (), **more: object) -> Talk:
        return Talk(minato.dialog, answers, Desk(minato.city), reading, at, transfers, **more)  # type: ignore[arg-type]

    return made


@pytest.fixture
def tell(minato: Content, make: Make) -> Tell:
    """Tells again, by night."""
    at = datetime(2026, 11, 25, 21, tzinfo=minato.city.profile.zone)
    return lambda happened: retell(happened, Session(at), minato.dialog, lambda given: make(given.at, given.transfers))


def test_what_was_tried_is_told_again(minato: Content, make: Make, tell: Tell) -> None:
    """Words, keys, a transfer that nobody answers, a message."""
    records: list[Event | Action] = []
    at = datetime(2026, 11, 25, 21, tzinfo=minato.city.profile.zone)
    talk = make(at, ("no_answer",), watch=records.append)
    talk.begin()
    talk.say("市民課につないで", "市民化")
    talk.press("1")
    talk.leave_message()
    found = tell(done(records))
    assert found.same
    lines = [next(iter(line)) for line in found.session.lines]
    assert [deed.act for deed in done(records).deeds] == ["市民", "キー", "伝言"]
    assert {"市民", "キー", "応答", "伝言受付", "伝言"} <= set(lines)


def test_another_way_is_told(tell: Tell) -> None:
    """Readings of a real recogniser may lead where typed words do not."""
    assert not tell(Done([Deed("市民", ("もう一度",))], answers=["粗大ごみの出し方"])).same


def test_what_has_no_place_any_more_is_left_out(tell: Tell) -> None:
    """The talk ends where it cannot go on."""
    found = tell(Done([Deed("伝言"), Deed("キー", ("1",))]))
    assert [next(iter(line)) for line in found.session.lines] == ["応答"]
