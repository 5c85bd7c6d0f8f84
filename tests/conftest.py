"""What all tests share: the demo city, loaded once with the real dictionary."""

from pathlib import Path

import pytest

from voicebot import content as contents
from voicebot.content import Content
from voicebot.voice.reading import reading

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def minato() -> Content:
    """みなと市."""
    return contents.load(ROOT / "dialogs" / "minato", ROOT / "grammars", reading)
