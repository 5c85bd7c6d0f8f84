"""The accounts of all, and the audit log; for administrators."""

import secrets
from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.audit import Author
from voicebot.accounts.roles import ROLES, Role
from voicebot.accounts.sessions import Session
from voicebot.accounts.users import User
from voicebot.errors import AccountError
from voicebot.web.staff.forms import form_of, number_in
from voicebot.web.staff.guards import Administrator
from voicebot.web.staff.noted import details, subject
from voicebot.web.staff.office import Office, author, page, words_for

ROWS = 100
"""Of the audit log on a page."""


def router(office: Office) -> APIRouter:
    """`accounts`, what is sent from it, and `audit`."""
    rooms, room = APIRouter(), People(office)
    rooms.get("/accounts")(room.show)
    rooms.post("/accounts/add")(room.add)
    rooms.post("/accounts/{name}/change")(room.change)
    rooms.post("/accounts/{name}/password")(room.reset)
    rooms.post("/accounts/{name}/{deed}")(room.switch)
    rooms.get("/audit")(room.log)
    return rooms


class People:
    """The rooms.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Administrator) -> Response:
        """Everybody."""
        return await self._page(request, session)

    async def add(self, request: Request, session: Administrator) -> Response:
        """A new account with a temporary password, which is shown once."""
        form, accounts, who = await form_of(request), self._office.accounts, author(request, session)
        password = secrets.token_urlsafe(12)
        try:
            user = await self._office.ask(
                lambda: accounts.users.add(
                    who,
                    form.get("name", ""),
                    password,
                    _role(form.get("role", "")),
                    accounts.now(),
                    display=form.get("display", "").strip(),
                    phone=form.get("phone", "").strip(),
                    departments=departments_in(form.get("departments", "")),
                    must_change=True,
                )
            )
        except AccountError as error:
            return await self._page(request, session, code=error.code)
        return await self._page(request, session, shown=(user.name, password))

    async def change(self, request: Request, session: Administrator, name: str) -> Response:
        """Another role, name, telephone or department."""
        form, accounts, who = await form_of(request), self._office.accounts, author(request, session)
        return await self._done(
            request,
            session,
            lambda: accounts.users.change(
                who,
                name,
                accounts.now(),
                role=_role(form.get("role", "")),
                display=form.get("display", "").strip() or name,
                phone=form.get("phone", "").strip(),
                departments=departments_in(form.get("departments", "")),
            ),
        )

    async def reset(self, request: Request, session: Administrator, name: str) -> Response:
        """A temporary password, which is shown once."""
        accounts, who, password = self._office.accounts, author(request, session), secrets.token_urlsafe(12)
        try:
            await self._office.ask(
                lambda: accounts.credentials.set_password(who, name, password, accounts.now(), must_change=True)
            )
        except AccountError as error:
            return await self._page(request, session, code=error.code)
        return await self._page(request, session, shown=(name, password))

    async def switch(self, request: Request, session: Administrator, name: str, deed: str) -> Response:
        """Disable, enable, or drop the one-time codes of somebody whose telephone is lost."""
        accounts, who = self._office.accounts, author(request, session)
        deeds: dict[str, Callable[[Author, str], User]] = {
            "disable": lambda who, name: accounts.users.disable(who, name, accounts.now()),
            "enable": lambda who, name: accounts.users.enable(who, name, accounts.now()),
            "drop-code": lambda who, name: accounts.credentials.drop_code(who, name, accounts.now()),
        }
        if deed not in deeds:
            return await self._page(request, session, code="staff.missing")
        return await self._done(request, session, lambda: deeds[deed](who, name))

    async def log(self, request: Request, session: Administrator) -> Response:
        """The audit log, newest first."""
        before, words = request.query_params.get("before", ""), request.query_params.get("find", "")[:80]
        last = number_in(before)
        deeds = words_for(request, session).deeds(words) if words else ()
        rows = await self._office.ask(lambda: self._office.accounts.log.rows(last, ROWS, words, deeds))
        zone = self._office.accounts.now().tzinfo
        return page(
            request, "audit.html", session, rows=rows, find=words, more=len(rows) == ROWS, zone=zone, details=details,
            subject=subject,
        )  # fmt: skip

    async def _done(self, request: Request, session: Session, work: Callable[[], User]) -> Response:
        try:
            await self._office.ask(work)
        except AccountError as error:
            return await self._page(request, session, code=error.code)
        self._office.board.refresh()
        return RedirectResponse("../../accounts", 303)

    async def _page(
        self, request: Request, session: Session, *, code: str = "", shown: tuple[str, str] | None = None
    ) -> Response:
        users = await self._office.ask(self._office.accounts.users.all)
        return page(
            request, "accounts.html", session,
            status=400 if code else 200, users=users, roles=ROLES, code=code, shown=shown,
        )  # fmt: skip


def departments_in(text: str) -> tuple[str, ...]:
    """Names of departments as staff type them."""
    for sign in "，,\n":
        text = text.replace(sign, "、")
    return tuple(dict.fromkeys(word.strip() for word in text.split("、") if word.strip()))


def _role(text: str) -> Role:
    for role in ROLES:
        if role == text:
            return role
    raise AccountError("account.role", f"A role is one of {', '.join(ROLES)}.")
