"""The tables and indexes that keep the list of calls quick over hundreds of thousands of calls."""

from sqlite_utils import Database

FILL_RUNS = """
    INSERT INTO turn_runs (first, call_id)
    SELECT id, call_id FROM (SELECT id, call_id, LAG(call_id) OVER (ORDER BY id) AS before FROM turns)
    WHERE before IS NOT call_id
"""
"""What the triggers would have written about all turns that are there."""


def m017_quick_search(db: Database) -> None:
    """Whose a turn is, and what calls are chosen by, without reading the turns and calls themselves.

    The search index answers with the numbers of turns. A call's turns are written together, so they are numbered one
    after the other: a row of `turn_runs` says from which number on turns belong to a call. `calls_chosen` has every
    column that the filters of the list ask for, in the order of the list; `started_at` too, because SQLite before 3.41
    takes an index for complete only with the columns that its expressions name.
    """
    db.execute("CREATE TABLE turn_runs (first INTEGER PRIMARY KEY, call_id TEXT NOT NULL) STRICT")
    db.execute(FILL_RUNS)
    db.execute("""
        CREATE TRIGGER turn_runs_begin AFTER INSERT ON turns
        WHEN (SELECT call_id FROM turn_runs WHERE first <= new.id ORDER BY first DESC LIMIT 1) IS NOT new.call_id
        BEGIN
            INSERT INTO turn_runs (first, call_id) VALUES (new.id, new.call_id);
        END
    """)
    # What is left of a run whose first turn goes begins with the next turn.
    db.execute("""
        CREATE TRIGGER turn_runs_end AFTER DELETE ON turns
        WHEN EXISTS (SELECT 1 FROM turn_runs WHERE first = old.id)
        BEGIN
            DELETE FROM turn_runs WHERE first = old.id;
            INSERT OR IGNORE INTO turn_runs (first, call_id)
            SELECT id, call_id FROM turns
            WHERE id = (SELECT MIN(id) FROM turns WHERE id > old.id) AND call_id = old.call_id;
        END
    """)
    db.execute("""
        CREATE INDEX calls_chosen ON calls (
            unixepoch(started_at), id, started_at, outcome, language, lowest, not_understood, release, departments,
            caller
        )
    """)
