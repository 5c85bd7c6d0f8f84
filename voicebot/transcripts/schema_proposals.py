"""The tables behind the room that makes the line better: troubles in calls, what staff decided, replays."""

from sqlite_utils import Database


def m013_proposals(db: Database) -> None:
    """Troubles are computed from the records and can be computed again; decisions and replays are the staff's."""
    db.execute("""
        CREATE TABLE troubles (
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            turn INTEGER NOT NULL,
            began INTEGER NOT NULL,
            language TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (call_id, turn)
        ) STRICT, WITHOUT ROWID
    """)
    # `began` is the call's start in seconds since 1970, so that a period is one range of one index.
    db.execute("CREATE INDEX troubles_by_time ON troubles (began)")
    # Calls whose records have been looked through; the others (from before this version) are when they are asked for.
    db.execute("""
        CREATE TABLE sifted (
            call_id TEXT PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE proposals (
            key TEXT PRIMARY KEY,
            state TEXT NOT NULL CHECK (state IN ('accepted', 'dismissed')),
            title TEXT NOT NULL,
            reason TEXT NOT NULL,
            calls TEXT NOT NULL,
            by_whom TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)
    _replays(db)


def _replays(db: Database) -> None:
    db.execute("""
        CREATE TABLE replays (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            digest TEXT NOT NULL,
            against TEXT NOT NULL,
            since TEXT NOT NULL,
            until TEXT NOT NULL,
            calls INTEGER NOT NULL,
            done INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
            by_whom TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX replays_by_digest ON replays (digest)")
    db.execute("""
        CREATE TABLE replayed (
            replay INTEGER NOT NULL REFERENCES replays (id) ON DELETE CASCADE,
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            verdict TEXT NOT NULL,
            began INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (replay, call_id)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX replayed_by_verdict ON replayed (replay, verdict, began)")
    db.execute("CREATE INDEX replayed_by_call ON replayed (call_id)")
