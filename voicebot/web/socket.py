"""Starlette's websocket in the shape that the telephony room wants."""

from starlette.websockets import WebSocket, WebSocketDisconnect

from voicebot.telephony.line import SocketClosed

ABNORMAL = 1006


class StarletteSocket:
    """Satisfies `telephony.line.Socket`; every way in which the connection can be gone becomes `SocketClosed`."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def receive(self) -> str:
        """The next text frame; a binary one (which Twilio never sends) as text that no protocol understands."""
        try:
            message = await self._socket.receive()
        except (RuntimeError, WebSocketDisconnect) as error:
            raise SocketClosed(ABNORMAL) from error
        if message["type"] == "websocket.disconnect":
            raise SocketClosed(int(message.get("code") or ABNORMAL))
        text = message.get("text")
        return text if text is not None else "(binary)"

    async def send(self, text: str) -> None:
        """Send one text frame."""
        try:
            await self._socket.send_text(text)
        except (RuntimeError, WebSocketDisconnect) as error:
            raise SocketClosed(ABNORMAL) from error

    async def close(self, code: int, reason: str) -> None:
        """Close the socket; `SocketClosed` when it is closed already."""
        try:
            await self._socket.close(code, reason)
        except (RuntimeError, WebSocketDisconnect) as error:
            raise SocketClosed(ABNORMAL) from error
