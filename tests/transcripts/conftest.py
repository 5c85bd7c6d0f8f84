"""A store on a real file, with patience that makes tests quick and decides nothing by the clock."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.store import Store
from voicebot.transcripts.writer import Patience

QUICK = Patience(busy_seconds=0.01, retry_seconds=3600.0, spool_seconds=3600.0, answer_seconds=10.0)


@pytest.fixture
def now() -> datetime:
    """A morning in Japan."""
    return datetime(2027, 4, 1, 8, 30, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the database will be."""
    return tmp_path / "data" / "voicebot.db"


@pytest.fixture
def opened(database: Path) -> Iterator[Callable[..., Store]]:
    """Opens stores on the database, and closes them at the end of the test."""
    with ExitStack() as stack:

        def open_store(**options: object) -> Store:
            return stack.enter_context(Store(database, **{"patience": QUICK, **options}))  # type: ignore[arg-type]

        yield open_store


@pytest.fixture
def store(opened: Callable[..., Store]) -> Store:
    """An open store."""
    return opened()


@pytest.fixture
def call_id(store: Store, now: datetime) -> str:
    """A call that has begun."""
    return store.begin_call(NewCall("CA0", "+815000000001", "+815000000002", "ja", "f1", "vosk", "openjtalk"), now)
