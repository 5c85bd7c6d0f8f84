"""Connections to the SQLite file, and SQLite's errors in our words, each with its cure."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from voicebot.errors import TranscriptError

_TROUBLES = {
    sqlite3.SQLITE_BUSY: ("locked", "Another program holds the database; end it (a backup, a database browser)."),
    sqlite3.SQLITE_LOCKED: ("locked", "Another program holds the database; end it (a backup, a database browser)."),
    sqlite3.SQLITE_FULL: ("full", "The disk of the database is full; free some space."),
    sqlite3.SQLITE_READONLY: ("read_only", "The database may not be written; give the service the right to write."),
    sqlite3.SQLITE_PERM: ("read_only", "The database may not be written; give the service the right to write."),
    sqlite3.SQLITE_IOERR: ("disk", "The disk of the database fails or is full; check the disk."),
    sqlite3.SQLITE_CANTOPEN: ("missing", "The database cannot be opened; check the folder and its rights."),
    sqlite3.SQLITE_CORRUPT: ("damaged", "The database is damaged; restore it from a backup."),
    sqlite3.SQLITE_NOTADB: ("damaged", "The file is not a database; check VOICEBOT_DATA or restore a backup."),
    sqlite3.SQLITE_ERROR: ("schema", "The database lacks a table or a column; restart the service to bring it up."),
}


def trouble(error: sqlite3.Error) -> TranscriptError:
    """SQLite's error as ours.

    SQLite's own sentence is left out: it can quote values.
    """
    code, cure = _TROUBLES.get(_primary(error), ("refused", "The database refused a value; report this as a fault."))
    return TranscriptError(f"transcript.{code}", cure)


def is_outage(error: Exception) -> bool:
    """Whether the database is out of order, so that the same write can succeed later."""
    return isinstance(error, sqlite3.Error) and _primary(error) in _TROUBLES


def open_writer(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """The connection that writes, with every commit safe on disk when it returns.

    Transactions are begun by hand (`BEGIN IMMEDIATE`). Deleted content is overwritten, not only forgotten.

    Raises:
        sqlite3.Error: as SQLite says it; the caller decides between waiting and `trouble`.
    """
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A short-lived connection that can only read; a writer does not disturb it.

    Raises:
        TranscriptError: the database cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2.0)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection
    except sqlite3.Error as error:
        raise trouble(error) from error


def _primary(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 for errors of Python's own layer."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
