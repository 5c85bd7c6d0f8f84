"""Voices for the tests: the real ones, loaded once, and a stand-in that counts what it is asked to say."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voicebot.actions import Prompt
from voicebot.audio import mulaw, wav
from voicebot.errors import VoiceError
from voicebot.language.written import spoken
from voicebot.voice import sound
from voicebot.voice.openjtalk import OpenJTalkVoice


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Open JTalk use Sudachi as it does: its one deprecated call comes once in every new thread."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning"))


class StandIn:
    """An engine that says its own name, and counts; `broken` makes it fail."""

    def __init__(self, identity: str, languages: tuple[str, ...] = ("ja",)) -> None:
        self.identity = identity
        self.languages = languages
        self.said: list[Prompt] = []
        self.broken = False

    def speaks(self, language: str) -> bool:
        return language in self.languages

    def wording(self, prompt: Prompt) -> str:
        return prompt.text

    def render(self, prompt: Prompt) -> bytes:
        self.said.append(prompt)
        if self.broken:
            raise VoiceError("voice.stand_in", "This one is broken on purpose.")
        return f"{self.identity}: {prompt.text}".encode()


@pytest.fixture(scope="session")
def openjtalk() -> OpenJTalkVoice:
    """The real Japanese voice."""
    return OpenJTalkVoice(spoken)


@pytest.fixture
def stand_in() -> Callable[..., StandIn]:
    """Makes engines that count."""
    return StandIn


@pytest.fixture
def record() -> Callable[..., Path]:
    """Writes a WAV file of two bursts of sound, half a second in all, with silence around them."""

    def write(path: Path, *, rate: int = 44_100, channels: int = 1, loudness: float = 0.02) -> Path:
        seconds = np.arange(rate) / rate
        burst = ((seconds > 0.3) & (seconds < 0.5)) | ((seconds > 0.6) & (seconds < 0.8))
        tone = loudness * np.sin(2 * np.pi * 440 * seconds) * burst
        pcm = np.repeat(np.round(tone * 32767).astype("<i2"), channels).tobytes()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wav.write(wav.Sound(pcm, rate, channels)))
        return path

    return write


@pytest.fixture
def listen() -> Callable[[bytes], sound.Samples]:
    """What the caller hears, as samples."""
    return lambda heard: sound.from_pcm(mulaw.decode(heard))
