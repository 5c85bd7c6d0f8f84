"""What all tests share: the demo city, loaded once with the real dictionary."""

import warnings
from pathlib import Path

import pytest
from hypothesis import settings
from pyopenjtalk.utils import get_sudachi_tokenizer

from voicebot import content as contents
from voicebot.content import Content
from voicebot.voice.reading import reading

ROOT = Path(__file__).parent.parent

# The same examples on every machine, and no clock that judges them; `--hypothesis-profile=explore` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def minato() -> Content:
    """みなと市."""
    return contents.load(ROOT / "dialogs" / "minato", ROOT / "grammars", reading)


@pytest.fixture(scope="session", autouse=True)
def _open_dictionaries() -> None:
    """Open JTalk's second dictionary warns about its own future when it is opened; that is not our fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        get_sudachi_tokenizer()
