"""Running the service."""

import asyncio
import logging
import socket
import threading
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Annotated

import pydantic_settings
import typer
import uvicorn
from pydantic import ValidationError

from voicebot import bootstrap
from voicebot.actions import Prompt
from voicebot.cli.housekeeping import keep_house
from voicebot.content import essential_prompts, further_prompts
from voicebot.errors import RecogniserError, SettingsError
from voicebot.logs import configure
from voicebot.pauses import Pauses
from voicebot.service import Service
from voicebot.settings import Settings
from voicebot.voice.warm import prepare
from voicebot.web.admission import Admission
from voicebot.web.app import application
from voicebot.web.phone import Phone
from voicebot.web.publishing import Publishing
from voicebot.web.staff.office import Office

log = logging.getLogger(__name__)
LEAVE_SECONDS = 10.0
"""How long a stop waits until every call under way is on its way to a person."""
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
    stop, pauses = threading.Event(), Pauses()
    pauses.begin()
    rest = threading.Thread(target=_warm_rest, args=(service, admission, stop), daemon=True, name="warm")
    rest.start()

    def free() -> None:
        if not admission.count:
            pauses.tidy()

    threading.Thread(target=keep_house, args=(service, stop, free), daemon=True, name="housekeeping").start()
    web.config.app.state.orders = settings.data  # type: ignore[union-attr]
    publishing: Publishing = web.config.app.state.publishing  # type: ignore[union-attr]
    publishing.on_change = lambda content: _warm_anew(service, admission, stop)
    typer.echo(f"Listening on http://{settings.host}:{settings.port} for {settings.public_url}")
    try:
        web.run()
    finally:
        stop.set()
        rest.join(timeout=5)


class Server(uvicorn.Server):
    """Leaves its callers in good hands before it goes: the doors stay open until each is on the way to a person.

    Args:
        config: What is served, and where.
        leave_seconds: How long that may take; 0 cuts the calls off.
    """

    def __init__(self, config: uvicorn.Config, leave_seconds: float) -> None:
        super().__init__(config)
        self._leave_seconds = leave_seconds

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Called by uvicorn after the first SIGTERM or Ctrl-C; a second one does not wait."""
        if self._leave_seconds:
            phone: Phone = self.config.app.state.phone  # type: ignore[union-attr]
            leaving = asyncio.create_task(phone.leave(self._leave_seconds))
            while not (leaving.done() or self.force_exit):
                await asyncio.wait({leaving}, timeout=0.1)
            leaving.cancel()
        office: Office = self.config.app.state.office  # type: ignore[union-attr]
        office.board.close()  # pages that wait for news let go
        await super().shutdown(sockets)


def server(service: Service, leave_seconds: float = LEAVE_SECONDS) -> Server:
    """The web server of a service. Pings are not answered for by the carrier's documents, so none end a call."""
    return Server(
        uvicorn.Config(
            application(service),
            host=service.settings.host,
            port=service.settings.port,
            log_config=None,
            access_log=False,
            ws_ping_timeout=None,
            ws_per_message_deflate=False,
            ws_max_size=LARGEST_FRAME_BYTES,
        ),
        leave_seconds,
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

    voices = service.voices.taught(service.content.city.readings)
    for failure in prepare(voices, prompts, progress):
        log.warning("a prompt cannot be prepared", extra={"code": failure.code})


def _warm_anew(service: Service, admission: Admission, stop: threading.Event) -> None:
    """New content: its prompts are rendered in the background; what was not changed is there already."""
    threading.Thread(target=_warm_rest, args=(service, admission, stop), daemon=True, name="warm").start()


def _warm_rest(service: Service, admission: Admission, stop: threading.Event) -> None:
    """The answers, in the background and only while nobody calls: recognition needs the cores.

    A call that needs an answer earlier renders it itself.
    """

    def may_go_on(done: int, total: int) -> bool:
        while admission.count and not stop.is_set():
            stop.wait(1.0)
        return not stop.is_set()

    content = service.content
    voices = service.voices.taught(content.city.readings)
    prepare(voices, chain(essential_prompts(content), further_prompts(content)), may_go_on)


def show_settings() -> None:
    """Show every setting, its value and what it does."""
    settings = settings_of()
    for name, field in Settings.model_fields.items():
        typer.echo(f"VOICEBOT_{name.upper()}={getattr(settings, name)}\n    {field.description}")
