"""Reports of transfers to the wrong department."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

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
