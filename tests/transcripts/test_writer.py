"""What happens when the database is out of order: nothing is lost, the order stays, trouble is told once.

The locks, the full disk and the read-only connection are real; only the timer is tested with a fake ledger.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicebot.errors import TranscriptError
from voicebot.events import Alternative, DigitPressed, Heard
from voicebot.transcripts import schema
from voicebot.transcripts.backlog import Backlog, Job
from voicebot.transcripts.calls import NewCall, insert
from voicebot.transcripts.connection import open_writer
from voicebot.transcripts.decision import Decision
from voicebot.transcripts.ledger import Ledger
from voicebot.transcripts.spool import Spool
from voicebot.transcripts.store import Store
from voicebot.transcripts.transcript import CallTranscript
from voicebot.transcripts.writer import Patience, Writer
from voicebot.transcripts.writes import KeepState

QUICK = Patience(busy_seconds=0.01, retry_seconds=3600.0, spool_seconds=3600.0, answer_seconds=10.0)
KEYS = "0123456789*#"
SAID = "住所は港町一丁目です"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another connection holds the write lock, as another process would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def digits(store: Store, call_id: str) -> str:
    """The keys of a call's record."""
    return "".join(entry.item.digit for entry in store.records(call_id) if isinstance(entry.item, DigitPressed))


@pytest.fixture
def told() -> list[str]:
    """Codes of the troubles that were told."""
    return []


@pytest.fixture
def troubled(opened: Callable[..., Store], told: list[str]) -> Store:
    """A store that tells of its troubles and does not wait long."""
    return opened(patience=QUICK, on_failure=lambda error: told.append(error.code))


@pytest.fixture
def call(troubled: Store, now: datetime) -> str:
    """A call that has begun."""
    return troubled.begin_call(NewCall("CA1", None, "n", "ja"), now)


def test_a_locked_database_delays_and_loses_nothing(troubled: Store, call: str, told: list[str]) -> None:
    """Entries wait in order; reading goes on; the trouble is told once and is over when the lock is gone."""
    transcript = troubled.transcript(call)
    transcript.append(0.0, DigitPressed(KEYS[0]))
    assert troubled.flush()
    with locked(troubled.path):
        for key in KEYS[1:]:
            transcript.append(1.0, DigitPressed(key))
            assert not troubled.flush()
        assert not troubled.healthy
        assert troubled.pending == len(KEYS) - 1
        assert digits(troubled, call) == KEYS[0]
    assert told == ["transcript.locked"]
    assert troubled.flush()
    assert troubled.healthy
    assert troubled.pending == 0
    assert digits(troubled, call) == KEYS
    assert told == ["transcript.locked"]


def test_each_outage_is_told(troubled: Store, call: str, told: list[str]) -> None:
    """The second one too."""
    for _ in range(2):
        with locked(troubled.path):
            troubled.transcript(call).append(0.0, DigitPressed("1"))
            assert not troubled.flush()
        assert troubled.flush()
    assert told == ["transcript.locked"] * 2


def test_decisions_and_states_are_known_before_they_are_written(troubled: Store, call: str, now: datetime) -> None:
    """The carrier's question after the stream is answered although the database is locked."""
    transcript = troubled.transcript(call)
    troubled.decide(call, Decision("hang_up"))
    assert troubled.flush()
    with locked(troubled.path):
        troubled.decide(call, Decision("transfer", "shimin"))
        transcript.keep_state("{}")
        troubled.end_call(call, now, "caller")
        assert not troubled.flush()
        assert troubled.decision(call) == Decision("transfer", "shimin")
        assert troubled.state(call) == "{}"
    assert troubled.flush()
    assert troubled.decision(call) == Decision("transfer", "shimin")
    assert troubled.state(call) == "{}"


def test_who_waits_for_an_answer_is_told_the_cure_in_time(
    opened: Callable[..., Store], troubled: Store, call: str, now: datetime
) -> None:
    """A webhook gets our error instead of waiting for ever; what it asked for is not done later."""
    hasty = opened(patience=replace(QUICK, answer_seconds=0.05))
    assert hasty.flush()
    with locked(troubled.path):
        hasty.transcript(call).append(0.0, DigitPressed("1"))
        assert not hasty.flush()
        with pytest.raises(TranscriptError, match="Another program holds the database") as caught:
            hasty.begin_call(NewCall("CA2", None, "n", "ja"), now)
        assert caught.value.code == "transcript.locked"
    assert hasty.flush()
    assert digits(hasty, call) == "1"
    assert hasty.find("CA2") is None
    assert troubled.begin_call(NewCall("CA2", None, "n", "ja"), now)


def test_numbers_go_on_during_an_outage(troubled: Store, call: str) -> None:
    """A transcript that is opened anew counts what still waits."""
    with locked(troubled.path):
        troubled.transcript(call).append(0.0, DigitPressed("1"))
        troubled.transcript(call).append(0.0, DigitPressed("2"))
        assert not troubled.flush()
    assert troubled.flush()
    assert [entry.seq for entry in troubled.records(call)] == [1, 2]


