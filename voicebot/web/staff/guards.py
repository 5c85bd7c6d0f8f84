"""Guards: every route of the staff's pages has one, and says with it who may knock.

A form must bear the session's form token (field `form_token` or header `X-Form-Token`), a websocket must come from our
own pages. Cookies are `HttpOnly` and `SameSite=Lax`; over https also `Secure`, with the `__Host-` prefix.
"""

import secrets
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from voicebot.accounts.roles import Right
from voicebot.accounts.sessions import Session
from voicebot.web.staff.forms import form_of
from voicebot.web.staff.office import office_of
from voicebot.web.staff.refusals import NotSignedIn, PasswordFirst, Refusal

SAFE = frozenset({"GET", "HEAD"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "testclient"})


class Guard:
    """A dependency that lets in who has a right, and gives the session to the route.

    Args:
        right: What the person must have the right to; None for everybody who is signed in.
        before_change: Whether also who must change the password first is let in.
    """

    def __init__(self, right: Right | None, *, before_change: bool = False) -> None:
        self.right = right
        self._before_change = before_change

    async def __call__(self, connection: HTTPConnection) -> Session:
        """The session.

        Raises:
            Refusal: it is not let in.
        """
        check_wire(connection)
        session = await session_of(connection)
        if session is None:
            raise NotSignedIn
        connection.state.session = session
        if isinstance(connection, WebSocket) or connection.scope["type"] == "websocket":
            check_origin(connection)
        elif connection.scope["method"] not in SAFE:
            await check_form(connection, session.form_token)
        if session.user.must_change and not self._before_change:
            raise PasswordFirst
        if self.right is not None and not session.user.may(self.right):
            raise Refusal(403, "staff.forbidden")
        return session


class Open:
    """A dependency that lets everybody in, and says so on purpose."""

    async def __call__(self, connection: HTTPConnection) -> None:
        """Look at the wire only.

        Raises:
            Refusal: it is not encrypted and must be.
        """
        check_wire(connection)


def needs(right: Right) -> Guard:
    """Let in who has this right."""
    return Guard(right)


Viewer = Annotated[Session, Depends(needs("view"))]
"""Who may look."""
Trusted = Annotated[Session, Depends(needs("see_personal"))]
"""Who may see and hear what is personal."""
Operator = Annotated[Session, Depends(needs("operate"))]
Editor = Annotated[Session, Depends(needs("edit"))]
"""Who may change the draft."""
Publisher = Annotated[Session, Depends(needs("publish"))]
Administrator = Annotated[Session, Depends(needs("administer"))]


async def session_of(connection: HTTPConnection) -> Session | None:
    """Who is signed in on this connection."""
    office = office_of(connection)
    token = connection.cookies.get(cookie_name(connection), "")
    if not token:
        return None
    return await office.ask(lambda: office.accounts.sessions.session(token, office.accounts.now()))


async def check_form(connection: HTTPConnection, expected: str) -> None:
    """Refuse a form that does not come from one of our pages.

    Raises:
        Refusal: it lacks the token.
    """
    given = connection.headers.get("x-form-token", "")
    if not given and isinstance(connection, Request):
        given = (await form_of(connection)).get("form_token", "")
    if not expected or not secrets.compare_digest(given.encode(), expected.encode()):
        raise Refusal(403, "staff.form")


def check_origin(connection: HTTPConnection) -> None:
    """Refuse a websocket that another site's page opens: browsers send our cookies with it.

    Raises:
        Refusal: it comes from elsewhere.
    """
    origin = urlsplit(connection.headers.get("origin", ""))
    if not origin.netloc or origin.netloc != connection.headers.get("host", ""):
        raise Refusal(403, "staff.form")


def check_wire(connection: HTTPConnection) -> None:
    """In production nobody sends a password over an unencrypted wire, except on this machine itself.

    Raises:
        Refusal: it is not encrypted.
    """
    production = office_of(connection).service.settings.environment == "production"
    if production and not is_secure(connection) and (connection.url.hostname or "") not in _LOOPBACK:
        raise Refusal(403, "staff.https")


def is_secure(connection: HTTPConnection) -> bool:
    """Whether the browser's wire is encrypted; behind a proxy on this machine what that proxy says."""
    return connection.url.scheme in {"https", "wss"}


def cookie_name(connection: HTTPConnection) -> str:
    """The session's cookie; its prefix makes browsers refuse one that another host or page has set."""
    return "__Host-voicebot" if is_secure(connection) else "voicebot"


def keep(connection: HTTPConnection, response: Response, token: str) -> None:
    """Give the browser a session."""
    response.set_cookie(
        cookie_name(connection), token, path="/", secure=is_secure(connection), httponly=True, samesite="lax"
    )


def forget(connection: HTTPConnection, response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(
        cookie_name(connection), path="/", secure=is_secure(connection), httponly=True, samesite="lax"
    )
