"""What each role may do."""

from typing import get_args

from voicebot.accounts.roles import RIGHTS, ROLES, Right, may


def test_the_administrator_may_do_all_and_the_viewer_only_look() -> None:
    """The administrator may do all and the viewer only look."""
    assert {right for right in get_args(Right) if may("administrator", right)} == set(get_args(Right))
    assert RIGHTS["viewer"] == {"view"}


def test_every_role_has_rights_and_only_administrators_administer() -> None:
    """Every role has rights and only administrators administer."""
    assert set(RIGHTS) == set(ROLES)
    assert [role for role in ROLES if may(role, "administer")] == ["administrator"]
    assert [role for role in ROLES if may(role, "operate")] == ["administrator", "operator"]
    assert [role for role in ROLES if may(role, "publish")] == ["administrator", "editor"]
