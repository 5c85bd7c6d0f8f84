"""The list of calls, and the way to the next one that nobody has listened to."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.city.telephone_numbers import readable
from voicebot.transcripts.call_list import Place
from voicebot.transcripts.outcome import CALL_OUTCOMES
from voicebot.transcripts.reviews import REVIEW_OUTCOMES
from voicebot.transcripts.word_search import words_in
from voicebot.web.staff.calls.filters import SURE, Filters, place_in, place_text
from voicebot.web.staff.calls.marking import marked
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, page, veil_of

ROWS = 50


def router(office: Office) -> APIRouter:
    """`calls` and `calls/next`."""
    rooms, room = APIRouter(), Listing(office)
    rooms.get("/calls")(room.show)
    rooms.get("/calls/next")(room.onward)
    return rooms


class Listing:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Viewer) -> Response:
        """The list."""
        office, filters = self._office, filters_of(request, session)
        veil, city = veil_of(request, session), office.service.content.city
        zone = city.profile.zone
        listing, after = office.service.store.listing, place_in(request.query_params.get("after", ""))
        found = await office.ask(lambda: listing.page(filters.choice(zone), veil, after, ROWS))
        today = office.service.now().astimezone(zone).date()
        return page(
            request, "calls/list.html", session,
            filters=filters, found=found, rows=found.rows, zone=zone, marked=marked, sought=words_in(filters["q"]),
            older=place_text(found.next), later=after is not None, readable=readable, personal=veil.lifted,
            departments=[each.name for each in city.departments], languages=city.profile.languages, sure=SURE,
            outcomes=CALL_OUTCOMES, judgements=[each for each in REVIEW_OUTCOMES if each],
            days={"today": today, "yesterday": today - timedelta(days=1), "week": today - timedelta(days=6)},
            none_left=request.query_params.get("end") == "1",
        )  # fmt: skip

    async def onward(self, request: Request, session: Viewer) -> Response:
        """To the next call of the list that has not been reviewed; back to the list when there is none."""
        office, filters = self._office, filters_of(request, session)
        veil, listing = veil_of(request, session), office.service.store.listing
        choice, behind = filters.choice(office.service.content.city.profile.zone), request.query_params.get("after", "")
        found = await office.ask(lambda: listing.next_unreviewed(choice, veil, behind))
        if found is None:
            return RedirectResponse(f"../calls?{filters.query(end=1)}", 303)
        if isinstance(found, Place):  # the list says how far the search came, and goes on
            return RedirectResponse(f"../calls?{filters.query(after=place_text(found))}", 303)
        return RedirectResponse(f"{found}?{filters.query()}", 303)


def filters_of(request: Request, session: Session) -> Filters:
    """The filters in a request's address."""
    return Filters.of(request.query_params, personal=session.user.may("see_personal"))
