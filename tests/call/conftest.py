"""The small city of the tests."""

from pathlib import Path

import pytest

from voicebot import content as contents
from voicebot.dialog.tree import Dialog
from voicebot.voice.reading import reading

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def dialog() -> Dialog:
    """みじか市: 案内 (does not listen), 受付 (open), keys 2-6; silence after 5 s; messages end after 2 s of silence."""
    return contents.load(ROOT / "tests" / "cities" / "mijika", ROOT / "grammars", reading).dialog
