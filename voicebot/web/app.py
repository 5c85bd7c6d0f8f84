"""The web application: the carrier's doors and a health page. Refusals are short and say nothing to a stranger."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from voicebot.bootstrap import Service
from voicebot.errors import CarrierProtocolError, CarrierSignatureError, VoicebotError
from voicebot.web.phone import Phone

log = logging.getLogger(__name__)


def application(service: Service) -> FastAPI:
    """The ASGI application of a service; closing the application closes the service."""
    phone = Phone(service)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    app = FastAPI(title="voicebot", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.admission = phone.admission
    # A proxy may cut the path off that stands in the public address, or keep it.
    for prefix in {"", urlsplit(service.settings.public_url).path.rstrip("/")}:
        app.include_router(phone.router(), prefix=prefix)

    @app.get("/health")
    async def health() -> JSONResponse:
        """Whether calls can be served; 503 when the store cannot be written."""
        well = service.store.healthy
        body = {"store": well, "calls": phone.admission.count, "content": service.content.fingerprint}
        return JSONResponse(body, 200 if well else 503)

    @app.exception_handler(CarrierSignatureError)
    async def forged(request: Request, error: CarrierSignatureError) -> Response:
        log.warning("a request without a valid signature was refused", extra={"code": error.code})
        return PlainTextResponse("Forbidden", 403)

    @app.exception_handler(CarrierProtocolError)
    async def malformed(request: Request, error: CarrierProtocolError) -> Response:
        log.warning("a request was not understood", extra={"code": error.code})
        return PlainTextResponse(error.message, 400)

    @app.exception_handler(VoicebotError)
    async def unusable(request: Request, error: VoicebotError) -> Response:
        # Answered as a failure on purpose: the carrier then uses its fallback address.
        log.error("a request could not be answered", extra={"code": error.code})
        return PlainTextResponse(error.message, 500)

    return app
