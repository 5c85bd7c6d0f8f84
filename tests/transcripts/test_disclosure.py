"""All that is kept about one telephone number: shown, handed over, erased."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicebot.actions import Play, Prompt, RequestCallback
from voicebot.events import Alternative, CallStarted, Heard
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.disclosure import as_zip, belongings, erase, ways_of_writing
from voicebot.transcripts.store import Store

NUMBER, OTHER = "+815000000001", "+815000000002"


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """The folder of recordings."""
    folder = tmp_path / "calls"
    folder.mkdir()
    return folder


def call(store: Store, recordings: Path, sid: str, caller: str | None, at: datetime, said: str = "粗大ごみ") -> str:
    """A call in which something was said, with its sound."""
    call_id = store.begin_call(NewCall(sid, caller, "n", "ja"), at)
    (recordings / f"{call_id}.wav").write_bytes(b"RIFF")
    record = store.transcript(call_id)
    record.append(0.0, CallStarted(call_id, caller, "n", "ja", at))
    record.append(0.1, Play(1, (Prompt("ご用件をどうぞ。"),)))
    record.append(3.0, Heard(1, (Alternative(said, said, 0.9),), 1.0, 0.1))
    store.end_call(call_id, at + timedelta(seconds=9), "caller", f"{call_id}.wav")
    assert store.flush()
    return call_id


@pytest.mark.parametrize(
    "written", ["05000000001", "050-0000-0001", "+81 50 0000 0001", "\uff10\uff15\uff10\uff0d00000001"]
)
def test_a_number_is_found_however_it_is_written(written: str) -> None:
    """By staff, by carriers, by callers."""
    assert set(ways_of_writing(written)) == {"05000000001", "+815000000001", "815000000001"}


def test_what_is_no_whole_number_finds_nothing(store: Store, recordings: Path, now: datetime) -> None:
    """Also not the calls whose number was withheld."""
    call(store, recordings, "CA1", None, now)
    for text in ("", "110", "なし", "0" * 30):
        assert ways_of_writing(text) == ()
        assert belongings(store, text, recordings).nothing


def test_everything_about_a_number_is_found(store: Store, recordings: Path, now: datetime) -> None:
    """Its calls, and the call from elsewhere in which it was given."""
    own = call(store, recordings, "CA1", NUMBER, now)
    elsewhere = call(store, recordings, "CA2", OTHER, now + timedelta(minutes=1))
    call(store, recordings, "CA3", OTHER, now)
    number = store.book(elsewhere, RequestCallback(1, "市民課", "05000000001", "田中", "住民票", "午後"), now)
    store.text_log.enter(own, "05000000001", "リンク", now)
    found = belongings(store, "050-0000-0001", recordings)
    assert [each.id for each in found.calls] == [elsewhere, own]
    assert [found.from_elsewhere(each) for each in found.calls] == [True, False]
    assert [each.number for each in found.tickets] == [number]
    assert [each.text for each in found.texts] == ["リンク"]
    assert {path.name for path in found.sounds} == {f"{own}.wav", f"{elsewhere}.wav"}


def test_it_is_handed_over_in_one_file(store: Store, recordings: Path, now: datetime) -> None:
    """As people read it, as data, and as sound."""
    own = call(store, recordings, "CA1", NUMBER, now, said="粗大ごみの日")
    packed = zipfile.ZipFile(io.BytesIO(as_zip(store, belongings(store, NUMBER, recordings), "ja", now)))
    assert "粗大ごみの日" in packed.read(f"calls/{own}.txt").decode()
    assert [each["id"] for each in json.loads(packed.read("calls.json"))] == [own]
    assert packed.read(f"sound/{own}.wav") == b"RIFF"


def test_it_is_erased_to_the_last_letter(store: Store, recordings: Path, now: datetime) -> None:
    """An open ticket too; what belongs to others stays."""
    own = call(store, recordings, "CA1", NUMBER, now, said="めずらしい言葉")
    other = call(store, recordings, "CA2", OTHER, now)
    store.book(own, RequestCallback(1, "市民課", "05000000001", "田中", "住民票", "午後"), now)
    done = erase(store, belongings(store, NUMBER, recordings), recordings)
    assert (done.calls, done.tickets, done.files, done.stuck) == (1, 1, 1, 0)
    assert [each.id for each in store.calls()] == [other]
    assert belongings(store, NUMBER, recordings).nothing
    assert [path.name for path in recordings.iterdir()] == [f"{other}.wav"]
    assert store.search("めずらしい言葉") == ()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = store.path.read_bytes()
    assert "めずらしい言葉".encode() not in kept
    assert b"05000000001" not in kept


def test_a_call_whose_sound_cannot_be_deleted_stays_known(store: Store, recordings: Path, now: datetime) -> None:
    """And that is told."""
    own = call(store, recordings, "CA1", NUMBER, now)
    (recordings / f"{own}.wav").unlink()
    (recordings / f"{own}.wav").mkdir()
    assert erase(store, belongings(store, NUMBER, recordings), recordings).stuck == 1
    assert [each.id for each in store.calls()] == [own]
