"""Exceptions of opening hours by date: the form of one of them."""

from collections.abc import Mapping, Sequence
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.releases.texts import digest_of
from voicebot.web.staff.content.faq_form import said
from voicebot.web.staff.content.hours import address_of, day_in
from voicebot.web.staff.content.hours_form import FILE, YEAR_END, SpecialForm, readable
from voicebot.web.staff.content.saving import Crossed, Outcome, Refused, Saved, Saving, Wish
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Editor, Viewer
from voicebot.web.staff.office import Office, author, page, words_for
from voicebot.web.staff.refusals import Refusal

Messages = Mapping[str, Sequence[str]]


def router(office: Office) -> APIRouter:
    """`content/hours/special` and what is sent from it."""
    rooms, room = APIRouter(), Specials(office)
    rooms.get("/content/hours/special")(room.open)
    rooms.post("/content/hours/special")(room.save)
    rooms.post("/content/hours/special/delete")(room.delete)
    return rooms


class Specials:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._saving = Saving(office)

    async def open(self, request: Request, session: Viewer) -> Response:
        """The form of an exception, or an empty one, for a day or for the end of the year."""
        draft, query = await self._office.ask(self._saving.draft), request.query_params
        name, at, day = query.get("calendar", ""), query.get("at", ""), day_in(query.get("date", ""))
        rows, seen = readable(draft.files), digest_of(draft.files.get(FILE))
        if name not in rows:
            raise Refusal(404, "staff.missing")
        form = SpecialForm(name, seen, None, {"date": _written(day) if day else ""})
        if query.get("year_end"):
            form = SpecialForm(name, seen, None, YEAR_END)
        if at:
            special = rows[name].special
            if not at.isdecimal() or int(at[:4]) >= len(special):
                raise Refusal(404, "staff.missing")
            form = SpecialForm.of(name, int(at[:4]), special[int(at[:4])], seen)
        return self._form(request, session, form)

    async def save(self, request: Request, session: Editor) -> Response:
        """Keep the exception as it was typed."""
        form, who = SpecialForm.sent(await form_of(request)), author(request, session)
        if form.lacks_reason:
            return self._form(request, session, form, {"reason_ja": [words_for(request, session).hours_reason_needed]})
        what = f"開庁時間「{form.calendar}」の{form.values['date']}を「{form.values['hours']}」にしました"
        wish = Wish(FILE, form.seen, form.applied)
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], what))
        return await self._done(request, session, form, outcome)

    async def delete(self, request: Request, session: Editor) -> Response:
        """Take an exception away."""
        form, who = SpecialForm.sent(await form_of(request)), author(request, session)
        what = f"開庁時間「{form.calendar}」の{form.values['date']}の特別な時間を消しました"
        wish = Wish(FILE, form.seen, form.removed)
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], what))
        return await self._done(request, session, form, outcome, up="../")

    async def _done(
        self, request: Request, session: Session, form: SpecialForm, outcome: Outcome, up: str = ""
    ) -> Response:
        if isinstance(outcome, Saved):
            return RedirectResponse(
                address_of(f"{up}../hours", form.calendar, request.query_params.get("month", "")), 303
            )
        if isinstance(outcome, Refused):
            where = ("calendars", form.calendar, "special", form.at if form.at is not None else _last(outcome, form))
            place = outcome.at(FILE, where) if outcome.files else said(outcome.faults)
            return self._form(request, session, form, place)
        draft = await self._office.ask(self._saving.draft)
        special = readable(draft.files)[form.calendar].special if form.calendar in readable(draft.files) else ()
        at = form.at if form.at is not None and form.at < len(special) else None
        theirs = SpecialForm.of(form.calendar, at, special[at], "").values if at is not None else {}
        fresh = SpecialForm(form.calendar, digest_of(draft.files.get(FILE)), at, form.values)
        return self._form(request, session, fresh, crossed=outcome, theirs=theirs)

    def _form(
        self,
        request: Request,
        session: Session,
        form: SpecialForm,
        wrong: Messages | None = None,
        *,
        crossed: Crossed | None = None,
        theirs: Mapping[str, str] | None = None,
    ) -> Response:
        return page(
            request, "content/special_edit.html", session, status=409 if crossed else 422 if wrong else 200, form=form,
            wrong=wrong or {}, crossed=crossed, theirs=theirs or {}, may_edit=session.user.may("edit"),
            month=request.query_params.get("month", "")[:7],
        )  # fmt: skip


def _last(outcome: Refused, form: SpecialForm) -> int:
    """The place of an exception that was added: the last."""
    rows = readable(outcome.files)
    return len(rows[form.calendar].special) - 1 if form.calendar in rows else 0


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
