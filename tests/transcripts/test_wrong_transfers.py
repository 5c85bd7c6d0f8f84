"""Reports of transfers to the wrong department."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voicebot.actions import Transfer
from voicebot.events import TransferEnded
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.store import Store
from voicebot.transcripts.wrong_transfers import WrongTransfer

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store(tmp_path / "voicebot.db") as store:
        yield store


def test_the_last_report_about_a_transfer_stands(store: Store) -> None:
    """And those of other transfers stay."""
    call_id = store.begin_call(NewCall("CA1", None, "", "ja"), NOW)
    first = WrongTransfer(call_id, 1, "水道課", "環境課", "hanako", NOW.isoformat())
    second = WrongTransfer(call_id, 1, "水道課", "税務課", "taro", NOW.isoformat())
    other = WrongTransfer(call_id, 2, "環境課", "市民課", "hanako", NOW.isoformat())
    assert [store.wrong_transfers.report(each) for each in (first, second, other)] == [True] * 3
    assert store.wrong_transfers.since(NOW) == (other, second)
    assert store.wrong_transfers.since(NOW + timedelta(seconds=1)) == ()


def test_a_report_can_be_withdrawn_and_goes_with_its_call(store: Store) -> None:
    """Nothing of a forgotten call is kept."""
    call_id = store.begin_call(NewCall("CA1", None, "", "ja"), NOW)
    store.wrong_transfers.report(WrongTransfer(call_id, 1, "水道課", "環境課", "hanako", NOW.isoformat()))
    assert store.wrong_transfers.withdraw(call_id, 1)
    assert not store.wrong_transfers.withdraw(call_id, 1)
    store.wrong_transfers.report(WrongTransfer(call_id, 1, "水道課", "環境課", "hanako", NOW.isoformat()))
    store.forget(call_id)
    assert store.wrong_transfers.since(NOW) == ()


def test_a_call_that_is_not_there_cannot_be_reported(store: Store) -> None:
    """It may have been forgotten meanwhile."""
    assert not store.wrong_transfers.report(WrongTransfer("x", 1, "水道課", "環境課", "hanako", NOW.isoformat()))


def test_what_is_usual_is_known_by_department_and_over_all(store: Store) -> None:
    """The most frequent right ones first; beside them where callers are connected most."""
    rights = ("環境課", "税務課", "環境課")
    for number, right in enumerate(rights, start=1):
        call_id = store.begin_call(NewCall(f"CA{number}", None, "", "ja"), NOW)
        transcript = store.transcript(call_id)
        for turn, department in enumerate(("市民課", "水道課")[: 1 + number % 2], start=1):
            transcript.append(float(turn), Transfer(turn, department))
            transcript.append(turn + 0.5, TransferEnded(turn, "connected"))
        store.end_call(call_id, NOW, "transferred")
        store.wrong_transfers.report(WrongTransfer(call_id, 1, "水道課", right, "hanako", NOW.isoformat()))
    store.flush()
    assert store.wrong_transfers.usual() == {"水道課": ("環境課", "税務課"), "": ("市民課", "水道課")}
