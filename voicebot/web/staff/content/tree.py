"""The tree as a picture that can be walked, and the selected node beside it."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.web.staff.guards import needs
from voicebot.web.staff.office import Office, page

Viewer = Annotated[Session, Depends(needs("view"))]


def router(office: Office) -> APIRouter:
    """`content/tree`; `content` leads to it."""
    rooms, room = APIRouter(), Tree(office)
    rooms.get("/content")(room.enter)
    rooms.get("/content/tree")(room.show)
    return rooms


class Tree:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def enter(self, session: Viewer) -> Response:
        """The picture is the first page."""
        return RedirectResponse("content/tree", 303)

    async def show(self, request: Request, session: Viewer) -> Response:
        """The picture."""
        return page(request, "content/tree.html", session)
