"""The draft: one for the city, edited by several people at once. Nothing that somebody typed is overwritten."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from voicebot.errors import ConflictError, LibraryError
from voicebot.releases.merging import merged
from voicebot.releases.texts import NOTHING, Files, digest_of, keep, text_of

Changes = Mapping[str, str | None]
"""New texts by path; None where a file is to go."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Who changed a file of the draft last, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit that was made."""

    id: int
    at: datetime
    by: str
    what: str
    """In the words of the page that made it."""
    paths: tuple[str, ...]


def read(connection: sqlite3.Connection) -> tuple[dict[str, str], dict[str, Touched]]:
    """The files of the draft, and who touched each last."""
    rows = connection.execute("SELECT * FROM draft_files JOIN texts USING (digest) ORDER BY path").fetchall()
    touched = {row["path"]: Touched(row["by"], datetime.fromisoformat(row["at"])) for row in rows}
    return {row["path"]: row["text"] for row in rows}, touched


def begin(connection: sqlite3.Connection, files: Files, by: str, now: datetime) -> None:
    """Fill the empty draft."""
    connection.executemany(
        "INSERT INTO draft_files (path, digest, by, at) VALUES (?, ?, ?, ?)",
        [(path, keep(connection, text), by, now.isoformat()) for path, text in files.items()],
    )


def edit(
    connection: sqlite3.Connection, changes: Changes, seen: Mapping[str, str], by: str, now: datetime, what: str
) -> Edit:
    """Change files; edits that others made meanwhile stay.

    Args:
        connection: Inside a transaction.
        changes: What the files are to become.
        seen: The digest of the text that each change began with; for a path that is not in it, of what is there now.
        by: Who edits.
        now: When.
        what: What was done, in the words of the page.

    Raises:
        ConflictError: somebody else has changed the same lines meanwhile.
    """
    texts = {path: _joined(connection, path, text, seen.get(path)) for path, text in changes.items()}
    return _write(connection, texts, by, now, what)


def take_in(
    connection: sqlite3.Connection, base: Files, new: Files, by: str, now: datetime, what: str
) -> tuple[str, ...]:
    """Bring what changed elsewhere, from `base` to `new`, into the draft; paths where the draft's own edit stays."""
    texts: dict[str, str | None] = {}
    left = []
    for path in sorted({*base, *new}):
        if base.get(path) == new.get(path):
            continue
        try:
            keep(connection, base.get(path, ""))
            texts[path] = _joined(connection, path, new.get(path), digest_of(base.get(path)))
        except ConflictError:
            left.append(path)
    if texts:
        _write(connection, texts, by, now, what)
    return tuple(left)


def take_back(connection: sqlite3.Connection, edit_id: int, by: str, now: datetime, what: str) -> Edit:
    """Undo one edit; what was edited after it stays.

    Raises:
        ConflictError: the same lines were changed again after it.
        LibraryError: there is no such edit.
    """
    rows = connection.execute("SELECT * FROM edit_files WHERE edit = ?", (edit_id,)).fetchall()
    if not rows:
        raise LibraryError("content.no_edit", "その変更は見つかりません。画面を開き直してください。")
    changes = {row["path"]: text_of(connection, row["before"]) for row in rows}
    return edit(connection, changes, {row["path"]: row["after"] for row in rows}, by, now, what)


def edits(connection: sqlite3.Connection, limit: int, path: str | None, before: int | None) -> tuple[Edit, ...]:
    """Newest first; of one file, or of all."""
    rows = connection.execute(
        "SELECT * FROM edits WHERE (? IS NULL OR id < ?) "
        "AND (? IS NULL OR id IN (SELECT edit FROM edit_files WHERE path = ?)) ORDER BY id DESC LIMIT ?",
        (before, before, path, path, limit),
    ).fetchall()
    return tuple(_edit(connection, row) for row in rows)


def authors_since(connection: sqlite3.Connection, moment: datetime) -> frozenset[str]:
    """Who has edited the draft since."""
    sql = "SELECT DISTINCT by FROM edits WHERE unixepoch(at) >= ?"
    return frozenset(row["by"] for row in connection.execute(sql, (int(moment.timestamp()),)))


def _joined(connection: sqlite3.Connection, path: str, text: str | None, seen: str | None) -> str | None:
    """The text with what others did to the file meanwhile."""
    row = connection.execute("SELECT * FROM draft_files WHERE path = ?", (path,)).fetchone()
    current = row["digest"] if row else NOTHING
    if seen is None or seen == current or digest_of(text) == current:
        return text
    began, now = text_of(connection, seen), text_of(connection, current)
    both = merged(began or "", text, now) if text is not None and now is not None else None
    if both is None:
        raise ConflictError(path, text, now, row["by"] if row else "")
    return both


def _write(connection: sqlite3.Connection, texts: Changes, by: str, now: datetime, what: str) -> Edit:
    at = now.isoformat()
    number = connection.execute("INSERT INTO edits (at, by, what) VALUES (?, ?, ?)", (at, by, what)).lastrowid
    for path, text in texts.items():
        row = connection.execute("SELECT digest FROM draft_files WHERE path = ?", (path,)).fetchone()
        before, after = row["digest"] if row else NOTHING, NOTHING
        if text is None:
            connection.execute("DELETE FROM draft_files WHERE path = ?", (path,))
        else:
            after = keep(connection, text)
            connection.execute(
                "INSERT INTO draft_files (path, digest, by, at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (path) DO UPDATE SET digest = excluded.digest, by = excluded.by, at = excluded.at",
                (path, after, by, at),
            )
        connection.execute(
            "INSERT INTO edit_files (edit, path, before, after) VALUES (?, ?, ?, ?)", (number, path, before, after)
        )
    return Edit(int(number or 0), now, by, what, tuple(texts))


def _edit(connection: sqlite3.Connection, row: sqlite3.Row) -> Edit:
    paths = connection.execute("SELECT path FROM edit_files WHERE edit = ? ORDER BY path", (row["id"],))
    return Edit(
        row["id"], datetime.fromisoformat(row["at"]), row["by"], row["what"], tuple(each["path"] for each in paths)
    )
