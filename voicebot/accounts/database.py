"""The file of the accounts: connections for a moment each, and the tables made at the first use."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations

from voicebot.accounts.schema import MIGRATIONS
from voicebot.errors import AccountError

_PATIENCE_SECONDS = 3.0


class Database:
    """Opened anew for each question, by any thread.

    Args:
        path: The SQLite file; made with its folder at the first use, for the service's own user only.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ready = False
        self._lock = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with.

        Raises:
            AccountError: the file cannot be used.
        """
        with self._open() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a transaction, which is kept when the block ends well.

        Raises:
            AccountError: the file cannot be used; nothing of the block is kept.
        """
        with self._lock, self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self._ready:
                _prepare(self._path)
                self._ready = True
            with closing(_connect(self._path)) as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise AccountError(
                "account.database",
                "The file of the accounts cannot be read or written; check the folder that VOICEBOT_DATA names.",
            ) from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _prepare(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    migrations = Migrations("accounts")
    migrations.migrations_table = "_migrations"
    for step in MIGRATIONS:
        migrations(name=step.__name__)(step)
    with closing(_connect(path)) as connection:
        db = sqlite_utils.Database(connection, execute_plugins=False)
        if len(_applied(migrations, db)) < len(MIGRATIONS):
            # Two processes may start at once: take the write lock first; what is applied is not applied again.
            connection.execute("BEGIN IMMEDIATE")
            migrations.apply(db)
            connection.execute("COMMIT")


def _applied(migrations: Migrations, db: sqlite_utils.Database) -> set[str]:
    applied = {each.name for each in migrations.applied(db)}
    if not applied <= {step.__name__ for step in MIGRATIONS}:
        raise AccountError(
            "account.newer", "The file of the accounts was written by a newer version of voicebot; install that again."
        )
    return applied
