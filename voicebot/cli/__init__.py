"""The commands. Each file holds those of one subject; `main` puts them together and turns our errors into messages."""

import sys

import typer

from voicebot.cli import (
    backup,
    calls,
    contents,
    diagram,
    evaluate,
    faq,
    models,
    opendata,
    place,
    releases,
    reload,
    schema,
    serve,
    talk,
    tune,
    users,
)
from voicebot.errors import VoicebotError

app = typer.Typer(
    help="voicebot: the telephone line that answers for city hall.", no_args_is_help=True, add_completion=False
)
app.command("serve")(serve.serve)
app.command("settings")(serve.show_settings)
app.command("call")(place.call)
app.command("demo")(place.demo)
app.command("talk")(talk.talk)
app.command("check")(contents.check)
app.command("reload")(reload.reload)
app.command("hours")(contents.hours)
app.command("diagram")(diagram.diagram)
app.command("schema")(schema.schema)
app.command("calls")(calls.calls)
app.command("show")(calls.show)
app.command("replay")(calls.replay)
app.add_typer(models.app, name="models")
app.add_typer(users.app, name="users")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(tune.app, name="tune")
app.add_typer(faq.app, name="faq")
app.add_typer(opendata.app, name="data")
app.add_typer(releases.app, name="content")
app.add_typer(backup.app, name="backup")


def main() -> None:
    """Run a command; an error of ours is one message and exit code 1."""
    try:
        app()
    except VoicebotError as error:
        typer.echo(error.message, err=True)
        sys.exit(1)
