"""What all pages of the staff share, and how they are rendered."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse

from voicebot.accounts.accounts import Accounts
from voicebot.accounts.audit import Author
from voicebot.accounts.roles import Right
from voicebot.accounts.sessions import Session
from voicebot.call.tapped import Taps
from voicebot.releases.library import Library
from voicebot.service import Service
from voicebot.transcripts.veil import Veil
from voicebot.web.publishing import Publishing
from voicebot.web.staff.board import Board
from voicebot.web.staff.today.failures import Failures
from voicebot.web.staff.today.previews import Previews
from voicebot.web.staff.trying.places import Places
from voicebot.web.staff.words import LANGUAGES, Words

Answer = TypeVar("Answer")
LANGUAGE_COOKIE = "voicebot-language"
ROOMS: tuple[tuple[str, str, Right], ...] = (
    ("today", "room_today", "view"),
    ("operator", "operator_page", "operate"),
    ("calls", "room_calls", "view"),
    ("content", "room_content", "view"),
    ("try", "room_try", "view"),
    ("improve", "room_improve", "view"),
    ("figures", "room_figures", "view"),
    ("keeping", "room_keeping", "administer"),
)
"""The menu: address under `/staff/`, word, and the right that it needs. The first that somebody may see is theirs."""

_environment = Environment(
    loader=PackageLoader("voicebot.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Office:
    """The service and what belongs to the pages."""

    service: Service
    accounts: Accounts
    board: Board
    taps: Taps
    pool: Executor
    """Threads for what blocks, apart from those of the calls."""
    publishing: Publishing
    """Checks content and puts it in force."""
    trials: Places = field(default_factory=Places)
    """Who tries the line from the pages."""
    previews: Previews = field(default_factory=Previews)
    """What the disaster switch would do, until it is confirmed."""
    failures: Failures = field(default_factory=Failures)
    """Parts that have failed in calls lately."""

    @property
    def library(self) -> Library:
        """Releases and draft of the city's content."""
        return self.publishing.library

    def display_names(self) -> dict[str, str]:
        """What the people are called, by the names of their accounts. Blocks."""
        return {user.name: user.display for user in self.accounts.users.all()}

    async def ask(self, work: Callable[[], Answer]) -> Answer:
        """Run what blocks."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, work)


def office_of(connection: HTTPConnection) -> Office:
    """The office that this connection has come to."""
    office: Office = connection.app.state.office
    return office


def session_or_none(connection: HTTPConnection) -> Session | None:
    """The session that a guard has found for this request, if one has."""
    session: Session | None = getattr(connection.state, "session", None)
    return session


def author(connection: HTTPConnection, session: Session) -> Author:
    """Who does something, for the audit log."""
    return Author(session.user.name, address(connection))


def address(connection: HTTPConnection) -> str:
    """Where the browser is; behind a proxy on this machine what that proxy says."""
    return connection.client.host if connection.client else ""


def words_for(connection: HTTPConnection, session: Session | None = None) -> Words:
    """In the language that was chosen in this browser, else that of the account, else Japanese."""
    chosen = connection.cookies.get(LANGUAGE_COOKIE, "")
    if chosen not in LANGUAGES:
        chosen = session.user.language if session else LANGUAGES[0]
    return Words(chosen)


def veil_of(connection: HTTPConnection, session: Session) -> Veil:
    """What somebody may see."""
    return Veil(session.user.may("see_personal"), words_for(connection, session).language)


def inside(path: str) -> str:
    """The part of a path behind `/staff/`."""
    return re.sub(r"^.*?/staff/?", "", path, count=1)


def page(
    request: Request, template: str, session: Session | None = None, *, status: int = 200, **values: object
) -> HTMLResponse:
    """A page. Every template is given `words`, `session`, `rooms`, `here` and `root` (the way back to `/staff/`)."""
    words, here = words_for(request, session), inside(request.url.path)
    rooms = [(where, words[name]) for where, name, right in ROOMS if session and session.user.may(right)]
    text = _environment.get_template(template).render(
        words=words,
        session=session,
        rooms=rooms,
        here=here,
        root="../" * here.count("/") or "./",
        city=office_of(request).service.content.city.profile.name,
        **values,
    )
    return HTMLResponse(text, status)
