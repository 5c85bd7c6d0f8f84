"""Words and readings: how the city's words are said, and which words the recogniser is told."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.errors import ContentError
from voicebot.releases.texts import Files, digest_of
from voicebot.web.staff.content.faq_form import said
from voicebot.web.staff.content.faq_table import flat
from voicebot.web.staff.content.readings_form import FILE, ReadingForm, lines_with, rows_of
from voicebot.web.staff.content.saving import Crossed, Outcome, Refused, Saved, Saving, Wish
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import needs
from voicebot.web.staff.office import Office, author, page

Viewer = Annotated[Session, Depends(needs("view"))]
Editor = Annotated[Session, Depends(needs("edit"))]
EXAMPLES = 10
ROWS = 200


def router(office: Office) -> APIRouter:
    """`content/words` and what is sent from it."""
    rooms, room = APIRouter(), Words(office)
    rooms.get("/content/words")(room.show)
    rooms.post("/content/words/save")(room.save)
    rooms.post("/content/words/delete")(room.delete)
    rooms.get("/content/words/vocabulary")(room.vocabulary)
    return rooms


class Words:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._saving = Saving(office)

    async def show(self, request: Request, session: Viewer) -> Response:
        """The readings, with the form of one of them."""
        draft, word = await self._office.ask(self._saving.draft), request.query_params.get("word", "")[:40]
        seen = digest_of(draft.files.get(FILE))
        row = rows_of(draft.files).get(word)
        form = ReadingForm.of(word, row, seen) if row else ReadingForm("", seen, {"word": word})
        return self._page(request, session, draft.files, form)

    async def save(self, request: Request, session: Editor) -> Response:
        """Keep a reading; when it cannot be, the form comes back as it was."""
        form, who = ReadingForm.sent(await form_of(request)), author(request, session)
        wrong = form.wrong()
        if wrong:
            draft = await self._office.ask(self._saving.draft)
            return self._page(request, session, draft.files, form, wrong)
        what = f"「{form.values['word']}」の読みを「{form.values['reading']}」にしました"
        wish = Wish(FILE, form.seen, form.applied)
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], what))
        return await self._done(request, session, form, outcome)

    async def delete(self, request: Request, session: Editor) -> Response:
        """Take a reading away: the voice's own dictionary decides again."""
        form, who = ReadingForm.sent(await form_of(request)), author(request, session)
        wish = Wish(FILE, form.seen, form.removed)
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], f"「{form.name}」の読みを消しました"))
        return await self._done(request, session, form, outcome)

    async def vocabulary(self, request: Request, session: Viewer) -> Response:
        """The words that the recogniser is told, most important first."""
        sought = request.query_params.get("words", "").strip()[:40]
        draft = await self._office.ask(self._saving.draft)
        words: tuple[str, ...] = ()
        faults: tuple[object, ...] = ()
        try:
            edition = await self._office.ask(lambda: self._office.publishing.edition(draft.files))
            words = edition.content.dialog.vocabulary
        except ContentError as error:
            faults = error.faults
        found = [word for word in words if not sought or flat(sought) in flat(word)]
        return page(
            request, "content/vocabulary.html", session, found=found[:ROWS], count=len(found), all=len(words),
            sought=sought, faults=faults,
        )  # fmt: skip

    async def _done(self, request: Request, session: Session, form: ReadingForm, outcome: Outcome) -> Response:
        if isinstance(outcome, Saved):
            return RedirectResponse("../words?told=saved", 303)
        draft = await self._office.ask(self._saving.draft)
        if isinstance(outcome, Refused):
            place = outcome.at(FILE, ("readings", form.values["word"])) if outcome.files else said(outcome.faults)
            return self._page(request, session, draft.files, form, place)
        row = rows_of(draft.files).get(form.name)
        theirs = ReadingForm.of(form.name, row, "").values if row else {}
        fresh = ReadingForm(form.name if row else "", digest_of(draft.files.get(FILE)), form.values)
        return self._page(request, session, draft.files, fresh, crossed=outcome, theirs=theirs)

    def _page(
        self,
        request: Request,
        session: Session,
        files: Files,
        form: ReadingForm,
        wrong: dict[str, list[str]] | None = None,
        *,
        crossed: Crossed | None = None,
        theirs: Mapping[str, str] | None = None,
    ) -> Response:
        word = form.values.get("word", "")
        found = lines_with(files, word) if word else ()
        return page(
            request, "content/words.html", session, status=409 if crossed else 422 if wrong else 200, form=form,
            wrong=wrong or {}, crossed=crossed, theirs=theirs or {}, rows=rows_of(files), examples=found[:EXAMPLES],
            uses=len(found), told=request.query_params.get("told", ""), may_edit=session.user.may("edit"),
        )  # fmt: skip
