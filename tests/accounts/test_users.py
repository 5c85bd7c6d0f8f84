"""Accounts are added, changed, disabled; every change is noted."""

import pytest
from people import OTHER, PASSWORD, ROOT, Clock, add

from voicebot.accounts.accounts import Accounts
from voicebot.accounts.audit import Author
from voicebot.errors import AccountError


def refused(code: str) -> pytest.RaisesExc[AccountError]:
    """Refused."""
    return pytest.raises(AccountError, check=lambda error: error.code == code)


def deeds(made: Accounts) -> list[tuple[str, str, str]]:
    """Deeds."""
    return [(row.who, row.what, row.subject) for row in reversed(made.log.rows())]


def test_a_new_account_is_listed_and_noted(made: Accounts) -> None:
    """A new account is listed and noted."""
    user = add(made, "Ｈanako", display="花子", phone="+815000002001")
    assert (user.name, user.display, user.role, user.phone) == ("hanako", "花子", "operator", "+815000002001")
    assert made.users.all() == (user,)
    assert made.users.named("HANAKO") == user
    assert deeds(made) == [("command line", "user.add", "hanako")]


def test_unusable_names_roles_and_numbers_are_refused(made: Accounts) -> None:
    """Unusable names roles and numbers are refused."""
    add(made)
    with refused("account.taken"):
        add(made, "Hanako")
    for name in ("", "a", "花子", "-x", "a b", "x" * 41):
        with refused("account.name"):
            add(made, name)
    with refused("account.role"):
        add(made, "taro", "king")  # type: ignore[arg-type]
    with refused("account.phone"):
        add(made, "taro", phone="0500000")
    with refused("account.unknown"):
        made.users.named("taro")
    with refused("account.unknown"):
        made.users.disable(ROOT, "taro", made.now())
    assert len(made.log.rows()) == 1, "what was refused has not happened"


def test_what_is_changed_is_kept_and_the_rest_stays(made: Accounts) -> None:
    """What is changed is kept and the rest stays."""
    add(made, display="花子")
    changed = made.users.change(ROOT, "hanako", made.now(), departments=("市民課", "税務課"), language="en", phone="")
    assert (changed.departments, changed.language, changed.display) == (("市民課", "税務課"), "en", "花子")
    assert made.users.named("hanako") == changed
    with refused("account.language"):
        made.users.change(ROOT, "hanako", made.now(), language="xx")


def test_the_last_administrator_stays_one(made: Accounts) -> None:
    """The last administrator stays one."""
    add(made, "root", "administrator")
    with refused("account.last"):
        made.users.disable(ROOT, "root", made.now())
    with refused("account.last"):
        made.users.change(ROOT, "root", made.now(), role="viewer")
    assert made.users.named("root").role == "administrator"
    add(made, "second", "administrator")
    assert made.users.disable(ROOT, "root", made.now()).disabled
    assert not made.users.enable(ROOT, "root", made.now()).disabled


def test_without_any_administrator_accounts_can_be_changed_all_the_same(made: Accounts) -> None:
    """Without any administrator accounts can be changed all the same."""
    add(made)
    assert made.users.change(Author("hanako"), "hanako", made.now(), display="花").display == "花"


def test_disabling_or_another_role_signs_out(made: Accounts, clock: Clock) -> None:
    """Disabling or another role signs out."""
    add(made)
    add(made, "root", "administrator")
    for change in (
        lambda: made.users.change(ROOT, "hanako", clock(), role="editor"),
        lambda: made.users.disable(ROOT, "hanako", clock()),
    ):
        token, _ = made.sessions.sign_in("hanako", PASSWORD, "", clock())
        assert made.sessions.session(token, clock())
        change()
        assert made.sessions.session(token, clock()) is None
    with refused("account.refused"):
        made.sessions.sign_in("hanako", PASSWORD, "", clock())
    assert OTHER != PASSWORD
