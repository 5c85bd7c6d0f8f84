"""The tables of the figures: counts by day, and which days must be counted anew."""

from sqlite_utils import Database

_CHANGED = """
    INSERT INTO figure_days (day, version) SELECT substr(started_at, 1, 10), 1 FROM calls WHERE id = {call}
    ON CONFLICT (day) DO UPDATE SET version = version + 1
"""
_TRIGGERS = (
    # What is derived from a call's record is written together with its outcome.
    ("calls", "UPDATE OF outcome", "new.id"),
    ("reviews", "INSERT", "new.call_id"),
    ("reviews", "UPDATE", "new.call_id"),
    ("corrections", "INSERT", "new.call_id"),
    ("corrections", "UPDATE", "new.call_id"),
    ("wrong_transfers", "INSERT", "new.call_id"),
    ("wrong_transfers", "UPDATE", "new.call_id"),
    ("wrong_transfers", "DELETE", "old.call_id"),
    ("tickets", "INSERT", "new.call_id"),
    ("tickets", "UPDATE OF department", "new.call_id"),
)


def m012_figures(db: Database) -> None:
    """Counts by day and kind, of calls that are there and of calls that have been forgotten; a version for each day.

    Every change of what is counted raises the version of its day; a day is stale while `counted` is another.
    """
    for table in ("figures", "figures_of_forgotten"):
        db.execute(f"""
            CREATE TABLE {table} (
                measure TEXT NOT NULL,
                day TEXT NOT NULL,
                key TEXT NOT NULL,
                count INTEGER NOT NULL,
                total REAL NOT NULL,
                PRIMARY KEY (measure, day, key)
            ) STRICT, WITHOUT ROWID
        """)
    db.execute("CREATE INDEX figures_of_day ON figures (day)")
    db.execute("""
        CREATE TABLE figure_days (
            day TEXT PRIMARY KEY,
            version INTEGER NOT NULL,
            counted INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX figure_days_stale ON figure_days (day) WHERE version != counted")
    db.execute("CREATE INDEX calls_by_day ON calls (substr(started_at, 1, 10))")
    for table, change, call in _TRIGGERS:
        name = f"figures_{table}_{change.split()[0].lower()}"
        db.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} BEGIN {_CHANGED.format(call=call)}; END")
    db.execute("""
        INSERT INTO figure_days (day, version)
        SELECT DISTINCT substr(started_at, 1, 10), 1 FROM calls WHERE outcome IS NOT NULL
    """)
