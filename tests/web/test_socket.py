"""Starlette's websocket as the telephony room sees it, over a real connection."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI, WebSocket
from house import reset
from websockets.sync.client import connect

from voicebot.telephony.line import SocketClosed
from voicebot.web.socket import StarletteSocket

Use = Callable[[StarletteSocket], Awaitable[None]]


@contextmanager
def served(use: Use) -> Iterator[tuple[str, list[BaseException | None]]]:
    """A server that does this with each socket; how it ended is noted."""
    app, ended = FastAPI(), []

    @app.websocket("/")
    async def accept(websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            await use(StarletteSocket(websocket))
        except BaseException as error:
            ended.append(error)
        else:
            ended.append(None)

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}/", ended
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def test_text_comes_as_it_is_and_binary_as_text_that_no_protocol_understands() -> None:
    """Frames in order, both ways."""
    got: list[str] = []

    async def use(wire: StarletteSocket) -> None:
        got.extend([await wire.receive(), await wire.receive(), await wire.receive()])
        await wire.send("お返事")
        await wire.close(1000, "")

    with served(use) as (url, _), connect(url) as client:
        client.send("一")
        client.send(b"\x00\x01")
        client.send("")
        assert client.recv() == "お返事"
    assert got == ["一", "(binary)", ""]


@pytest.mark.parametrize("code", [1000, 1001, 3000])
def test_a_close_of_the_peer_is_told_with_its_code(code: int) -> None:
    """And told again to who goes on asking."""
    codes: list[int] = []

    async def use(wire: StarletteSocket) -> None:
        for _ in range(2):
            with pytest.raises(SocketClosed) as closed:
                await wire.receive()
            codes.append(closed.value.close_code)

    with served(use) as (url, ended), connect(url) as client:
        client.close(code)
    assert ended == [None]
    assert codes == [code, 1006]


def test_a_connection_that_breaks_is_not_a_normal_end() -> None:
    """A reset in the middle: whatever the code, it is not 1000."""
    codes: list[int] = []

    async def use(wire: StarletteSocket) -> None:
        with pytest.raises(SocketClosed) as closed:
            await wire.receive()
        codes.append(closed.value.close_code)

    with served(use) as (url, ended):
        client = connect(url).__enter__()
        reset(client.socket)
    assert ended == [None]
    assert codes
    assert codes[0] != 1000


def test_sending_and_closing_after_the_end_raise_only_that_it_is_closed() -> None:
    """No framework's error gets through."""

    async def use(wire: StarletteSocket) -> None:
        with pytest.raises(SocketClosed):
            await wire.receive()
        for attempt in (lambda: wire.send("x"), lambda: wire.close(1000, "")):
            with pytest.raises(SocketClosed):
                await attempt()

    with served(use) as (url, ended), connect(url) as client:
        client.close()
    assert ended == [None]


def test_waiting_for_a_frame_can_be_called_off_without_losing_one() -> None:
    """The next one comes to the next who asks."""
    got: list[str] = []

    async def use(wire: StarletteSocket) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await wire.receive()
        await wire.send("now")
        got.append(await wire.receive())

    with served(use) as (url, _), connect(url) as client:
        assert client.recv() == "now"
        client.send("first")
    assert got == ["first"]
