"""The people who may sign in, and every change to them; each change is in the audit log in the same transaction."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from voicebot.accounts import passwords
from voicebot.accounts.audit import Author, Detail, enter
from voicebot.accounts.database import Database
from voicebot.accounts.roles import ROLES, Right, Role, may
from voicebot.errors import AccountError

Presence = Literal["available", "busy", "away"]
PRESENCES: tuple[Presence, ...] = get_args(Presence)
LANGUAGES = ("ja", "en")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}|sips?:[^\s@]{1,64}@[A-Za-z0-9.:-]{1,200}")


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account."""

    id: int
    name: str
    """To sign in with."""
    display: str
    """What colleagues see."""
    role: Role
    language: str
    phone: str
    """E.164 or a SIP address: where an operator's calls ring; empty for none."""
    departments: tuple[str, ...]
    """Whose tickets are shown first."""
    must_change: bool
    """Whether the password was set by somebody else and must be changed at the next sign-in."""
    has_code: bool
    """Whether one-time codes are asked for."""
    disabled: bool
    presence: Presence

    def may(self, right: Right) -> bool:
        """Whether this person has the right."""
        return may(self.role, right)


class Users:
    """Lists and changes accounts.

    Args:
        database: Of the accounts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[User, ...]:
        """Everybody, by name."""
        with self._database.reading() as connection:
            return tuple(from_row(row) for row in connection.execute("SELECT * FROM users ORDER BY name"))

    def named(self, name: str) -> User:
        """The person of this name.

        Raises:
            AccountError: there is none.
        """
        with self._database.reading() as connection:
            return from_row(_row(connection, name))

    def add(
        self,
        who: Author,
        name: str,
        password: str,
        role: Role,
        now: datetime,
        *,
        display: str = "",
        phone: str = "",
        departments: tuple[str, ...] = (),
        must_change: bool = False,
    ) -> User:
        """A new account.

        Raises:
            AccountError: the name is taken or unusable, or the password too weak.
        """
        name = normal(name)
        if not _NAME.fullmatch(name):
            raise AccountError(
                "account.name", "A name has 2 to 40 of these: small letters, digits, dot, minus, underscore."
            )
        passwords.check(password, name, display)
        _check(role, phone)
        kept = passwords.hashed(password)
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM users WHERE name = ?", (name,)).fetchone():
                raise AccountError("account.taken", "This name is taken; choose another.")
            connection.execute(
                "INSERT INTO users (name, display, role, phone, departments, password, must_change, created_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (name, display or name, role, phone, _json(departments), kept, must_change, now.timestamp()),
            )
            enter(connection, who, "user.add", name, now, {"role": role})
            return from_row(_row(connection, name))

    def change(
        self,
        who: Author,
        name: str,
        now: datetime,
        *,
        role: Role | None = None,
        display: str | None = None,
        phone: str | None = None,
        departments: tuple[str, ...] | None = None,
        language: str | None = None,
    ) -> User:
        """Change what is given. Another role ends the person's sessions.

        Raises:
            AccountError: there is no such person, a value is unusable, or nobody would be left to administer.
        """
        _check(role, phone)
        given = {"role": role, "display": display, "phone": phone, "language": language}
        values = {key: value for key, value in given.items() if value is not None}
        if language is not None and language not in LANGUAGES:
            raise AccountError("account.language", "The pages speak ja and en.")
        if departments is not None:
            values["departments"] = _json(departments)

        def apply(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
            for key, value in values.items():
                connection.execute(f"UPDATE users SET {key} = ? WHERE id = ?", (value, row["id"]))  # noqa: S608  ours
            if role is not None and role != row["role"]:
                end_sessions(connection, row["id"])

        # Telephone numbers stay out of the log.
        return change_one(
            self._database, who, "user.change", name, now, apply, {"fields": ", ".join(values), "role": role or ""}
        )

    def disable(self, who: Author, name: str, now: datetime) -> User:
        """The person can no longer sign in, and is signed out everywhere.

        Raises:
            AccountError: there is no such person, or nobody would be left to administer.
        """

        def apply(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
            connection.execute("UPDATE users SET disabled = 1 WHERE id = ?", (row["id"],))
            end_sessions(connection, row["id"])

        return change_one(self._database, who, "user.disable", name, now, apply)

    def enable(self, who: Author, name: str, now: datetime) -> User:
        """The person may sign in again; a lock-out ends too.

        Raises:
            AccountError: there is no such person.
        """

        def apply(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
            connection.execute(
                "UPDATE users SET disabled = 0, failures = 0, locked_until = 0 WHERE id = ?", (row["id"],)
            )

        return change_one(self._database, who, "user.enable", name, now, apply)


def change_one(
    database: Database,
    who: Author,
    what: str,
    name: str,
    now: datetime,
    apply: Callable[[sqlite3.Connection, sqlite3.Row], None],
    detail: Detail | None = None,
) -> User:
    """Change one account and note it, both or neither; `apply` is given the connection and the account's row.

    Raises:
        AccountError: there is no such person, `apply` raised it, or nobody would be left to administer.
    """
    with database.writing() as connection:
        before = _administrators(connection)
        apply(connection, _row(connection, name))
        enter(connection, who, what, normal(name), now, detail)
        if before and not _administrators(connection):
            raise AccountError("account.last", "This is the last administrator; make another one first.")
        return from_row(_row(connection, name))


def normal(name: str) -> str:
    """A name as it is kept: full-width letters and capitals are the same person's."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def from_row(row: sqlite3.Row) -> User:
    """The person of a row of `users`."""
    return User(
        id=row["id"],
        name=row["name"],
        display=row["display"],
        role=cast(Role, row["role"]),
        language=row["language"],
        phone=row["phone"],
        departments=tuple(json.loads(row["departments"])),
        must_change=bool(row["must_change"]),
        has_code=row["code_secret"] is not None,
        disabled=bool(row["disabled"]),
        presence=cast(Presence, row["presence"]),
    )


def _row(connection: sqlite3.Connection, name: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute("SELECT * FROM users WHERE name = ?", (normal(name),)).fetchone()
    if row is None:
        raise AccountError("account.unknown", "There is no such account; `voicebot users list` names them all.")
    return row


def end_sessions(connection: sqlite3.Connection, user_id: int) -> None:
    """Sign the person out everywhere."""
    connection.execute("DELETE FROM sessions WHERE user_id = ?", (user_id,))


def _administrators(connection: sqlite3.Connection) -> int:
    count: int = connection.execute(
        "SELECT count(*) FROM users WHERE role = 'administrator' AND NOT disabled"
    ).fetchone()[0]
    return count


def _json(departments: tuple[str, ...]) -> str:
    return json.dumps(list(departments), ensure_ascii=False)


def _check(role: str | None, phone: str | None) -> None:
    if role is not None and role not in ROLES:
        raise AccountError("account.role", f"A role is one of {', '.join(ROLES)}.")
    if phone and not _PHONE.fullmatch(phone):
        raise AccountError("account.phone", "Write the telephone as +815000002001 or as sip:desk1@pbx.example.jp.")