def test_closing_during_an_outage_spools_and_the_next_start_takes_over(
    opened: Callable[..., Store], now: datetime, tmp_path: Path
) -> None:
    """Entries, state, decision and the end of the call; once, although the file comes back."""
    spool = tmp_path / "elsewhere.jsonl"
    store = opened(patience=QUICK, spool=spool)
    call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
    transcript = store.transcript(call_id)
    transcript.append(0.0, DigitPressed("1"))
    assert store.flush()
    with locked(store.path):
        transcript.append(1.0, DigitPressed("2"))
        transcript.append(2.0, Heard(1, (Alternative(SAID, "", 0.5),)))
        transcript.keep_state("{}")
        store.decide(call_id, Decision("hang_up"))
        store.end_call(call_id, now + timedelta(seconds=3), "caller")
        store.close()
    kept = spool.read_bytes()
    assert len(kept.splitlines()) == 1 + 5
    for _ in range(2):
        spool.write_bytes(kept)
        with opened(patience=QUICK, spool=spool) as again:
            assert again.flush()
            assert [entry.seq for entry in again.records(call_id)] == [1, 2, 3]
            assert again.records(call_id)[2].item == Heard(1, (Alternative(SAID, "", 0.5),))
            assert again.state(call_id) == "{}"
            assert again.decision(call_id) == Decision("hang_up")
            assert again.calls()[0].outcome == "abandoned"
        assert not spool.exists()


def test_an_old_spool_does_not_replace_newer_state(opened: Callable[..., Store], now: datetime, database: Path) -> None:
    """A file that could not be removed and comes again late does no harm."""
    spool = database.with_name("voicebot.db.spool.jsonl")
    with opened(patience=QUICK) as store:
        call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
        with locked(store.path):
            store.transcript(call_id).keep_state("old")
            store.close()
    kept = spool.read_bytes()
    with opened(patience=QUICK) as store:
        store.transcript(call_id).append(0.0, DigitPressed("1"))
        store.transcript(call_id).keep_state("new")
    spool.write_bytes(kept)
    with opened(patience=QUICK) as store:
        assert store.flush()
        assert store.state(call_id) == "new"


def test_a_long_outage_is_spooled_while_it_lasts(opened: Callable[..., Store], now: datetime, database: Path) -> None:
    """So that a crash during the outage loses nothing; the file goes when the database has everything."""
    spool = database.with_name("voicebot.db.spool.jsonl")
    store = opened(patience=replace(QUICK, spool_seconds=0.0))
    call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
    transcript = store.transcript(call_id)
    with locked(store.path):
        for count in (1, 2):
            transcript.append(0.0, DigitPressed(str(count)))
            assert not store.flush()
            assert len(spool.read_text().split()) == count
    assert store.flush()
    assert not spool.exists()
    assert digits(store, call_id) == "12"


def test_a_start_during_an_outage_counts_on_from_the_spool(opened: Callable[..., Store], now: datetime) -> None:
    """Numbers that are in the file are not given out again."""
    with opened(patience=QUICK) as store:
        call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
        with locked(store.path):
            store.transcript(call_id).append(0.0, DigitPressed("1"))
            store.close()
    with locked(store.path):
        again = opened(patience=QUICK)
        again.transcript(call_id).append(1.0, DigitPressed("2"))
        assert not again.flush()
    assert again.flush()
    assert digits(again, call_id) == "12"


def test_a_spool_that_fails_too_is_told_and_memory_keeps_all(
    opened: Callable[..., Store], now: datetime, tmp_path: Path, told: list[str]
) -> None:
    """Both disks are broken; when one is mended everything is written."""
    store = opened(
        patience=replace(QUICK, spool_seconds=0.0),
        spool=tmp_path / "no such folder" / "spool.jsonl",
        on_failure=lambda error: told.append(error.code),
    )
    call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
    with locked(store.path):
        for _ in range(2):
            store.transcript(call_id).append(0.0, DigitPressed("1"))
            assert not store.flush()
    assert told == ["transcript.locked", "transcript.spool"]
    assert store.flush()
    assert digits(store, call_id) == "11"


def test_a_listener_that_fails_stops_nothing(opened: Callable[..., Store], now: datetime) -> None:
    """Whoever is told may be broken as well."""

    def broken(error: TranscriptError) -> None:
        raise ValueError(error.code)

    store = opened(patience=QUICK, on_failure=broken)
    call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
    with locked(store.path):
        store.transcript(call_id).append(0.0, DigitPressed("1"))
        assert not store.flush()
    assert store.flush()
    assert digits(store, call_id) == "1"


def test_what_the_database_refuses_is_put_aside(troubled: Store, call: str, database: Path) -> None:
    """An entry of a call that does not exist stops nobody else's."""
    stray = CallTranscript("nobody", 1, troubled._writer.post)
    with locked(troubled.path):
        troubled.transcript(call).append(0.0, DigitPressed("1"))
        stray.append(0.0, DigitPressed("9"))
        troubled.transcript(call).append(0.0, DigitPressed("2"))
        assert not troubled.flush()
    assert troubled.flush()
    assert digits(troubled, call) == "12"
    assert "nobody" in database.with_name("voicebot.db.spool.jsonl.rejected").read_text()


