"""The service is killed, or its disk is full for the whole process: what was committed or spooled is there."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicebot.events import DigitPressed
from voicebot.transcripts.retention import end_lost_calls
from voicebot.transcripts.store import Store

BEGIN = """
import json, os, resource, sqlite3, sys
from datetime import datetime, timezone
from pathlib import Path
from voicebot.events import Alternative, DigitPressed, Heard
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.store import Store
from voicebot.transcripts.writer import Patience

path = Path(sys.argv[1])
store = Store(path, patience=Patience(busy_seconds=0.01, retry_seconds=3600.0, spool_seconds=0.0))
now = datetime(2027, 3, 31, tzinfo=timezone.utc)
call_id = store.begin_call(NewCall("CA1", None, "n", "ja"), now)
transcript = store.transcript(call_id)
"""
KILLED = """
for number in range(50):
    transcript.append(float(number), DigitPressed(str(number % 10)))
assert store.flush()
print(call_id, flush=True)
for number in range(50, 5000):
    transcript.append(float(number), DigitPressed(str(number % 10)))
os._exit(9)
"""
KILLED_IN_AN_OUTAGE = """
other = sqlite3.connect(path, isolation_level=None)
other.execute("BEGIN IMMEDIATE")
for number in range(50):
    transcript.append(float(number), DigitPressed(str(number % 10)))
assert not store.flush()
print(call_id, flush=True)
os._exit(9)
"""
FULL = """
for number in range(50):
    transcript.append(float(number), DigitPressed("1"))
assert store.flush()
size = path.with_name(path.name + "-wal").stat().st_size
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, unlimited[1]))
said = "住民票を取りたいのですが" * 4
for number in range(50, 80):
    transcript.append(float(number), Heard(number, (Alternative(said, said, 0.5),)))
written = store.flush()
code = store.failure.code if store.failure else ""
if sys.argv[2] == "freed":
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    freed = store.flush()
else:
    freed = False
store.close()
print(json.dumps([call_id, written, code, freed, len(store.records(call_id))]), flush=True)
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", BEGIN + script, *arguments], capture_output=True, text=True, timeout=60
    )


def test_a_kill_keeps_what_was_committed(opened: Callable[..., Store], database: Path) -> None:
    """At least all that was flushed, without gaps, and the record goes on behind it."""
    killed = run(KILLED, str(database))
    assert killed.returncode == 9, killed.stderr
    call_id = killed.stdout.strip()
    store = opened()
    count = len(store.records(call_id))
    assert count >= 50
    store.transcript(call_id).append(9999.0, DigitPressed("#"))
    assert store.flush()
    entries = store.records(call_id)
    assert [entry.seq for entry in entries] == list(range(1, count + 2))
    assert [entry.item for entry in entries[:-1]] == [DigitPressed(str(number % 10)) for number in range(count)]


def test_a_kill_during_an_outage_keeps_what_was_spooled(
    opened: Callable[..., Store], database: Path, now: datetime
) -> None:
    """The next start takes the file over, and then the call can be closed as lost."""
    killed = run(KILLED_IN_AN_OUTAGE, str(database))
    assert killed.returncode == 9, killed.stderr
    call_id = killed.stdout.strip()
    store = opened()
    assert store.flush()
    assert len(store.records(call_id)) == 50
    assert [path.name for path in database.parent.glob("*spool*")] == []
    assert end_lost_calls(store, now, timedelta(minutes=20)) == 1
    assert store.flush()
    call = store.call(call_id)
    assert call is not None
    assert (call.end_reason, call.outcome, call.seconds) == ("error", "error", 49.0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits on the size of files")
@pytest.mark.parametrize("then", ["freed", "still full"])
def test_a_disk_without_room_loses_nothing(opened: Callable[..., Store], database: Path, then: str) -> None:
    """The operating system refuses to let the files grow: written when there is room, else spooled and taken over."""
    full = run(FULL, str(database), then)
    assert full.returncode == 0, full.stderr
    call_id, written, code, freed, count = json.loads(full.stdout)
    assert (written, code) == (False, "transcript.disk")
    assert (freed, count) == ((True, 80) if then == "freed" else (False, 50))
    store = opened()
    assert store.flush()
    assert [entry.seq for entry in store.records(call_id)] == list(range(1, 81))
