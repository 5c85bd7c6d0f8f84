"""Writes as data: they survive the file, and applying them twice changes nothing."""

from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from voicebot.transcripts import schema
from voicebot.transcripts.calls import NewCall, insert
from voicebot.transcripts.connection import open_writer
from voicebot.transcripts.writes import Append, Decide, End, KeepState, Write, apply, calls_of, from_line, to_line

NOW = datetime(2027, 4, 1, 8, 30, tzinfo=timezone(timedelta(hours=9)))
FINITE = st.floats(allow_nan=False)
WRITES = st.one_of(
    st.builds(Append, seconds=FINITE),
    st.from_type(KeepState),
    st.from_type(Decide),
    st.builds(End, ended_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(NOW.tzinfo))),
)


@given(WRITES)
def test_a_write_survives_its_line(write: Write) -> None:
    """One line each, whatever was said."""
    line = to_line(write)
    assert from_line(line) == write
    assert len(line.splitlines()) == 1 or "\n" not in line


def test_applied_twice_it_is_as_if_applied_once(tmp_path: Path) -> None:
    """A spool file that comes again does no harm."""
    writes: tuple[Write, ...] = (
        Append("c", 1, 0.5, "event", "DigitPressed", '{"type":"DigitPressed","digit":"1"}'),
        KeepState("c", 2, "state"),
        Decide("c", 2, "decision"),
        End("c", NOW + timedelta(seconds=9), "caller", "c.wav"),
    )
    with closing(open_writer(tmp_path / "a.db", 0.01)) as connection:
        schema.migrate(connection)
        insert(connection, "c", NewCall("CA1", None, "n", "ja"), NOW)
        dumps = []
        for _ in range(2):
            for write in writes:
                apply(connection, write)
            tables = [connection.execute(f"SELECT * FROM {name}") for name in ("calls", "records", "sessions")]  # noqa: S608
            dumps.append([tuple(row) for table in tables for row in table])
    assert dumps[0] == dumps[1]
    assert ("c", 1, 0.5, "event", "DigitPressed", '{"type":"DigitPressed","digit":"1"}') in dumps[0]
    assert ("c", "state", 2, "decision", 2) in dumps[0]


def test_only_the_record_and_the_end_change_what_is_derived() -> None:
    """States and decisions do not."""
    writes = (
        Append("a", 1, 0.0, "event", "x", "{}"),
        KeepState("b", 1, ""),
        Decide("c", 1, ""),
        End("d", NOW, "bot", None),
    )
    assert calls_of(writes) == {"a", "d"}
