"""An event loop whose clock jumps to the next timer as soon as everything waits, and a media socket without a network.

Whole calls, with their pauses and time limits, run in an instant and always in the same order.
"""

import asyncio
import selectors
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from voicebot.simulator.websocket import HandshakeFailed, OpenSocket, SocketClosed

Result = TypeVar("Result")


class _JumpingSelector(selectors.DefaultSelector):
    """Never waits: when nothing is ready, the time that would have been waited has passed."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("every task waits and no timer is set: nothing can ever happen again")
        if not ready and timeout:
            self.now += timeout
        return ready


class _VirtualTimeLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.jumping = _JumpingSelector()
        super().__init__(self.jumping)

    def time(self) -> float:
        return self.jumping.now


def stall(seconds: float) -> None:
    """The machine stands still for a while: time passes and nobody runs."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, _VirtualTimeLoop)
    loop.jumping.now += seconds


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end in virtual time."""
    with asyncio.Runner(loop_factory=_VirtualTimeLoop) as runner:
        return runner.run(work)


class _AsgiSocket:
    """The carrier's end of a websocket to an ASGI application in the same loop."""

    def __init__(self) -> None:
        self.to_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.from_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.app_task: asyncio.Task[None] | None = None
        self._closed: SocketClosed | None = None
        self.broken_off: list[bool] = []

    async def send(self, text: str) -> None:
        if self._closed:
            raise self._closed
        await self.to_app.put({"type": "websocket.receive", "text": text})

    async def receive(self) -> str | bytes:
        if self._closed:
            raise self._closed
        message = await self.from_app.get()
        if message["type"] == "websocket.close":
            self._closed = SocketClosed(message.get("code", 1000), message.get("reason") or "")
            raise self._closed
        text: str | bytes = message.get("text") or message["bytes"]
        return text

    async def close(self) -> None:
        if self._closed is None:
            self._disconnect(1000)
        if self.app_task:
            await self.app_task

    def break_off(self, *, reset: bool) -> None:
        self.broken_off.append(reset)
        self._disconnect(1006)

    def _disconnect(self, code: int) -> None:
        self._closed = SocketClosed(code, "")
        self.to_app.put_nowait({"type": "websocket.disconnect", "code": code})


def asgi_sockets(app: Any, opened: list[_AsgiSocket] | None = None) -> OpenSocket:
    """Opens media sockets to an ASGI application; `opened` collects them."""

    async def open_socket(url: str, headers: Mapping[str, str], seconds: float) -> _AsgiSocket:
        scheme, _, rest = url.partition("://")
        host, _, path = rest.partition("/")
        scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "scheme": scheme,
            "path": f"/{path}",
            "raw_path": f"/{path}".encode(),
            "query_string": b"",
            "headers": [(b"host", host.encode()), *((k.encode(), v.encode()) for k, v in headers.items())],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "subprotocols": [],
            "state": {},
        }
        socket = _AsgiSocket()
        await socket.to_app.put({"type": "websocket.connect"})
        socket.app_task = asyncio.ensure_future(app(scope, socket.to_app.get, socket.from_app.put))
        try:
            answer = await asyncio.wait_for(socket.from_app.get(), seconds)
        except TimeoutError as error:
            socket.app_task.cancel()
            raise HandshakeFailed(31901, "the handshake was not answered in time") from error
        if answer["type"] != "websocket.accept":
            await socket.app_task
            raise HandshakeFailed(31920, "the handshake was answered with HTTP 403")
        if opened is not None:
            opened.append(socket)
        return socket

    return open_socket
