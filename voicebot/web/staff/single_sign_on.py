"""Signing in by the city's own identity provider, where the settings name one."""

import secrets

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from voicebot.accounts.open_id import PATIENCE, OpenId, Provider
from voicebot.errors import AccountError
from voicebot.settings import Settings
from voicebot.web.staff.guards import Open, is_secure
from voicebot.web.staff.login import Login
from voicebot.web.staff.office import Office, address
from voicebot.web.staff.refusals import Refusal

_COOKIE = "voicebot-sso"


def provider_of(settings: Settings) -> Provider | None:
    """The provider that the settings name."""
    if not settings.oidc_issuer:
        return None
    secret = settings.oidc_client_secret.get_secret_value()
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_claim)


def router(office: Office) -> APIRouter:
    """`sso`, which leads to the provider, and `sso/back`, where it leads back to."""
    rooms, doors = APIRouter(), SingleSignOn(office)
    rooms.get("/sso", dependencies=[Depends(Open())])(doors.begin)
    rooms.get("/sso/back", dependencies=[Depends(Open())])(doors.finish)
    return rooms


class SingleSignOn:
    """The doors.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._login = Login(office)
        provider = provider_of(office.service.settings)
        self._open_id = OpenId(provider) if provider else None

    async def begin(self, request: Request) -> Response:
        """To the provider."""
        if self._open_id is None:
            raise Refusal(404, "staff.missing")
        try:
            where, state = await self._open_id.begin(self._back(), self._office.accounts.now())
        except AccountError as error:
            return self._login.refuse(request, error.code)
        answer = RedirectResponse(where, 303)
        # Only the browser that has begun may come back: else somebody could be signed in as somebody else.
        answer.set_cookie(
            _COOKIE, state, max_age=int(PATIENCE.total_seconds()), httponly=True, samesite="lax",
            secure=is_secure(request),
        )  # fmt: skip
        return answer

    async def finish(self, request: Request) -> Response:
        """From the provider."""
        if self._open_id is None:
            raise Refusal(404, "staff.missing")
        state, accounts, where = request.cookies.get(_COOKIE, ""), self._office.accounts, address(request)
        try:
            if not secrets.compare_digest(state.encode(), request.query_params.get("state", "").encode()):
                raise AccountError("account.expired", "Sign in again.")
            answer = f"{self._back()}?{request.url.query}"
            name = await self._open_id.finish(state, answer, self._back(), accounts.now())
            token = await self._office.ask(lambda: accounts.sessions.enter_as(name, where, accounts.now()))
        except AccountError as error:
            return self._login.refuse(request, error.code)
        entered = await self._login.let_in(request, token, "../")
        entered.delete_cookie(_COOKIE)
        return entered

    def _back(self) -> str:
        """As it is registered at the provider."""
        return f"{self._office.service.settings.public_url.rstrip('/')}/staff/sso/back"
