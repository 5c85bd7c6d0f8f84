"""The city's values: fees, telephone numbers, dates that texts say by their name."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts.sessions import Session
from voicebot.editing.differences import file_label
from voicebot.editing.namings import FACTS
from voicebot.errors import ContentError
from voicebot.releases.texts import Files, digest_of
from voicebot.web.staff.content.facts_form import FILE, FactForm, fact_lines, rows_of, uses
from voicebot.web.staff.content.faq_table import EXPIRIES
from voicebot.web.staff.content.keyed import Keyed, Kind, Returned
from voicebot.web.staff.content.names import department_names
from voicebot.web.staff.content.paging import place
from voicebot.web.staff.content.saving import Saving
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, page
from voicebot.web.staff.refusals import Refusal

ROWS = 100
USES = 50


def router(office: Office) -> APIRouter:
    """`content/facts` and what is sent from it."""
    rooms, room, keyed = APIRouter(), Facts(office), Keyed(office, KIND, _page)
    rooms.get("/content/facts")(room.show)
    rooms.get("/content/facts/edit")(room.open)
    rooms.post("/content/facts/save")(keyed.save)
    rooms.post("/content/facts/delete")(keyed.delete)
    return rooms


class Facts:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._saving = Saving(office)

    async def show(self, request: Request, session: Viewer) -> Response:
        """The values."""
        query, today = request.query_params, self._office.service.now().date()
        words, owner = query.get("words", "")[:80], query.get("owner", "")[:80]
        expiry = query.get("expiry", "") if query.get("expiry", "") in EXPIRIES else ""
        draft = await self._office.ask(self._saving.draft)
        found, owners, faults = await self._office.ask(lambda: fact_lines(draft.files, today, words, owner, expiry))
        at, pages = place(query.get("page", ""), len(found), ROWS)
        return page(
            request, "content/facts.html", session, found=found[(at - 1) * ROWS : at * ROWS], count=len(found),
            owners=owners, faults=faults, words_sought=words, owner=owner, expiry=expiry, told=query.get("told", ""),
            at=at, pages=pages,
        )  # fmt: skip

    async def open(self, request: Request, session: Viewer) -> Response:
        """The form of a value, or an empty one."""
        draft, name = await self._office.ask(self._saving.draft), request.query_params.get("name", "")
        form = FactForm(seen=digest_of(draft.files.get(FILE)))
        found = _now(draft.files, name, form.seen) if name else form
        if found is None:
            raise Refusal(404, "staff.missing")
        return _page(request, session, draft.files, Returned(found, {}))


def _now(files: Files, name: str, seen: str) -> FactForm | None:
    try:
        row = rows_of(files).get(name)
    except ContentError:
        return None
    return FactForm.of(name, row, seen) if row else None


def _page(request: Request, session: Session, files: Files, shown: Returned[FactForm]) -> Response:
    found = tuple(uses(files, shown.form.name)) if shown.form.name else ()
    return page(
        request, "content/fact_edit.html", session, status=shown.status, form=shown.form, wrong=shown.wrong,
        crossed=shown.crossed, theirs=shown.theirs or {}, departments=department_names(files), uses=found[:USES],
        more=max(len(found) - USES, 0), file_label=file_label, may_edit=session.user.may("edit"),
    )  # fmt: skip


KIND = Kind(FILE, "facts", "../facts", "値「{}」", "name", FactForm.sent, _now, FACTS)
