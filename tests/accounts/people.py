"""Accounts in a folder of the test's own, and a clock that the test turns."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from voicebot.accounts.accounts import Accounts
from voicebot.accounts.audit import Author
from voicebot.accounts.roles import Role
from voicebot.accounts.users import User

ROOT = Author("command line")
PASSWORD = "correct horse battery"
OTHER = "another long sentence"


class Clock:
    """The time, as the test says."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **delta: float) -> datetime:
        self.now += timedelta(**delta)
        return self.now


def accounts(folder: Path, clock: Clock) -> Accounts:
    """Accounts whose file is not made before it is used."""
    return Accounts(folder / "data" / "accounts.db", clock)


def add(made: Accounts, name: str = "hanako", role: Role = "operator", **more: str) -> User:
    """A new account."""
    return made.users.add(ROOT, name, PASSWORD, role, made.now(), **more)  # type: ignore[arg-type]
