"""Tickets on the operators' page: how they are shown, and what is done to them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from voicebot.city.telephone_numbers import readable
from voicebot.transcripts.tickets import Ticket
from voicebot.web.staff.board import Data
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Operator
from voicebot.web.staff.office import Office
from voicebot.web.staff.refusals import Refusal

MOST_WAITING = 300
"""Tickets that are not done, on the board; the most urgent ones."""
MOST_DONE = 30
DONE_STAYS = timedelta(hours=12)
LONGEST_NOTE = 1000


def router(office: Office) -> APIRouter:
    """`tickets/{number}/...`."""
    rooms, room = APIRouter(prefix="/tickets"), Tickets(office)
    rooms.get("/{number}/history")(room.history)
    rooms.post("/{number}/{deed}")(room.work)
    return rooms


class Shelf:
    """Reads the tickets as they are to be shown. Blocks.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._seen = office.service.store.ticket_desk.last_change()
        self._touched: dict[str, int] = {}

    def read(self, now: datetime) -> dict[str, Data]:
        """By key. Whatever happens to a ticket changes its `touched`, so that its history is read again."""
        desk = self._office.service.store.ticket_desk
        for change in desk.changes(self._seen):
            self._seen = change.id
            self._touched[change.number] = change.id
        since = now - DONE_STAYS
        done = [
            each
            for each in desk.listed("done", limit=MOST_DONE)
            if each.done_at and datetime.fromisoformat(each.done_at) > since
        ]
        names = self._office.display_names()
        shown = (*desk.listed("open", limit=MOST_WAITING), *desk.listed("taken", limit=MOST_WAITING), *done)
        self._touched = {each.number: self._touched.get(each.number, 0) for each in shown}
        return {f"ticket:{each.number}": _data(each, names, self._touched[each.number]) for each in shown}


class Tickets:
    """What is done to them.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def history(self, number: str, session: Operator) -> Response:
        """All that happened to a ticket, oldest first."""
        desk = self._office.service.store.ticket_desk
        rows = await self._office.ask(lambda: desk.history(number))
        names = await self._office.ask(self._office.display_names)
        return JSONResponse(
            [
                {"at": row.at, "who": names.get(row.operator, row.operator), "what": row.change, "text": row.text}
                for row in rows
            ]
        )

    async def work(self, request: Request, number: str, deed: str, session: Operator) -> Response:
        """Take, release, done, reassign or note; 409 when somebody else was quicker."""
        form, desk, who = await form_of(request), self._office.service.store.ticket_desk, session.user.name
        now = self._office.service.now()
        text = form.get("text", "").strip()[:LONGEST_NOTE]
        department = form.get("department", "")
        deeds: Mapping[str, Callable[[], bool]] = {
            "take": lambda: desk.take(number, who, now),
            "release": lambda: desk.release(number, who, now),
            "done": lambda: desk.done(number, who, now, text),
            "reopen": lambda: desk.reopen(number, who, now),
            "reassign": lambda: desk.reassign(number, department, who, now),
            "note": lambda: desk.note(number, who, text, now),
        }
        if deed not in deeds:
            raise Refusal(404, "staff.missing")
        if deed == "note" and not text:
            raise Refusal(400, "staff.empty")
        if deed == "reassign" and self._office.service.content.city.departments.named(department) is None:
            raise Refusal(400, "staff.no_department")
        if not await self._office.ask(deeds[deed]):
            raise Refusal(409, "staff.taken")
        self._office.board.refresh()
        return Response(status_code=204)


def _data(ticket: Ticket, names: Mapping[str, str], touched: int) -> Data:
    return {
        "kind": "ticket",
        "number": ticket.number,
        "type": ticket.kind,
        "call": ticket.call_id,
        "department": ticket.department,
        "phone": readable(ticket.phone),
        "name": ticket.name,
        "matter": ticket.matter if ticket.kind == "callback" else "",
        "text": ticket.matter if ticket.kind == "message" else "",
        "wanted": ticket.when,
        "language": ticket.language,
        "recording": ticket.recording,
        "seconds": ticket.seconds,
        "created": _milliseconds(ticket.created_at),
        "due": _milliseconds(ticket.due_at),
        "state": ticket.state,
        "by": ticket.done_by or ticket.taken_by,
        "by_name": names.get(ticket.done_by or ticket.taken_by, ticket.done_by or ticket.taken_by),
        "touched": touched,
    }


def _milliseconds(moment: str | None) -> float | None:
    return datetime.fromisoformat(moment).timestamp() * 1000 if moment else None
