"""When somebody answered a transfer: from the record, in the figures, and of calls from before it was kept."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from voicebot.actions import Transfer
from voicebot.events import CallEnded, LegUpdated, OperatorAnswered, Rang, TransferEnded
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.codec import Item
from voicebot.transcripts.kpis import KPIS, NEEDED
from voicebot.transcripts.schema import MIGRATIONS, migrate
from voicebot.transcripts.store import Store

TELEPHONE = "+815000001010"
ASKED: tuple[tuple[float, Item], ...] = (
    (10.0, Transfer(1, "市民課")),
    (14.0, LegUpdated(TELEPHONE, "answered", "in-progress", 1)),
    (18.0, OperatorAnswered(TELEPHONE, "accepted")),
    (80.0, LegUpdated(TELEPHONE, "connected", "completed", 1)),
    (80.5, TransferEnded(1, "connected", "completed")),
)
"""Who hears about the matter first, and takes the call by a key."""
UNASKED: tuple[tuple[float, Item], ...] = (
    (10.0, Transfer(1, "水道課")),
    (40.0, Rang((TELEPHONE,), "no_answer", "no-answer")),
    (45.0, LegUpdated(TELEPHONE, "connected", "in-progress", 1, 1)),
    (90.0, TransferEnded(1, "connected", "completed")),
)
LATE: tuple[tuple[float, Item], ...] = (
    (10.0, Transfer(1, "税務課")),
    (60.0, LegUpdated(TELEPHONE, "connected", "completed", 1)),
    (60.5, TransferEnded(1, "connected", "completed")),
)
"""The carrier has told of the telephone only when it was over."""
VAIN: tuple[tuple[float, Item], ...] = (
    (10.0, Transfer(1, "市民課")),
    (20.0, OperatorAnswered(TELEPHONE, "declined")),
    (20.5, TransferEnded(1, "declined", "completed")),
)


def phoned(store: Store, number: int, items: tuple[tuple[float, Item], ...], at: datetime) -> str:
    """A call that has ended; its id."""
    call_id = store.begin_call(NewCall(f"CA{number}", None, "+815000000002", "ja", "f1"), at)
    record = store.transcript(call_id)
    for seconds, item in (*items, (100.0, CallEnded("caller"))):
        record.append(seconds, item)
    store.end_call(call_id, at + timedelta(seconds=100), "caller")
    assert store.flush()
    return call_id


def moments(store: Store, calls: list[str], at: datetime) -> list[float | None]:
    """How long each waited from the beginning of the call until somebody answered."""
    found = [store.transfers(call_id)[0].answered_at for call_id in calls]
    return [None if each is None else (datetime.fromisoformat(each) - at).total_seconds() for each in found]


def test_the_moment_is_that_of_the_key_or_of_picking_up(store: Store, now: datetime) -> None:
    """Not of the ringing, nor of the end of the talk; who declined did not answer."""
    calls = [phoned(store, at, items, now) for at, items in enumerate((ASKED, UNASKED, LATE, VAIN))]
    assert moments(store, calls, now) == [18.0, 45.0, None, None]


def test_the_figures_tell_how_soon_callers_are_answered(store: Store, now: datetime) -> None:
    """The mean of those that were taken; soon ones among all of which it is known."""
    for at, items in enumerate((ASKED, UNASKED, LATE, VAIN)):
        phoned(store, at, items, now)
    for day in store.figures.stale():
        store.figures.count(day)
    sums = store.figures.sums(now.date(), now.date(), NEEDED)
    rows = {key: (number, round(total, 3)) for key, (number, total) in sums["waits"].items()}
    assert rows == {"soon\t市民課": (1, 8.0), "late\t水道課": (1, 35.0), "never\t市民課": (1, 0.0)}
    figures = {each.name: each.of(sums).figure for each in KPIS}
    assert round(figures["asa"] or 0, 3) == 21.5
    assert figures["service_level"] == 1 / 3


def test_calls_from_before_get_their_moments_from_their_records(
    opened: Callable[..., Store], tmp_path: Path, now: datetime
) -> None:
    """The same as calls of today, and their day is counted anew."""
    with opened() as store:
        calls = [phoned(store, at, items, now) for at, items in enumerate((ASKED, UNASKED, LATE, VAIN))]
        expected = moments(store, calls, now)
        path = store.path
    older = tmp_path / "older.db"
    with closing(sqlite3.connect(older, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migrate(connection, MIGRATIONS[:15])
        connection.execute("ATTACH ? AS newer", (str(path),))
        for table in ("calls", "records", "transfers"):
            names = ", ".join(row["name"] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newer.{table}")  # noqa: S608
        connection.execute("DETACH newer")
        connection.execute("INSERT INTO figure_days (day, version, counted) VALUES ('2027-04-01', 7, 7)")
        migrate(connection)
        days = connection.execute("SELECT version, counted FROM figure_days").fetchone()
    assert tuple(days) == (8, 7)
    with Store(older) as store:
        assert moments(store, calls, now) == expected
