"""Opening hours and holidays: a calendar month by month, its week and exceptions, and any moment as callers hear it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot import bootstrap
from voicebot.accounts.sessions import Session
from voicebot.city.load import City
from voicebot.city.load import load as load_city
from voicebot.editing.namings import CALENDARS
from voicebot.errors import ContentError, Fault
from voicebot.releases.library import Draft
from voicebot.releases.texts import Files, digest_of, digest_of_files
from voicebot.web.staff.content.departments_form import readable as departments
from voicebot.web.staff.content.faq_form import said
from voicebot.web.staff.content.hours_form import (
    FILE,
    MOST,
    SPARE,
    WeekForm,
    readable,
)
from voicebot.web.staff.content.month import heard, month, neighbours
from voicebot.web.staff.content.saving import Crossed, Outcome, Refused, Renamed, Saved, Saving, Wish
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Editor, Viewer
from voicebot.web.staff.office import Office, author, page

Messages = Mapping[str, Sequence[str]]


def router(office: Office) -> APIRouter:
    """`content/hours` and what is sent from it."""
    rooms, room = APIRouter(), Hours(office)
    rooms.get("/content/hours")(room.show)
    rooms.post("/content/hours/week")(room.save_week)
    rooms.post("/content/hours/delete")(room.delete)
    return rooms


class Hours:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._saving = Saving(office)
        self._known: tuple[str, City] | None = None

    async def show(self, request: Request, session: Viewer) -> Response:
        """A calendar, and what callers hear at a moment."""
        draft, query = await self._office.ask(self._saving.draft), request.query_params
        rows = readable(draft.files)
        name = query.get("calendar", "") or next(iter(rows), "")
        seen = digest_of(draft.files.get(FILE))
        form = WeekForm.of(name, rows[name], seen) if name in rows else WeekForm("", seen)
        if query.get("new"):
            form = WeekForm("", seen)
        return await self._show(request, session, draft, form)

    async def save_week(self, request: Request, session: Editor) -> Response:
        """Keep the week as it was typed."""
        form, who = WeekForm.sent(await form_of(request)), author(request, session)
        what = f"開庁時間「{form.name}」の曜日ごとの時間を直しました"
        wish = Wish(FILE, form.seen, form.applied)
        if not form.name:
            draft = await self._office.ask(self._saving.draft)
            return await self._show(request, session, draft, form, {"name": ["名前を書いてください。"]})
        if form.calendar and form.name != form.calendar:
            what = f"開庁時間「{form.calendar}」の名前を「{form.name}」に変えました"
            wish = Wish(FILE, form.seen, replace(form, calendar=form.name).applied)
            thing = Renamed(CALENDARS, form.calendar, form.name)
            outcome = await self._office.ask(lambda: self._saving.rename(who, wish, thing, what))
            return await self._week_done(request, session, form, outcome, "renamed")
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], what))
        return await self._week_done(request, session, form, outcome)

    async def delete(self, request: Request, session: Editor) -> Response:
        """Take a calendar away; refused while a department has it."""
        form, who = WeekForm.sent(await form_of(request)), author(request, session)
        wish = Wish(FILE, form.seen, form.removed)
        outcome = await self._office.ask(lambda: self._saving.save(who, [wish], f"開庁時間「{form.name}」を消しました"))
        if isinstance(outcome, Saved):
            return RedirectResponse("../hours?told=deleted", 303)
        rows = readable((await self._office.ask(self._saving.draft)).files)
        if form.calendar in rows:
            form = WeekForm.of(form.calendar, rows[form.calendar], form.seen)
        return await self._week_done(request, session, form, outcome)

    async def _week_done(
        self, request: Request, session: Session, form: WeekForm, outcome: Outcome, told: str = "saved"
    ) -> Response:
        if isinstance(outcome, Saved):
            return RedirectResponse(address_of("../hours", form.name, told=told), 303)
        draft = await self._office.ask(self._saving.draft)
        if isinstance(outcome, Refused):
            place = outcome.at(FILE, ("calendars", form.name)) if outcome.files else said(outcome.faults)
            whole = [message for messages in place.values() for message in messages]
            return await self._show(request, session, draft, form, {"": whole})
        fresh = WeekForm(
            form.calendar, digest_of(draft.files.get(FILE)), form.name, form.rows, form.based_on, form.after_holiday
        )
        rows = readable(draft.files)
        theirs = WeekForm.of(form.calendar, rows[form.calendar], "") if form.calendar in rows else None
        return await self._show(request, session, draft, fresh, crossed=outcome, theirs=theirs)

    async def _show(
        self,
        request: Request,
        session: Session,
        draft: Draft,
        form: WeekForm,
        wrong: Messages | None = None,
        *,
        crossed: Crossed | None = None,
        theirs: WeekForm | None = None,
    ) -> Response:
        query, now = request.query_params, self._office.service.now()
        first = _month(query.get("month", "")) or now.date().replace(day=1)
        city, faults = await self._office.ask(lambda: self._city(draft.files))
        moment = _moment(query.get("at", "")) or now.replace(tzinfo=None, second=0, microsecond=0)
        rows, calendar = readable(draft.files), city.calendars.get(form.calendar) if city else None
        told = list(heard(city, moment.replace(tzinfo=city.profile.zone), city.profile.languages)) if city else []
        before, after = neighbours(first)
        return page(
            request, "content/hours.html", session, status=409 if crossed else 422 if wrong else 200, form=form,
            wrong=wrong or {}, crossed=crossed, theirs=theirs, rows=rows, faults=faults, first=first, before=before,
            after=after, weeks=month(calendar, first) if calendar else [], today=now.date(), moment=moment, heard=told,
            used_by=[name for name, row in departments(draft.files).items() if row.hours == form.calendar],
            spare=range(len(form.rows), min(len(form.rows) + SPARE, MOST)), told=query.get("told", ""),
            may_edit=session.user.may("edit"),
        )  # fmt: skip

    def _city(self, files: Files) -> tuple[City | None, tuple[Fault, ...]]:
        """The draft's city, remembered; or why it cannot be loaded."""
        digest = digest_of_files(files)
        if self._known is None or self._known[0] != digest:
            try:
                self._known = (digest, load_city(files, bootstrap.reader()))
            except ContentError as error:
                return None, error.faults
        return self._known[1], ()


def address_of(page_: str, calendar: str, month_: str = "", told: str = "saved") -> str:
    """Where a form that was kept leads to."""
    query = {"calendar": calendar, "month": month_, "told": told}
    return f"{page_}?{urlencode({name: value for name, value in query.items() if value})}"


def _month(text: str) -> date | None:
    return day_in(f"{text}-01")


def day_in(text: str) -> date | None:
    """The day that an address names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(found.date(), time(found.hour, found.minute))
