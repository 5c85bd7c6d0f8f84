"""The tables of the accounts, as numbered migrations. A migration that has been released is never changed."""

from collections.abc import Callable

from sqlite_utils import Database


def m001_users(db: Database) -> None:
    """One row a person; times are seconds since 1970."""
    db.execute("""
        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            display TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('administrator', 'editor', 'operator', 'viewer')),
            language TEXT NOT NULL DEFAULT 'ja',
            phone TEXT NOT NULL DEFAULT '',
            departments TEXT NOT NULL DEFAULT '[]',
            password TEXT NOT NULL,
            must_change INTEGER NOT NULL DEFAULT 0,
            code_secret TEXT,
            code_used INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0,
            locked_until REAL NOT NULL DEFAULT 0,
            disabled INTEGER NOT NULL DEFAULT 0,
            presence TEXT NOT NULL DEFAULT 'available' CHECK (presence IN ('available', 'busy', 'away')),
            created_at REAL NOT NULL
        ) STRICT
    """)


def m002_sessions(db: Database) -> None:
    """One row a browser that is signed in. Only a hash of the cookie is kept."""
    db.execute("""
        CREATE TABLE sessions (
            token_hash TEXT PRIMARY KEY,
            user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            form_token TEXT NOT NULL,
            needs_code INTEGER NOT NULL,
            created_at REAL NOT NULL,
            seen_at REAL NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX sessions_by_user ON sessions (user_id)")


def m003_audit(db: Database) -> None:
    """Who did what. The database itself refuses to change or delete a row."""
    db.execute("""
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            address TEXT NOT NULL
        ) STRICT
    """)
    for deed in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER audit_no_{deed.lower()} BEFORE {deed} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
        )


MIGRATIONS: tuple[Callable[[Database], None], ...] = (m001_users, m002_sessions, m003_audit)
