"""Running the service."""

import logging
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import pydantic_settings
import typer
import uvicorn
from pydantic import ValidationError

from voicebot import bootstrap
from voicebot.actions import Prompt
from voicebot.bootstrap import Service
from voicebot.content import essential_prompts, further_prompts
from voicebot.errors import RecogniserError, SettingsError
from voicebot.logs import configure
from voicebot.settings import Settings
from voicebot.voice.warm import prepare
from voicebot.web.admission import Admission
from voicebot.web.app import application

log = logging.getLogger(__name__)
LARGEST_FRAME_BYTES = 65_536
"""The carrier's frames hold 20 ms of sound in a few hundred bytes."""


def settings_of(**changes: object) -> Settings:
    """The settings from the environment and `.env`, with changes from the command line.

    Raises:
        SettingsError: a value is wrong; the message names the variable, and never the value: it may be a secret.
    """
    try:
        return Settings(**{name: value for name, value in changes.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [
            f"VOICEBOT_{'_'.join(str(part) for part in detail['loc']).upper()}: {detail['msg']}"
            for detail in error.errors(include_input=False)
        ]
        raise SettingsError("settings.invalid", "Mend these settings:\n" + "\n".join(lines)) from None
    except pydantic_settings.SettingsError as error:
        name = next((name for name in Settings.model_fields if f'"{name}"' in str(error)), "twilio_shared_keys")
        message = f'VOICEBOT_{name.upper()} must be JSON, such as {{"name": "value"}}.'
        raise SettingsError("settings.invalid", message) from None


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    city: Annotated[Path | None, typer.Option(help="Folder of the city's content.")] = None,
) -> None:
    """Answer calls until stopped."""
    settings = settings_of(host=host, port=port, city=city)
    configure(settings.log_level)
    service = bootstrap.service(settings, typer.echo)
    warm(service, typer.echo, essential_prompts(service.content))
    web = server(service)
    admission: Admission = web.config.app.state.admission  # type: ignore[union-attr]
    stop = threading.Event()
    rest = threading.Thread(target=_warm_rest, args=(service, admission, stop), daemon=True, name="warm")
    rest.start()
    typer.echo(f"Listening on http://{settings.host}:{settings.port} for {settings.public_url}")
    try:
        web.run()
    finally:
        stop.set()
        rest.join(timeout=5)


def server(service: Service) -> uvicorn.Server:
    """The web server of a service. Pings are not answered for by the carrier's documents, so none end a call."""
    return uvicorn.Server(
        uvicorn.Config(
            application(service),
            host=service.settings.host,
            port=service.settings.port,
            log_config=None,
            access_log=False,
            ws_ping_timeout=None,
            ws_per_message_deflate=False,
            ws_max_size=LARGEST_FRAME_BYTES,
        )
    )


def warm(service: Service, say: bootstrap.Say, prompts: Iterable[Prompt]) -> None:
    """Load the recognisers and render what is known beforehand, before the first call comes."""
    for language in service.content.city.profile.languages:
        say(f"Loading the recogniser for {language}")
        try:
            service.recognisers.open(language).close()
        except RecogniserError as error:
            # Calls are answered all the same: callers choose by key, and people are there.
            say(f"Callers cannot be heard in {language}. {error.message}")
            log.error("a recogniser cannot be loaded", extra={"code": error.code})
    last = -1

    def progress(done: int, total: int) -> None:
        nonlocal last
        if done * 10 // max(total, 1) != last:
            last = done * 10 // max(total, 1)
            say(f"Preparing the prompts: {done}/{total}")

    for failure in prepare(service.voices, prompts, progress):
        log.warning("a prompt cannot be prepared", extra={"code": failure.code})


def _warm_rest(service: Service, admission: Admission, stop: threading.Event) -> None:
    """The answers, in the background and only while nobody calls: recognition needs the cores.

    A call that needs an answer earlier renders it itself.
    """

    def may_go_on(done: int, total: int) -> bool:
        while admission.count and not stop.is_set():
            stop.wait(1.0)
        return not stop.is_set()

    prepare(service.voices, further_prompts(service.content), may_go_on)


def show_settings() -> None:
    """Show every setting, its value and what it does."""
    settings = settings_of()
    for name, field in Settings.model_fields.items():
        typer.echo(f"VOICEBOT_{name.upper()}={getattr(settings, name)}\n    {field.description}")
