"""Stored calls: list, show, replay."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.cli.serve import settings_of
from voicebot.errors import TranscriptError
from voicebot.transcripts.read import Reader
from voicebot.transcripts.render import render_call, render_summary
from voicebot.tuning.replay import replay as replay_call

CallId = Annotated[str, typer.Argument(help="The call's id; `last` for the newest.")]


def calls(
    limit: Annotated[int, typer.Option(help="How many at most.")] = 20,
    days: Annotated[int, typer.Option(help="Only of the last days; 0 for all.")] = 0,
) -> None:
    """List calls, newest first."""
    since = datetime.now().astimezone() - timedelta(days=days) if days else None
    found = _store().calls(since=since, limit=limit)
    for call in found:
        typer.echo(render_summary(call))
    if not found:
        typer.echo("No calls yet. Place one: voicebot call --say 住民票はどこで取れますか")


def show(
    call: CallId,
    redact: Annotated[bool, typer.Option(help="Hide numbers and names.")] = False,
) -> None:
    """Show a call: what was said and heard, with confidences, nodes and timings."""
    store = _store()
    call_id = _known(store, call)
    found = store.call(call_id)
    assert found is not None  # noqa: S101  _known has looked
    typer.echo(render_call(found, store.records(call_id), redacted=redact))


def replay(
    call: CallId,
    city: Annotated[Path | None, typer.Option(help="Content to replay with; the present one if not given.")] = None,
) -> None:
    """Step a stored call through the machine again and show the first difference."""
    settings = settings_of(city=city)
    store = _store()
    call_id = _known(store, call)
    content = contents.load(settings.city, settings.grammars, bootstrap.reader())
    found = store.call(call_id)
    if found is not None and found.content != content.fingerprint:
        typer.echo(f"The content has changed since this call ({found.content} -> {content.fingerprint}).")
    entries = store.records(call_id)
    difference = replay_call(content.dialog, [(entry.seq, entry.item) for entry in entries])
    if difference is None:
        typer.echo(f"{len(entries)} records, no difference.")
        return
    typer.echo(f"First difference at record {difference.seq}, after {type(difference.event).__name__}:")
    for title, actions in (("stored", difference.stored), ("now", difference.now)):
        typer.echo(f"  {title}:")
        for action in actions:
            typer.echo(f"    {action}")
    raise typer.Exit(1)


def _store() -> Reader:
    settings = settings_of()
    if not settings.database.exists():
        raise TranscriptError("transcript.missing", "There are no calls yet; VOICEBOT_DATA says where they are kept.")
    return Reader(settings.database)


def _known(store: Reader, call: str) -> str:
    if call == "last":
        newest = store.calls(limit=1)
        call = newest[0].id if newest else call
    if store.call(call) is None:
        raise TranscriptError("transcript.unknown_call", "There is no such call; `voicebot calls` lists them.")
    return call
