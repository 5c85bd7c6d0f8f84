"""What happens, as server-sent events: `live`. Everything first, then what changes, each item in its latest form.

The id of a message is `<epoch>.<version>` of the board. A browser that comes back shows the last one it has seen
(`Last-Event-ID`) and is given what has changed since; after a restart of the service it begins anew.
"""

import json
from collections.abc import AsyncIterator

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from voicebot.errors import AccountError
from voicebot.web.staff.board import Board, Item
from voicebot.web.staff.forms import number_in
from voicebot.web.staff.guards import Operator, cookie_name
from voicebot.web.staff.office import Office

BEAT_SECONDS = 5.0
"""A sign of life is sent so often; a browser that hears nothing for three of them connects anew."""


def router(office: Office) -> APIRouter:
    """`live`."""
    rooms = APIRouter()

    async def live(request: Request, session: Operator) -> Response:
        """The stream; it ends with the session."""
        last = request.headers.get("last-event-id") or request.query_params.get("after", "")
        return StreamingResponse(
            _told(office, request, _version(office.board, last)),
            media_type="text/event-stream",
            headers={"x-accel-buffering": "no"},
        )

    rooms.get("/live")(live)
    return rooms


async def _told(office: Office, request: Request, version: int) -> AsyncIterator[str]:
    """Messages until the browser, the session or the service is gone."""
    board, token = office.board, request.cookies.get(cookie_name(request), "")
    with board.following() as follower:
        yield "retry: 1000\n\n"
        while not board.closed:
            version, items, anew = board.since(version)
            if items or anew:
                yield message(board, version, items, anew=anew)
            else:
                yield ": beat\n\nevent: beat\ndata: {}\n\n"
                if not await _signed_in(office, token):
                    yield "event: over\ndata: {}\n\n"
                    return
            await follower.wait(BEAT_SECONDS)


async def _signed_in(office: Office, token: str) -> bool:
    """Whether the session goes on; asking keeps it from falling asleep."""
    accounts = office.accounts
    try:
        session = await office.ask(lambda: accounts.sessions.session(token, accounts.now()))
    except AccountError:
        return True  # the disk is in trouble, not the person
    return session is not None and session.user.may("operate")


def message(board: Board, version: int, items: list[Item], *, anew: bool) -> str:
    """Items as one message. Their data is JSON already."""
    told = ",".join(
        f'{{"key":{json.dumps(item.key)},"version":{item.version},"data":{item.text or "null"}}}' for item in items
    )
    return (
        f"id: {board.epoch}.{version}\nevent: items\n"
        f'data: {{"anew":{json.dumps(anew)},"version":{version},"items":[{told}]}}\n\n'
    )


def _version(board: Board, last: str) -> int:
    """What a browser has seen of this life of the service; 0 for nothing."""
    epoch, _, version = last.partition(".")
    return (number_in(version) or 0) if epoch == board.epoch else 0
