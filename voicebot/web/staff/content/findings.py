"""What the check finds in the draft, for the scripts that show it beside the field; the same as `voicebot check`.

Looking takes some seconds, so pages ask for it when they are shown already, and one look serves all who wait: else
a few of them would take every thread that the pages have.
"""

import asyncio
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from voicebot.checking.findings import Finding
from voicebot.documents import Document, Path, read
from voicebot.errors import ContentError
from voicebot.examination import Examined
from voicebot.releases.texts import Files
from voicebot.web.staff.guards import Viewer
from voicebot.web.staff.office import Office

MOST = 300
"""Findings that are told at once."""
PATIENCE_SECONDS = 0.25
"""A check that is remembered is told at once; one that is made takes some seconds, and is asked for again."""


def router(office: Office) -> APIRouter:
    """`content/found`."""
    rooms, looks = APIRouter(), Looks(office)

    async def found(request: Request, session: Viewer) -> Response:
        """Findings in files whose path begins so, perhaps of one place only."""
        under, where = request.query_params.get("under", ""), _where(request.query_params.get("where", ""))
        look = await looks.soon(PATIENCE_SECONDS)
        if look is None:  # the page's script asks again
            return JSONResponse({"findings": []}, 202)
        return JSONResponse({"findings": told(look[0], look[1].findings, under, where)})

    rooms.get("/content/found")(found)
    return rooms


class Looks:
    """The check of the draft, one after the other, each for all who ask meanwhile.

    Args:
        office: What the pages share.
        hold_talks: Whether the golden talks are held, too.
    """

    def __init__(self, office: Office, *, hold_talks: bool = False) -> None:
        self._office = office
        self._hold_talks = hold_talks
        self._of: tuple[str, date] | None = None
        self._under_way: asyncio.Future[Examined] | None = None

    async def soon(self, seconds: float) -> tuple[Files, Examined] | None:
        """As `whole`; None when it is still under way after so long. It goes on for who asks again."""
        try:
            return await asyncio.wait_for(self.whole(), seconds)
        except TimeoutError:
            return None

    async def whole(self) -> tuple[Files, Examined]:
        """The draft, and all that the check comes to."""
        while True:
            draft = await self._office.ask(self._office.library.draft)
            now = draft.digest, self._office.service.now().date()  # what is fresh is stale on some other day
            if self._under_way is None or (self._under_way.done() and self._of != now):
                self._of = now
                self._under_way = asyncio.ensure_future(asyncio.to_thread(self._look, draft.files))
            of, look = self._of, self._under_way
            try:
                found = await asyncio.shield(look)
            except BaseException:
                if look.done() and self._under_way is look:
                    self._under_way = None
                raise
            if of == now:
                return draft.files, found

    def _look(self, files: Files) -> Examined:
        return self._office.publishing.examined(files, hold_talks=self._hold_talks)


def told(files: Files, findings: tuple[Finding, ...], under: str, where: Path) -> list[dict[str, object]]:
    """Those in files whose path begins so; with the key below the place that each is about."""
    rows: list[dict[str, object]] = []
    for finding in findings:
        if not finding.path.startswith(under):
            continue
        key = _key(files, finding, where) if where else ""
        if key is not None:
            rows.append(
                {"level": finding.level, "path": finding.path, "line": finding.line, "message": finding.message,
                 "key": key}
            )  # fmt: skip
    return rows[:MOST]


def _where(text: str) -> Path:
    return tuple(int(part) if part.isdecimal() else part for part in text.split(".") if part)


def _key(files: Files, finding: Finding, where: Path) -> str | None:
    """The key of the value at the place; "" for the value as a whole, None when it is about something else."""
    document = _document(files, finding.path)
    if document is None or where not in document.lines:
        return None
    lines = {place: line for place, line in document.lines.items() if place[: len(where)] == where}
    if not min(lines.values()) <= finding.line <= max(lines.values()):
        return None
    keys = {str(place[len(where)]) for place, line in lines.items() if line == finding.line and len(place) > len(where)}
    return keys.pop() if len(keys) == 1 else ""


def _document(files: Files, path: str) -> Document | None:
    try:
        return read(files[path], path) if path in files else None
    except ContentError:
        return None
