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
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from voicebot import bootstrap
from voicebot.bootstrap import Service
from voicebot.checking.findings import Finding
from voicebot.checking.survey import House
from voicebot.content import Content
from voicebot.examination import Examined, examine
from voicebot.ports import Reader

log = logging.getLogger(__name__)
SOCKET = "service.sock"
"""The file in the folder of the data."""
ORDER = b"reload\n"
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
        reader: Gives readings.
        house: What is installed, for the check.
    """

    def __init__(self, service: Service, reader: Reader, house: Callable[[], House] = House) -> None:
        self._service = service
        self._reader = reader
        self._house = house
        self._one = asyncio.Lock()
        self._tasks: set[asyncio.Task[Outcome]] = set()
        self.last: Outcome | None = None
        """The last order's outcome."""
        self.on_change: Callable[[Content], None] = lambda content: None
        """Told of new content, once it is in force."""

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
            if order == ORDER:
                writer.write((await self.reload()).as_json())
                await writer.drain()
        writer.close()

    def _hang_up(self) -> None:
        task = asyncio.get_running_loop().create_task(self.reload())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _reload(self) -> Outcome:
        """In a thread: reading and checking take a second or two."""
        service, settings = self._service, self._service.settings
        found = examine(
            settings.city,
            settings.grammars,
            self._reader,
            service.now().date(),
            self._house,
            bootstrap.searching(settings),
        )
        if found.faults or found.content is None or found.answers is None:
            return self._refuse(found)
        if found.content.fingerprint == service.content.fingerprint:
            return self._outcome("unchanged", found.findings)
        service.publish(found.content, found.answers)
        log.info("the content has changed", extra={"code": found.content.fingerprint})
        self.on_change(found.content)
        return self._outcome("changed", found.findings)

    def _refuse(self, found: Examined) -> Outcome:
        log.error(
            "the content was refused and what was running goes on; `voicebot check` names the faults",
            extra={"code": f"content.{len(found.faults)}_faults"},
        )
        return self._outcome("refused", found.findings)

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


async def order(folder: Path) -> dict[str, object]:
    """Tell the service that keeps its data in this folder to reload; its answer.

    Raises:
        OSError: no service listens there.
    """
    reader, writer = await asyncio.open_unix_connection(folder / SOCKET, limit=LONGEST_ANSWER)
    try:
        writer.write(ORDER)
        await writer.drain()
        answer: dict[str, object] = json.loads(await reader.readline())
        return answer
    finally:
        writer.close()
