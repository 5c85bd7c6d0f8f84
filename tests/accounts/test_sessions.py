"""Signing in, staying in, and being locked out."""

import pyotp
import pytest
from people import PASSWORD, Clock, add

from voicebot.accounts import one_time_codes
from voicebot.accounts.accounts import Accounts
from voicebot.accounts.audit import Author
from voicebot.accounts.failures import MOST_FAILURES, MOST_FROM_ONE_ADDRESS
from voicebot.errors import AccountError


def code_of(made: Accounts, clock: Clock, name: str, password: str, address: str = "10.0.0.1") -> str:
    """Code of."""
    with pytest.raises(AccountError) as told:
        made.sessions.sign_in(name, password, address, clock())
    return told.value.code


def test_who_signs_in_is_known_by_the_secret_only(made: Accounts, clock: Clock) -> None:
    """Who signs in is known by the secret only."""
    add(made)
    token, needs_code = made.sessions.sign_in(" HANAKO ", PASSWORD, "10.0.0.1", clock())
    assert not needs_code
    session = made.sessions.session(token, clock())
    assert session is not None
    assert session.user.name == "hanako"
    assert session.form_token not in token
    for wrong in ("", token[:-1], session.form_token):
        assert made.sessions.session(wrong, clock()) is None


def test_a_session_ends_idle_or_after_its_day(made: Accounts, clock: Clock) -> None:
    """A session ends idle or after its day."""
    add(made)
    token, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    for _ in range(23):
        assert made.sessions.session(token, clock.later(minutes=29))
    assert made.sessions.session(token, clock.later(minutes=54)) is None
    token, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    assert made.sessions.session(token, clock.later(minutes=31)) is None
    token, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    for _ in range(24):
        made.sessions.session(token, clock.later(minutes=29))
    assert made.sessions.session(token, clock.later(minutes=25)) is None, "twelve hours, however busy"


def test_sign_out_ends_this_session_and_no_other(made: Accounts, clock: Clock) -> None:
    """Sign out ends this session and no other."""
    add(made)
    one, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    two, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    made.sessions.sign_out(one, Author("hanako"), clock())
    assert made.sessions.session(one, clock()) is None
    assert made.sessions.session(two, clock())
    assert made.sessions.signed_in(clock()) == {1}


def test_repeated_failures_lock_the_account_for_a_while(made: Accounts, clock: Clock) -> None:
    """Repeated failures lock the account for a while."""
    add(made)
    add(made, "taro")
    assert {code_of(made, clock, "hanako", "wrong") for _ in range(MOST_FAILURES)} == {"account.refused"}
    assert code_of(made, clock, "hanako", PASSWORD) == "account.locked"
    assert code_of(made, clock, "hanako", "wrong") == "account.locked"
    assert made.sessions.sign_in("taro", PASSWORD, "10.0.0.1", clock()), "others are not locked"
    clock.later(minutes=14)
    assert code_of(made, clock, "hanako", PASSWORD) == "account.locked"
    clock.later(minutes=2)
    assert made.sessions.sign_in("hanako", PASSWORD, "10.0.0.1", clock())


def test_a_success_forgives_the_failures_before_it(made: Accounts, clock: Clock) -> None:
    """A success forgives the failures before it."""
    add(made)
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            code_of(made, clock, "hanako", "wrong")
        made.sessions.sign_in("hanako", PASSWORD, "", clock())


def test_guessing_from_one_address_is_stopped_whatever_the_names(made: Accounts, clock: Clock) -> None:
    """Guessing from one address is stopped whatever the names."""
    add(made)
    for number in range(MOST_FROM_ONE_ADDRESS):
        assert code_of(made, clock, f"name{number}", "wrong", "10.9.9.9") == "account.refused"
    assert code_of(made, clock, "hanako", PASSWORD, "10.9.9.9") == "account.locked"
    assert made.sessions.sign_in("hanako", PASSWORD, "10.0.0.1", clock())
    clock.later(minutes=16)
    assert made.sessions.sign_in("hanako", PASSWORD, "10.9.9.9", clock())


def test_what_was_typed_as_a_name_is_kept_only_if_it_is_one(made: Accounts, clock: Clock) -> None:
    """People type their password into the wrong field."""
    code_of(made, clock, PASSWORD, "")
    (row,) = made.log.rows()
    assert (row.who, row.what, row.subject, row.address) == ("?", "session.refused", "?", "10.0.0.1")


@pytest.fixture
def secret(made: Accounts, clock: Clock) -> str:
    """Secret."""
    add(made)
    secret = one_time_codes.new_secret()
    made.credentials.set_code(Author("hanako"), "hanako", secret, pyotp.TOTP(secret).at(clock()), clock())
    clock.later(minutes=1)
    return secret


def test_a_session_that_waits_for_its_code_is_of_no_use(made: Accounts, clock: Clock, secret: str) -> None:
    """A session that waits for its code is of no use."""
    waiting, needs_code = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    assert needs_code
    assert made.sessions.session(waiting, clock()) is None
    assert made.sessions.signed_in(clock()) == frozenset()
    token = made.sessions.confirm(waiting, pyotp.TOTP(secret).at(clock()), "", clock())
    assert made.sessions.session(token, clock())
    assert made.sessions.session(waiting, clock()) is None


def test_a_code_counts_once_and_in_time(made: Accounts, clock: Clock, secret: str) -> None:
    """A code counts once and in time."""
    code = pyotp.TOTP(secret).at(clock())
    first, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    second, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    made.sessions.confirm(first, code, "", clock())
    with pytest.raises(AccountError, match="wrong"):
        made.sessions.confirm(second, code, "", clock())
    clock.later(minutes=6)
    with pytest.raises(AccountError, match="too long"):
        made.sessions.confirm(second, pyotp.TOTP(secret).at(clock()), "", clock())


def test_wrong_codes_lock_too(made: Accounts, clock: Clock, secret: str) -> None:
    """Wrong codes lock too."""
    waiting, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    for _ in range(MOST_FAILURES):
        with pytest.raises(AccountError, match="wrong"):
            made.sessions.confirm(waiting, "000000", "", clock())
    with pytest.raises(AccountError, match="Too many"):
        made.sessions.confirm(waiting, pyotp.TOTP(secret).at(clock()), "", clock())
