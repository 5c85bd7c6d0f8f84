"""The FAQ in from Excel or CSV, with a look at every change first, and out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.city.facts import fill
from voicebot.editing.faq_changes import applied
from voicebot.errors import TableError
from voicebot.faq import table_export
from voicebot.faq.changes import Plan, plan
from voicebot.faq.table_import import Imported, imported
from voicebot.faq.table_import import Office as TableOffice
from voicebot.releases.texts import Files, digest_of, digest_of_files
from voicebot.sheets.reading import read_tables
from voicebot.sheets.writing import csv_bytes, workbook_bytes
from voicebot.web.staff.content.facts_form import values_of
from voicebot.web.staff.content.faq_table import Choice, chosen, entries_of, faq_files
from voicebot.web.staff.content.names import department_names, other_names
from voicebot.web.staff.content.saving import Crossed, Refused, Saving, Wish
from voicebot.web.staff.content.uploads import Uploads
from voicebot.web.staff.forms import Upload, form_of, upload_of
from voicebot.web.staff.guards import Editor, Viewer
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal

SHEET = "FAQ"
SHOWN = 200
"""So many new, changed, missing and faulty rows are shown; the rest is counted."""
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table would change."""

    name: str
    found: Imported
    plan: Plan
    digest: str
    """Of the FAQ's files that it was compared with."""


def router(office: Office) -> APIRouter:
    """`content/faq/import` and `content/faq/export`."""
    rooms, room = APIRouter(), FaqImport(office)
    rooms.get("/content/faq/import")(room.ask)
    rooms.post("/content/faq/import")(room.look)
    rooms.post("/content/faq/import/apply")(room.apply)
    rooms.get("/content/faq/export")(room.export)
    return rooms


class FaqImport:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._saving = Saving(office)
        self._uploads = Uploads()

    async def ask(self, request: Request, session: Editor) -> Response:
        """Which file?"""
        return await self._page(request, session)

    async def look(self, request: Request, session: Editor) -> Response:
        """What the file would change."""
        fields, upload = await form_of(request), await upload_of(request)
        if upload is None:
            return await self._page(request, session, told="faq_no_file", status=422)
        name = self._uploads.keep(upload, session.user.name, self._office.accounts.now())
        return await self._preview(request, session, upload, name, fields.get("department", ""))

    async def apply(self, request: Request, session: Editor) -> Response:
        """Bring it into the draft, if it is still what was looked at."""
        fields, who = await form_of(request), author(request, session)
        name, department = fields.get("upload", ""), fields.get("department", "")
        upload = self._uploads.of(name, session.user.name, self._office.accounts.now())
        if upload is None:
            return await self._page(request, session, told="faq_upload_gone", status=409)
        draft = await self._office.ask(self._saving.draft)
        try:
            preview = await self._office.ask(lambda: previewed(upload, draft.files, department))
        except TableError as error:
            return await self._page(request, session, problem=error.message, status=422)
        if preview.digest != fields.get("digest"):
            return await self._preview(request, session, upload, name, department, told="faq_changed_meanwhile")
        if preview.found.bad_rows and fields.get("leave_out") != "yes":
            return await self._preview(request, session, upload, name, department, told="faq_bad_rows_first")
        wishes = _wishes(preview.plan, draft.files)
        count = len(preview.plan.new) + len(preview.plan.changed)
        outcome = await self._office.ask(
            lambda: self._saving.save(who, wishes, f"FAQの表「{upload.name}」から{count}件を取り込みました")
        )
        if isinstance(outcome, Refused):
            problem = "\n".join(str(fault) for fault in outcome.faults)
            return await self._preview(request, session, upload, name, department, problem=problem)
        if isinstance(outcome, Crossed):
            return await self._preview(request, session, upload, name, department, told="faq_changed_meanwhile")
        self._uploads.drop(name)
        return RedirectResponse("../../faq?told=imported", 303)

    async def export(self, request: Request, session: Viewer) -> Response:
        """The entries that were looked for, as a table."""
        choice, kind = Choice.of(request.query_params), request.query_params.get("kind", "xlsx")
        if kind not in KINDS:
            raise Refusal(404, "staff.missing")
        today = self._office.service.now().date()

        def made() -> bytes:
            rows = table_export.rows(chosen(self._saving.draft().files, choice, today))
            header = table_export.HEADER
            return workbook_bytes(SHEET, header, rows) if kind == "xlsx" else csv_bytes(header, rows)

        name = f"FAQ-{today.isoformat()}.{kind}"
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
        return Response(await self._office.ask(made), media_type=KINDS[kind], headers=headers)

    async def _preview(
        self,
        request: Request,
        session: Session,
        upload: Upload,
        name: str,
        department: str,
        *,
        told: str = "",
        problem: str = "",
    ) -> Response:
        draft = await self._office.ask(self._saving.draft)
        try:
            preview = await self._office.ask(lambda: previewed(upload, draft.files, department))
        except TableError as error:
            return await self._page(request, session, problem=error.message, status=422)
        return page(
            request, "content/faq_import.html", session, status=409 if told or problem else 200, preview=preview,
            upload=name, department=department, departments=department_names(draft.files), told=told, problem=problem,
            shown=SHOWN,
        )  # fmt: skip

    async def _page(
        self, request: Request, session: Session, *, told: str = "", problem: str = "", status: int = 200
    ) -> Response:
        draft = await self._office.ask(self._saving.draft)
        return page(
            request, "content/faq_import.html", session, status=status, preview=None, upload="", department="",
            departments=department_names(draft.files), told=told, problem=problem, shown=SHOWN,
        )  # fmt: skip


def previewed(upload: Upload, files: Files, department: str = "") -> Preview:
    """What the table would change in the FAQ as it is.

    Raises:
        TableError: it is no table with questions and answers.
    """
    written, _ = entries_of(files)
    own = {one.entry.question: one.department for one in written}
    found = imported(read_tables(upload.name, upload.data), TableOffice(other_names(files), own, department))
    values = values_of(files)
    changes = plan(written, found.rows, lambda text: fill(text, values))
    return Preview(upload.name, found, changes, digest_of_files(faq_files(files)))


def _wishes(changes: Plan, files: Files) -> Sequence[Wish]:
    def wish(path: str, text: str) -> Wish:
        return Wish(path, digest_of(files.get(path)), lambda _: text)

    return [wish(path, text) for path, text in applied(changes, faq_files(files)).items()]
