"""The page that says how long each kind of data is kept, and what will be deleted when."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.errors import TranscriptError
from voicebot.transcripts.policies import KINDS, MOST_DAYS, Kind, Policy
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Administrator
from voicebot.web.staff.office import Office, author, page


def router(office: Office) -> APIRouter:
    """`keeping/retention` and what is decided there."""
    rooms, room = APIRouter(), Retention(office)
    rooms.get("/keeping/retention")(room.show)
    rooms.post("/keeping/retention")(room.decide)
    return rooms


class Retention:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Administrator) -> Response:
        """What is decided now."""
        return await self._page(request, session)

    async def decide(self, request: Request, session: Administrator) -> Response:
        """Other days for one kind; first shown with what would be deleted at once, then kept."""
        form = await form_of(request)
        kind, days = _kind(form.get("kind", "")), form.get("days", "").strip()
        if kind is None or not days.isdecimal() or int(days[:6]) > MOST_DAYS:
            return await self._page(request, session, code="keeping_days_wrong")
        if form.get("sure") != "yes":
            return await self._page(request, session, asked=(kind, int(days)))
        office, who = self._office, author(request, session)

        def work() -> None:
            office.service.store.policies.decide(kind, int(days), who.name, office.service.now())
            office.accounts.log.add(who, "keeping.retention", kind, office.accounts.now(), days=int(days))

        try:
            await office.ask(work)
        except TranscriptError as error:
            return await self._page(request, session, code=error.code)
        return RedirectResponse("retention?done=yes", 303)

    async def _page(
        self, request: Request, session: Session, *, code: str = "", asked: tuple[Kind, int] | None = None
    ) -> Response:
        service = self._office.service

        def work() -> Mapping[str, object]:
            policies, now = service.store.policies.all(service.settings.keep_days), service.now()
            going = {kind: service.store.policies.going(policy, now) for kind, policy in policies.items()}
            at_once = service.store.policies.going(Policy(*asked), now, (0,)) if asked else ()
            return {"policies": policies, "going": going, "at_once": at_once}

        values = await self._office.ask(work)
        return page(
            request, "keeping/retention.html", session, status=400 if code else 200, code=code, asked=asked,
            done=request.query_params.get("done", ""), most=MOST_DAYS, values=values,
        )  # fmt: skip


def _kind(text: str) -> Kind | None:
    return next((kind for kind in KINDS if kind == text), None)
