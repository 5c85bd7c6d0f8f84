"""The staff who may open the pages: add, list, change, password, disable, enable, and the log of what was done."""

import getpass
import secrets
import sys
from datetime import datetime
from typing import Annotated

import typer

from voicebot.accounts.accounts import Accounts
from voicebot.accounts.audit import Author
from voicebot.accounts.roles import ROLES, Role
from voicebot.accounts.users import User
from voicebot.cli.serve import settings_of
from voicebot.errors import AccountError

app = typer.Typer(help="The staff who may open the pages under /staff.", no_args_is_help=True)
COMMAND_LINE = Author("command line")
Name = Annotated[str, typer.Argument(help="The name to sign in with.")]
RoleOption = Annotated[str | None, typer.Option(help=f"One of {', '.join(ROLES)}.")]
Display = Annotated[str | None, typer.Option(help="What colleagues see.")]
Phone = Annotated[str | None, typer.Option(help="Where this person's calls ring: +81..., or a SIP address.")]
Departments = Annotated[
    list[str] | None, typer.Option("--department", help="A department; may be given several times.")
]
Stdin = Annotated[bool, typer.Option("--stdin", help="Read the password from standard input instead of asking.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make a temporary password and show it.")]


@app.command("add")
def add(
    name: Name,
    role: RoleOption = "operator",
    display: Display = None,
    phone: Phone = None,
    department: Departments = None,
    stdin: Stdin = False,
    generate: Generate = False,
) -> None:
    """Add somebody. The first one should be an administrator: `--role administrator`."""
    accounts = _accounts()
    password = _password(stdin, generate)
    user = accounts.users.add(
        COMMAND_LINE,
        name,
        password,
        _role(role or "operator"),
        accounts.now(),
        display=display or "",
        phone=phone or "",
        departments=tuple(department or ()),
        must_change=generate,
    )
    typer.echo(f"Added: {_line(user)}")
    _show(password, generate)


@app.command("list")
def show() -> None:
    """List everybody."""
    people = _accounts().users.all()
    for user in people:
        typer.echo(_line(user))
    if not people:
        typer.echo("Nobody yet. Add the first: voicebot users add NAME --role administrator")


@app.command("change")
def change(
    name: Name,
    role: RoleOption = None,
    display: Display = None,
    phone: Phone = None,
    department: Departments = None,
    drop_code: Annotated[
        bool, typer.Option("--drop-code", help="Ask for no one-time code any more (the telephone is lost).")
    ] = False,
) -> None:
    """Change what is given; the rest stays."""
    accounts = _accounts()
    if drop_code:
        accounts.credentials.drop_code(COMMAND_LINE, name, accounts.now())
    user = accounts.users.change(
        COMMAND_LINE,
        name,
        accounts.now(),
        role=_role(role) if role else None,
        display=display,
        phone=phone,
        departments=None if department is None else tuple(each for each in department if each),
    )
    typer.echo(f"Changed: {_line(user)}")


@app.command("password")
def password(name: Name, stdin: Stdin = False, generate: Generate = False) -> None:
    """Set another password; whoever is signed in with this name is signed out, and a lock-out ends."""
    accounts = _accounts()
    accounts.users.named(name)
    chosen = _password(stdin, generate)
    accounts.credentials.set_password(COMMAND_LINE, name, chosen, accounts.now(), must_change=generate)
    typer.echo("The password has been changed.")
    _show(chosen, generate)


@app.command("disable")
def disable(name: Name) -> None:
    """Let somebody in no longer; they are signed out everywhere at once."""
    accounts = _accounts()
    typer.echo(f"Disabled: {_line(accounts.users.disable(COMMAND_LINE, name, accounts.now()))}")


@app.command("enable")
def enable(name: Name) -> None:
    """Let somebody in again; a lock-out ends too."""
    accounts = _accounts()
    typer.echo(f"Enabled: {_line(accounts.users.enable(COMMAND_LINE, name, accounts.now()))}")


@app.command("log")
def log(
    limit: Annotated[int, typer.Option(help="How many at most.")] = 50,
    find: Annotated[str, typer.Option(help="Only lines with these words.")] = "",
) -> None:
    """Show the audit log, newest first."""
    for row in _accounts().log.rows(limit=limit, words=find):
        detail = " ".join(f"{key}={value}" for key, value in row.detail.items() if value != "")
        typer.echo(
            f"{row.at:%Y-%m-%d %H:%M:%S}  {row.who}  {row.what}  {row.subject}  {row.address}  {detail}".rstrip()
        )


def _accounts() -> Accounts:
    settings = settings_of()
    # The city's content may be faulty just when somebody must be let in: the machine's own clock is good enough.
    return Accounts(settings.accounts, _now)


def _now() -> datetime:
    return datetime.now().astimezone()


def _role(text: str) -> Role:
    for role in ROLES:
        if role == text:
            return role
    raise AccountError("account.role", f"A role is one of {', '.join(ROLES)}.")


def _line(user: User) -> str:
    marks = [
        *([f"({user.display})"] if user.display != user.name else []),
        *(["/".join(user.departments)] if user.departments else []),
        *([user.phone] if user.phone else []),
        *(["one-time codes"] if user.has_code else []),
        *(["disabled"] if user.disabled else []),
    ]
    return "  ".join((user.name, user.role, *marks))


def _password(stdin: bool, generate: bool) -> str:
    """Typed twice, read, or made up. Never an argument: arguments can be seen by everybody on the machine."""
    if generate:
        return secrets.token_urlsafe(12)
    if stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    chosen = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != chosen:
        raise AccountError("account.password_differs", "The two entries differ; nothing has been changed.")
    return chosen


def _show(password: str, generate: bool) -> None:
    if generate:
        typer.echo(f"Temporary password, to be changed at the first sign-in: {password}")
