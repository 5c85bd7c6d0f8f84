"""The voice of last resort: how its worker is ordered, and how it is distrusted."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from voicebot.actions import Prompt
from voicebot.audio import wav
from voicebot.errors import VoiceError
from voicebot.language.written import spoken
from voicebot.voice.espeak import Pyttsx3Voice
from voicebot.voice.reading import reading


def code(voice: Pyttsx3Voice, prompt: Prompt) -> str:
    """Why the prompt cannot be said."""
    with pytest.raises(VoiceError) as caught:
        voice.render(prompt)
    return caught.value.code


@pytest.fixture
def orders(tmp_path: Path):
    """A voice whose worker only writes down its order; and what it has written."""
    file = tmp_path / "order.json"
    voice = Pyttsx3Voice(spoken, reading, worker=("sh", "-c", 'cat > "$0"; exit 4', str(file)), seconds=60)

    def order(prompt: Prompt) -> dict:
        assert code(voice, prompt) == "voice.no_language"
        return json.loads(file.read_text())

    return order


def test_japanese_is_handed_over_in_kana(orders) -> None:
    """EspeakNG says "Chinese letter" for kanji; commas and full stops stay, it pauses there."""
    order = orders(Prompt("住民票は、1階の市民課です。電話は050-0000-1234です。"))
    assert (
        order["text"]
        == "ジューミンヒョーワ、イッカイノシミンカデス。デンワワゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨンデス。"
    )
    assert order["voices"] == ["ja"]


def test_other_languages_are_handed_over_as_they_are(orders) -> None:
    """With the name that eSpeak NG has for the language."""
    assert orders(Prompt("Please hold.", language="en")) | {"path": ""} == {
        "text": "Please hold.",
        "voices": ["en-us", "en"],
        "rate": 150,
        "path": "",
    }
    assert orders(Prompt("请稍等。", language="zh"))["voices"] == ["cmn", "zh"]
    assert orders(Prompt("Xin chờ.", language="vi", slow=True))["rate"] < 120


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Call 050-0000-1234.", "Call 0 5 0, 0 0 0 0, 1 2 3 4."),
        ("Call +81-50-0000-1234 now", "Call + 8 1, 5 0, 0 0 0 0, 1 2 3 4 now"),
        ("2026-04-01 and 8:30 and 1-2", "2026-04-01 and 8:30 and 1-2"),
    ],
)
def test_telephone_numbers_are_said_digit_by_digit_in_other_languages(written: str, said: str) -> None:
    """Dates and ranges are left to eSpeak NG."""
    assert Pyttsx3Voice(spoken, reading).wording(Prompt(written, language="en")) == said


def test_without_readings_japanese_is_refused() -> None:
    """Rather no voice than one that leaves words out."""
    voice = Pyttsx3Voice(spoken, lambda text, language: text)
    assert code(voice, Prompt("住民票です。")) == "voice.no_reading"
    assert voice.wording(Prompt("はい、そうです。")) == "はい、そうです。"


@pytest.mark.parametrize("language", ["ja", "en", "ko", "zh", "vi", "pt", "es", "ne", "id"])
def test_the_languages_of_the_town_are_spoken(language: str) -> None:
    """By the real worker with the real eSpeak NG, whatever it prints."""
    heard = Pyttsx3Voice(spoken, reading, seconds=60).render(Prompt("Sakura 1, 2.", language=language))
    assert 0.5 < len(heard) / 8000 < 9


@pytest.mark.skipif(os.name != "posix", reason="watches a POSIX process")
def test_a_worker_that_hangs_is_killed(tmp_path: Path) -> None:
    """With what it has started, and at once: after the limit nothing of it runs."""
    pid_file = tmp_path / "pids"
    hang = 'tail -f /dev/null & echo "$$ $!" > "$0"; wait'
    voice = Pyttsx3Voice(spoken, reading, worker=("sh", "-c", hang, str(pid_file)), seconds=0.3)
    assert code(voice, Prompt("はい。")) == "voice.timeout"
    worker, child = (int(pid) for pid in pid_file.read_text().split())
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    status = Path(f"/proc/{child}/stat")
    assert not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def worker(tmp_path: Path, *sounds: wav.Sound | bytes | None) -> tuple[str, ...]:
    """A worker that leaves these files, one each time it is started, and writes down that it was."""
    for number, sound in enumerate(sounds):
        if sound is not None:
            content = sound if isinstance(sound, bytes) else wav.write(sound)
            (tmp_path / f"{number}.wav").write_bytes(content)
    script = tmp_path / "worker.py"
    script.write_text(
        "import json, pathlib, shutil, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "order = json.load(sys.stdin)\n"
        "number = len(list(here.glob('started*')))\n"
        "(here / f'started{number}').touch()\n"
        "print('Audio saved to', order['path'], 'x' * 100_000)\n"
        "if (here / f'{number}.wav').exists():\n"
        "    shutil.copy(here / f'{number}.wav', order['path'])\n"
    )
    return (sys.executable, "-I", "-S", str(script))


def tone(seconds: float) -> wav.Sound:
    """Something to hear."""
    samples = 8000 * np.sin(np.arange(round(22_050 * seconds)) / 10)
    return wav.Sound(samples.astype("<i2").tobytes(), 22_050)


@pytest.mark.parametrize("first", [None, b"", b"RIFF", tone(0.0), tone(0.01), tone(60)])
def test_a_missing_or_implausible_file_is_made_once_more(tmp_path: Path, first) -> None:
    """It happens, seldom, that pyttsx3 returns before its file is there."""
    voice = Pyttsx3Voice(spoken, reading, worker=worker(tmp_path, first, tone(1)), seconds=60)
    assert 0.9 < len(voice.render(Prompt("はい、そうです。"))) / 8000 < 1.3
    assert len(list(tmp_path.glob("started*"))) == 2


def test_after_the_second_failure_it_gives_up(tmp_path: Path) -> None:
    """The caller waits."""
    voice = Pyttsx3Voice(spoken, reading, worker=worker(tmp_path, None, None, tone(1)), seconds=60)
    assert code(voice, Prompt("はい。")) == "voice.no_sound"
    assert len(list(tmp_path.glob("started*"))) == 2


def test_what_is_missing_is_said() -> None:
    """The exit status of the worker tells what to install."""
    missing = Pyttsx3Voice(spoken, reading, worker=("sh", "-c", "exit 3"), seconds=60)
    assert code(missing, Prompt("はい。")) == "voice.not_installed"
    assert code(Pyttsx3Voice(spoken, reading, worker=("/nowhere/python",)), Prompt("はい。")) == "voice.not_started"


def test_a_worker_that_reads_nothing_is_no_sound() -> None:
    """It may crash before it has taken its order."""
    voice = Pyttsx3Voice(spoken, reading, worker=("sh", "-c", "exec <&-; exit 139"), seconds=60)
    assert code(voice, Prompt("はい。" * 50_000)) == "voice.no_sound"
