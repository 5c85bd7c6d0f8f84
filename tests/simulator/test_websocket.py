"""The real media socket, over loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

import pytest
from websockets.asyncio.server import Request, Response, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from voicebot.simulator.websocket import HandshakeFailed, SocketClosed, open_websocket


@asynccontextmanager
async def server(
    talk: Callable[[ServerConnection], Awaitable[None]],
    check: Callable[[ServerConnection, Request], Response | None] | None = None,
) -> AsyncIterator[str]:
    """A websocket server; gives its address."""
    async with serve(talk, "127.0.0.1", 0, process_request=check) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}/twilio/media"


async def test_headers_go_out_and_messages_go_both_ways() -> None:
    """Without compression, as Twilio's socket."""
    seen: list[Request] = []

    async def echo(connection: ServerConnection) -> None:
        assert connection.request is not None
        seen.append(connection.request)
        await connection.send(await connection.recv())
        await connection.close(1000, "bye")

    async with server(echo) as url:
        wire = await open_websocket(url, {"x-twilio-signature": "abc"}, 5)
        await wire.send("はい")
        assert await wire.receive() == "はい"
        with pytest.raises(SocketClosed) as closed:
            await wire.receive()
        await wire.close()
    assert (closed.value.code, closed.value.reason) == (1000, "bye")
    assert seen[0].headers["x-twilio-signature"] == "abc"
    assert "Sec-WebSocket-Extensions" not in seen[0].headers
    with pytest.raises(SocketClosed):
        await wire.send("x")


async def test_a_refusal_has_twilios_number() -> None:
    """31920 for an HTTP answer, 31902 when nobody listens, 31901 when nobody answers, 31923 for nonsense."""

    def refuse(connection: ServerConnection, request: Request) -> Response:
        return connection.respond(HTTPStatus.FORBIDDEN, "")

    async def never(connection: ServerConnection) -> None:
        raise AssertionError

    async with server(never, refuse) as url:
        with pytest.raises(HandshakeFailed) as failed:
            await open_websocket(url, {}, 5)
        assert failed.value.error == 31920
    with pytest.raises(HandshakeFailed) as failed:
        await open_websocket(url, {}, 5)
    assert failed.value.error == 31902
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        with pytest.raises(HandshakeFailed) as failed:
            await open_websocket(f"ws://127.0.0.1:{deaf.getsockname()[1]}/", {}, 0.05)
        assert failed.value.error == 31901
    with pytest.raises(HandshakeFailed) as failed:
        await open_websocket("http://127.0.0.1/", {}, 5)
    assert failed.value.error == 31923


@pytest.mark.parametrize("reset", [True, False])
async def test_a_connection_that_is_broken_off_bears_no_farewell(reset: bool) -> None:
    """The service sees 1006; only a reset shows as an error of the wire."""
    ended: asyncio.Future[ConnectionClosed] = asyncio.get_running_loop().create_future()

    async def listen(connection: ServerConnection) -> None:
        try:
            await connection.recv()
        except ConnectionClosed as closed:
            ended.set_result(closed)

    async with server(listen) as url:
        wire = await open_websocket(url, {}, 5)
        wire.break_off(reset=reset)
        closed = await asyncio.wait_for(ended, 5)
        with pytest.raises(SocketClosed) as ours:
            await wire.receive()
        await wire.close()
    assert closed.rcvd is None
    assert isinstance(closed.__cause__, ConnectionResetError) == reset
    assert ours.value.code == 1006
