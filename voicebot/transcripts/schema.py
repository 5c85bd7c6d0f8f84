"""The tables of the call store, as numbered migrations that are applied in one transaction.

A migration that has been released is never changed; a new one is added at the end. Which ones a database has is
written in its table `_migrations`.
"""

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database, Migrations

from voicebot.errors import TranscriptError
from voicebot.transcripts.schema_figures import m012_figures
from voicebot.transcripts.schema_policies import m015_policies
from voicebot.transcripts.schema_proposals import m013_proposals
from voicebot.transcripts.schema_reviews import m011_reviews, m014_call_list
from voicebot.transcripts.schema_search import m017_quick_search
from voicebot.transcripts.schema_transfers import m016_answered


def m001_calls(db: Database) -> None:
    """One row a call; times are ISO 8601 with zone."""
    db.execute("""
        CREATE TABLE calls (
            id TEXT PRIMARY KEY,
            carrier_sid TEXT NOT NULL UNIQUE,
            caller TEXT,
            called TEXT NOT NULL,
            language TEXT NOT NULL,
            started_at TEXT NOT NULL,
            ended_at TEXT,
            end_reason TEXT,
            outcome TEXT,
            content TEXT NOT NULL,
            recording TEXT,
            refused_recording INTEGER NOT NULL DEFAULT 0,
            recogniser TEXT NOT NULL,
            voice TEXT NOT NULL,
            seconds REAL
        ) STRICT
    """)
    # By the moment itself: the same text sorts differently under another zone.
    db.execute("CREATE INDEX calls_by_start ON calls (unixepoch(started_at))")
    db.execute("CREATE INDEX calls_by_caller ON calls (caller)")
    db.execute("CREATE INDEX calls_open ON calls (id) WHERE ended_at IS NULL")


def m002_records(db: Database) -> None:
    """The truth: every event and action, append-only, in order."""
    db.execute("""
        CREATE TABLE records (
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            seconds REAL NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('event', 'action')),
            type TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (call_id, seq)
        ) STRICT, WITHOUT ROWID
    """)


def m003_sessions(db: Database) -> None:
    """What the carrier's doors need between a stream and what comes after it, also after a restart."""
    db.execute("""
        CREATE TABLE sessions (
            call_id TEXT PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
            state TEXT,
            state_seq INTEGER NOT NULL DEFAULT 0,
            decision TEXT,
            decision_seq INTEGER NOT NULL DEFAULT 0
        ) STRICT
    """)
    # Several tokens a call: a webhook that the carrier repeats must not spoil the answer it got first.
    db.execute("""
        CREATE TABLE tokens (
            token_hash TEXT PRIMARY KEY,
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            token_expires_at TEXT NOT NULL,
            token_used_at TEXT
        ) STRICT
    """)
    db.execute("CREATE INDEX tokens_by_call ON tokens (call_id)")


