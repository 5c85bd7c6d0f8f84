"""`voicebot users ...`: the first administrator is added here, and whoever is locked out is let in."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import Result
from typer.testing import CliRunner

from voicebot.accounts import passwords
from voicebot.cli import app
from voicebot.errors import AccountError

PASSWORD = "correct horse battery"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a command; its input is the password."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path / "var"))
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return lambda *words, text="": CliRunner().invoke(app, ["users", *words], input=text)


def test_the_first_administrator_is_added_and_listed(run: Run) -> None:
    """The password comes from standard input, never from an argument."""
    assert "users add NAME --role administrator" in run("list").output
    added = run("add", "hanako", "--role", "administrator", "--display", "花子", "--stdin", text=f"{PASSWORD}\n")
    assert added.exit_code == 0
    assert PASSWORD not in added.output
    run(
        "add",
        "taro",
        "--phone",
        "+815000002001",
        "--department",
        "市民課",
        "--department",
        "税務課",
        text=f"{PASSWORD}\n",
    )
    assert run("list").output.splitlines() == [
        "hanako  administrator  (花子)",
        "taro  operator  市民課/税務課  +815000002001",
    ]


def test_a_temporary_password_is_shown_once(run: Run) -> None:
    """And must be changed."""
    output = run("add", "hanako", "--generate").output
    assert re.search(r"Temporary password, to be changed at the first sign-in: \S{16}", output)
    assert "Temporary password" in run("password", "hanako", "--generate").output


def test_what_is_given_is_changed(run: Run) -> None:
    """The rest stays."""
    run("add", "hanako", text=f"{PASSWORD}\n")
    assert run("change", "hanako", "--role", "viewer", "--drop-code").output == "Changed: hanako  viewer\n"
    assert run("disable", "hanako").output == "Disabled: hanako  viewer  disabled\n"
    assert run("enable", "hanako").output == "Enabled: hanako  viewer\n"
    assert run("password", "hanako", "--stdin", text="another long sentence\n").exit_code == 0
    log = run("log").output
    assert [line.split("  ")[2] for line in log.splitlines()] == [
        "user.password", "user.enable", "user.disable", "user.change", "user.code_off", "user.add",
    ]  # fmt: skip
    assert len(run("log", "--find", "user.add").output.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "hanako", "--role", "king"), "account.role"),
        (("add", "x", "--stdin"), "account.name"),
        (("disable", "nobody"), "account.unknown"),
        (("password", "nobody"), "account.unknown"),
        (("add", "hanako", "--phone", "abc"), "account.phone"),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, words: tuple[str, ...], code: str) -> None:
    """As an error with its cure."""
    error = run(*words, text=f"{PASSWORD}\n").exception
    assert isinstance(error, AccountError)
    assert error.code == code


def test_a_weak_password_is_refused(run: Run) -> None:
    """Also here."""
    assert "12 characters" in str(run("add", "hanako", text="short\n").exception)
