"""The page on which a call becomes a golden talk of the draft."""

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.errors import ContentError
from voicebot.releases.texts import digest_of
from voicebot.web.staff.content.saving import Crossed, Refused, Saved, Wish
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Editor
from voicebot.web.staff.improving.bench import bench_of
from voicebot.web.staff.improving.deciding import TALKS
from voicebot.web.staff.improving.testing import LONGEST_NAME, CallTalk, default_name, shown, talk_of, written
from voicebot.web.staff.office import Office, author, page
from voicebot.web.staff.refusals import Refusal


def router(office: Office) -> APIRouter:
    """`improve/test?call=...`, and what is sent from it."""
    rooms, room = APIRouter(), KeepingCalls(office)
    rooms.get("/improve/test")(room.show)
    rooms.post("/improve/test")(room.keep)
    return rooms


class KeepingCalls:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Editor) -> Response:
        """The call as a talk, before it is kept."""
        call_id = request.query_params.get("call", "")
        return await self._page(request, session, call_id, done=request.query_params.get("done") == "kept")

    async def keep(self, request: Request, session: Editor) -> Response:
        """Into the draft."""
        form, office, who = await form_of(request), self._office, author(request, session)
        call_id, name = form.get("call", ""), " ".join(form.get("name", "").split())[:LONGEST_NAME]
        found = await self._talk(call_id)
        if found is None:
            return await self._page(request, session, call_id)
        if not name:
            return await self._page(request, session, call_id, code="improve.name")
        draft = await office.ask(office.library.draft)
        try:
            text = written(found, name, draft.files, wanted=form.get("wanted") == "1")
        except ContentError as error:
            messages = [fault.message for fault in error.faults[:3]]
            return await self._page(request, session, call_id, code="improve.refused", messages=messages)
        wish = Wish(TALKS, digest_of(draft.files.get(TALKS)), lambda began: text)
        outcome = await office.ask(lambda: bench_of(office).saving.save(who, [wish], f"会話の見本「{name}」を足す"))
        match outcome:
            case Saved():
                return RedirectResponse(f"test?{urlencode({'call': call_id, 'done': 'kept'})}", 303)
            case Refused(faults=faults):
                messages = [fault.message for fault in faults[:3]]
            case Crossed(by=by):
                messages = [by]
        return await self._page(request, session, call_id, code="improve.refused", messages=messages)

    async def _talk(self, call_id: str) -> CallTalk | None:
        """The call as a talk of the draft.

        Raises:
            Refusal: there is no such call, or the draft has faults.
        """
        office = self._office
        store, trials = office.service.store, bench_of(office).trials
        if await office.ask(lambda: store.call(call_id)) is None:
            raise Refusal(404, "staff.missing")
        draft = await office.ask(office.library.draft)
        try:
            trial = await office.ask(lambda: trials.of(draft.files))
        except ContentError as error:
            raise Refusal(409, "improve.faults") from error
        return await office.ask(lambda: talk_of(store.records(call_id), store.reviews.of_call(call_id), trial))

    async def _page(
        self, request: Request, session: Session, call_id: str, *,
        code: str = "", messages: list[str] | None = None, done: bool = False,
    ) -> Response:  # fmt: skip
        office = self._office
        call = await office.ask(lambda: office.service.store.call(call_id))
        found = await self._talk(call_id)
        zone = office.service.content.city.profile.zone
        name = default_name(call.started_at.astimezone(zone), found) if call and found else ""
        return page(
            request, "improve/test.html", session, status=400 if code else 200,
            call=call, found=found, lines=shown(found.session.lines) if found else [], name=name, code=code,
            messages=messages or [], done=done, zone=zone, path=TALKS,
        )  # fmt: skip
