"""The library of one city's content; may be used from any thread and by several processes at once."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from voicebot.releases import drafting, history, shelf
from voicebot.releases.drafting import Changes, Edit, Touched
from voicebot.releases.history import Why
from voicebot.releases.published import Published
from voicebot.releases.shelf import NewRelease, Release
from voicebot.releases.texts import Files, digest_of_files, text_of


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft as it is now."""

    files: Files
    touched: Mapping[str, Touched]
    digest: str
    """Of all its files."""


class Library(Published):
    """Releases, what is in force, and the draft. Every method raises `LibraryError` when the file cannot be used.

    Args:
        path: The SQLite file; made at the first use.
    """

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


def _to_the_draft(connection: sqlite3.Connection, made: Release, new: NewRelease, now: datetime) -> tuple[str, ...]:
    draft, _ = drafting.read(connection)
    if not draft:
        drafting.begin(connection, new.files, new.author, now)
        return ()
    if new.source == "draft" or made.base is None:
        return ()
    before = shelf.files(connection, made.base)
    return drafting.take_in(connection, before, new.files, new.author, now, f"第{made.number}版: {new.title}")
