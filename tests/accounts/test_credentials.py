"""Passwords and one-time codes are changed by rules."""

import pyotp
import pytest
from people import OTHER, PASSWORD, ROOT, Clock, add

from voicebot.accounts import one_time_codes
from voicebot.accounts.accounts import Accounts
from voicebot.accounts.audit import Author
from voicebot.errors import AccountError


def test_another_password_signs_out_everywhere_and_ends_a_lock(made: Accounts, clock: Clock) -> None:
    """Another password signs out everywhere and ends a lock."""
    add(made)
    token, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
    changed = made.credentials.set_password(ROOT, "hanako", OTHER, clock(), must_change=True)
    assert changed.must_change
    assert made.sessions.session(token, clock()) is None
    with pytest.raises(AccountError):
        made.sessions.sign_in("hanako", PASSWORD, "", clock())
    assert made.sessions.sign_in("hanako", OTHER, "", clock())


@pytest.mark.parametrize(("password", "code"), [(PASSWORD, "account.password_same"), ("x", "account.password_short")])
def test_the_same_or_a_weak_password_is_refused(made: Accounts, clock: Clock, password: str, code: str) -> None:
    """The same or a weak password is refused."""
    add(made)
    with pytest.raises(AccountError) as told:
        made.credentials.set_password(Author("hanako"), "hanako", password, clock(), must_change=False)
    assert told.value.code == code


def test_a_code_is_asked_for_once_it_has_been_proved(made: Accounts, clock: Clock) -> None:
    """A code is asked for once it has been proved."""
    add(made)
    secret = one_time_codes.new_secret()
    with pytest.raises(AccountError):
        made.credentials.set_code(Author("hanako"), "hanako", secret, "12", clock())
    assert not made.users.named("hanako").has_code
    code = pyotp.TOTP(secret).at(clock())
    assert made.credentials.set_code(Author("hanako"), "hanako", secret, code, clock()).has_code
    assert made.sessions.sign_in("hanako", PASSWORD, "", clock())[1]
    assert not made.credentials.drop_code(ROOT, "hanako", clock()).has_code
    assert not made.sessions.sign_in("hanako", PASSWORD, "", clock())[1]
    assert [row.what for row in made.log.rows()][1:3] == ["user.code_off", "user.code_on"]


def test_no_secret_and_no_password_is_in_the_audit_log(made: Accounts, clock: Clock) -> None:
    """No secret and no password is in the audit log."""
    add(made, phone="+815000002001")
    secret = one_time_codes.new_secret()
    made.credentials.set_code(ROOT, "hanako", secret, pyotp.TOTP(secret).at(clock()), clock())
    made.credentials.set_password(ROOT, "hanako", OTHER, clock(), must_change=False)
    told = repr(made.log.rows())
    assert not [word for word in (secret, PASSWORD, OTHER, "+815000002001") if word in told]
