"""Signing in and out, and the choice of the language."""

import re
import secrets

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.errors import AccountError
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Guard, Open, check_form, cookie_name, forget, is_secure, keep, session_of
from voicebot.web.staff.office import LANGUAGE_COOKIE, ROOMS, Office, address, author, page
from voicebot.web.staff.words import LANGUAGES

_FORM_COOKIE = "voicebot-form"
_WAITING_COOKIE = "voicebot-waiting"
_STATUS = {
    "account.locked": 429,
    "account.refused": 401,
    "account.expired": 401,
    "account.stranger": 403,
    "account.provider": 502,
}
_LOCAL = re.compile(r"[a-z][a-z0-9/_-]{0,80}")


def router(office: Office) -> APIRouter:
    """`login`, `code`, `logout`, `language`, and `/staff` itself."""
    rooms = APIRouter()
    doors = Login(office)
    for path in ("", "/"):
        rooms.get(path, dependencies=[Depends(Open())])(doors.front)
    rooms.get("/login", dependencies=[Depends(Open())])(doors.show)
    rooms.post("/login", dependencies=[Depends(Open())])(doors.enter)
    rooms.post("/code", dependencies=[Depends(Open())])(doors.confirm)
    rooms.get("/language", dependencies=[Depends(Open())])(doors.language)
    rooms.post("/logout")(doors.leave)
    return rooms


class Login:
    """The doors.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def front(self, request: Request) -> Response:
        """To the room where this person works."""
        session = await session_of(request)
        # Relative, because a proxy may have cut off what stands in front of the path.
        base = "" if request.url.path.endswith("/") else "staff/"
        return RedirectResponse(f"{base}{_room_of(session) if session else 'login'}", 303)

    async def show(self, request: Request) -> Response:
        """The page to sign in on."""
        anybody = await self._office.ask(self._office.accounts.users.all)
        return self._page(request, "", anybody=bool(anybody))

    async def enter(self, request: Request) -> Response:
        """Name and password."""
        await check_form(request, request.cookies.get(_FORM_COOKIE, ""))
        form, accounts = await form_of(request), self._office.accounts
        name, password, where = form.get("name", ""), form.get("password", ""), address(request)
        try:
            token, needs_code = await self._office.ask(
                lambda: accounts.sessions.sign_in(name, password, where, accounts.now())
            )
        except AccountError as error:
            return self._page(request, error.code, name=name)
        if needs_code:
            answer = page(request, "code.html", form_token=request.cookies[_FORM_COOKIE], code="")
            answer.set_cookie(_WAITING_COOKIE, token, httponly=True, samesite="strict", secure=is_secure(request))
            return answer
        return await self.let_in(request, token)

    async def confirm(self, request: Request) -> Response:
        """The one-time code."""
        await check_form(request, request.cookies.get(_FORM_COOKIE, ""))
        form, accounts = await form_of(request), self._office.accounts
        waiting, code, where = request.cookies.get(_WAITING_COOKIE, ""), form.get("code", ""), address(request)
        try:
            token = await self._office.ask(lambda: accounts.sessions.confirm(waiting, code, where, accounts.now()))
        except AccountError as error:
            if error.code != "account.refused":
                return self._page(request, error.code)
            form_token = request.cookies[_FORM_COOKIE]
            return page(request, "code.html", status=401, form_token=form_token, code=error.code)
        answer = await self.let_in(request, token)
        answer.delete_cookie(_WAITING_COOKIE)
        return answer

    async def leave(self, request: Request, session: Session = Depends(Guard(None, before_change=True))) -> Response:  # noqa: B008
        """Sign out."""
        token, who, accounts = request.cookies[cookie_name(request)], author(request, session), self._office.accounts
        await self._office.ask(lambda: accounts.sessions.sign_out(token, who, accounts.now()))
        self._office.board.refresh()
        answer = RedirectResponse("login", 303)
        forget(request, answer)
        return answer

    async def language(self, request: Request) -> Response:
        """Another language for this browser, and back to the page."""
        to, back = request.query_params.get("to", ""), request.query_params.get("back", "")
        answer = RedirectResponse(back if _LOCAL.fullmatch(back) else "login", 303)
        if to in LANGUAGES:
            year = 365 * 24 * 3600
            answer.set_cookie(LANGUAGE_COOKIE, to, max_age=year, samesite="lax", secure=is_secure(request))
        return answer

    async def let_in(self, request: Request, token: str, root: str = "") -> Response:
        """Give the browser its session, and lead it to the room where this person works.

        Args:
            request: What has asked for it.
            token: The session's secret.
            root: The way from the request's address back to `/staff/`.
        """
        session = await self._office.ask(
            lambda: self._office.accounts.sessions.session(token, self._office.accounts.now())
        )
        self._office.board.refresh()
        answer = RedirectResponse(root + (_room_of(session) if session else "login"), 303)
        answer.delete_cookie(_FORM_COOKIE)
        keep(request, answer, token)
        return answer

    def refuse(self, request: Request, code: str) -> Response:
        """The page to sign in on, with why it did not work."""
        return self._page(request, code)

    def _page(self, request: Request, code: str, *, name: str = "", anybody: bool = True) -> Response:
        # Before there is a session, a random value in a cookie and in the form proves that the form is ours.
        form_token = request.cookies.get(_FORM_COOKIE) or secrets.token_urlsafe(32)
        status = _STATUS.get(code, 500) if code else 200
        answer = page(
            request,
            "login.html",
            status=status,
            form_token=form_token,
            code=code,
            name=name,
            anybody=anybody,
            provider=bool(self._office.service.settings.oidc_issuer),
        )
        answer.set_cookie(_FORM_COOKIE, form_token, httponly=True, samesite="strict", secure=is_secure(request))
        return answer


def _room_of(session: Session) -> str:
    """Where this person works: operators at their calls, others in the first room of the menu that is open to them."""
    if session.user.must_change:
        return "account"
    if session.user.may("operate") and not session.user.may("edit"):
        return "operator"  # who answers calls wants nothing else first
    return next((where for where, _, right in ROOMS if session.user.may(right)), "account")
