"""The tables of the library, as numbered migrations. A migration that has been released is never changed."""

from collections.abc import Callable

from sqlite_utils import Database

_GROWS_ONLY = ("texts", "releases", "release_files", "publications", "edits", "edit_files")


def m001_releases(db: Database) -> None:
    """Releases never change; the same text is kept once."""
    db.execute("CREATE TABLE texts (digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("""
        CREATE TABLE releases (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            content TEXT NOT NULL,
            digest TEXT NOT NULL,
            title TEXT NOT NULL,
            author TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            at TEXT NOT NULL,
            base INTEGER REFERENCES releases (number),
            source TEXT NOT NULL CHECK (source IN ('folder', 'draft', 'urgent'))
        ) STRICT
    """)
    db.execute("CREATE INDEX releases_by_content ON releases (content)")
    db.execute("""
        CREATE TABLE release_files (
            release INTEGER NOT NULL REFERENCES releases (number),
            path TEXT NOT NULL,
            digest TEXT NOT NULL REFERENCES texts (digest),
            PRIMARY KEY (release, path)
        ) STRICT, WITHOUT ROWID
    """)


def m002_publications(db: Database) -> None:
    """What was put in force when, and what is planned."""
    db.execute("""
        CREATE TABLE publications (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            release INTEGER NOT NULL REFERENCES releases (number),
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            why TEXT NOT NULL CHECK (why IN ('first', 'publish', 'schedule', 'roll_back', 'urgent', 'folder'))
        ) STRICT
    """)
    db.execute("""
        CREATE TABLE plans (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            release INTEGER NOT NULL REFERENCES releases (number),
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            noted_at TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'cancelled', 'failed')),
            told TEXT NOT NULL DEFAULT ''
        ) STRICT
    """)


def m003_draft(db: Database) -> None:
    """The one draft of the city, every edit of it, and who has approved which state of it."""
    db.execute("""
        CREATE TABLE draft_files (
            path TEXT PRIMARY KEY,
            digest TEXT NOT NULL REFERENCES texts (digest),
            by TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE edits (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            what TEXT NOT NULL
        ) STRICT
    """)
    db.execute("""
        CREATE TABLE edit_files (
            edit INTEGER NOT NULL REFERENCES edits (id),
            path TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            PRIMARY KEY (edit, path)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX edit_files_by_path ON edit_files (path, edit)")
    db.execute("""
        CREATE TABLE approvals (
            digest TEXT NOT NULL,
            by TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (digest, by)
        ) STRICT, WITHOUT ROWID
    """)


def m004_folder(db: Database) -> None:
    """The state of the city's folder when it and the library last held the same."""
    db.execute("""
        CREATE TABLE folder (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            digest TEXT NOT NULL,
            release INTEGER NOT NULL REFERENCES releases (number)
        ) STRICT
    """)


def m005_nothing_is_rewritten(db: Database) -> None:
    """What has been released, published or edited stays as it was."""
    for table in _GROWS_ONLY:
        for deed in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    m001_releases,
    m002_publications,
    m003_draft,
    m004_folder,
    m005_nothing_is_rewritten,
)
