"""The web application: the carrier's doors and a health page. Refusals are short and say nothing to a stranger."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from voicebot import bootstrap
from voicebot.errors import CarrierProtocolError, CarrierSignatureError, VoicebotError
from voicebot.service import Service
from voicebot.web.health import health
from voicebot.web.phone import Phone
from voicebot.web.publishing import Publishing
from voicebot.web.reloading import Reloading
from voicebot.web.staff.headers import is_staff
from voicebot.web.staff.refusals import Refusal
from voicebot.web.staff.rooms import furnish, open_office, refused, working
from voicebot.web.transcribing import writing_down

log = logging.getLogger(__name__)


def application(service: Service) -> FastAPI:
    """The ASGI application of a service; closing the application closes the service."""
    phone = Phone(service)
    read = bootstrap.reader()
    publishing = Publishing(service, read, lambda: bootstrap.house(service.settings, read))
    office = open_office(service, publishing)
    reloading = Reloading(service, publishing)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await phone.begin()
        orders = app.state.orders
        hearing = reloading.listening(orders) if orders else nullcontext()
        async with writing_down(service), working(office), hearing:
            yield
        service.close()

    app = FastAPI(title="voicebot", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.admission = phone.admission
    app.state.reloading = reloading
    app.state.publishing = publishing
    app.state.orders = None  # the folder in which `voicebot reload` finds the service; only `serve` sets it
    app.state.phone = phone
    # A proxy may cut the path off that stands in the public address, or keep it.
    prefixes = {"", urlsplit(service.settings.public_url).path.rstrip("/")}
    for prefix in prefixes:
        app.include_router(phone.router(), prefix=prefix)
    furnish(app, office, prefixes)

    @app.get("/health")
    @app.get("/healthz")
    async def healthz() -> JSONResponse:
        """Which parts live; 503 when the store cannot be written, or when the service stops."""
        well, parts = await asyncio.to_thread(health, service)
        body = {
            **parts,
            "calls": phone.admission.count,
            "stopping": phone.stopping,
            # Staff have changed the files, and the check has refused them: callers hear the content before.
            "content_refused": reloading.refused is not None,
        }
        return JSONResponse(body, 200 if well and not phone.stopping else 503)

    _answer_errors(app)
    return app


def _answer_errors(app: FastAPI) -> None:
    """Errors that reach a door."""

    @app.exception_handler(CarrierSignatureError)
    async def forged(request: Request, error: CarrierSignatureError) -> Response:
        log.warning("a request without a valid signature was refused", extra={"code": error.code})
        return PlainTextResponse("Forbidden", 403)

    @app.exception_handler(CarrierProtocolError)
    async def malformed(request: Request, error: CarrierProtocolError) -> Response:
        log.warning("a request was not understood", extra={"code": error.code})
        return PlainTextResponse(error.message, 400)

    @app.exception_handler(VoicebotError)
    async def unusable(request: Request, error: VoicebotError) -> Response | None:
        log.error("a request could not be answered", extra={"code": error.code})
        if is_staff(request.url.path):
            return await refused(request, Refusal(503, "staff.trouble"))
        # Answered as a failure on purpose: the carrier then uses its fallback address.
        return PlainTextResponse(error.message, 500)
