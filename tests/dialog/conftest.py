"""A small line, loaded once."""

import pytest
from line_world import World
from little_line import little_line

from voicebot.dialog.tree import Dialog


@pytest.fixture(scope="session")
def line() -> Dialog:
    """The small line of `little_line`."""
    return little_line()


@pytest.fixture
def call(line: Dialog) -> World:
    """A call on the small line, just answered."""
    return World(line).begin()


@pytest.fixture
def asked(call: World) -> World:
    """A call whose first question has been asked to its end."""
    call.spoken()
    call.spoken()
    return call
