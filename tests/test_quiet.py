"""Nothing is left outside of the project's folders, and no library reports home."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SPEAK = """
from voicebot.actions import Prompt
from voicebot.bootstrap import reader
from voicebot.language.written import spoken
from voicebot.voice.openjtalk import OpenJTalkVoice
from voicebot.voice.reading import reading

assert reading("何ですか") == "ナンデスカ"
assert OpenJTalkVoice(spoken).render(Prompt("はい。"))
"""


@pytest.mark.slow
def test_speaking_and_reading_leave_nothing_in_the_home_folder(tmp_path: Path) -> None:
    """Without our switch onnxruntime would keep a device's id and events for its maker there."""
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    places = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_DATA_HOME": str(tmp_path / "data")}
    subprocess.run([sys.executable, "-c", SPEAK], env={**environment, **places}, check=True, timeout=120)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