def m004_derived(db: Database) -> None:
    """What is computed from the records when a call has ended; can be computed again at any time."""
    db.execute("""
        CREATE TABLE turns (
            id INTEGER PRIMARY KEY,
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            turn INTEGER NOT NULL,
            asked TEXT NOT NULL,
            node TEXT NOT NULL,
            heard_text TEXT NOT NULL,
            heard_reading TEXT NOT NULL,
            confidence REAL,
            nbest TEXT NOT NULL,
            keys TEXT NOT NULL,
            answered_entry TEXT NOT NULL,
            score REAL,
            started_seconds REAL NOT NULL,
            ended_seconds REAL NOT NULL,
            speech_seconds REAL,
            decode_seconds REAL,
            answer_delay_seconds REAL,
            UNIQUE (call_id, turn)
        ) STRICT
    """)
    db.execute("CREATE INDEX turns_by_node ON turns (node)")
    db.execute("CREATE INDEX turns_by_entry ON turns (answered_entry)")
    db.execute("""
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY,
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            recording TEXT NOT NULL,
            seconds REAL NOT NULL,
            department TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX messages_by_call ON messages (call_id)")
    db.execute("""
        CREATE TABLE transfers (
            id INTEGER PRIMARY KEY,
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            department TEXT NOT NULL,
            outcome TEXT,
            detail TEXT NOT NULL,
            started_at TEXT NOT NULL,
            ended_at TEXT
        ) STRICT
    """)
    db.execute("CREATE INDEX transfers_by_call ON transfers (call_id)")


def m005_search(db: Database) -> None:
    """Full-text search; trigrams, because Japanese has no spaces between words."""
    db.table("turns").enable_fts(["asked", "heard_text"], create_triggers=True, tokenize="trigram")


def m006_tickets(db: Database) -> None:
    """Call backs that were promised."""
    db.execute("""
        CREATE TABLE tickets (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            turn INTEGER NOT NULL,
            department TEXT NOT NULL,
            phone TEXT NOT NULL,
            name TEXT NOT NULL,
            matter TEXT NOT NULL,
            wanted TEXT NOT NULL,
            created_at TEXT NOT NULL,
            done_at TEXT,
            UNIQUE (call_id, turn)
        ) STRICT
    """)


def m007_work_on_tickets(db: Database) -> None:
    """Tickets become what staff work on; messages are tickets too. They outlive their calls: no reference any more."""
    db.execute("""
        CREATE TABLE tickets_anew (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            call_id TEXT NOT NULL,
            turn INTEGER NOT NULL,
            kind TEXT NOT NULL DEFAULT 'callback' CHECK (kind IN ('callback', 'message')),
            department TEXT NOT NULL,
            phone TEXT NOT NULL,
            name TEXT NOT NULL,
            matter TEXT NOT NULL,
            wanted TEXT NOT NULL,
            language TEXT NOT NULL DEFAULT 'ja',
            recording TEXT NOT NULL DEFAULT '',
            seconds REAL NOT NULL DEFAULT 0,
            transcribed INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            due_at TEXT,
            taken_by TEXT NOT NULL DEFAULT '',
            taken_at TEXT,
            done_by TEXT NOT NULL DEFAULT '',
            done_at TEXT,
            UNIQUE (call_id, turn)
        ) STRICT
    """)
    db.execute("""
        INSERT INTO tickets_anew (id, call_id, turn, department, phone, name, matter, wanted, created_at, done_at)
        SELECT id, call_id, turn, department, phone, name, matter, wanted, created_at, done_at FROM tickets
    """)
    # No number is ever given twice, also when the last tickets have been forgotten.
    db.execute("DELETE FROM sqlite_sequence WHERE name = 'tickets_anew'")
    db.execute("""
        INSERT INTO sqlite_sequence (name, seq) SELECT 'tickets_anew', seq FROM sqlite_sequence WHERE name = 'tickets'
    """)
    db.execute("DROP TABLE tickets")
    db.execute("ALTER TABLE tickets_anew RENAME TO tickets")
    db.execute("CREATE INDEX tickets_by_call ON tickets (call_id)")
    db.execute("CREATE INDEX tickets_not_done ON tickets (department) WHERE done_at IS NULL")
    _history_of_tickets(db)


def _history_of_tickets(db: Database) -> None:
    db.execute("""
        CREATE TABLE ticket_changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            ticket_id INTEGER NOT NULL,
            at TEXT NOT NULL,
            operator TEXT NOT NULL,
            change TEXT NOT NULL,
            text TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX ticket_changes_by_ticket ON ticket_changes (ticket_id)")
    db.execute("""
        INSERT INTO ticket_changes (ticket_id, at, operator, change, text)
        SELECT id, created_at, '', 'created', '' FROM tickets ORDER BY id
    """)


def m008_text_messages(db: Database) -> None:
    """Text messages: what was to be sent, and what the carrier says became of it."""
    db.execute("""
        CREATE TABLE text_messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            phone TEXT NOT NULL,
            text TEXT NOT NULL,
            sid TEXT NOT NULL DEFAULT '',
            status TEXT NOT NULL,
            error TEXT NOT NULL DEFAULT '',
            created_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            UNIQUE (call_id, phone, text)
        ) STRICT
    """)


def m009_wrong_transfers(db: Database) -> None:
    """Transfers to the wrong department, as reported by who took them."""
    db.execute("""
        CREATE TABLE wrong_transfers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            department TEXT NOT NULL,
            right_department TEXT NOT NULL,
            operator TEXT NOT NULL,
            at TEXT NOT NULL,
            UNIQUE (call_id, number)
        ) STRICT
    """)


def m010_release(db: Database) -> None:
    """Each call records the release of the content that it was begun with."""
    db.execute("ALTER TABLE calls ADD COLUMN release INTEGER")


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    m001_calls,
    m002_records,
    m003_sessions,
    m004_derived,
    m005_search,
    m006_tickets,
    m007_work_on_tickets,
    m008_text_messages,
    m009_wrong_transfers,
    m010_release,
    m011_reviews,
    m012_figures,
    m013_proposals,
    m014_call_list,
    m015_policies,
    m016_answered,
    m017_quick_search,
)


def migrate(connection: sqlite3.Connection, steps: tuple[Callable[[Database], None], ...] = MIGRATIONS) -> None:
    """Bring the database up to this version; touches nothing when it is there already.

    Raises:
        TranscriptError: the database was made by a newer version.
        sqlite3.Error: the database cannot be written; nothing of the migrations is kept.
    """
    migrations = Migrations("voicebot")
    migrations.migrations_table = "_migrations"
    for step in steps:
        migrations(name=step.__name__)(step)
    db = Database(connection, execute_plugins=False)
    if _is_current(db, migrations, steps):
        return
    # Two processes may start at once: take the write lock first, then look again.
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _is_current(db, migrations, steps):
            migrations.apply(db)
        connection.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def _is_current(db: Database, migrations: Migrations, steps: tuple[Callable[[Database], None], ...]) -> bool:
    applied = {each.name for each in migrations.applied(db)}
    if not applied <= {step.__name__ for step in steps}:
        raise TranscriptError(
            "transcript.newer",
            "The database was written by a newer version of voicebot; install that version again, "
            "or restore the backup made before the update.",
        )
    return len(applied) == len(steps)
