"""Schemas for the editors of the city's files."""

from pathlib import Path
from typing import Annotated

import typer

from voicebot.editing.schema import schemas


def schema(
    output: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("docs/schema"),
) -> None:
    """Write the JSON Schemas with which an editor completes and checks the city's YAML files."""
    output.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (output / name).write_text(text, encoding="utf-8")
    typer.echo(f"Wrote {len(schemas())} schemas to {output}.")
