"""Sound for the staff: listening in on a call while it lasts, and recordings afterwards. Both are in the audit log."""

import re
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from voicebot.web.staff.guards import Operator, Trusted, session_of
from voicebot.web.staff.office import Office, author
from voicebot.web.staff.refusals import Refusal

LOOK_EVERY = 250
"""Pieces of 20 ms: so often it is looked whether the listener is still signed in."""
_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}\.wav")


def router(office: Office) -> APIRouter:
    """`calls/{call_id}/sound` and `recordings/{name}`."""
    rooms, room = APIRouter(), Listening(office)
    rooms.websocket("/calls/{call_id}/sound")(room.listen)
    rooms.get("/recordings/{name}")(room.play)
    return rooms


class Listening:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def listen(self, socket: WebSocket, call_id: str, session: Operator) -> None:
        """16-bit mono sound at 8 kHz in binary messages until the stream is over or the browser is gone."""
        office, who = self._office, author(socket, session)
        await office.ask(lambda: office.accounts.log.add(who, "call.listen", call_id, office.accounts.now()))
        await socket.accept()
        with office.taps.listen(call_id) as listener:
            try:
                count = 0
                while (piece := await listener.get()) is not None and not office.board.closed:
                    await socket.send_bytes(piece)
                    count += 1
                    if count % LOOK_EVERY == 0 and await session_of(socket) is None:
                        break
                await socket.close()
            except (WebSocketDisconnect, RuntimeError):
                pass  # the browser is gone

    async def play(self, request: Request, name: str, session: Trusted) -> Response:
        """A recording; browsers may ask for parts of it."""
        office, who = self._office, author(request, session)
        path: Path = office.service.settings.calls / name
        if not _NAME.fullmatch(name) or not await office.ask(path.is_file):
            raise Refusal(404, "staff.missing")
        if not request.headers.get("range", "bytes=0-").removeprefix("bytes=").lstrip("0").strip("-"):
            # Noted once a playing, not for each part.
            await office.ask(lambda: office.accounts.log.add(who, "recording.play", name, office.accounts.now()))
        return FileResponse(path, media_type="audio/wav", headers={"cache-control": "private, no-store"})
