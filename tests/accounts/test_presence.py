"""Which telephones need not ring."""

from pathlib import Path

import pytest
from people import PASSWORD, Clock, add

from voicebot.accounts.accounts import Accounts
from voicebot.errors import AccountError

ONE, TWO = "+815000002001", "+815000002002"


def sign_in(made: Accounts, clock: Clock, name: str) -> None:
    """Sign in."""
    made.sessions.sign_in(name, PASSWORD, "", clock())


def test_who_is_signed_in_and_away_or_busy_is_not_rung(made: Accounts, clock: Clock) -> None:
    """Who is signed in and away or busy is not rung."""
    hanako, taro = add(made, phone=ONE), add(made, "taro", phone=TWO)
    sign_in(made, clock, "hanako")
    sign_in(made, clock, "taro")
    assert made.attendance.absent() == frozenset()
    made.attendance.set(hanako, "away")
    made.attendance.set(taro, "busy")
    assert made.attendance.absent() == {ONE, TWO}
    made.attendance.set(hanako, "available")
    assert made.attendance.absent() == {TWO}


def test_a_closed_page_keeps_no_telephone_from_ringing(made: Accounts, clock: Clock) -> None:
    """Who went home while away must not be away for ever."""
    hanako = add(made, phone=ONE)
    made.attendance.set(hanako, "away")
    assert made.attendance.absent() == frozenset()
    sign_in(made, clock, "hanako")
    assert made.attendance.absent() == {ONE}
    clock.later(minutes=31)
    assert made.attendance.absent() == frozenset()
    assert made.attendance.here() == ()


def test_a_shared_telephone_rings_while_anybody_is_there(made: Accounts, clock: Clock) -> None:
    """A shared telephone rings while anybody is there."""
    hanako, taro = add(made, phone=ONE), add(made, "taro", phone=ONE)
    sign_in(made, clock, "hanako")
    sign_in(made, clock, "taro")
    made.attendance.set(hanako, "away")
    assert made.attendance.absent() == frozenset()
    made.attendance.set(taro, "away")
    assert made.attendance.absent() == {ONE}


def test_only_operators_have_a_presence(made: Accounts, clock: Clock) -> None:
    """Only operators have a presence."""
    viewer = add(made, "viewer", "viewer", phone=ONE)
    sign_in(made, clock, "viewer")
    made.attendance.set(viewer, "away")
    assert made.attendance.absent() == frozenset()
    with pytest.raises(AccountError):
        made.attendance.set(viewer, "asleep")


def test_broken_accounts_let_every_telephone_ring(tmp_path: Path, clock: Clock) -> None:
    """Broken accounts let every telephone ring."""
    (tmp_path / "file").write_text("not a folder")
    assert Accounts(tmp_path / "file" / "accounts.db", clock).attendance.absent() == frozenset()
