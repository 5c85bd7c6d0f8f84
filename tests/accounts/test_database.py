"""The file of the accounts."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from people import Clock, accounts, add

from voicebot.accounts.accounts import Accounts
from voicebot.errors import AccountError


def test_nothing_is_made_before_it_is_used_and_then_for_the_service_only(tmp_path: Path, clock: Clock) -> None:
    """Nothing is made before it is used and then for the service only."""
    made = accounts(tmp_path, clock)
    path = tmp_path / "data" / "accounts.db"
    assert not path.exists()
    add(made)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [user.name for user in accounts(tmp_path, clock).users.all()] == ["hanako"]


def test_many_threads_may_begin_at_once(tmp_path: Path, clock: Clock) -> None:
    """Also when the tables are still to be made."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: add(accounts(tmp_path, clock), f"name{number}"), range(8)))
    assert len(accounts(tmp_path, clock).users.all()) == 8


def test_a_file_of_a_newer_version_is_refused(made: Accounts, tmp_path: Path, clock: Clock) -> None:
    """A file of a newer version is refused."""
    add(made)
    with closing(sqlite3.connect(tmp_path / "data" / "accounts.db", isolation_level=None)) as connection:
        connection.execute("UPDATE _migrations SET name = 'm999_later' WHERE name = 'm003_audit'")
    with pytest.raises(AccountError, match="newer"):
        accounts(tmp_path, clock).users.all()


def test_a_file_that_is_no_database_is_told_with_the_cure(tmp_path: Path, clock: Clock) -> None:
    """A file that is no database is told with the cure."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "accounts.db").write_bytes(b"something else entirely" * 100)
    with pytest.raises(AccountError, match="VOICEBOT_DATA"):
        accounts(tmp_path, clock).users.all()
