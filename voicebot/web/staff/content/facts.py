"""The city's values: fees, telephone numbers, dates that texts say by their name."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.errors import ContentError
from voicebot.releases.texts import Files, digest_of
from voicebot.web.staff.content.facts_form import FILE, FactForm, fact_lines, rows_of, uses
from voicebot.web.staff.content.faq_form import said
from voicebot.web.staff.content.faq_table import EXPIRIES
from voicebot.web.staff.content.names import department_names
from voicebot.web.staff.content.saving import Crossed, Outcome, Refused, Saved, Saving, Wish
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import needs
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal

Viewer = Annotated[Session, Depends(needs("view"))]
Editor = Annotated[Session, Depends(needs("edit"))]
ROWS = 100
USES = 50


def router(office: Office) -> APIRouter:
    """`content/facts` and what is sent from it."""
    rooms, room = APIRouter(), Facts(office)
    rooms.get("/content/facts")(room.show)
    rooms.get("/content/facts/edit")(room.open)
    rooms.post("/content/facts/save")(room.save)
    rooms.post("/content/facts/delete")(room.delete)
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
        number = query.get("page", "1")
        pages = max((len(found) + ROWS - 1) // ROWS, 1)
        at = min(max(int(number), 1), pages) if number.isdecimal() and len(number) < 6 else 1
        return page(
            request, "content/facts.html", session, found=found[(at - 1) * ROWS : at * ROWS], count=len(found),
            owners=owners, faults=faults, words_sought=words, owner=owner, expiry=expiry, told=query.get("told", ""),
            at=at, pages=pages,
        )  # fmt: skip

    async def open(self, request: Request, session: Viewer) -> Response:
        """The form of a value, or an empty one."""
        draft, name = await self._office.ask(self._saving.draft), request.query_params.get("name", "")
        form = FactForm(seen=digest_of(draft.files.get(FILE)))
        if name:
            try:
                row = rows_of(draft.files).get(name)
            except ContentError:
                row = None
            if row is None:
                raise Refusal(404, "staff.missing")
            form = FactForm.of(name, row, form.seen)
        return self._form(request, session, draft.files, form)

    async def save(self, request: Request, session: Editor) -> Response:
        """Keep what was typed; when it cannot be, the form comes back as it was."""
        form, who = FactForm.sent(await form_of(request)), author(request, session)
        draft = await self._office.ask(self._saving.draft)
        wrong = form.wrong()
        if wrong:
            return self._form(request, session, draft.files, form, wrong)
        what = f"値「{form.values['name']}」を{'直しました' if form.name else '足しました'}"
        wish = Wish(FILE, form.seen, form.applied)
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], what))
        return await self._done(request, session, form, outcome, "saved")

    async def delete(self, request: Request, session: Editor) -> Response:
        """Take a value away; refused while a text says it."""
        form, who = FactForm.sent(await form_of(request)), author(request, session)
        wish = Wish(FILE, form.seen, form.removed)
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], f"値「{form.name}」を消しました"))
        if not isinstance(outcome, Saved):
            draft = await self._office.ask(self._saving.draft)
            row = rows_of(draft.files).get(form.name)
            form = FactForm.of(form.name, row, form.seen) if row else form
        return await self._done(request, session, form, outcome, "deleted")

    async def _done(self, request: Request, session: Session, form: FactForm, outcome: Outcome, told: str) -> Response:
        if isinstance(outcome, Saved):
            return RedirectResponse(f"../facts?told={told}", 303)
        draft = await self._office.ask(self._saving.draft)
        if isinstance(outcome, Refused):
            place = outcome.at(FILE, ("facts", form.values["name"])) if outcome.files else said(outcome.faults)
            return self._form(request, session, draft.files, form, place)
        row = rows_of(draft.files).get(form.name)
        theirs = FactForm.of(form.name, row, "").values if row else {}
        fresh = FactForm(form.name, digest_of(draft.files.get(FILE)), form.values)
        return self._form(request, session, draft.files, fresh, crossed=outcome, theirs=theirs)

    def _form(
        self,
        request: Request,
        session: Session,
        files: Files,
        form: FactForm,
        wrong: dict[str, list[str]] | None = None,
        *,
        crossed: Crossed | None = None,
        theirs: Mapping[str, str] | None = None,
    ) -> Response:
        found = tuple(uses(files, form.name)) if form.name else ()
        return page(
            request, "content/fact_edit.html", session, status=409 if crossed else 422 if wrong else 200, form=form,
            wrong=wrong or {}, crossed=crossed, theirs=theirs or {}, departments=department_names(files),
            uses=found[:USES], more=max(len(found) - USES, 0), may_edit=session.user.may("edit"),
        )  # fmt: skip
