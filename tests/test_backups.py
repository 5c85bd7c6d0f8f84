"""Backups are whole, can be put back, and lose nothing that was there."""

import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicebot import backups
from voicebot.cli import app
from voicebot.errors import BackupError

NOW = datetime(2026, 11, 24, 9, 30)


def database(path: Path, word: str) -> Path:
    """A database in use: with a log beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS words (word TEXT)")
        connection.execute("INSERT INTO words VALUES (?)", (word,))
    return path


def words(path: Path) -> list[str]:
    """What it holds."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT word FROM words")]


def test_what_was_backed_up_comes_back_and_what_was_there_stays_beside_it(tmp_path: Path) -> None:
    """Also what a writer has not yet closed."""
    one, prompt = database(tmp_path / "one.db", "before"), tmp_path / "hello.wav"
    prompt.write_bytes(b"RIFF")
    with closing(sqlite3.connect(one, isolation_level=None)) as writer:
        writer.execute("INSERT INTO words VALUES ('open')")
        made = backups.make(tmp_path / "backups", {"one.db": one}, {"prompts/hello.wav": prompt}, NOW)
    assert backups.check(made.path) == ("one.db", "prompts/hello.wav")
    database(one, "after")
    (aside, *_) = backups.restore(made.path, {"one.db": one}, NOW)
    assert words(one) == ["before", "open"]
    assert aside.name == "one.db.before-20261124-093000"
    assert "after" in words(aside)


def test_a_missing_database_is_left_out_and_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Nothing half-made is left behind."""
    made = backups.make(tmp_path / "backups", {"none.db": tmp_path / "none.db"}, {}, NOW)
    assert backups.check(made.path) == ()
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BackupError, match="room"):
        backups.make(tmp_path / "file", {}, {}, NOW)
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"no database at all" * 100)
    with pytest.raises(BackupError):
        backups.make(tmp_path / "backups", {"bad.db": bad}, {}, NOW + timedelta(days=1))
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [made.path.name]


def test_only_so_many_are_kept(tmp_path: Path) -> None:
    """The newest."""
    for day in range(5):
        backups.make(tmp_path, {}, {}, NOW + timedelta(days=day))
    assert backups.thin(tmp_path, 2) == 3
    assert [each.at for each in backups.kept(tmp_path)] == ["20261128-093000", "20261127-093000"]
    assert backups.kept(tmp_path / "nowhere") == ()


def test_a_damaged_backup_touches_nothing(tmp_path: Path) -> None:
    """Nor does something else entirely, or one whose part was changed."""
    one = database(tmp_path / "one.db", "kept")
    made = backups.make(tmp_path / "backups", {"one.db": one}, {}, NOW)
    whole = made.path.read_bytes()
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(made.path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if name != "one.db" else b"other bytes")
    for text in (b"no zip", whole[: len(whole) // 2], changed.read_bytes()):
        changed.write_bytes(text)
        with pytest.raises(BackupError, match="damaged"):
            backups.restore(changed, {"one.db": one}, NOW)
    assert words(one) == ["kept"]


def test_the_commands_make_list_and_restore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the data of the settings."""
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VOICEBOT_RECORDINGS", str(tmp_path / "recordings"))
    prompt = tmp_path / "recordings" / "prompts" / "はい.ja.wav"
    prompt.parent.mkdir(parents=True)
    prompt.write_bytes(b"RIFF")
    database(tmp_path / "data" / "voicebot.db", "before")
    run = CliRunner()
    assert run.invoke(app, ["backup", "make"]).exit_code == 0
    ((path, _),) = [line.split(" (") for line in run.invoke(app, ["backup", "list"]).stdout.splitlines()]
    database(tmp_path / "data" / "voicebot.db", "after")
    prompt.unlink()
    assert "Restored" in run.invoke(app, ["backup", "restore", path]).stdout
    assert words(tmp_path / "data" / "voicebot.db") == ["before"]
    assert prompt.read_bytes() == b"RIFF"
