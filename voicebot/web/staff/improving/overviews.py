"""Everything that was not understood, and what was decided about it."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.improving.bench import bench_of
from voicebot.web.staff.improving.gathering import PERIODS
from voicebot.web.staff.improving.showing import case_row, days_of, page_of
from voicebot.web.staff.office import Office, page, veil_of

ROWS = 10
CASES = 20


def router(office: Office) -> APIRouter:
    """`improve/groups` and `improve/decided`."""
    rooms, room = APIRouter(), Overviews(office)
    rooms.get("/improve/groups")(room.groups)
    rooms.get("/improve/decided")(room.decided)
    return rooms


class Overviews:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def groups(self, request: Request, session: Viewer) -> Response:
        """All groups of what was not understood, also those that nothing is proposed for."""
        days, number = days_of(request), page_of(request)
        gathered, work = await self._office.ask(lambda: bench_of(self._office).gatherer.now(days))
        zone, veil = self._office.service.content.city.profile.zone, veil_of(request, session)
        found = gathered.groups if gathered else ()
        here = found[number * ROWS : (number + 1) * ROWS]
        rows = [
            (len({case.call for case in group.cases}),
             [case_row(case, gathered.looked if gathered else {}, veil, zone) for case in group.cases[:CASES]])
            for group in here
        ]  # fmt: skip
        return page(
            request, "improve/groups.html", session,
            days=days, periods=PERIODS, number=number, gathered=gathered, work=work, rows=rows, zone=zone,
            count=len(found), more=len(found) > (number + 1) * ROWS, most=CASES,
        )  # fmt: skip

    async def decided(self, request: Request, session: Viewer) -> Response:
        """What was accepted and dismissed, with the reasons."""
        number, store = page_of(request), self._office.service.store
        rows = await self._office.ask(store.improvements.decisions)
        names = await self._office.ask(self._office.display_names)
        here = rows[number * CASES : (number + 1) * CASES]
        return page(
            request, "improve/decided.html", session,
            rows=here, number=number, more=len(rows) > (number + 1) * CASES, names=names,
            zone=self._office.service.content.city.profile.zone, done=request.query_params.get("done", ""),
        )  # fmt: skip
