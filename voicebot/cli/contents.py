"""The city's content: check it, and ask about opening hours."""

import json
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.checking.findings import Finding, summary
from voicebot.checking.survey import House
from voicebot.city.desk import Desk
from voicebot.cli.serve import settings_of
from voicebot.examination import Examined, examine


class Style(StrEnum):
    """How faults are written."""

    human = "human"
    json = "json"
    github = "github"


GITHUB = {"fault": "error", "warning": "warning", "note": "notice"}


def check(
    city: Annotated[Path | None, typer.Argument(help="Folder of the city's content.")] = None,
    style: Annotated[Style, typer.Option("--format", help="How to write what was found.")] = Style.human,
    at: Annotated[str | None, typer.Option(help="Check for this day: 2027-04-01; today if not given.")] = None,
    strict: Annotated[bool, typer.Option(help="Exit code 1 for warnings too.")] = False,
    talks: Annotated[bool, typer.Option(help="Hold the golden talks as well.")] = True,
) -> None:
    """Check a city's content and hold its golden talks: everything at once, with file, line and cure.

    Exit code 1 when there is a fault; the service would refuse such content. Warnings (注意) are for staff to look at.
    """
    settings = settings_of(city=city)
    day = _day(at)
    read = bootstrap.reader()

    def house() -> House:
        return bootstrap.house(settings, read)

    search = bootstrap.searching(settings, partial(typer.echo, err=True), wait=True)
    found = examine(settings.city, settings.grammars, read, day, house, search, hold_talks=talks)
    _print(found, style, settings.city)
    if found.faults or (strict and found.warnings):
        raise typer.Exit(1)


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


def _day(text: str | None) -> date:
    try:
        return datetime.fromisoformat(text).date() if text else datetime.now().astimezone().date()
    except ValueError as error:
        raise typer.BadParameter("Write the day as 2027-04-01.", param_hint="--at") from error


def _print(found: Examined, style: Style, folder: Path) -> None:
    match style:
        case Style.human:
            _for_people(found)
        case Style.json:
            typer.echo(json.dumps([_row(each) for each in found.findings], ensure_ascii=False, indent=2))
        case Style.github:
            for each in found.findings:
                typer.echo(_annotation(each, folder))


def _for_people(found: Examined) -> None:
    for each in found.findings:
        typer.echo(str(each), err=True)
    counts = summary(found.findings)
    if found.content is None or found.faults:
        typer.echo(counts, err=True)
        return
    dialog, name = found.content.dialog, found.content.city.profile.name
    told = f"問題ありません。{counts}" if counts else "問題ありません。"
    typer.echo(
        f"{name}: {told}(課 {len(dialog.departments)}、ノード {len(dialog.nodes)}、"
        f"FAQ {len(found.content.entries)}件、会話の見本 {found.talks}件)"
    )


def _row(each: Finding) -> dict[str, str | int]:
    return {
        "level": each.level,
        "rule": each.rule,
        "path": each.path,
        "line": each.line,
        "message": each.message,
    }


def _annotation(each: Finding, folder: Path) -> str:
    """One of GitHub's workflow commands, its own signs escaped."""
    own = each.path.startswith(("grammars/", "recordings/"))
    path = each.path if own else (folder / each.path).as_posix()
    message = each.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{GITHUB[each.level]} file={place},line={max(each.line, 1)},title={each.rule}::{message}"
