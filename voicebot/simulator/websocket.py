"""The carrier's end of the media socket, over the library `websockets`."""

import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

NO_ANSWER = 31901
REFUSED = 31902
NOT_SWITCHED = 31920
MALFORMED_URL = 31923


class HandshakeFailed(Exception):  # noqa: N818  an outcome of the call, not a fault of the simulator
    """The service did not open the media socket.

    Args:
        error: Twilio's error number.
        message: What the service did instead.
    """

    def __init__(self, error: int, message: str) -> None:
        super().__init__(message)
        self.error = error


class SocketClosed(Exception):  # noqa: N818  an outcome of the call
    """The socket is closed.

    Args:
        code: The close code; 1006 when the connection broke without one.
        reason: What the other side wrote beside it.
    """

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class MediaSocket(Protocol):
    """One open media socket."""

    async def send(self, text: str) -> None:
        """Send one message. Raises `SocketClosed`."""

    async def receive(self) -> str | bytes:
        """The next message of the service. Raises `SocketClosed`."""

    async def close(self) -> None:
        """Close with 1000. Never raises."""

    def break_off(self, *, reset: bool) -> None:
        """Close the connection without the websocket's farewell; `reset` sends a TCP reset instead of an end."""


OpenSocket = Callable[[str, Mapping[str, str], float], Awaitable[MediaSocket]]
"""`open(url, headers, seconds)`; raises `HandshakeFailed`."""


class Websocket:
    """A media socket over the network."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def send(self, text: str) -> None:
        """Send one message. Raises `SocketClosed`."""
        try:
            await self._connection.send(text)
        except ConnectionClosed as closed:
            raise self._closed(closed) from closed

    async def receive(self) -> str | bytes:
        """The next message of the service. Raises `SocketClosed`."""
        try:
            return await self._connection.recv()
        except ConnectionClosed as closed:
            raise self._closed(closed) from closed

    async def close(self) -> None:
        """Close with 1000, waiting a moment for the other side's farewell."""
        await self._connection.close()

    def break_off(self, *, reset: bool) -> None:
        """Close the connection without the websocket's farewell."""
        transport = self._connection.transport
        wire = transport.get_extra_info("socket")
        if reset and wire is not None:
            # With no time to linger the kernel sends RST in place of FIN.
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()

    def _closed(self, closed: ConnectionClosed) -> SocketClosed:
        farewell = closed.rcvd
        return SocketClosed(farewell.code if farewell else 1006, farewell.reason if farewell else "")


async def open_websocket(url: str, headers: Mapping[str, str], seconds: float) -> Websocket:
    """Open the media socket as Twilio does: no compression, no pings of our own.

    Raises:
        HandshakeFailed: with the error number that Twilio would show in its debugger.
    """
    try:
        connection = await connect(
            url,
            additional_headers=dict(headers),
            user_agent_header="Twilio.TmeWs/1.0",
            compression=None,
            ping_interval=None,
            open_timeout=seconds,
            close_timeout=2,
            max_size=2**24,
            proxy=None,
        )
    except InvalidStatus as error:
        status = error.response.status_code
        raise HandshakeFailed(NOT_SWITCHED, f"the handshake was answered with HTTP {status}") from error
    except TimeoutError as error:
        raise HandshakeFailed(NO_ANSWER, "the handshake was not answered in time") from error
    except InvalidURI as error:
        raise HandshakeFailed(MALFORMED_URL, "the address of the stream is malformed") from error
    except InvalidHandshake as error:
        raise HandshakeFailed(NOT_SWITCHED, "the handshake is not a websocket's") from error
    except OSError as error:
        raise HandshakeFailed(REFUSED, "the connection was refused") from error
    return Websocket(connection)
