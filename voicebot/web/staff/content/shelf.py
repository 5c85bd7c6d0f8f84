"""The page of the releases: what was in force when, what each changed, and going back to one."""

import asyncio
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.editing.differences import differences
from voicebot.errors import LibraryError
from voicebot.web.releasing import Published
from voicebot.web.staff.content.drafts import MOST_DIFFERENCES, grouped, shown
from voicebot.web.staff.forms import number_in
from voicebot.web.staff.guards import Publisher, Viewer
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal

ROWS = 30


def router(office: Office) -> APIRouter:
    """`content/releases`, one release, and putting it in force again."""
    rooms, room = APIRouter(), Shelf(office)
    rooms.get("/content/releases")(room.show)
    rooms.get("/content/releases/{number}")(room.one)
    rooms.post("/content/releases/{number}/use")(room.use)
    return rooms


class Shelf:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._library = office.library

    async def show(self, request: Request, session: Viewer) -> Response:
        """All of them, newest first."""
        return await self._page(request, session)

    async def one(self, request: Request, session: Viewer, number: int) -> Response:
        """What a release changed against the one before it, and what would change if it were put in force."""

        def work() -> dict[str, Any]:
            library = self._library
            release, current = library.release(number), library.in_force()
            files = library.files(number)
            own = differences(library.files(release.base), files) if release.base else ()
            valid = library.files(current.release) if current else {}
            back = differences(valid, files)
            return {
                "release": release,
                "current": current,
                "own": grouped(own[:MOST_DIFFERENCES]),
                "own_more": max(0, len(own) - MOST_DIFFERENCES),
                "back": grouped(back[:MOST_DIFFERENCES]),
                "back_more": max(0, len(back) - MOST_DIFFERENCES),
                "history": [each for each in library.publications(200) if each.release == number],
                "display": self._office.display_names(),
            }

        try:
            values = await self._office.ask(work)
        except LibraryError as error:
            raise Refusal(404, "staff.missing") from error
        return page(request, "content/release.html", session, **values)

    async def use(self, request: Request, session: Publisher, number: int) -> Response:
        """Put it in force again: the next call hears it."""
        try:
            done = await asyncio.to_thread(lambda: self._office.publishing.roll_back(number, session.user.name))
        except LibraryError as error:
            return await self._page(request, session, code=error.code)
        if done.release is None:
            return await self._page(request, session, code="draft_refused", refused=done)
        accounts, who = self._office.accounts, author(request, session)
        await self._office.ask(lambda: accounts.log.add(who, "content.roll_back", str(number), accounts.now()))
        return RedirectResponse(f"../../releases?done={number}", 303)

    async def _page(
        self, request: Request, session: Session, *, code: str = "", refused: Published | None = None
    ) -> Response:
        start = number_in(request.query_params.get("before", ""))

        def work() -> dict[str, Any]:
            rows = self._library.releases(ROWS, start)
            return {
                "rows": rows,
                "more": len(rows) == ROWS and rows[-1].number > 1,
                "current": self._library.in_force(),
                "history": self._library.publications(ROWS),
                "display": self._office.display_names(),
            }

        done = number_in(request.query_params.get("done", ""))
        findings, values = shown(refused.findings if refused else ()), await self._office.ask(work)
        return page(
            request, "content/releases.html", session, status=400 if code else 200, code=code, done=done,
            findings=findings, **values,
        )  # fmt: skip
