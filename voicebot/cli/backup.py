"""Backups: make one, list them, put one back."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from voicebot import backups
from voicebot.cli.serve import settings_of
from voicebot.errors import BackupError
from voicebot.service import backed_up
from voicebot.web.reloading import order

app = typer.Typer(help="Backups of the calls, the accounts and the content; not of the sound of calls.")


@app.command("make")
def make() -> None:
    """Make a backup now; the service may go on running."""
    settings = settings_of()
    databases, files = backed_up(settings)
    made = backups.make(settings.backup_folder, databases, files, _now())
    typer.echo(f"{made.path} ({made.size_bytes / 1e6:.1f} MB)")


@app.command("list")
def show() -> None:
    """List the backups, newest first."""
    for each in backups.kept(settings_of().backup_folder):
        typer.echo(f"{each.path} ({each.size_bytes / 1e6:.1f} MB)")


@app.command("restore")
def restore(path: Annotated[Path, typer.Argument(help="The backup.")]) -> None:
    """Put a backup back. Stop the service first. What was there is set aside, not deleted."""
    settings = settings_of()
    try:
        asyncio.run(order(settings.data, "refresh"))
    except (OSError, ValueError):
        pass  # nobody answers: no service runs on these data
    else:
        raise BackupError("backup.running", "Stop the service first, then restore the backup.")
    databases, _ = backed_up(settings)
    prompts = settings.recordings / "prompts"
    targets = databases | {
        name: prompts / Path(name).name for name in backups.check(path) if name.startswith("prompts/")
    }
    for each in backups.restore(path, targets, _now()):
        typer.echo(f"Set aside: {each}")
    typer.echo("Restored. Start the service.")


def _now() -> datetime:
    return datetime.now().astimezone()
