"""A small SQLite file that is opened for a moment each time: accounts, the city's content. Not for the calls' store.

It must not know what is kept in it.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations

from voicebot.errors import VoicebotError

_PATIENCE_SECONDS = 3.0


class SqliteFile:
    """Opened anew for each question, by any thread.

    Args:
        path: The SQLite file; made with its folder at the first use, for the service's own user only.
        name: Of the set of migrations.
        steps: The migrations; those that have been released are never changed.
        broken: Makes the error for a file that cannot be used.
        newer: Makes the error for a file that a newer version has written.
    """

    def __init__(
        self,
        path: Path,
        name: str,
        steps: Sequence[Callable[[sqlite_utils.Database], None]],
        broken: Callable[[], VoicebotError],
        newer: Callable[[], VoicebotError],
    ) -> None:
        self._path = path
        self._name = name
        self._steps = steps
        self._broken = broken
        self._newer = newer
        self._ready = False
        self._lock = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with.

        Raises:
            VoicebotError: the file cannot be used.
        """
        with self._open() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a transaction, which is kept when the block ends well.

        Raises:
            VoicebotError: the file cannot be used; nothing of the block is kept.
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
                self._prepare()
                self._ready = True
            with closing(_connect(self._path)) as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise self._broken() from error

    def _prepare(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        migrations = Migrations(self._name)
        migrations.migrations_table = "_migrations"
        for step in self._steps:
            migrations(name=step.__name__)(step)
        with closing(_connect(self._path)) as connection:
            db = sqlite_utils.Database(connection, execute_plugins=False)
            if len(self._applied(migrations, db)) < len(self._steps):
                # Two processes may start at once: take the write lock first; what is applied is not applied again.
                connection.execute("BEGIN IMMEDIATE")
                migrations.apply(db)
                connection.execute("COMMIT")

    def _applied(self, migrations: Migrations, db: sqlite_utils.Database) -> set[str]:
        applied = {each.name for each in migrations.applied(db)}
        if not applied <= {step.__name__ for step in self._steps}:
            raise self._newer()
        return applied


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