def test_logs_hold_nothing_that_was_said(
    troubled: Store, call: str, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Trouble is logged by its code and the call's id only."""
    caplog.set_level(logging.DEBUG)
    with locked(troubled.path):
        for call_id in (call, "nobody"):
            stray = CallTranscript(call_id, 1, troubled._writer.post)
            stray.append(0.0, Heard(1, (Alternative(SAID, SAID, 0.5),)))
            stray.append(0.0, Heard(1, (Alternative(SAID + "\ud800", SAID, 0.5),)))
        assert not troubled.flush()
    assert troubled.flush()
    assert len(caplog.records) >= 4
    assert not [record for record in caplog.records if SAID in str(record.__dict__)]


# --- other troubles, on the writer itself -----------------------------------------------------------------------


@contextmanager
def writing(
    path: Path, told: list[str], *pragmas: str, lift: threading.Event | None = None
) -> Iterator[tuple[Writer, CallTranscript]]:
    """A writer whose connection suffers from pragmas until `lift` is set."""

    def connect() -> sqlite3.Connection:
        connection = open_writer(path, 0.01)
        schema.migrate(connection)
        if lift is None or not lift.is_set():
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        return connection

    with closing(open_writer(path, 0.01)) as connection:
        schema.migrate(connection)
        insert(connection, "c", NewCall("CA1", None, "n", "ja"), datetime(2027, 4, 1))
    backlog = Backlog(Spool(path.with_name("spool.jsonl")))
    writer = Writer(Ledger(connect), backlog, QUICK, lambda error: told.append(error.code))
    try:
        yield writer, CallTranscript("c", 1, writer.post)
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("pragma", "code"), [("max_page_count = 1", "transcript.full"), ("query_only = 1", "transcript.read_only")]
)
def test_a_full_disk_and_a_read_only_one_are_waited_out(
    tmp_path: Path, told: list[str], pragma: str, code: str
) -> None:
    """SQLite says that the disk is full (or may not be written) until there is room again."""
    lift = threading.Event()
    with writing(tmp_path / "a.db", told, pragma, lift=lift) as (writer, transcript):
        for number in range(200):
            transcript.append(float(number), Heard(1, (Alternative(SAID * 10, SAID * 10, 0.5),)))
        assert not writer.flush()
        assert told == [code]
        lift.set()
        assert writer.flush()
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert [row[0] for row in connection.execute("SELECT seq FROM records")] == list(range(1, 201))


def test_a_full_disk_at_the_end_leaves_the_spool(tmp_path: Path, told: list[str]) -> None:
    """Everything that was heard is in the file."""
    with writing(tmp_path / "a.db", told, "max_page_count = 1") as (writer, transcript):
        for number in range(200):
            transcript.append(float(number), Heard(1, (Alternative(SAID * 10, SAID * 10, 0.5),)))
        writer.close()
    assert len((tmp_path / "spool.jsonl").read_text().split("\n")) >= 200
    with writing(tmp_path / "a.db", told) as (writer, transcript):
        assert writer.flush()
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert [row[0] for row in connection.execute("SELECT seq FROM records")] == list(range(1, 201))


class FailingOnce(Ledger):
    """Out of order at the first attempt with jobs; tells when everything has been written."""

    def __init__(self) -> None:
        self.attempts: list[int] = []
        self.written = threading.Event()

    def commit(self, jobs: Sequence[Job]) -> TranscriptError | None:
        """Fails the first time."""
        if jobs:
            self.attempts.append(len(jobs))
            if len(self.attempts) == 1:
                return TranscriptError("transcript.locked", "…")
            self.written.set()
        return None

    def derive(self) -> TranscriptError | None:
        """Nothing to do."""
        return None

    def close(self) -> None:
        """Nothing to close."""


def test_without_anything_new_it_is_tried_again_after_a_moment(tmp_path: Path) -> None:
    """The writing thread's own timer."""
    ledger = FailingOnce()
    backlog = Backlog(Spool(tmp_path / "spool.jsonl"))
    writer = Writer(ledger, backlog, replace(QUICK, retry_seconds=0.001), lambda error: None)
    try:
        writer.post(KeepState("c", 1, "{}"))
        assert ledger.written.wait(10.0)
    finally:
        writer.close()
    assert ledger.attempts == [1, 1]


def test_a_question_that_fails_answers_only_its_asker(tmp_path: Path, told: list[str]) -> None:
    """Our own errors come through as they are, others as ours; the thread lives on."""
    with writing(tmp_path / "a.db", told) as (writer, transcript):

        def ours(connection: sqlite3.Connection) -> int:
            raise TranscriptError("transcript.test", "cure")

        def theirs(connection: sqlite3.Connection) -> int:
            raise ZeroDivisionError

        for question, code in ((ours, "transcript.test"), (theirs, "transcript.refused")):
            transcript.append(0.0, DigitPressed("1"))
            with pytest.raises(TranscriptError) as caught:
                writer.ask(question)
            assert caught.value.code == code
        assert writer.ask(lambda connection: connection.execute("SELECT COUNT(*) FROM records").fetchone()[0]) == 2
    assert told == []
