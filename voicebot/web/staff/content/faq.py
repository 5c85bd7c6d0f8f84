"""The FAQ: the table, and the form of one entry."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.city.facts import pieces
from voicebot.documents import parse, read
from voicebot.editing.faq_changes import FOLDER
from voicebot.editing.faq_entries import added, changed, deleted, entry_named
from voicebot.errors import ContentError
from voicebot.faq.load import FaqFile
from voicebot.faq.rows import Row
from voicebot.releases.texts import Files, digest_of
from voicebot.web.staff.content.facts_form import values_of
from voicebot.web.staff.content.faq_form import FaqForm, said
from voicebot.web.staff.content.faq_table import Choice, faq_files, listed
from voicebot.web.staff.content.names import department_names
from voicebot.web.staff.content.saving import Crossed, Outcome, Refused, Saved, Saving, Wish
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Editor, Viewer
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal

Messages = dict[str, list[str]]


def router(office: Office) -> APIRouter:
    """`content/faq` and what is sent from it."""
    rooms, room = APIRouter(), Faq(office)
    rooms.get("/content/faq")(room.show)
    rooms.get("/content/faq/edit")(room.open)
    rooms.post("/content/faq/save")(room.save)
    rooms.post("/content/faq/delete")(room.delete)
    return rooms


class Faq:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._saving = Saving(office)

    async def show(self, request: Request, session: Viewer) -> Response:
        """The table."""
        choice = Choice.of(request.query_params)
        today = self._office.service.now().date()
        draft = await self._office.ask(self._saving.draft)
        found = await self._office.ask(lambda: listed(draft.files, choice, today))
        values = await self._office.ask(lambda: values_of(draft.files))
        told = request.query_params.get("told", "")
        return page(
            request, "content/faq.html", session, choice=choice, found=found, told=told, pieces=pieces, values=values
        )

    async def open(self, request: Request, session: Viewer) -> Response:
        """The form of an entry, or an empty one."""
        draft = await self._office.ask(self._saving.draft)
        path, name = request.query_params.get("path", ""), request.query_params.get("name", "")
        department = request.query_params.get("department", "")
        form = FaqForm(values={"department": department})
        if name:
            text = faq_files(draft.files).get(path)
            if text is None:
                raise Refusal(404, "staff.missing")
            try:
                form = FaqForm.of(entry_named(text, path, name), digest_of(text))
            except ContentError as error:
                raise Refusal(404, "staff.missing") from error
        return self._form(request, session, draft.files, form)

    async def save(self, request: Request, session: Editor) -> Response:
        """Keep what was typed; when it cannot be, the form comes back as it was."""
        form = FaqForm.sent(await form_of(request))
        draft = await self._office.ask(self._saving.draft)
        row, wrong = form.row()
        if wrong:
            return self._form(request, session, draft.files, form, wrong)
        wishes = _wishes(draft.files, form, row)
        deed = "直しました" if form.name else "足しました"
        who = author(request, session)
        outcome = await self._office.ask(lambda: self._saving.save(who, wishes, f"FAQ「{row.question}」を{deed}"))
        if isinstance(outcome, Saved):
            return RedirectResponse("../faq?told=saved", 303)
        return await self._returned(request, session, form, row, wishes[-1].path, outcome)

    async def delete(self, request: Request, session: Editor) -> Response:
        """Take an entry away."""
        fields = await form_of(request)
        form, who = FaqForm.sent(fields), author(request, session)
        if not form.from_path.startswith(FOLDER):
            raise Refusal(400, "staff.form")
        wish = Wish(form.from_path, form.seen, lambda text: deleted(text, form.from_path, form.name))
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], f"FAQ「{form.name}」を消しました"))
        if isinstance(outcome, Saved):
            return RedirectResponse("../faq?told=deleted", 303)
        return await self._returned(request, session, form, form.row()[0], form.from_path, outcome)

    async def _returned(
        self, request: Request, session: Session, form: FaqForm, row: Row, path: str, outcome: Outcome
    ) -> Response:
        """The form as it was typed, with why it could not be kept."""
        draft = await self._office.ask(self._saving.draft)
        if isinstance(outcome, Crossed):
            text = draft.files.get(outcome.path, "")
            theirs = _values(text, outcome.path, form.name)
            fresh = FaqForm(form.path, form.name, form.from_path, digest_of(text) if text else "", form.values)
            return self._form(request, session, draft.files, fresh, crossed=outcome, theirs=theirs)
        assert isinstance(outcome, Refused)  # noqa: S101  what was saved is handled before
        messages = said(outcome.faults)
        try:
            at = entry_named(outcome.files.get(path, ""), path, row.question).at
            messages = outcome.at(path, ("entries", at))
        except ContentError:
            pass
        return self._form(request, session, draft.files, form, messages)

    def _form(
        self,
        request: Request,
        session: Session,
        files: Files,
        form: FaqForm,
        wrong: Messages | None = None,
        *,
        crossed: Crossed | None = None,
        theirs: Mapping[str, str] | None = None,
    ) -> Response:
        status = 409 if crossed else 422 if wrong else 200
        where = _place(files, form)
        return page(
            request, "content/faq_edit.html", session, status=status, form=form, wrong=wrong or {}, crossed=crossed,
            theirs=theirs or {}, departments=department_names(files), homes=_homes(files), where=where,
            may_edit=session.user.may("edit"),
        )  # fmt: skip


def _wishes(files: Files, form: FaqForm, row: Row) -> list[Wish]:
    """What shall become of which file: the entry changed where it is, or taken from one file into another."""
    homes = _homes(files)
    home = form.path if form.path.startswith(FOLDER) else next(
        (path for path, department in homes.items() if department == row.department), f"{FOLDER}{row.department}.yaml"
    )  # fmt: skip
    if form.name and form.from_path == home:
        return [Wish(home, form.seen, lambda text: changed(text, home, form.name, row))]
    into = Wish(home, digest_of(files.get(home)), lambda text: added(text, home, row))
    if not form.name:
        return [into]
    return [Wish(form.from_path, form.seen, lambda text: deleted(text, form.from_path, form.name)), into]


def _homes(files: Files) -> dict[str, str]:
    """The department of each file of the FAQ."""
    found: dict[str, str] = {}
    for path, text in faq_files(files).items():
        try:
            found[path] = parse(read(text, path), FaqFile).department
        except ContentError:
            continue
    return found


def _values(text: str, path: str, name: str) -> Mapping[str, str]:
    """What somebody else has made of the entry; nothing when it is gone."""
    try:
        return FaqForm.of(entry_named(text, path, name), "").values
    except ContentError:
        return {}


def _place(files: Files, form: FaqForm) -> str:
    """Where the entry stands in its file, for what the check finds about it."""
    path = form.from_path
    try:
        return f"entries.{entry_named(files.get(path, ''), path, form.name).at}" if form.name else ""
    except ContentError:
        return ""
