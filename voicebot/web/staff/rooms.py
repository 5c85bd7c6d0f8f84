"""Puts the staff's pages into the application: rooms, static files, headers, and what refusals look like."""

import asyncio
import logging
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from voicebot.call.tapped import Taps
from voicebot.errors import AccountError
from voicebot.service import Service
from voicebot.web.publishing import Publishing
from voicebot.web.staff import account, listening, live, login, operators, people, single_sign_on
from voicebot.web.staff.board import Board
from voicebot.web.staff.calls import rooms as calls
from voicebot.web.staff.content import rooms as content
from voicebot.web.staff.figures import rooms as figures
from voicebot.web.staff.figures.counting import counting
from voicebot.web.staff.guards import forget
from voicebot.web.staff.headers import Armour
from voicebot.web.staff.improving import rooms as improving
from voicebot.web.staff.keeping import rooms as keeping
from voicebot.web.staff.news import News
from voicebot.web.staff.office import Office, inside, page, session_or_none, words_for
from voicebot.web.staff.refusals import NotSignedIn, PasswordFirst, Refusal
from voicebot.web.staff.today import rooms as today
from voicebot.web.staff.trying import rooms as trying

log = logging.getLogger(__name__)
ROOMS = (
    login, single_sign_on, account, people, operators, live, listening, today, calls, content, trying,
    improving, figures, keeping,
)  # fmt: skip
"""Modules with a function `router(office)`."""
STATIC = Path(__file__).parents[1] / "static"
THREADS = 4
PLANS_SECONDS = 20.0
"""How often is looked for publications that were planned."""


def open_office(service: Service, publishing: Publishing) -> Office:
    """The office of a service, which is told of every record and of the sound of every call from now on."""
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="staff")
    office = Office(service, service.accounts, Board(), Taps(), pool, publishing)
    service.tap = office.taps.recorder
    return office


def furnish(app: FastAPI, office: Office, prefixes: set[str]) -> None:
    """Add the rooms under `/staff`, also behind a path that a proxy keeps."""
    app.state.office = office
    for prefix in sorted(prefixes):
        for room in ROOMS:
            app.include_router(room.router(office), prefix=f"{prefix}/staff")
        app.mount(f"{prefix}/staff/static", StaticFiles(directory=STATIC))
    app.add_middleware(Armour, networks=office.service.settings.staff_networks)
    # Also of sockets, which get no answer.
    app.add_exception_handler(Refusal, refused)  # type: ignore[arg-type]
    app.add_exception_handler(AccountError, _broken)  # type: ignore[arg-type]


@asynccontextmanager
async def working(office: Office) -> AsyncIterator[None]:
    """While the service runs: the board is kept in step, and what is planned is put in force at its time."""
    news = News(office)
    await office.ask(office.publishing.begin)
    plans = asyncio.create_task(_carry_out_plans(office))
    try:
        async with news.running(), today.watching(office), counting(office):
            yield
    finally:
        plans.cancel()
        office.board.close()
        office.pool.shutdown(wait=False, cancel_futures=True)


async def _carry_out_plans(office: Office) -> None:
    while True:
        await asyncio.to_thread(office.publishing.carry_out)
        await asyncio.sleep(PLANS_SECONDS)


async def refused(request: Request | WebSocket, error: Exception) -> Response | None:
    """What a refusal looks like: a page, JSON for a script, a closed socket."""
    assert isinstance(error, Refusal)  # noqa: S101  registered for nothing else
    if isinstance(request, WebSocket):
        await request.close(1008)
        return None
    wants_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if wants_page and isinstance(error, NotSignedIn | PasswordFirst):
        root = "../" * inside(request.url.path).count("/") or "./"
        answer: Response = RedirectResponse(root + ("login" if isinstance(error, NotSignedIn) else "account"), 303)
    elif "text/html" in request.headers.get("accept", ""):
        answer = page(request, "refused.html", session_or_none(request), status=error.status, code=error.code)
    else:
        told = {"code": error.code, "message": words_for(request).told(error.code)}
        answer = JSONResponse(told, error.status)
    if isinstance(error, NotSignedIn):
        forget(request, answer)
    return answer


async def _broken(request: Request | WebSocket, error: Exception) -> Response | None:
    assert isinstance(error, AccountError)  # noqa: S101  registered for nothing else
    log.error("the accounts cannot be used", extra={"code": error.code})
    status = 503 if error.code in {"account.database", "account.newer"} else 400
    return await refused(request, Refusal(status, error.code))
