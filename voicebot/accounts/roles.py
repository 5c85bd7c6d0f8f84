"""Roles and what each may do. Pages ask for a right, never for a role."""

from collections.abc import Mapping
from typing import Literal, get_args

Role = Literal["administrator", "editor", "operator", "viewer"]
Right = Literal["view", "see_personal", "operate", "edit", "publish", "administer"]

ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: Mapping[Role, frozenset[Right]] = {
    "administrator": frozenset(get_args(Right)),
    "editor": frozenset({"view", "see_personal", "edit", "publish"}),
    "operator": frozenset({"view", "see_personal", "operate"}),
    "viewer": frozenset({"view"}),
}
"""`view`: calls and figures, without what tells who called. `see_personal`: that too, with the sound. `operate`: take
calls and tickets. `edit`: draft content and correct transcripts. `publish`: put content into force. `administer`:
accounts, retention, the audit log."""


def may(role: Role, right: Right) -> bool:
    """Whether people of this role have the right."""
    return right in RIGHTS[role]
