"""Accounts for each test."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from people import Clock, accounts

from voicebot.accounts import passwords
from voicebot.accounts.accounts import Accounts


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are meant to be slow to try; what is slow about them is tested in one place."""
    if request.path.stem != "test_passwords":
        monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def clock() -> Clock:
    """The time."""
    return Clock()


@pytest.fixture
def made(tmp_path: Path, clock: Clock) -> Accounts:
    """Accounts without anybody."""
    return accounts(tmp_path, clock)
