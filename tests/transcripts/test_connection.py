"""SQLite's errors become ours, with a cure and without values."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from voicebot.errors import TranscriptError
from voicebot.transcripts.connection import is_outage, open_writer, reading, trouble


def test_a_held_lock_is_an_outage(tmp_path: Path) -> None:
    """Another process's lock passes."""
    with (
        closing(open_writer(tmp_path / "a.db", 0.01)) as first,
        closing(open_writer(tmp_path / "a.db", 0.01)) as second,
    ):
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as caught:
            second.execute("BEGIN IMMEDIATE")
        first.execute("ROLLBACK")
    assert is_outage(caught.value)
    assert trouble(caught.value).code == "transcript.locked"


def test_a_refused_value_is_no_outage_and_is_not_quoted(tmp_path: Path) -> None:
    """What SQLite refuses will be refused again; its sentence stays out of ours."""
    with closing(open_writer(tmp_path / "a.db", 0.01)) as connection:
        connection.execute("CREATE TABLE t (a INTEGER CHECK (a <> 12345678)) STRICT")
        with pytest.raises(sqlite3.IntegrityError) as caught:
            connection.execute("INSERT INTO t VALUES ('0312345678x')")
    assert not is_outage(caught.value)
    assert trouble(caught.value).code == "transcript.refused"
    assert "0312345678" not in trouble(caught.value).message


def test_an_error_of_pythons_layer_is_no_outage(tmp_path: Path) -> None:
    """A wrong binding stays wrong."""
    with closing(open_writer(tmp_path / "a.db", 0.01)) as connection, pytest.raises(sqlite3.Error) as caught:
        connection.execute("SELECT ?", (object(),))
    assert not is_outage(caught.value)
    assert not is_outage(ValueError())


def test_reading_cannot_write(tmp_path: Path) -> None:
    """A reader that writes by mistake is stopped by SQLite itself."""
    with closing(open_writer(tmp_path / "a.db", 0.01)) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(TranscriptError) as caught, reading(tmp_path / "a.db") as connection:
        connection.execute("INSERT INTO t VALUES (1)")
    assert caught.value.code == "transcript.read_only"


@pytest.mark.parametrize("name", ["missing.db", "a folder/missing.db", "日本語 ?#%.db"])
def test_a_missing_database_is_said_so(tmp_path: Path, name: str) -> None:
    """Reading makes no empty file."""
    with pytest.raises(TranscriptError, match="check the folder") as caught, reading(tmp_path / name):
        pass
    assert caught.value.code == "transcript.missing"
    assert not (tmp_path / name).exists()


def test_what_is_no_database_is_said_so(tmp_path: Path) -> None:
    """A text file in the place of the database."""
    (tmp_path / "a.db").write_text("not a database, but long enough to be looked at" * 50)
    with pytest.raises(TranscriptError) as caught, reading(tmp_path / "a.db") as connection:
        connection.execute("SELECT * FROM sqlite_master")
    assert caught.value.code == "transcript.damaged"
