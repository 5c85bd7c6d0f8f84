"""The released half of the library: releases, what was in force when, what is planned, and the folder beside it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from voicebot.errors import LibraryError
from voicebot.releases import history, shelf
from voicebot.releases.history import Plan, Publication, Why
from voicebot.releases.schema import MIGRATIONS
from voicebot.releases.shelf import NewRelease, Release
from voicebot.releases.texts import Files
from voicebot.sqlite_file import SqliteFile


@dataclass(frozen=True, slots=True)
class Folder:
    """The city's folder when it and the library last held the same."""

    digest: str
    release: int


class Published:
    """Releases and what is in force. Every method raises `LibraryError` when the file cannot be used.

    Args:
        path: The SQLite file; made at the first use.
    """

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, "content", MIGRATIONS, _broken, _newer)

    # --- releases -----------------------------------------------------------------------------------------------

    def release(self, number: int) -> Release:
        """The release of this number.

        Raises:
            LibraryError: there is none.
        """
        with self._file.reading() as connection:
            return shelf.release(connection, number)

    def releases(self, limit: int = 50, before: int | None = None) -> tuple[Release, ...]:
        """Newest first; `before` is a number to go on from."""
        with self._file.reading() as connection:
            return shelf.releases(connection, limit, before)

    def of_content(self, content: str) -> Release | None:
        """The newest release with this fingerprint."""
        with self._file.reading() as connection:
            return shelf.of_content(connection, content)

    def files(self, number: int) -> Files:
        """The files of a release.

        Raises:
            LibraryError: there is none of this number.
        """
        with self._file.reading() as connection:
            return shelf.files(connection, number)

    # --- in force -----------------------------------------------------------------------------------------------

    def in_force(self) -> Publication | None:
        """What is in force; None before the first publication."""
        with self._file.reading() as connection:
            return history.in_force(connection)

    def publications(self, limit: int = 50, before: int | None = None) -> tuple[Publication, ...]:
        """Newest first."""
        with self._file.reading() as connection:
            return history.publications(connection, limit, before)

    def put_in_force(self, number: int, by: str, why: Why, now: datetime) -> Publication:
        """Put a release in force.

        Raises:
            LibraryError: there is none of this number.
        """
        with self._file.writing() as connection:
            shelf.release(connection, number)
            return history.put_in_force(connection, number, by, why, now)

    def keep(self, new: NewRelease, now: datetime) -> Release:
        """Keep a release without putting it in force."""
        with self._file.writing() as connection:
            base = history.in_force(connection)
            return shelf.add(connection, new, base.release if base else None, now)

    # --- planned ------------------------------------------------------------------------------------------------

    def plan(self, number: int, at: datetime, by: str, now: datetime) -> Plan:
        """Plan to put a release in force.

        Raises:
            LibraryError: there is none of this number, or the moment is over.
        """
        if at <= now:
            raise LibraryError("content.past", "公開の予約は、これから先の日時にしてください。")
        with self._file.writing() as connection:
            shelf.release(connection, number)
            return history.plan(connection, number, at, by, now)

    def planned(self) -> tuple[Plan, ...]:
        """What waits, the next one first."""
        with self._file.reading() as connection:
            return history.plans(connection, waiting_only=True, limit=100)

    def plans(self, limit: int = 20) -> tuple[Plan, ...]:
        """What waits, the next one first; then what has come to its end, the latest first."""
        with self._file.reading() as connection:
            return history.plans(connection, waiting_only=False, limit=limit)

    def settle(self, plan_id: int, state: history.State, told: str = "") -> bool:
        """A plan has been carried out, cancelled, or has failed; whether it was waiting."""
        with self._file.writing() as connection:
            return history.settle(connection, plan_id, state, told)

    # --- the folder ---------------------------------------------------------------------------------------------

    def folder(self) -> Folder | None:
        """The folder when it and the library last held the same; None when they never did."""
        with self._file.reading() as connection:
            row = connection.execute("SELECT digest, release FROM folder").fetchone()
        return Folder(row["digest"], row["release"]) if row else None

    def note_folder(self, digest: str, release: int) -> None:
        """The folder holds the same as this release."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO folder (one, digest, release) VALUES (1, ?, ?) "
                "ON CONFLICT (one) DO UPDATE SET digest = excluded.digest, release = excluded.release",
                (digest, release),
            )


def _broken() -> LibraryError:
    return LibraryError(
        "content.library",
        "The file of the releases cannot be read or written; check the folder that VOICEBOT_DATA names.",
    )


def _newer() -> LibraryError:
    return LibraryError(
        "content.newer", "The file of the releases was written by a newer version of voicebot; install that again."
    )
