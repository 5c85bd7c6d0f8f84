"""The operators' page, and what is sent from it about themselves and about calls."""

import logging
from collections.abc import Mapping
from datetime import timedelta

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from voicebot.city.telephone_numbers import readable
from voicebot.errors import CarrierError, VoicebotError
from voicebot.transcripts.wrong_transfers import WrongTransfer
from voicebot.web.phone import Phone
from voicebot.web.staff import tickets, words_of_operators
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Guard, Operator
from voicebot.web.staff.office import Office, author, page, words_for
from voicebot.web.staff.refusals import Refusal

EARLIER = timedelta(days=30)
log = logging.getLogger(__name__)


def router(office: Office) -> APIRouter:
    """`operator`, `session`, `presence`, `calls/{call_id}/...` and `tickets/...`."""
    rooms, room = APIRouter(), Operators(office)
    rooms.get("/operator")(room.show)
    rooms.get("/session", dependencies=[Depends(Guard(None))])(room.alive)
    rooms.post("/presence")(room.presence)
    rooms.get("/calls/{call_id}/earlier")(room.earlier)
    rooms.post("/calls/{call_id}/take-over")(room.take_over)
    rooms.post("/calls/{call_id}/wrong/{number}")(room.wrong)
    rooms.include_router(tickets.router(office))
    return rooms


class Operators:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Operator) -> Response:
        """The page."""
        words = words_for(request, session)
        city = self._office.service.content.city
        return page(
            request, "operator.html", session,
            departments=[department.name for department in city.departments],
            usual=await self._usual(),
            phone=readable(session.user.phone),
            page_words={name: words[name] for name in words_of_operators.WORDS},
        )  # fmt: skip

    async def _usual(self) -> Mapping[str, tuple[str, ...]]:
        """See `WrongTransfers.usual`; nothing while the store is out of order: the page works without."""
        try:
            return await self._office.ask(self._office.service.store.wrong_transfers.usual)
        except VoicebotError as error:
            log.warning("it is not known where callers usually belong", extra={"code": error.code})
            return {}

    async def alive(self) -> Response:
        """Whether the session goes on: 204, or 401."""
        return Response(status_code=204)

    async def presence(self, request: Request, session: Operator) -> Response:
        """Available, busy or away."""
        wanted, attendance = (await form_of(request)).get("presence", ""), self._office.accounts.attendance
        await self._office.ask(lambda: attendance.set(session.user, wanted))
        self._office.board.refresh()
        return Response(status_code=204)

    async def earlier(self, call_id: str, session: Operator) -> Response:
        """Calls of the same number within the last 30 days, newest first."""
        store, office = self._office.service.store, self._office
        call = await office.ask(lambda: store.call(call_id))
        caller = call.caller if call else None
        if call is None or not caller:
            return JSONResponse([])
        found = await office.ask(lambda: store.calls_of(caller, office.service.now() - EARLIER))
        return JSONResponse(
            [
                {
                    "id": each.id,
                    "at": each.started_at.timestamp() * 1000,
                    "outcome": each.outcome or "",
                    "seconds": each.seconds,
                }
                for each in found
                if each.id != call.id
            ]
        )

    async def take_over(self, request: Request, call_id: str, session: Operator) -> Response:
        """The call is connected with the operator's own telephone; 409 when the bot has it no longer."""
        phone: Phone = request.app.state.phone
        user, office, who = session.user, self._office, author(request, session)
        try:
            taken = bool(user.phone) and phone.take_over(call_id, user.phone, user.display)
        except CarrierError as error:
            raise Refusal(409, "staff.no_phone") from error
        if not taken:
            raise Refusal(409, "staff.call_over" if user.phone else "staff.no_phone")
        await office.ask(lambda: office.accounts.log.add(who, "call.take_over", call_id, office.accounts.now()))
        return Response(status_code=204)

    async def wrong(self, request: Request, call_id: str, number: int, session: Operator) -> Response:
        """The transfer went to the wrong department; without the right one: it did not, after all."""
        form, office, who = await form_of(request), self._office, author(request, session)
        right, sent, wrong_transfers = (
            form.get("right", ""),
            form.get("department", ""),
            office.service.store.wrong_transfers,
        )
        now = office.service.now()
        if not right:
            await office.ask(lambda: wrong_transfers.withdraw(call_id, number))
        elif office.service.content.city.departments.named(right) is None:
            raise Refusal(400, "staff.no_department")
        else:
            told = WrongTransfer(call_id, number, sent[:100], right, session.user.name, now.isoformat())
            if not await office.ask(lambda: wrong_transfers.report(told)):
                raise Refusal(404, "staff.missing")
        await office.ask(lambda: office.accounts.log.add(who, "transfer.wrong", call_id, now, right=right))
        office.board.refresh()
        return Response(status_code=204)
