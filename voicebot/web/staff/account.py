"""One's own account: the password and one-time codes."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts import one_time_codes
from voicebot.accounts.sessions import Session
from voicebot.errors import AccountError
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.guards import Guard, forget
from voicebot.web.staff.office import Office, address, author, page

Anybody = Annotated[Session, Depends(Guard(None))]
Newcomer = Annotated[Session, Depends(Guard(None, before_change=True))]


def router(office: Office) -> APIRouter:
    """`account` and what is sent from it."""
    rooms, room = APIRouter(), Account(office)
    rooms.get("/account")(room.show)
    rooms.post("/account/password")(room.change_password)
    rooms.post("/account/code")(room.begin_code)
    rooms.post("/account/code-on")(room.prove_code)
    rooms.post("/account/code-off")(room.drop_code)
    return rooms


class Account:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, request: Request, session: Newcomer) -> Response:
        """The page."""
        return self._page(request, session)

    async def change_password(self, request: Request, session: Newcomer) -> Response:
        """Another password; every session of this person ends, this one too."""
        form, accounts, who = await form_of(request), self._office.accounts, author(request, session)
        if form.get("new", "") != form.get("again", ""):
            return self._page(request, session, code="account.password_differs")
        try:
            await self._prove(request, session, form)
            await self._office.ask(
                lambda: accounts.credentials.set_password(
                    who, session.user.name, form.get("new", ""), accounts.now(), must_change=False
                )
            )
        except AccountError as error:
            return self._page(request, session, code=error.code)
        answer = RedirectResponse("../login", 303)
        forget(request, answer)
        return answer

    async def begin_code(self, request: Request, session: Anybody) -> Response:
        """Show a new secret, which counts when a code has proved that the application has it."""
        return self._page(request, session, secret=one_time_codes.new_secret())

    async def prove_code(self, request: Request, session: Anybody) -> Response:
        """From now on codes are asked for."""
        form, accounts, who = await form_of(request), self._office.accounts, author(request, session)
        secret, code = form.get("secret", ""), form.get("code", "")
        try:
            await self._office.ask(
                lambda: accounts.credentials.set_code(who, session.user.name, secret, code, accounts.now())
            )
        except AccountError as error:
            return self._page(request, session, code=error.code, secret=secret)
        return RedirectResponse("../account", 303)

    async def drop_code(self, request: Request, session: Anybody) -> Response:
        """No more codes."""
        form, accounts, who = await form_of(request), self._office.accounts, author(request, session)
        try:
            await self._prove(request, session, form)
            await self._office.ask(lambda: accounts.credentials.drop_code(who, session.user.name, accounts.now()))
        except AccountError as error:
            return self._page(request, session, code=error.code)
        return RedirectResponse("../account", 303)

    async def _prove(self, request: Request, session: Session, form: Mapping[str, str]) -> None:
        """The present password, so that an unattended screen is not enough; failures count as at the sign-in.

        Raises:
            AccountError: it is wrong.
        """
        accounts, where = self._office.accounts, address(request)
        present = form.get("present", "")
        token, _ = await self._office.ask(
            lambda: accounts.sessions.sign_in(session.user.name, present, where, accounts.now())
        )
        await self._office.ask(lambda: accounts.sessions.sign_out(token, author(request, session), accounts.now()))

    def _page(self, request: Request, session: Session, *, code: str = "", secret: str = "") -> Response:
        issuer = f"voicebot {self._office.service.content.city.profile.name}"
        link = one_time_codes.link(secret, session.user.name, issuer) if secret else ""
        return page(request, "account.html", session, status=400 if code else 200, code=code, secret=secret, link=link)
