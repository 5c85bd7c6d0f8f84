"""How long each kind of data is kept, and what will be deleted when."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicebot.errors import TranscriptError
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.policies import MOST_DAYS
from voicebot.transcripts.retention import tidy
from voicebot.transcripts.store import Store

DAY = timedelta(days=1)


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """The folder of recordings."""
    folder = tmp_path / "calls"
    folder.mkdir()
    return folder


def call(store: Store, recordings: Path, sid: str, at: datetime) -> str:
    """A call with its sound."""
    call_id = store.begin_call(NewCall(sid, None, "n", "ja"), at)
    (recordings / f"{call_id}.wav").write_bytes(b"RIFF")
    store.end_call(call_id, at + timedelta(seconds=9), "caller", f"{call_id}.wav")
    assert store.flush()
    return call_id


def test_the_settings_decide_until_somebody_does(store: Store, now: datetime) -> None:
    """The last decision counts, and says who made it."""
    assert {policy.days for policy in store.policies.all(90).values()} == {90}
    store.policies.decide("sound", 14, "root", now)
    store.policies.decide("sound", 30, "hanako", now)
    found = store.policies.all(90)
    assert (found["sound"].days, found["sound"].by, found["calls"].days) == (30, "hanako", 90)
    with pytest.raises(TranscriptError, match=str(MOST_DAYS)):
        store.policies.decide("sound", MOST_DAYS + 1, "root", now)


def test_sound_goes_before_the_words(store: Store, recordings: Path, now: datetime) -> None:
    """When the city wants it so."""
    store.policies.decide("sound", 7, "root", now)
    old = call(store, recordings, "CA1", now - 8 * DAY)
    young = call(store, recordings, "CA2", now - 6 * DAY)
    assert tidy(store, 90, now, recordings).recordings == 1
    assert [(each.id, each.recording) for each in store.calls()] == [(young, f"{young}.wav"), (old, None)]
    assert [path.name for path in recordings.iterdir()] == [f"{young}.wav"]


def test_sound_that_cannot_be_deleted_is_told_and_stays_known(store: Store, recordings: Path, now: datetime) -> None:
    """And does not keep the others from going."""
    stuck = call(store, recordings, "CA1", now - 9 * DAY)
    call(store, recordings, "CA2", now - 8 * DAY)
    (recordings / f"{stuck}.wav").unlink()
    (recordings / f"{stuck}.wav").mkdir()
    store.policies.decide("sound", 7, "root", now)
    assert (tidy(store, 0, now, recordings).kept, tidy(store, 0, now, recordings).recordings) == (1, 0)
    assert store.policies.with_sound(now, 10) == ((stuck, f"{stuck}.wav"),)


def test_what_goes_when_is_told_beforehand(store: Store, recordings: Path, now: datetime) -> None:
    """And comes true."""
    for days in (80, 84, 89, 95):
        call(store, recordings, f"CA{days}", now - days * DAY)
    policy = store.policies.all(90)["calls"]
    assert [(going.count, going.day - now) for going in store.policies.going(policy, now)] == [
        (1, 0 * DAY),
        (3, 7 * DAY),
        (4, 30 * DAY),
    ]
    assert store.policies.going(policy, now)[0].oldest.startswith(f"{now - 95 * DAY:%Y-%m-%d}")
    assert tidy(store, 90, now + 7 * DAY, recordings).calls == 3
    assert store.policies.going(store.policies.all(0)["calls"], now) == ()
