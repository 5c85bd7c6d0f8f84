"""Old calls go, with their sound; younger ones stay."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicebot.events import CallEnded, DigitPressed, MessageRecorded
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.retention import Forgotten, end_lost_calls, tidy
from voicebot.transcripts.store import Store

DAY = timedelta(days=1)


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """The folder of recordings."""
    folder = tmp_path / "calls"
    folder.mkdir()
    return folder


def keep(store: Store, recordings: Path, sid: str, at: datetime, named: str | None = None, done: bool = True) -> str:
    """A call with its sound and a message."""
    call_id = store.begin_call(NewCall(sid, None, "n", "ja"), at)
    for name in (f"{call_id}.wav", f"{call_id}-message-1.wav"):
        (recordings / name).write_bytes(b"RIFF")
    store.transcript(call_id).append(1.0, MessageRecorded(1, named or f"{call_id}-message-1.wav", 1.0))
    store.end_call(call_id, at + timedelta(seconds=9), "caller", f"{call_id}.wav")
    assert store.flush()
    if done:
        for ticket in store.tickets(call_id):
            assert store.ticket_desk.done(ticket.number, "鈴木", at)
    return call_id


def test_old_calls_go_with_their_sound(store: Store, recordings: Path, now: datetime) -> None:
    """Older than thirty days: rows and files; exactly thirty days: all stays."""
    keep(store, recordings, "CA1", now - 30 * DAY - timedelta(seconds=1))
    keep(store, recordings, "CA2", now - 400 * DAY)
    young = keep(store, recordings, "CA3", now - 30 * DAY)
    assert tidy(store, 30, now, recordings) == Forgotten(calls=2, recordings=4, kept=0)
    assert [call.id for call in store.calls()] == [young]
    assert sorted(path.name for path in recordings.iterdir()) == [f"{young}-message-1.wav", f"{young}.wav"]
    assert tidy(store, 30, now, recordings) == Forgotten(calls=0, recordings=0, kept=0)


def test_what_is_still_owed_to_a_caller_is_not_forgotten_with_the_call(
    store: Store, recordings: Path, now: datetime
) -> None:
    """The open ticket and its message stay; they go when it has been done for as long."""
    call_id = keep(store, recordings, "CA1", now - 40 * DAY, done=False)
    assert tidy(store, 30, now, recordings) == Forgotten(calls=1, recordings=1, kept=0)
    (ticket,) = store.ticket_desk.listed()
    assert [path.name for path in recordings.iterdir()] == [ticket.recording] == [f"{call_id}-message-1.wav"]
    store.ticket_desk.done(ticket.number, "鈴木", now)
    assert tidy(store, 30, now + 30 * DAY, recordings).recordings == 0
    assert tidy(store, 30, now + 31 * DAY, recordings) == Forgotten(calls=0, recordings=1, kept=0)
    assert (store.ticket_desk.listed(), store.ticket_desk.changes(), list(recordings.iterdir())) == ((), (), [])


def test_sound_that_no_row_names_goes_too(store: Store, recordings: Path, now: datetime) -> None:
    """A call that was cut off has told of no recording, but its file bears its id."""
    call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now - 40 * DAY)
    (recordings / f"{call_id}.wav").write_bytes(b"RIFF")
    (recordings / f"{call_id[:-1]}.wav").write_bytes(b"RIFF")
    assert tidy(store, 30, now, recordings) == Forgotten(calls=1, recordings=1, kept=0)
    assert [path.name for path in recordings.iterdir()] == [f"{call_id[:-1]}.wav"]


def test_only_files_in_the_folder_are_deleted(store: Store, recordings: Path, now: datetime) -> None:
    """A damaged name cannot reach other files."""
    outside = recordings.parent / "precious.wav"
    outside.write_bytes(b"RIFF")
    keep(store, recordings, "CA1", now - 40 * DAY, named="../precious.wav")
    assert tidy(store, 30, now, recordings).calls == 1
    assert outside.exists()


def test_a_call_stays_while_its_sound_cannot_be_deleted(store: Store, recordings: Path, now: datetime) -> None:
    """No recording without a row that tells of it; the others go all the same."""
    stuck = keep(store, recordings, "CA1", now - 40 * DAY)
    keep(store, recordings, "CA2", now - 50 * DAY)
    (recordings / f"{stuck}.wav").unlink()
    (recordings / f"{stuck}.wav").mkdir()
    forgotten = tidy(store, 30, now, recordings)
    assert (forgotten.calls, forgotten.kept) == (1, 1)
    assert [call.id for call in store.calls()] == [stuck]


def test_calls_whose_end_nobody_told_are_closed(store: Store, now: datetime) -> None:
    """As an error, at their last entry, unless the record knows better; younger ones may still go on."""
    silent = store.begin_call(NewCall("CA1", None, "n", "ja"), now - DAY)
    killed = store.begin_call(NewCall("CA2", None, "n", "ja"), now - DAY)
    ended = store.begin_call(NewCall("CA3", None, "n", "ja"), now - DAY)
    going_on = store.begin_call(NewCall("CA4", None, "n", "ja"), now)
    store.transcript(killed).append(42.0, DigitPressed("1"))
    store.transcript(ended).append(7.0, CallEnded("caller"))
    assert store.flush()
    assert end_lost_calls(store, now, timedelta(hours=1)) == 3
    assert store.flush()
    found = {call.id: (call.outcome, call.seconds) for call in store.calls()}
    assert found == {
        silent: ("error", 0.0),
        killed: ("error", 42.0),
        ended: ("abandoned", 7.0),
        going_on: (None, None),
    }
    assert end_lost_calls(store, now, timedelta(hours=1)) == 0
