"""Migrations: all or nothing, in order, and never backwards."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from voicebot.errors import TranscriptError
from voicebot.transcripts.connection import open_writer
from voicebot.transcripts.schema import MIGRATIONS, migrate

Step = Callable[[Database], None]


def shape(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every table, index and trigger as it was made."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
    return [(row["name"], row["sql"]) for row in rows]


def m999_later(db: Database) -> None:
    """A migration of a later version."""
    db.execute("CREATE TABLE later (id INTEGER PRIMARY KEY)")


def m998_broken(db: Database) -> None:
    """A migration that fails half way."""
    db.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO nowhere VALUES (1)")


def test_the_numbering_holds() -> None:
    """Migrations are numbered from one without gaps."""
    assert [step.__name__[:5] for step in MIGRATIONS] == [f"m{number:03d}_" for number in range(1, len(MIGRATIONS) + 1)]


@pytest.mark.parametrize("count", range(len(MIGRATIONS)))
def test_every_older_database_is_brought_up(tmp_path: Path, count: int) -> None:
    """From each version the tables end up the same as in a new database."""
    with closing(open_writer(tmp_path / "old.db", 0.01)) as old, closing(open_writer(tmp_path / "new.db", 0.01)) as new:
        migrate(old, MIGRATIONS[:count])
        migrate(old)
        migrate(new)
        assert shape(old) == shape(new)


def test_applied_migrations_are_noted(tmp_path: Path) -> None:
    """The table `_migrations` names them in order."""
    with closing(open_writer(tmp_path / "a.db", 0.01)) as connection:
        migrate(connection)
        names = [row["name"] for row in connection.execute("SELECT name FROM _migrations ORDER BY rowid")]
    assert names == [step.__name__ for step in MIGRATIONS]


def test_a_newer_database_is_refused_with_the_cure(tmp_path: Path) -> None:
    """Going back to an older version of the software does not touch the data."""
    with closing(open_writer(tmp_path / "a.db", 0.01)) as connection:
        migrate(connection, (*MIGRATIONS, m999_later))
        before = shape(connection)
        with pytest.raises(TranscriptError, match="newer version of voicebot; install that version") as caught:
            migrate(connection)
        assert caught.value.code == "transcript.newer"
        assert shape(connection) == before


def test_a_failing_migration_leaves_nothing_behind(tmp_path: Path) -> None:
    """All steps of an update are one transaction."""
    with closing(open_writer(tmp_path / "a.db", 0.01)) as connection:
        migrate(connection, MIGRATIONS[:2])
        before = shape(connection)
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrate(connection, (*MIGRATIONS, m998_broken))
        assert shape(connection) == before


def test_an_up_to_date_database_needs_no_write_lock(tmp_path: Path) -> None:
    """The service starts while a backup holds the database."""
    with closing(open_writer(tmp_path / "a.db", 0.01)) as first:
        migrate(first)
        first.execute("BEGIN IMMEDIATE")
        with closing(open_writer(tmp_path / "a.db", 0.01)) as second:
            migrate(second)
        first.execute("ROLLBACK")


def test_foreign_keys_and_the_write_ahead_log_are_on(tmp_path: Path) -> None:
    """A record without a call is refused; readers do not wait for writers."""
    with closing(open_writer(tmp_path / "a.db", 0.01)) as connection:
        migrate(connection)
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO records VALUES ('nobody', 1, 0.0, 'event', 'Heard', '{}')")


def test_lists_of_calls_use_the_index_by_time(tmp_path: Path) -> None:
    """Listing does not read all calls of all years."""
    with closing(open_writer(tmp_path / "a.db", 0.01)) as connection:
        migrate(connection)
        plan = connection.execute("EXPLAIN QUERY PLAN SELECT * FROM calls WHERE unixepoch(started_at) < 5").fetchall()
    assert "calls_by_start" in plan[0]["detail"]
