"""Folders of models: what they hold, whether it is right, and how they appear at once."""

import hashlib
from pathlib import Path

import pytest

from voicebot.errors import RecogniserError
from voicebot.recogniser.folders import Found, engine_of, installed, made_at_once, md5, wrong_files


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def fill(folder: Path, *names: str) -> Path:
    """A folder with these files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return folder


def test_engines_are_told_by_their_files(tmp_path: Path) -> None:
    """Vosk's new and old layout, Whisper's, and neither."""
    assert engine_of(fill(tmp_path / "new", "am/final.mdl")) == "vosk"
    assert engine_of(fill(tmp_path / "old", "final.mdl")) == "vosk"
    assert engine_of(fill(tmp_path / "whisper", "model.bin", "tokenizer.json")) == "whisper"
    assert engine_of(fill(tmp_path / "half", "model.bin")) is None
    assert engine_of(tmp_path / "missing") is None


def test_only_whole_models_are_listed(tmp_path: Path) -> None:
    """Unfinished folders, other folders and loose files are passed over."""
    fill(tmp_path, "vosk-model-small-cn-0.22/am/final.mdl", ".installing-vosk-model-x/am/final.mdl", "notes/README")
    fill(tmp_path, "my-whisper/model.bin", "my-whisper/tokenizer.json", "loose")
    assert installed(tmp_path) == (
        Found("my-whisper", "whisper", "", tmp_path / "my-whisper"),
        Found("vosk-model-small-cn-0.22", "vosk", "zh", tmp_path / "vosk-model-small-cn-0.22"),
    )
    assert installed(tmp_path / "missing") == ()


def test_wrong_and_missing_files_are_named(tmp_path: Path) -> None:
    """Files without a known sum are not looked at; progress counts the right ones."""
    fill(tmp_path, "a", "b", "c")
    sums = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("a", "d")} | {"b": "0" * 64}
    told: list[tuple[str, int, int]] = []
    assert wrong_files(tmp_path, sums, lambda *step: told.append(step)) == ("d", "b")
    assert told == [("check", 1, 2)]
    assert wrong_files(tmp_path, {}, quiet) == ()


def test_md5_is_the_usual_one(tmp_path: Path) -> None:
    """RFC 1321's own example."""
    (tmp_path / "a").write_bytes(b"abc")
    assert md5(tmp_path / "a") == "900150983cd24fb0d6963f7d28e17f72"


def test_a_folder_appears_whole_and_replaces_the_old(tmp_path: Path) -> None:
    """And nothing else is left beside it."""
    target = fill(tmp_path / "model", "old")
    fill(tmp_path / ".installing-model", "rest of a crash")
    with made_at_once(target) as making:
        assert not making.exists()
        fill(making, "new")
        assert (target / "old").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert [path.name for path in target.iterdir()] == ["new"]


@pytest.mark.parametrize("error", [RecogniserError("recogniser.wrong_sum", "wrong"), KeyboardInterrupt()])
def test_what_fails_leaves_the_old_folder(tmp_path: Path, error: BaseException) -> None:
    """Also when somebody presses Ctrl-C."""
    target = fill(tmp_path / "model", "old")

    def fail() -> None:
        with made_at_once(target) as making:
            fill(making, "half")
            raise error

    with pytest.raises(type(error)):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert [path.name for path in target.iterdir()] == ["old"]


def test_a_full_disk_is_our_error(tmp_path: Path) -> None:
    """Whatever the system says."""
    with pytest.raises(RecogniserError, match="disk space"), made_at_once(tmp_path / "model"):
        raise OSError(28, "No space left on device")
