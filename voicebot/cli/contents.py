"""The city's content: check it, and ask about opening hours."""

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.city.desk import Desk
from voicebot.cli.serve import settings_of
from voicebot.content import Content
from voicebot.errors import ContentError, Fault
from voicebot.faq.search import FaqSearch
from voicebot.ports import Reader
from voicebot.tuning import golden


class Style(StrEnum):
    """How faults are written."""

    human = "human"
    json = "json"
    github = "github"


def check(
    city: Annotated[Path | None, typer.Argument(help="Folder of the city's content.")] = None,
    style: Annotated[Style, typer.Option("--format", help="How to write the faults.")] = Style.human,
) -> None:
    """Check a city's content and hold its golden talks: every fault at once, with file, line and cure.

    Exit code 1 when there is a fault.
    """
    settings = settings_of(city=city)
    read = bootstrap.reader()
    try:
        content = contents.load(settings.city, settings.grammars, read)
        talks = golden.load(contents.talks(settings.city), tuple(content.dialog.departments))
        _hold(talks, content, read)
    except ContentError as error:
        _print(error.faults, style, settings.city)
        raise typer.Exit(1) from error
    if style is Style.human:
        dialog = content.dialog
        typer.echo(
            f"{content.city.profile.name}: 問題ありません。"
            f"(課 {len(dialog.departments)}、ノード {len(dialog.nodes)}、FAQ {len(content.entries)}件、"
            f"会話の見本 {len(talks)}件)"
        )
    elif style is Style.json:
        typer.echo("[]")


def hours(
    department: Annotated[str, typer.Argument(help="A department's name, or another name it goes by.")],
    at: Annotated[str | None, typer.Option(help="When: 2027-01-02T09:00; now if not given.")] = None,
    language: Annotated[str, typer.Option(help="ja, en or ko.")] = "ja",
) -> None:
    """Say what a caller would hear about a department's opening hours."""
    settings = settings_of()
    city = contents.load(settings.city, settings.grammars, bootstrap.reader()).city
    zone = city.profile.zone
    try:
        moment = datetime.fromisoformat(at).replace(tzinfo=zone) if at else datetime.now(zone)
    except ValueError as error:
        raise typer.BadParameter("Write the moment as 2027-01-02T09:00.", param_hint="--at") from error
    typer.echo(Desk(city).explain(department, moment, language))


def _hold(talks: tuple[golden.GoldenTalk, ...], content: Content, read: Reader) -> None:
    """Hold the golden talks.

    Raises:
        ContentError: with the first line of each talk that does not come true.
    """
    answers, desk, zone = FaqSearch(content.entries, read), Desk(content.city), content.city.profile.zone
    held = (golden.run(talk, content.dialog, answers, desk, read, zone) for talk in talks)
    faults = tuple(fault for fault in held if fault is not None)
    if faults:
        raise ContentError(faults)


def _print(faults: tuple[Fault, ...], style: Style, folder: Path) -> None:
    match style:
        case Style.human:
            for fault in faults:
                typer.echo(str(fault), err=True)
            typer.echo(f"{len(faults)}件の問題があります。", err=True)
        case Style.json:
            rows = [{"path": fault.path, "line": fault.line, "message": fault.message} for fault in faults]
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        case Style.github:
            for fault in faults:
                typer.echo(f"::error file={folder / fault.path},line={max(fault.line, 1)}::{fault.message}")
