"""The releases: each is one whole content that never changes again."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from voicebot.errors import LibraryError
from voicebot.releases.texts import Files, digest_of_files, keep

Source = Literal["folder", "draft", "urgent"]
"""Where a release came from: the city's folder, the draft, or a change put straight on top of what was in force."""


@dataclass(frozen=True, slots=True)
class NewRelease:
    """What is to be kept."""

    files: Files
    content: str
    """Fingerprint of the content, as calls record it."""
    title: str
    author: str
    source: Source
    reviewer: str = ""
    """Who has approved it; empty when nobody was asked."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release, as listed."""

    number: int
    content: str
    digest: str
    """Of all its files, golden talks and all."""
    title: str
    author: str
    reviewer: str
    at: datetime
    base: int | None
    """What was in force when it was made."""
    source: Source


def add(connection: sqlite3.Connection, new: NewRelease, base: int | None, now: datetime) -> Release:
    """Keep a release."""
    digest = digest_of_files(new.files)
    number = connection.execute(
        "INSERT INTO releases (content, digest, title, author, reviewer, at, base, source) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (new.content, digest, new.title, new.author, new.reviewer, now.isoformat(), base, new.source),
    ).lastrowid
    connection.executemany(
        "INSERT INTO release_files (release, path, digest) VALUES (?, ?, ?)",
        [(number, path, keep(connection, text)) for path, text in new.files.items()],
    )
    return release(connection, int(number or 0))


def release(connection: sqlite3.Connection, number: int) -> Release:
    """The release of this number.

    Raises:
        LibraryError: there is none.
    """
    row = connection.execute("SELECT * FROM releases WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise LibraryError("content.no_release", f"第{number}版はありません。番号を確かめてください。")
    return _release(row)


def releases(connection: sqlite3.Connection, limit: int, before: int | None) -> tuple[Release, ...]:
    """Newest first, those with a smaller number than `before`."""
    sql = "SELECT * FROM releases WHERE ? IS NULL OR number < ? ORDER BY number DESC LIMIT ?"
    return tuple(map(_release, connection.execute(sql, (before, before, limit))))


def of_content(connection: sqlite3.Connection, content: str) -> Release | None:
    """The newest release with this content."""
    sql = "SELECT * FROM releases WHERE content = ? ORDER BY number DESC LIMIT 1"
    row = connection.execute(sql, (content,)).fetchone()
    return _release(row) if row else None


def files(connection: sqlite3.Connection, number: int) -> dict[str, str]:
    """The files of a release.

    Raises:
        LibraryError: there is none of this number.
    """
    release(connection, number)
    rows = connection.execute(
        "SELECT path, text FROM release_files JOIN texts USING (digest) WHERE release = ? ORDER BY path", (number,)
    )
    return {row["path"]: row["text"] for row in rows}


def _release(row: sqlite3.Row) -> Release:
    return Release(
        row["number"], row["content"], row["digest"], row["title"], row["author"], row["reviewer"],
        datetime.fromisoformat(row["at"]), row["base"], row["source"],
    )  # fmt: skip
