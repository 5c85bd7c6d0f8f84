"""Texts by what they say: each is kept once, under its digest."""

import hashlib
import sqlite3
from collections.abc import Mapping

Files = Mapping[str, str]
"""Texts by path."""
NOTHING = ""
"""The digest of a file that is not there."""


def digest_of(text: str | None) -> str:
    """What tells one text from another; `NOTHING` for no file."""
    return NOTHING if text is None else hashlib.sha256(text.encode()).hexdigest()[:32]


def digest_of_files(files: Files) -> str:
    """What tells one set of files from another, golden talks and all."""
    return digest_of("\n".join(f"{path}\0{digest_of(text)}" for path, text in sorted(files.items())))


def keep(connection: sqlite3.Connection, text: str) -> str:
    """Keep a text; its digest."""
    digest = digest_of(text)
    connection.execute("INSERT INTO texts (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, text))
    return digest


def text_of(connection: sqlite3.Connection, digest: str) -> str | None:
    """A text that was kept; None for `NOTHING`, or for one that never was."""
    row = connection.execute("SELECT text FROM texts WHERE digest = ?", (digest,)).fetchone()
    return row["text"] if row else None
