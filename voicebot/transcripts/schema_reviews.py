"""The tables of what staff say about calls: reviews and corrections."""

from sqlite_utils import Database


def m011_reviews(db: Database) -> None:
    """One review a call; any number of corrections a turn, of which the last stands. Both go with their call."""
    db.execute("""
        CREATE TABLE reviews (
            call_id TEXT PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
            status TEXT NOT NULL CHECK (status IN ('begun', 'done')),
            outcome TEXT NOT NULL,
            right_department TEXT NOT NULL,
            notes TEXT NOT NULL,
            all_heard INTEGER NOT NULL,
            reviewer TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
    """)
    # No reference to `turns`: those are computed again at any time.
    db.execute("""
        CREATE TABLE corrections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            turn INTEGER NOT NULL,
            heard TEXT NOT NULL,
            corrected TEXT,
            intent TEXT NOT NULL,
            entry TEXT NOT NULL,
            department TEXT NOT NULL,
            by TEXT NOT NULL,
            at TEXT NOT NULL,
            stands INTEGER NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX corrections_by_call ON corrections (call_id, turn)")
    db.execute("CREATE INDEX corrections_standing ON corrections (call_id) WHERE stands")


def m014_call_list(db: Database) -> None:
    """What the list of calls shows and chooses by stands with each call, and words of two letters can be found.

    The search index holds trigrams. Each text is padded with two blanks, so that its last letters begin one too, and
    a shorter word is the beginning of trigrams that `turns_terms` knows.
    """
    db.execute("ALTER TABLE turns ADD COLUMN missed TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE calls ADD COLUMN not_understood INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE calls ADD COLUMN lowest REAL")
    db.execute("ALTER TABLE calls ADD COLUMN departments TEXT NOT NULL DEFAULT ''")
    # Of calls before this, what can be known without their records.
    db.execute("UPDATE turns SET missed = 'no_match' WHERE heard_text = '' AND speech_seconds IS NOT NULL")
    db.execute("""
        UPDATE calls SET
            lowest = (SELECT MIN(confidence) FROM turns WHERE call_id = calls.id),
            not_understood = (SELECT COUNT(*) FROM turns WHERE call_id = calls.id AND missed != ''),
            departments = (SELECT COALESCE(GROUP_CONCAT(department, '、'), '') FROM (
                SELECT department FROM transfers WHERE call_id = calls.id AND department != ''
                UNION SELECT department FROM messages WHERE call_id = calls.id AND department != ''
                UNION SELECT department FROM tickets WHERE call_id = calls.id AND department != ''
            ))
        WHERE ended_at IS NOT NULL
    """)
    # With the call, so that whether a call has a node or an answer is one look.
    for index, column in (("turns_by_node", "node"), ("turns_by_entry", "answered_entry")):
        db.execute(f"DROP INDEX {index}")
        db.execute(f"CREATE INDEX {index} ON turns ({column}, call_id)")
    _index_of_words(db)


def _index_of_words(db: Database) -> None:
    for name in ("turns_ai", "turns_ad", "turns_au"):
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
    db.execute("DROP TABLE turns_fts")
    db.execute("""
        CREATE VIEW turns_said AS SELECT id, asked || '  ' AS asked, heard_text || '  ' AS heard_text FROM turns
    """)
    db.execute("""
        CREATE VIRTUAL TABLE turns_fts USING fts5 (
            asked, heard_text, content = 'turns_said', content_rowid = 'id', tokenize = 'trigram'
        )
    """)
    db.execute("CREATE VIRTUAL TABLE turns_terms USING fts5vocab ('turns_fts', 'row')")
    enter = (
        "INSERT INTO turns_fts (rowid, asked, heard_text) VALUES (new.id, new.asked || '  ', new.heard_text || '  ')"
    )
    remove = (
        "INSERT INTO turns_fts (turns_fts, rowid, asked, heard_text) "
        "VALUES ('delete', old.id, old.asked || '  ', old.heard_text || '  ')"
    )
    db.execute(f"CREATE TRIGGER turns_ai AFTER INSERT ON turns BEGIN {enter}; END")
    db.execute(f"CREATE TRIGGER turns_ad AFTER DELETE ON turns BEGIN {remove}; END")
    db.execute(f"CREATE TRIGGER turns_au AFTER UPDATE OF asked, heard_text ON turns BEGIN {remove}; {enter}; END")
    db.execute("INSERT INTO turns_fts (turns_fts) VALUES ('rebuild')")
