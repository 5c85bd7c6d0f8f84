"""みなと市 with its real FAQ and desk, ready for conversations."""

from collections.abc import Callable
from datetime import datetime

import pytest

from voicebot import bootstrap
from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.events import Outcome
from voicebot.ports import Answers
from voicebot.settings import Settings
from voicebot.tuning.talk import Talk
from voicebot.voice.reading import reading

Begin = Callable[..., Talk]


@pytest.fixture(scope="session")
def answers(minato: Content) -> Answers:
    """みなと市's FAQ as the service and `voicebot check` search it; vectors that were made once are kept in `var`."""
    return bootstrap.searching(Settings(), wait=True)(minato, reading)


@pytest.fixture
def begin(minato: Content, answers: Answers) -> Begin:
    """`begin(at, transfers, answers)` gives a conversation that has not begun."""
    desk, zone = Desk(minato.city), minato.city.profile.zone

    def new(at: str = "2026-11-25T10:00", transfers: tuple[Outcome, ...] = (), search: Answers = answers) -> Talk:
        now = datetime.fromisoformat(at).replace(tzinfo=zone)
        return Talk(minato.dialog, search, desk, reading, now, transfers)

    return new
