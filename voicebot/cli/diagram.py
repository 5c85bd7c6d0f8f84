"""The dialog as a picture."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.cli.serve import settings_of
from voicebot.dialog.diagram import mermaid, svg


class Picture(StrEnum):
    """What the picture is written in."""

    mermaid = "mermaid"
    svg = "svg"


def diagram(
    picture: Annotated[
        Picture, typer.Option("--format", help="svg for a browser, mermaid for documents.")
    ] = Picture.svg,
    start: Annotated[str | None, typer.Option(help="Only what follows from this node.")] = None,
    output: Annotated[Path | None, typer.Option(help="File to write; the screen if not given.")] = None,
    city: Annotated[Path | None, typer.Option(help="Folder of the city's content.")] = None,
) -> None:
    """Draw the dialog: every node and where it leads."""
    settings = settings_of(city=city)
    dialog = contents.load(settings.city, settings.grammars, bootstrap.reader()).dialog
    text = svg(dialog, start) if picture is Picture.svg else mermaid(dialog, start)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        typer.echo(f"Wrote {output}.")
