"""What the check finds in the draft, for the scripts that show it beside the field; the same as `voicebot check`.

Looking takes a second or two, so pages ask for it when they are shown already.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from voicebot.accounts.sessions import Session
from voicebot.checking.findings import Finding
from voicebot.documents import Document, Path, read
from voicebot.errors import ContentError
from voicebot.releases.texts import Files
from voicebot.web.staff.guards import needs
from voicebot.web.staff.office import Office

Viewer = Annotated[Session, Depends(needs("view"))]
MOST = 300
"""Findings that are told at once."""


def router(office: Office) -> APIRouter:
    """`content/found`."""
    rooms = APIRouter()

    async def found(request: Request, session: Viewer) -> Response:
        """Findings in files whose path begins so, perhaps of one place only."""
        under, where = request.query_params.get("under", ""), _where(request.query_params.get("where", ""))

        def look() -> list[dict[str, object]]:
            files = office.library.draft().files
            findings = office.publishing.examined(files, hold_talks=False).findings
            return told(files, findings, under, where)

        return JSONResponse({"findings": await office.ask(look)})

    rooms.get("/content/found")(found)
    return rooms


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
