"""The library of one city's content; may be used from any thread and by several processes at once."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from voicebot.errors import LibraryError
from voicebot.releases import drafting, history, shelf
from voicebot.releases.drafting import Changes, Edit, Touched
from voicebot.releases.history import Plan, Publication, Why
from voicebot.releases.schema import MIGRATIONS
from voicebot.releases.shelf import NewRelease, Release
from voicebot.releases.texts import Files, digest_of_files, text_of
from voicebot.sqlite_file import SqliteFile


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft as it is now."""

    files: Files
    touched: Mapping[str, Touched]
    digest: str
    """Of all its files."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The city's folder when it and the library last held the same."""

    digest: str
    release: int


class Library:
    """Releases, what is in force, and the draft. Every method raises `LibraryError` when the file cannot be used.

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

    def publish(self, new: NewRelease, why: Why, now: datetime) -> tuple[Release, tuple[str, ...]]:
        """Keep a release and put it in force at once, and bring what it changed into the draft.

        Returns:
            The release, and the files whose change the draft did not take, since it has one of its own there.
        """
        with self._file.writing() as connection:
            base = history.in_force(connection)
            made = shelf.add(connection, new, base.release if base else None, now)
            history.put_in_force(connection, made.number, new.author, why, now)
            return made, _to_the_draft(connection, made, new, now)

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

    # --- the draft ----------------------------------------------------------------------------------------------

    def draft(self) -> Draft:
        """The draft as it is now."""
        with self._file.reading() as connection:
            files, touched = drafting.read(connection)
        return Draft(files, touched, digest_of_files(files))

    def text(self, digest: str) -> str | None:
        """A text that a file had once, by `digest_of`: what somebody's edit began with; None when there is none."""
        with self._file.reading() as connection:
            return text_of(connection, digest)

    def edit(self, changes: Changes, seen: Mapping[str, str], by: str, now: datetime, what: str) -> Edit:
        """Change files of the draft, all or none; edits that others made meanwhile stay.

        Args:
            changes: What the files are to become; None where one is to go.
            seen: `digest_of` the text that each change began with (`""`: no file); what is not named is overwritten.
            by: Who edits.
            now: When.
            what: What was done, in the words of the page.

        Raises:
            ConflictError: somebody else has changed the same lines meanwhile.
        """
        with self._file.writing() as connection:
            return drafting.edit(connection, changes, seen, by, now, what)

    def edits(self, limit: int = 50, path: str | None = None, before: int | None = None) -> tuple[Edit, ...]:
        """Newest first; of one file, or of all."""
        with self._file.reading() as connection:
            return drafting.edits(connection, limit, path, before)

    def take_back(self, edit_id: int, by: str, now: datetime, what: str) -> Edit:
        """Undo one edit of the draft; what was edited after it stays.

        Raises:
            ConflictError: the same lines were changed again after it.
            LibraryError: there is no such edit.
        """
        with self._file.writing() as connection:
            return drafting.take_back(connection, edit_id, by, now, what)

    def discard(self, by: str, now: datetime, what: str, paths: Sequence[str] | None = None) -> Edit | None:
        """Give the draft's files, or some of them, the texts that are in force; None when they have them."""
        with self._file.writing() as connection:
            current = history.in_force(connection)
            valid = shelf.files(connection, current.release) if current else {}
            files, _ = drafting.read(connection)
            changed = [path for path in {*files, *valid} if files.get(path) != valid.get(path)]
            chosen = {path: valid.get(path) for path in sorted(changed) if paths is None or path in paths}
            return drafting.edit(connection, chosen, {}, by, now, what) if chosen else None

    def take_in(self, new: Files, base: Files, by: str, now: datetime, what: str) -> tuple[str, ...]:
        """Bring what changed elsewhere, from `base` to `new`, into the draft; paths where its own edit stays."""
        with self._file.writing() as connection:
            return drafting.take_in(connection, base, new, by, now, what)

    def approve(self, digest: str, by: str, now: datetime) -> None:
        """Somebody has looked at this state of the draft and found it good."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO approvals (digest, by, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (digest, by, now.isoformat()),
            )

    def approvals(self, digest: str) -> frozenset[str]:
        """Who has approved this state of the draft."""
        with self._file.reading() as connection:
            rows = connection.execute("SELECT by FROM approvals WHERE digest = ?", (digest,))
            return frozenset(row["by"] for row in rows)

    def authors(self) -> frozenset[str]:
        """Who has edited the draft since the last publication."""
        with self._file.reading() as connection:
            current = history.in_force(connection)
            return drafting.authors_since(connection, current.at) if current else frozenset()

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


def _to_the_draft(connection: sqlite3.Connection, made: Release, new: NewRelease, now: datetime) -> tuple[str, ...]:
    draft, _ = drafting.read(connection)
    if not draft:
        drafting.begin(connection, new.files, new.author, now)
        return ()
    if new.source == "draft" or made.base is None:
        return ()
    before = shelf.files(connection, made.base)
    return drafting.take_in(connection, before, new.files, new.author, now, f"第{made.number}版: {new.title}")


def _broken() -> LibraryError:
    return LibraryError(
        "content.library",
        "The file of the releases cannot be read or written; check the folder that VOICEBOT_DATA names.",
    )


def _newer() -> LibraryError:
    return LibraryError(
        "content.newer", "The file of the releases was written by a newer version of voicebot; install that again."
    )
