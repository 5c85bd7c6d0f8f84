"""Signing in and staying so: failures are counted, sessions are known to the server and end by themselves."""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from voicebot.accounts import one_time_codes, passwords
from voicebot.accounts.audit import Author, enter
from voicebot.accounts.database import Database
from voicebot.accounts.failures import Failures, locked
from voicebot.accounts.users import User, from_row, normal
from voicebot.errors import AccountError

CODE_TIME = timedelta(minutes=5)
"""How long the page for the one-time code waits."""
_TOUCH_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """When a session ends by itself."""

    idle: timedelta = timedelta(minutes=30)
    """After the last request. A page that waits for news counts as one."""
    absolute: timedelta = timedelta(hours=12)
    """After the sign-in."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody is signed in, in one browser."""

    user: User
    form_token: str
    """What every form must bear."""


class Sessions:
    """Begins, finds and ends sessions. May be used from any thread.

    Args:
        database: Of the accounts.
        limits: When they end by themselves.
    """

    def __init__(self, database: Database, limits: Limits | None = None) -> None:
        self._database = database
        self._limits = limits or Limits()
        self._failures = Failures(database)

    def sign_in(self, name: str, password: str, address: str, now: datetime) -> tuple[str, bool]:
        """A new session's secret, and whether a one-time code is needed before it is of use. Slow on purpose.

        Raises:
            AccountError: `account.refused`, or `account.locked` after too many failures. Which of name, password and
                account is wrong is not told.
        """
        self._failures.let_in(address, now)
        name = normal(name)
        with self._database.reading() as connection:
            row = connection.execute("SELECT * FROM users WHERE name = ?", (name,)).fetchone()
        fits = passwords.matches(row["password"] if row else None, password)
        if row is not None and row["locked_until"] > now.timestamp():
            raise locked()
        if row is None or not fits or row["disabled"]:
            self._failures.count(row, name, address, now)
            raise AccountError("account.refused", "The name or the password is wrong.")
        with self._database.writing() as connection:
            if passwords.is_outdated(row["password"]):
                connection.execute(
                    "UPDATE users SET password = ? WHERE id = ?", (passwords.hashed(password), row["id"])
                )
            needs_code = row["code_secret"] is not None
            if not needs_code:
                _entered(connection, row, Author(name, address), now)
            return self._begin(connection, row["id"], now, needs_code=needs_code), needs_code

    def enter_as(self, name: str, address: str, now: datetime) -> str:
        """A new session's secret for somebody whom the identity provider has named.

        A temporary password that waited to be changed is void then: nobody needs it any more.

        Raises:
            AccountError: `account.stranger` when no account bears the name, or it has been disabled.
        """
        name = normal(name)
        with self._database.writing() as connection:
            row = connection.execute("SELECT * FROM users WHERE name = ? AND NOT disabled", (name,)).fetchone()
            if row is None:
                raise AccountError("account.stranger", "No account bears this name; an administrator can add one.")
            if row["must_change"]:
                void = passwords.hashed(secrets.token_urlsafe(32))
                connection.execute("UPDATE users SET password = ?, must_change = 0 WHERE id = ?", (void, row["id"]))
            _entered(connection, row, Author(name, address), now)
            return self._begin(connection, row["id"], now, needs_code=False)

    def confirm(self, token: str, code: str, address: str, now: datetime) -> str:
        """The one-time code of a session that waits for it; the secret of the session that takes its place.

        Raises:
            AccountError: `account.refused`, `account.locked`, or `account.expired` when nothing waits any more.
        """
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT users.*, sessions.created_at AS begun_at FROM sessions JOIN users ON users.id = user_id "
                "WHERE token_hash = ? AND needs_code AND NOT disabled",
                (_hash(token),),
            ).fetchone()
        if row is None or now.timestamp() - row["begun_at"] > CODE_TIME.total_seconds():
            raise AccountError("account.expired", "Sign in again: this took too long.")
        if row["locked_until"] > now.timestamp():
            raise locked()
        step = one_time_codes.step_of(row["code_secret"], code, now, row["code_used"]) if row["code_secret"] else None
        if step is None:
            self._failures.count(row, row["name"], address, now)
            raise AccountError("account.refused", "The code is wrong.")
        with self._database.writing() as connection:
            # Two browsers may bring the same code at the same moment: only one of them uses it.
            used = connection.execute(
                "UPDATE users SET code_used = ? WHERE id = ? AND code_used < ?", (step, row["id"], step)
            ).rowcount
            if not used:
                raise AccountError("account.refused", "The code is wrong.")
            connection.execute("DELETE FROM sessions WHERE token_hash = ?", (_hash(token),))
            _entered(connection, row, Author(row["name"], address), now)
            return self._begin(connection, row["id"], now, needs_code=False)

    def session(self, token: str, now: datetime) -> Session | None:
        """Who is signed in with this secret; None when nobody is (any more).

        Raises:
            AccountError: the file cannot be read.
        """
        moment = now.timestamp()
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT users.*, form_token, seen_at FROM sessions JOIN users ON users.id = user_id "
                "WHERE token_hash = ? AND NOT needs_code AND NOT disabled AND seen_at > ? AND sessions.created_at > ?",
                (_hash(token), *self._limits_from(moment)),
            ).fetchone()
        if row is None:
            return None
        if moment - row["seen_at"] > _TOUCH_SECONDS:
            with self._database.writing() as connection:
                connection.execute("UPDATE sessions SET seen_at = ? WHERE token_hash = ?", (moment, _hash(token)))
        return Session(from_row(row), row["form_token"])

    def sign_out(self, token: str, who: Author, now: datetime) -> None:
        """End this session."""
        with self._database.writing() as connection:
            if connection.execute("DELETE FROM sessions WHERE token_hash = ?", (_hash(token),)).rowcount:
                enter(connection, who, "session.end", who.name, now)

    def signed_in(self, now: datetime) -> frozenset[int]:
        """Ids of the people who have a session that has not ended."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT user_id FROM sessions WHERE NOT needs_code AND seen_at > ? AND created_at > ?",
                self._limits_from(now.timestamp()),
            ).fetchall()
        return frozenset(row[0] for row in rows)

    def _limits_from(self, moment: float) -> tuple[float, float]:
        return moment - self._limits.idle.total_seconds(), moment - self._limits.absolute.total_seconds()

    def _begin(self, connection: sqlite3.Connection, user_id: int, now: datetime, *, needs_code: bool) -> str:
        token, moment = secrets.token_urlsafe(32), now.timestamp()
        connection.execute("DELETE FROM sessions WHERE seen_at <= ? OR created_at <= ?", self._limits_from(moment))
        connection.execute(
            "INSERT INTO sessions (token_hash, user_id, form_token, needs_code, created_at, seen_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (_hash(token), user_id, secrets.token_urlsafe(32), needs_code, moment, moment),
        )
        return token


def _entered(connection: sqlite3.Connection, row: sqlite3.Row, who: Author, now: datetime) -> None:
    connection.execute("UPDATE users SET failures = 0 WHERE id = ?", (row["id"],))
    enter(connection, who, "session.begin", who.name, now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
