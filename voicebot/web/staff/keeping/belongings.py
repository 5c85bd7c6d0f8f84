"""The page for requests of residents: all that is kept about one telephone number, handed over or erased."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts.sessions import Session
from voicebot.transcripts.disclosure import Belongings, Erased, as_zip, belongings, erase, ways_of_writing
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Administrator
from voicebot.web.staff.office import Office, author, page, words_for


def router(office: Office) -> APIRouter:
    """`keeping/number` and what is asked there. The number never stands in an address: those are logged on the way."""
    rooms, room = APIRouter(), Room(office)
    rooms.get("/keeping/number")(room.show)
    rooms.post("/keeping/number")(room.find)
    rooms.post("/keeping/number/export")(room.export)
    rooms.post("/keeping/number/erase")(room.erase)
    return rooms


class Room:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Administrator) -> Response:
        """Which number?"""
        return self._page(request, session)

    async def find(self, request: Request, session: Administrator) -> Response:
        """What is kept about it."""
        number = await self._number(request)
        if not ways_of_writing(number):
            return self._page(request, session, number=number, code="number_wrong")
        found = await self._found(number)
        await self._note(request, session, "keeping.number_look", found)
        return self._page(request, session, number=number, found=found)

    async def export(self, request: Request, session: Administrator) -> Response:
        """All of it in one file."""
        found = await self._found(await self._number(request))
        if found.nothing:
            return self._page(request, session, code="number_nothing")
        language, now = words_for(request, session).language, self._office.service.now()
        packed = await self._office.ask(lambda: as_zip(self._office.service.store, found, language, now))
        await self._note(request, session, "keeping.number_export", found)
        name = f"voicebot-{now:%Y%m%d-%H%M%S}.zip"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(packed, media_type="application/zip", headers=headers)

    async def erase(self, request: Request, session: Administrator) -> Response:
        """All of it, for good; asked for once more before."""
        number, form = await self._number(request), await form_of(request)
        found = await self._found(number)
        if form.get("sure") != "yes":
            return self._page(request, session, number=number, found=found, code="number_not_sure")
        service = self._office.service
        done = await self._office.ask(lambda: erase(service.store, found, service.settings.calls))
        await self._note(request, session, "keeping.number_erase", found)
        self._office.board.refresh()
        return self._page(request, session, erased=done)

    async def _number(self, request: Request) -> str:
        return (await form_of(request)).get("number", "")[:40]

    async def _found(self, number: str) -> Belongings:
        service = self._office.service
        return await self._office.ask(lambda: belongings(service.store, number, service.settings.calls))

    async def _note(self, request: Request, session: Session, deed: str, found: Belongings) -> None:
        """Who did it and how much it was; the number itself must not outlive its erasure."""
        accounts, who = self._office.accounts, author(request, session)
        calls, tickets = len(found.calls), len(found.tickets)
        await self._office.ask(lambda: accounts.log.add(who, deed, "", accounts.now(), calls=calls, tickets=tickets))

    def _page(
        self,
        request: Request,
        session: Session,
        *,
        number: str = "",
        found: Belongings | None = None,
        erased: Erased | None = None,
        code: str = "",
    ) -> Response:
        return page(
            request, "keeping/number.html", session, status=400 if code else 200,
            number=number, found=found, erased=erased, code=code,
        )  # fmt: skip
