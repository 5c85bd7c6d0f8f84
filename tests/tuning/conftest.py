"""みなと市 with its real FAQ and desk, ready for conversations."""

from collections.abc import Callable
from datetime import datetime

import pytest

from voicebot.city.desk import Desk
from voicebot.content import Content
from voicebot.events import Outcome
from voicebot.faq.search import FaqSearch
from voicebot.ports import Answers
from voicebot.tuning.talk import Talk
from voicebot.voice.reading import reading

Begin = Callable[..., Talk]


@pytest.fixture(scope="session")
def answers(minato: Content) -> FaqSearch:
    """みなと市's FAQ."""
    return FaqSearch(minato.entries, reading)


@pytest.fixture
def begin(minato: Content, answers: FaqSearch) -> Begin:
    """`begin(at, transfers, answers)` gives a conversation that has not begun."""
    desk, zone = Desk(minato.city), minato.city.profile.zone

    def new(at: str = "2026-11-25T10:00", transfers: tuple[Outcome, ...] = (), search: Answers = answers) -> Talk:
        now = datetime.fromisoformat(at).replace(tzinfo=zone)
        return Talk(minato.dialog, search, desk, reading, now, transfers)

    return new
