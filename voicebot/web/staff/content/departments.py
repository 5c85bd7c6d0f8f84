"""The departments: their telephones, what comes when nobody answers, their hours and duties."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts.sessions import Session
from voicebot.editing.namings import DEPARTMENTS
from voicebot.errors import ContentError
from voicebot.releases.texts import Files, digest_of
from voicebot.web.staff.content.departments_form import FILE, DepartmentForm, departments_of, ladder, readable
from voicebot.web.staff.content.keyed import Keyed, Kind, Returned
from voicebot.web.staff.content.names import calendar_names
from voicebot.web.staff.content.saving import Saving
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, page
from voicebot.web.staff.refusals import Refusal


def router(office: Office) -> APIRouter:
    """`content/departments` and what is sent from it."""
    rooms, room, keyed = APIRouter(), Departments(office), Keyed(office, KIND, _page)
    rooms.get("/content/departments")(room.show)
    rooms.get("/content/departments/edit")(room.open)
    rooms.post("/content/departments/save")(keyed.save)
    rooms.post("/content/departments/delete")(keyed.delete)
    return rooms


class Departments:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._saving = Saving(office)

    async def show(self, request: Request, session: Viewer) -> Response:
        """All of them."""
        draft = await self._office.ask(self._saving.draft)
        faults: tuple[object, ...] = ()
        try:
            rows = departments_of(draft.files)
        except ContentError as error:
            rows, faults = {}, error.faults
        ways = {name: ladder(rows, name) for name in rows}
        told = request.query_params.get("told", "")
        return page(request, "content/departments.html", session, rows=rows, ways=ways, faults=faults, told=told)

    async def open(self, request: Request, session: Viewer) -> Response:
        """The form of a department, or an empty one."""
        draft, name = await self._office.ask(self._saving.draft), request.query_params.get("name", "")
        seen = digest_of(draft.files.get(FILE))
        found = _now(draft.files, name, seen) if name else DepartmentForm.new(seen)
        if found is None:
            raise Refusal(404, "staff.missing")
        return _page(request, session, draft.files, Returned(found, {}))


def _now(files: Files, name: str, seen: str) -> DepartmentForm | None:
    row = readable(files).get(name)
    return DepartmentForm.of(name, row, seen) if row else None


def _page(request: Request, session: Session, files: Files, shown: Returned[DepartmentForm]) -> Response:
    rows, form = readable(files), shown.form
    return page(
        request, "content/department_edit.html", session, status=shown.status, form=form, wrong=shown.wrong,
        crossed=shown.crossed, theirs=shown.theirs or {}, calendars=calendar_names(files),
        others=[name for name in rows if name != form.name], way=ladder(rows, form.name) if form.name else [],
        may_edit=session.user.may("edit"),
    )  # fmt: skip


KIND = Kind(
    FILE, "departments", "../departments", "課「{}」", "name", DepartmentForm.sent, _now, DEPARTMENTS,
    lambda form, files: tuple(readable(files)) if form.reword else None,
)  # fmt: skip
