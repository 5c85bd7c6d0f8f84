"""The table of how long each kind of data is kept."""

from sqlite_utils import Database


def m015_policies(db: Database) -> None:
    """One row a kind that the administrators have decided about; the settings decide about the others."""
    db.execute("""
        CREATE TABLE policies (
            kind TEXT PRIMARY KEY CHECK (kind IN ('sound', 'calls', 'tickets')),
            days INTEGER NOT NULL CHECK (days >= 0),
            by TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)
    # What will be deleted when: asked by the day.
    db.execute("CREATE INDEX calls_with_sound ON calls (unixepoch(started_at)) WHERE recording IS NOT NULL")
