"""The page of the carrier: what to enter there, and a test of the way that calls take."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts.sessions import Session
from voicebot.web.staff.guards import Administrator
from voicebot.web.staff.keeping.self_test import Step, steps
from voicebot.web.staff.office import Office, author, page


def router(office: Office) -> APIRouter:
    """`keeping/carrier` and its test."""
    rooms = APIRouter()

    def answer(request: Request, session: Session, found: tuple[Step, ...] = ()) -> Response:
        settings = office.service.settings
        base = settings.public_url.rstrip("/")
        doors = {"voice": f"{base}/twilio/voice", "status": f"{base}/twilio/status"}
        return page(request, "keeping/carrier.html", session, settings=settings, doors=doors, steps=found)

    async def show(request: Request, session: Administrator) -> Response:
        """What is set."""
        return answer(request, session)

    async def test(request: Request, session: Administrator) -> Response:
        """Look at the whole way."""
        found = await office.ask(lambda: tuple(steps(office.service)))
        accounts, who = office.accounts, author(request, session)
        bad = sum(each.verdict == "bad" for each in found)
        await office.ask(lambda: accounts.log.add(who, "keeping.carrier_test", "", accounts.now(), bad=bad))
        return answer(request, session, found)

    rooms.get("/keeping/carrier")(show)
    rooms.post("/keeping/carrier/test")(test)
    return rooms
