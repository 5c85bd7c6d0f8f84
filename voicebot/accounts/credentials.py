"""What a person proves to be themselves with: the password and, who likes, one-time codes."""

import sqlite3
from datetime import datetime

from voicebot.accounts import one_time_codes, passwords
from voicebot.accounts.audit import Author
from voicebot.accounts.database import Database
from voicebot.accounts.users import User, Users, change_one, end_sessions
from voicebot.errors import AccountError


class Credentials:
    """Changes them; each change is in the audit log, without what was set.

    Args:
        database: Of the accounts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_password(self, who: Author, name: str, password: str, now: datetime, *, must_change: bool) -> User:
        """Another password; the person is signed out everywhere, and a lock-out ends.

        Raises:
            AccountError: there is no such person, or the password is too weak or the one in use.
        """
        person = Users(self._database).named(name)
        passwords.check(password, person.name, person.display)
        kept = passwords.hashed(password)

        def apply(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
            if passwords.matches(row["password"], password):
                raise AccountError("account.password_same", "Choose a password that is not the present one.")
            connection.execute(
                "UPDATE users SET password = ?, must_change = ?, failures = 0, locked_until = 0 WHERE id = ?",
                (kept, must_change, row["id"]),
            )
            end_sessions(connection, row["id"])

        return change_one(self._database, who, "user.password", name, now, apply)

    def set_code(self, who: Author, name: str, secret: str, code: str, now: datetime) -> User:
        """From now on one-time codes are asked for; `code` proves that the person's application has the secret.

        Raises:
            AccountError: there is no such person, or the code is wrong.
        """
        step = one_time_codes.step_of(secret, code, now, 0)
        if step is None:
            raise AccountError("account.code", "The code is wrong; check the clock of the telephone and try again.")

        def apply(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
            connection.execute(
                "UPDATE users SET code_secret = ?, code_used = ? WHERE id = ?", (secret, step, row["id"])
            )

        return change_one(self._database, who, "user.code_on", name, now, apply)

    def drop_code(self, who: Author, name: str, now: datetime) -> User:
        """One-time codes are no longer asked for (the telephone is lost).

        Raises:
            AccountError: there is no such person.
        """

        def apply(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
            connection.execute("UPDATE users SET code_secret = NULL WHERE id = ?", (row["id"],))

        return change_one(self._database, who, "user.code_off", name, now, apply)
