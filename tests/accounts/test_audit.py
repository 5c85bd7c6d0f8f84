"""The audit log only grows."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from people import ROOT, Clock, add

from voicebot.accounts.accounts import Accounts
from voicebot.accounts.audit import Author


def test_rows_are_newest_first_and_can_be_paged_and_searched(made: Accounts, clock: Clock) -> None:
    """Rows are newest first and can be paged and searched."""
    for number in range(5):
        made.log.add(
            Author("hanako", "10.0.0.1"), "ticket.take", str(1000 + number), clock.later(seconds=1), first=True
        )
    newest = made.log.rows(limit=2)
    assert [row.subject for row in newest] == ["1004", "1003"]
    assert [row.subject for row in made.log.rows(before=newest[-1].id, limit=2)] == ["1002", "1001"]
    (found,) = made.log.rows(words="1002")
    assert (found.who, found.address, found.detail) == ("hanako", "10.0.0.1", {"first": True})
    assert found.at < clock()


def test_the_database_itself_refuses_to_change_or_delete(made: Accounts, clock: Clock, tmp_path: Path) -> None:
    """The database itself refuses to change or delete."""
    made.log.add(ROOT, "user.add", "hanako", clock())
    with closing(sqlite3.connect(tmp_path / "data" / "accounts.db", isolation_level=None)) as connection:
        for deed in ("UPDATE audit SET who = 'nobody'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1"):
            with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                connection.execute(deed)
    assert len(made.log.rows()) == 1


def test_what_did_not_happen_is_not_noted(made: Accounts) -> None:
    """A change and its note are one transaction."""
    add(made)
    before = made.log.rows()
    with pytest.raises(Exception, match="taken"):
        add(made)
    assert made.log.rows() == before
