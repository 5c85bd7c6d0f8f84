"""Changing the content of a running service: `voicebot reload`, or the signal SIGHUP.

A changed file does nothing by itself: who edits three files does not want callers to meet the first of them alone. When
told to, the service reads the folder, passes it through the whole check with its talks, and only then uses it, from the
next call on. Content with a fault is refused whole, and what was running goes on.

`voicebot reload` speaks to the service through a socket file in the folder of its data, which only the user that runs
the service may open. One word comes in, one line of JSON goes out.
"""

import asyncio
import json
import logging
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from voicebot.checking.findings import Finding, of_faults
from voicebot.errors import ContentError, LibraryError
from voicebot.examination import CONTENT
from voicebot.service import Service
from voicebot.web.publishing import Publishing

log = logging.getLogger(__name__)
SOCKET = "service.sock"
"""The file in the folder of the data."""
ORDERS = {"reload": b"reload\n", "refresh": b"refresh\n"}
"""Take the folder; or take what another process has put in force in the library."""
LONGEST_ANSWER = 4 * 1024 * 1024
"""Bytes of an answer: a city full of faults."""
_SECONDS = 10.0
Verdict = Literal["changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order to reload."""

    verdict: Verdict
    at: datetime
    content: str
    """Fingerprint of the content that is in force now."""
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> bytes:
        """One line."""
        found = [
            {"level": each.level, "rule": each.rule, "path": each.path, "line": each.line, "message": each.message}
            for each in self.findings
        ]
        row = {"verdict": self.verdict, "at": self.at.isoformat(), "content": self.content, "findings": found}
        return json.dumps(row, ensure_ascii=False).encode() + b"\n"


class Reloading:
    """Reloads one service; one order after the other.

    Args:
        service: The whole house.
        publishing: Puts content into force.
    """

    def __init__(self, service: Service, publishing: Publishing) -> None:
        self._service = service
        self._publishing = publishing
        self._one = asyncio.Lock()
        self._tasks: set[asyncio.Task[Outcome]] = set()
        refused = service.refused
        self.last = self._outcome("refused", of_faults(refused.faults, CONTENT)) if refused else None
        """The last order's outcome; at first that of the start."""

    @property
    def refused(self) -> Outcome | None:
        """The last outcome when it was a refusal: what is in the folder is not what callers hear."""
        return self.last if self.last and self.last.verdict == "refused" else None

    async def reload(self) -> Outcome:
        """Check the folder and use it. Never raises."""
        async with self._one:
            try:
                self.last = await asyncio.to_thread(self._reload)
            except Exception:  # whatever it was, calls go on with what there is
                log.exception("the content could not be looked at; what was running goes on")
                self.last = self._outcome("refused", ())
            return self.last

    async def refresh(self) -> Outcome:
        """Use what another process has put in force in the library. Never raises."""
        try:
            changed = await asyncio.to_thread(self._publishing.refresh)
        except Exception:  # whatever it was, calls go on with what there is
            log.exception("the library could not be looked at; what was running goes on")
            return self._outcome("refused", ())
        return self._outcome("changed" if changed else "unchanged", ())

    @asynccontextmanager
    async def listening(self, folder: Path) -> AsyncIterator[None]:
        """Take orders by the socket file in this folder, and by SIGHUP where signals can be had."""
        loop = asyncio.get_running_loop()
        with suppress(ValueError, RuntimeError, NotImplementedError):  # not the main thread, or not this system
            loop.add_signal_handler(signal.SIGHUP, self._hang_up)
        path = folder / SOCKET
        server = await self._opened(path)
        try:
            yield
        finally:
            if server is not None:
                server.close()
                await asyncio.to_thread(path.unlink, missing_ok=True)
            with suppress(ValueError, RuntimeError, NotImplementedError):
                loop.remove_signal_handler(signal.SIGHUP)

    async def _opened(self, path: Path) -> asyncio.Server | None:
        try:
            own = _bound(path)
        except OSError:
            log.warning("`voicebot reload` will not work: its socket cannot be opened; use the signal SIGHUP")
            return None
        return await asyncio.start_unix_server(self._ordered, sock=own)

    async def _ordered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, TimeoutError, ValueError):
            async with asyncio.timeout(_SECONDS):
                order = await reader.readline()
            if order == ORDERS["reload"]:
                writer.write((await self.reload()).as_json())
                await writer.drain()
            elif order == ORDERS["refresh"]:
                writer.write((await self.refresh()).as_json())
                await writer.drain()
        writer.close()

    def _hang_up(self) -> None:
        task = asyncio.get_running_loop().create_task(self.reload())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _reload(self) -> Outcome:
        """In a thread: reading and checking take a second or two."""
        before = self._service.content.fingerprint
        try:
            found = self._publishing.take_folder()
        except ContentError as error:
            return self._outcome("refused", of_faults(error.faults, CONTENT))
        except LibraryError as error:
            return self._outcome("refused", (Finding("fault", error.code, "", 0, error.message),))
        if found.release is None:
            return self._outcome("refused", found.findings)
        changed = self._service.content.fingerprint != before
        return self._outcome("changed" if changed else "unchanged", found.findings)

    def _outcome(self, verdict: Verdict, findings: tuple[Finding, ...]) -> Outcome:
        return Outcome(verdict, self._service.now(), self._service.content.fingerprint, findings)


def _bound(path: Path) -> socket.socket:
    """A socket at this path, which only our user may open; one that a service left behind is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    own = socket.socket(socket.AF_UNIX)
    try:
        own.bind(str(path))
        path.chmod(0o600)
    except OSError:
        own.close()
        raise
    return own


async def order(folder: Path, what: Literal["reload", "refresh"] = "reload") -> dict[str, object]:
    """Tell the service that keeps its data in this folder to take new content; its answer.

    Raises:
        OSError: no service listens there.
    """
    reader, writer = await asyncio.open_unix_connection(folder / SOCKET, limit=LONGEST_ANSWER)
    try:
        writer.write(ORDERS[what])
        await writer.drain()
        answer: dict[str, object] = json.loads(await reader.readline())
        return answer
    finally:
        writer.close()
