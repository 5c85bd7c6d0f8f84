"""The page of the draft: what was changed, what the check finds, and publishing it now or at a chosen time.

Checking takes seconds, so it is not done on the threads that the other pages wait for.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.checking.findings import Finding
from voicebot.editing.differences import Difference, differences, file_label
from voicebot.errors import LibraryError
from voicebot.examination import TALK
from voicebot.releases.library import Draft
from voicebot.web.releasing import Published
from voicebot.web.staff.content.findings import PATIENCE_SECONDS, Looks
from voicebot.web.staff.forms import form_of, number_in
from voicebot.web.staff.guards import Editor, Publisher, Viewer
from voicebot.web.staff.office import Office, author, page, words_for

Changed = tuple[tuple[str, str, tuple[Difference, ...]], ...]
"""Path, what staff call it, and what differs."""
EDITS = 15
MOST_DIFFERENCES = 400
"""On a page; a whole imported FAQ is told by its beginning."""


def router(office: Office) -> APIRouter:
    """`content/draft` and what is sent from it."""
    rooms, room = APIRouter(), Drafts(office)
    rooms.get("/content/draft")(room.show)
    rooms.get("/content/draft/check")(room.check)
    rooms.post("/content/draft/publish")(room.publish)
    rooms.post("/content/draft/schedule")(room.schedule)
    rooms.post("/content/draft/approve")(room.approve)
    rooms.post("/content/draft/discard")(room.discard)
    rooms.post("/content/draft/take-back")(room.take_back)
    rooms.post("/content/draft/cancel")(room.cancel)
    return rooms


class Drafts:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office, self._library = office, office.library
        self._looks = Looks(office, hold_talks=True)

    async def show(self, request: Request, session: Viewer) -> Response:
        """The draft as it is now."""
        return await self._page(request, session)

    async def check(self, request: Request, session: Viewer) -> Response:
        """What the whole check finds; a part of the page that is asked for until the check has come to an end."""
        if (look := await self._looks.soon(PATIENCE_SECONDS)) is None:
            return page(request, "content/draft_checking.html", session, status=202)
        found = look[1]
        return page(
            request, "content/draft_check.html", session,
            findings=shown(found.findings), faults=len(found.faults), warnings=found.warnings, talks=found.talks,
            untrue=any(each.rule == TALK for each in found.findings),
        )  # fmt: skip

    async def publish(self, request: Request, session: Publisher) -> Response:
        """Put it in force now."""
        form, by = await form_of(request), session.user.name
        title = form.get("title", "").strip()[:200]
        if not title:
            return await self._page(request, session, code="draft_title_needed")
        try:
            done = await asyncio.to_thread(lambda: self._office.publishing.publish(title, by))
        except LibraryError as error:
            return await self._page(request, session, code=error.code, title=title)
        if done.release is None:
            return await self._page(request, session, code="draft_refused", refused=done, title=title)
        await self._note(request, session, "content.publish", str(done.release.number), title)
        return RedirectResponse(f"../releases?done={done.release.number}", 303)

    async def schedule(self, request: Request, session: Publisher) -> Response:
        """Put it in force at a chosen time."""
        form, by = await form_of(request), session.user.name
        title = form.get("title", "").strip()[:200]
        try:
            at = datetime.fromisoformat(form.get("at", "")).replace(tzinfo=self._office.service.now().tzinfo)
        except ValueError:
            return await self._page(request, session, code="content.past", title=title)
        if not title:
            return await self._page(request, session, code="draft_title_needed")
        try:
            plan, done = await asyncio.to_thread(lambda: self._office.publishing.schedule(at, by, title))
        except LibraryError as error:
            return await self._page(request, session, code=error.code, title=title)
        if plan is None:
            return await self._page(request, session, code="draft_refused", refused=done, title=title)
        await self._note(request, session, "content.schedule", str(plan.release), f"{title} {at:%Y-%m-%d %H:%M}")
        return RedirectResponse("../draft?done=scheduled", 303)

    async def approve(self, request: Request, session: Publisher) -> Response:
        """Somebody has looked at exactly this state, and found it good."""
        digest = (await form_of(request)).get("digest", "")

        def work() -> bool:
            if self._library.draft().digest != digest:
                return False
            self._library.approve(digest, session.user.name, self._office.service.now())
            return True

        if not await self._office.ask(work):
            return await self._page(request, session, code="draft_changed_meanwhile")
        await self._note(request, session, "content.approve", "", "")
        return RedirectResponse("../draft?done=approved", 303)

    async def discard(self, request: Request, session: Editor) -> Response:
        """Give one file, or all, the words that are in force; can be taken back."""
        path = (await form_of(request)).get("path", "")
        what = words_for(request, session).draft_discarded.format(file=file_label(path) if path else "").strip()
        paths = [path] if path else None
        return await self._edited(
            request, session, "content.discard", path,
            lambda: self._library.discard(session.user.name, self._office.service.now(), what, paths),
        )  # fmt: skip

    async def take_back(self, request: Request, session: Editor) -> Response:
        """Undo one edit; what was edited after it stays."""
        given = (await form_of(request)).get("edit", "")
        number = number_in(given) or 0
        what = words_for(request, session).draft_taken_back
        return await self._edited(
            request, session, "content.take_back", given,
            lambda: self._library.take_back(number, session.user.name, self._office.service.now(), what),
        )  # fmt: skip

    async def cancel(self, request: Request, session: Publisher) -> Response:
        """A plan is not to be carried out."""
        given = (await form_of(request)).get("plan", "")
        number = number_in(given) or 0
        if not await self._office.ask(lambda: self._library.settle(number, "cancelled")):
            return await self._page(request, session, code="draft_plan_gone")
        await self._note(request, session, "content.cancel", given, "")
        return RedirectResponse("../draft?done=cancelled", 303)

    async def _edited(
        self, request: Request, session: Session, deed: str, subject: str, work: Callable[[], object]
    ) -> Response:
        try:
            await self._office.ask(work)
        except LibraryError as error:
            return await self._page(request, session, code=error.code)
        await self._note(request, session, deed, subject, "")
        return RedirectResponse("../draft?done=edited", 303)

    async def _note(self, request: Request, session: Session, deed: str, subject: str, title: str) -> None:
        accounts, who = self._office.accounts, author(request, session)
        detail = {"title": title} if title else {}
        await self._office.ask(lambda: accounts.log.add(who, deed, subject, accounts.now(), **detail))

    async def _page(
        self, request: Request, session: Session, *, code: str = "", refused: Published | None = None, title: str = ""
    ) -> Response:
        values = await self._office.ask(lambda: self._values(session))
        return page(
            request, "content/draft.html", session, status=400 if code else 200, code=code, title=title,
            done=request.query_params.get("done", ""), findings=shown(refused.findings if refused else ()), **values,
        )  # fmt: skip

    def _values(self, session: Session) -> dict[str, Any]:
        library, draft = self._library, self._library.draft()
        current = library.in_force()
        valid = library.files(current.release) if current else {}
        found = differences(valid, draft.files)
        approvals = library.approvals(draft.digest)
        return {
            "current": current,
            "release": library.release(current.release) if current else None,
            "changes": grouped(found[:MOST_DIFFERENCES]),
            "count": len(found),
            "more": max(0, len(found) - MOST_DIFFERENCES),
            "draft": draft,
            "edits": library.edits(EDITS),
            "plans": library.plans(10),
            "approvals": sorted(approvals),
            "review": self._office.service.settings.content_review,
            "may_approve": session.user.may("publish") and session.user.name not in approvals,
            "display": self._office.display_names(),
            "editors": touched(draft, [each.path for each in found]),
        }


def grouped(found: tuple[Difference, ...]) -> Changed:
    """Differences by file."""
    return tuple((path, file_label(path), tuple(each)) for path, each in groupby(found, lambda one: one.path))


def touched(draft: Draft, paths: list[str]) -> dict[str, tuple[str, datetime]]:
    """Who changed each of these files of the draft last, and when."""
    return {path: (draft.touched[path].by, draft.touched[path].at) for path in paths if path in draft.touched}


def shown(findings: tuple[Finding, ...]) -> tuple[tuple[Finding, str], ...]:
    """Findings without the notes, with what staff call their file."""
    return tuple((each, file_label(each.path)) for each in findings if each.level != "note")
