"""The process in which pyttsx3 speaks."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from voicebot.audio import wav
from voicebot.voice.pyttsx3_worker import NO_LANGUAGE, NOT_INSTALLED, chosen

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Voice:
    """A voice as pyttsx3 lists it."""

    id: str
    languages: tuple[str, ...] = ()


ESPEAK = [
    Voice("gmw/en", ("en",)),
    Voice("gmw/en-us", ("en-us",)),
    Voice("jpx/ja", ("ja",)),
    Voice("sit/cmn", ("cmn",)),
]
WINDOWS = [Voice("HKEY\\TTS_MS_JA-JP_HARUKA_11.0", ("ja-JP",)), Voice("HKEY\\TTS_MS_EN-US_ZIRA_11.0", ("en_US",))]


@pytest.mark.parametrize(
    ("voices", "wanted", "expected"),
    [
        (ESPEAK, ["ja"], "jpx/ja"),
        (ESPEAK, ["en-us", "en"], "gmw/en-us"),
        (ESPEAK, ["en-gb", "en"], "gmw/en"),
        (ESPEAK, ["cmn", "zh"], "sit/cmn"),
        (ESPEAK, ["xx"], None),
        (ESPEAK, ["j"], None),
        (WINDOWS, ["ja"], "HKEY\\TTS_MS_JA-JP_HARUKA_11.0"),
        (WINDOWS, ["en-us"], "HKEY\\TTS_MS_EN-US_ZIRA_11.0"),
        ([], ["ja"], None),
    ],
)
def test_the_voice_is_chosen_by_language(voices: list[Voice], wanted: list[str], expected: str | None) -> None:
    """By eSpeak's ids, or by what other systems list; never a voice of another language."""
    assert chosen(iter(voices), wanted) == expected


def run(order: dict, *flags: str) -> int:
    """The exit status of the real worker."""
    command = [sys.executable, *flags, "-m", "voicebot.voice.pyttsx3_worker"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, input=json.dumps(order).encode(), env=environment, capture_output=True, timeout=60, check=False
    ).returncode


def test_it_writes_the_file_and_ends_well(tmp_path: Path) -> None:
    """With the real eSpeak NG, at its rate."""
    path = tmp_path / "speech.wav"
    assert run({"text": "シミンカデス。", "voices": ["ja"], "rate": 150, "path": str(path)}) == 0
    spoken = wav.read(path.read_bytes())
    assert spoken.rate == 22_050
    assert 0.5 < spoken.seconds < 3


def test_an_unknown_language_is_told(tmp_path: Path) -> None:
    """PyTTSx3 itself would go on in the voice it had before."""
    path = tmp_path / "speech.wav"
    assert run({"text": "a", "voices": ["xx"], "rate": 150, "path": str(path)}) == NO_LANGUAGE
    assert not path.exists()


def test_a_missing_pyttsx3_is_told(tmp_path: Path) -> None:
    """Python without its installed packages has none."""
    order = {"text": "a", "voices": ["ja"], "rate": 150, "path": str(tmp_path / "speech.wav")}
    assert run(order, "-S") == NOT_INSTALLED
