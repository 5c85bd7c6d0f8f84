"""Which parts live, as whoever watches over the service is told."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from house import service, until

from voicebot.transcripts.store import Store
from voicebot.transcripts.writer import Patience
from voicebot.web.health import health


def test_a_service_in_order_names_what_hears_and_what_speaks(tmp_path: Path) -> None:
    """Even before the folder of recordings has been made."""
    made = service(tmp_path)
    well, parts = health(made)
    assert well
    assert parts["recordings"] is True
    assert parts["recognisers"] == {"ja": "scripted"}
    assert parts["voices"] == {"ja": made.voices.name("ja")}
    made.close()


def test_recordings_that_cannot_be_kept_are_told_but_stop_no_call(tmp_path: Path) -> None:
    """A file where the folder should be; nobody minds it where nothing is recorded."""
    for record_calls, kept in ((True, False), (False, True)):
        folder = tmp_path / str(record_calls)
        made = service(folder, record_calls=record_calls)
        made.settings.recordings.mkdir(parents=True)
        made.settings.calls.write_text("no folder")
        well, parts = health(made)
        assert (well, parts["recordings"]) == (True, kept)
        made.close()


def test_a_store_that_cannot_be_written_is_not_well(tmp_path: Path) -> None:
    """While another program holds it; afterwards all is well again."""
    made = service(tmp_path)
    made.store.close()
    store = Store(made.settings.database, patience=Patience(0.1, 0.1, 0.3, 0.3, 1.0))
    made = replace(made, store=store)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        store.transcript("call").keep_state("{}")
        until(lambda: not health(made)[0])
        assert health(made)[1]["store"] is False
        other.execute("ROLLBACK")
    until(lambda: health(made)[0])
    made.close()
