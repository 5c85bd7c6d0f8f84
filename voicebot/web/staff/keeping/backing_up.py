"""The page of backups: which there are, making one now, and taking one away to another place."""

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from voicebot import backups
from voicebot.accounts.sessions import Session
from voicebot.errors import BackupError
from voicebot.service import backed_up
from voicebot.web.staff.guards import Administrator
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal


def router(office: Office) -> APIRouter:
    """`keeping/backups`, making one, and each of them as a file."""
    rooms, room = APIRouter(), Backups(office)
    rooms.get("/keeping/backups")(room.show)
    rooms.post("/keeping/backups/make")(room.make)
    rooms.get("/keeping/backups/{at}.zip")(room.take)
    return rooms


class Backups:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Administrator) -> Response:
        """Which there are."""
        return await self._page(request, session)

    async def make(self, request: Request, session: Administrator) -> Response:
        """One more."""
        service, accounts, who = self._office.service, self._office.accounts, author(request, session)
        folder = service.settings.backup_folder
        try:
            made = await self._office.ask(lambda: backups.make(folder, *backed_up(service.settings), service.now()))
        except BackupError as error:
            return await self._page(request, session, code=error.code)
        await self._office.ask(lambda: accounts.log.add(who, "keeping.backup", made.at, accounts.now()))
        return RedirectResponse("../backups?done=yes", 303)

    async def take(self, request: Request, session: Administrator, at: str) -> Response:
        """As a file, to be kept elsewhere."""
        path = self._office.service.settings.backup_folder / f"voicebot-{at}.zip"
        if not re.fullmatch(r"\d{8}-\d{6}", at) or not path.is_file():
            raise Refusal(404, "staff.missing")
        accounts, who = self._office.accounts, author(request, session)
        await self._office.ask(lambda: accounts.log.add(who, "keeping.backup_taken", at, accounts.now()))
        return FileResponse(path, media_type="application/zip", filename=path.name)

    async def _page(self, request: Request, session: Session, *, code: str = "") -> Response:
        settings = self._office.service.settings
        found = await self._office.ask(lambda: backups.kept(settings.backup_folder))
        return page(
            request, "keeping/backups.html", session, status=400 if code else 200, code=code, found=found,
            done=request.query_params.get("done", ""), settings=settings, folder=settings.backup_folder,
        )  # fmt: skip
