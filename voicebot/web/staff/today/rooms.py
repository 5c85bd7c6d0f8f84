"""The room 今日: the page, and the part of it that browsers fetch anew while it is open."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.accounts.audit import Author
from voicebot.accounts.sessions import Session
from voicebot.call.watched import both
from voicebot.editing.emergency import Switch
from voicebot.errors import VoicebotError
from voicebot.web.reloading import Reloading
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office, page
from voicebot.web.staff.today import disaster_rooms, numbers, words
from voicebot.web.staff.today.attention import Attention, attention
from voicebot.web.staff.today.counters import counters
from voicebot.web.staff.today.disaster import AUTOMATIC, DisasterDesk

log = logging.getLogger(__name__)
LOOK_SECONDS = 20.0
"""How often is looked whether a disaster is over, and at most how old what needs attention is shown."""
TOLD = ("begin", "change", "end")
STATES = frozenset(name for name in words.WORDS if name.startswith("today_state_"))


@dataclass(frozen=True, slots=True)
class CallNow:
    """A call on the line, as this page shows it: nothing of who calls."""

    minutes: int
    state: str
    language: str
    department: str


def router(office: Office) -> APIRouter:
    """`today`, `today/now`, and the disaster switch."""
    rooms, room = APIRouter(), Today(office)
    rooms.get("/today")(room.show)
    rooms.get("/today/now")(room.now)
    rooms.include_router(disaster_rooms.router(office))
    return rooms


class Today:
    """The room.

    Args:
        office: What the pages share.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._seen: tuple[datetime, tuple[Attention, ...]] | None = None

    async def show(self, request: Request, session: Viewer) -> Response:
        """The page."""
        told = request.query_params.get("told", "")
        return await self._page(request, session, "today/today.html", told if told in TOLD else "")

    async def now(self, request: Request, session: Viewer) -> Response:
        """What changes of it, for its script."""
        return await self._page(request, session, "today/now.html", "")

    async def _page(self, request: Request, session: Session, template: str, told: str) -> Response:
        office, desk = self._office, DisasterDesk(self._office)
        now = desk.now()
        reloading: Reloading = request.app.state.reloading

        def look() -> tuple[tuple[numbers.Line, ...], tuple[Attention, ...], Switch | None]:
            if self._seen is None or not timedelta() <= now - self._seen[0] < timedelta(seconds=LOOK_SECONDS):
                refused = reloading.refused is not None
                self._seen = now, attention(office, now, office.failures.by_part(), refused=refused)
            return numbers.lines(office.service.store.figures, now), self._seen[1], desk.switch()

        lines, things, switch = await office.ask(look)
        return page(
            request, template, session, told=told, calls=calls_now(office, now), lines=lines, things=things,
            counters=counters(office.service.content.city, now), switch=switch, now=now, states=STATES,
            lasts=switch is not None and switch.lasts(now),
        )  # fmt: skip


def calls_now(office: Office, now: datetime) -> tuple[CallNow, ...]:
    """Calls on the line, the longest first."""
    found = []
    for key in office.board.keys("call:"):
        call = json.loads(office.board.text(key) or "{}")
        if call and call["ended"] is None and call["state"] != "ended":
            began = call["started"] / 1000 if call["started"] else now.timestamp()
            minutes = max(0, int((now.timestamp() - began) // 60))
            found.append(CallNow(minutes, call["state"], call["language"], call["department"] or ""))
    return tuple(sorted(found, key=lambda each: -each.minutes))


@asynccontextmanager
async def watching(office: Office) -> AsyncIterator[None]:
    """While the service runs: failures are counted, and a disaster ends at its time."""
    service = office.service
    service.watcher = both(service.watcher, office.failures.told)
    looking = asyncio.create_task(_end_in_time(office, DisasterDesk(office)))
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def _end_in_time(office: Office, desk: DisasterDesk) -> None:
    while True:
        try:
            if await office.ask(desk.end_when_due):
                now = office.accounts.now()
                who = Author(AUTOMATIC)
                await office.ask(lambda: office.accounts.log.add(who, "disaster.end", "", now))  # noqa: B023  at once
        except VoicebotError as error:
            log.warning("whether the disaster is over cannot be seen; trying again", extra={"code": error.code})
        except Exception:
            log.exception("whether the disaster is over cannot be seen; trying again")
        await asyncio.sleep(LOOK_SECONDS)
