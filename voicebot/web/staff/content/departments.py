"""The departments: their telephones, what comes when nobody answers, their hours and duties."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.errors import ContentError
from voicebot.releases.texts import Files, digest_of
from voicebot.web.staff.content.departments_form import FILE, DepartmentForm, departments_of, ladder, readable
from voicebot.web.staff.content.faq_form import said
from voicebot.web.staff.content.names import calendar_names
from voicebot.web.staff.content.saving import Crossed, Outcome, Refused, Saved, Saving, Wish
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import needs
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal

Viewer = Annotated[Session, Depends(needs("view"))]
Editor = Annotated[Session, Depends(needs("edit"))]


def router(office: Office) -> APIRouter:
    """`content/departments` and what is sent from it."""
    rooms, room = APIRouter(), Departments(office)
    rooms.get("/content/departments")(room.show)
    rooms.get("/content/departments/edit")(room.open)
    rooms.post("/content/departments/save")(room.save)
    rooms.post("/content/departments/delete")(room.delete)
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
        form = DepartmentForm.new(seen)
        if name:
            row = readable(draft.files).get(name)
            if row is None:
                raise Refusal(404, "staff.missing")
            form = DepartmentForm.of(name, row, seen)
        return self._form(request, session, draft.files, form)

    async def save(self, request: Request, session: Editor) -> Response:
        """Keep what was typed; when it cannot be, the form comes back as it was."""
        form, who = DepartmentForm.sent(await form_of(request)), author(request, session)
        draft = await self._office.ask(self._saving.draft)
        wrong = form.wrong()
        if wrong:
            return self._form(request, session, draft.files, form, wrong)
        what = f"課「{form.values['name']}」を{'直しました' if form.name else '足しました'}"
        wish = Wish(FILE, form.seen, form.applied)
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], what))
        return await self._done(request, session, form, outcome, "saved")

    async def delete(self, request: Request, session: Editor) -> Response:
        """Take a department away; refused while something names it."""
        form, who = DepartmentForm.sent(await form_of(request)), author(request, session)
        wish = Wish(FILE, form.seen, form.removed)
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], f"課「{form.name}」を消しました"))
        if not isinstance(outcome, Saved):
            row = readable((await self._office.ask(self._saving.draft)).files).get(form.name)
            form = DepartmentForm.of(form.name, row, form.seen) if row else form
        return await self._done(request, session, form, outcome, "deleted")

    async def _done(
        self, request: Request, session: Session, form: DepartmentForm, outcome: Outcome, told: str
    ) -> Response:
        if isinstance(outcome, Saved):
            return RedirectResponse(f"../departments?told={told}", 303)
        draft = await self._office.ask(self._saving.draft)
        if isinstance(outcome, Refused):
            place = outcome.at(FILE, ("departments", form.values["name"])) if outcome.files else said(outcome.faults)
            return self._form(request, session, draft.files, form, place)
        row = readable(draft.files).get(form.name)
        theirs = DepartmentForm.of(form.name, row, "").values if row else {}
        fresh = DepartmentForm(form.name, digest_of(draft.files.get(FILE)), form.values)
        return self._form(request, session, draft.files, fresh, crossed=outcome, theirs=theirs)

    def _form(
        self,
        request: Request,
        session: Session,
        files: Files,
        form: DepartmentForm,
        wrong: dict[str, list[str]] | None = None,
        *,
        crossed: Crossed | None = None,
        theirs: Mapping[str, str] | None = None,
    ) -> Response:
        rows = readable(files)
        return page(
            request, "content/department_edit.html", session, status=409 if crossed else 422 if wrong else 200,
            form=form, wrong=wrong or {}, crossed=crossed, theirs=theirs or {}, calendars=calendar_names(files),
            others=[name for name in rows if name != form.name], way=ladder(rows, form.name) if form.name else [],
            may_edit=session.user.may("edit"),
        )  # fmt: skip
