"""One call's `Line` over a media socket: Twilio's messages become line events, sound becomes messages.

The socket is given by whoever owns the web server, in the shape of `Socket`. Nothing on the wire, however broken, may
end a call by an exception: bad messages are counted and passed over until it is clear that nothing else comes.
This module must not know web frameworks, TwiML, signatures or what the call is about.
"""

import asyncio
from typing import Protocol, assert_never

from voicebot.errors import CarrierError, CarrierProtocolError
from voicebot.events import AudioReceived, KeyReceived, LineDropped, LineEvent, MarkReceived
from voicebot.telephony import twilio
from voicebot.telephony.continuity import Continuity
from voicebot.telephony.twilio import Connected, Dtmf, Mark, Media, Message, Stop, StreamStarted, Unknown

MOST_FAULTS_IN_A_ROW = 50
"""One second of Twilio's frames: by then nobody is heard any more, and the TwiML after the stream helps better."""
MOST_MESSAGES_BEFORE_START = 50
NORMAL_CLOSURE = 1000
PROTOCOL_ERROR = 1002
"""Close codes of RFC 6455, 7.4.1."""


class SocketClosed(CarrierError):  # noqa: N818  what happened, not always a fault
    """The websocket is closed, from whichever side; `close_code` as in RFC 6455 (1006: it just broke)."""

    def __init__(self, close_code: int) -> None:
        super().__init__(
            "carrier.socket_closed", f"The media socket is closed ({close_code}); send nothing more on it."
        )
        self.close_code = close_code


class Socket(Protocol):
    """What a line needs of an accepted websocket. Adapters turn their framework's errors into `SocketClosed`."""

    async def receive(self) -> str:
        """The next text frame; `""` for a binary one. Raises `SocketClosed`. May be cancelled without loss."""

    async def send(self, text: str) -> None:
        """Send one text frame. Raises `SocketClosed`."""

    async def close(self, code: int, reason: str) -> None:
        """Close the socket. Raises nothing, or `SocketClosed`, when it is closed already."""


class TwilioLine:
    """The wire of one call; satisfies the port `Line`. Used from the event loop only.

    Attributes:
        faults: Messages so far that were not understood, or belonged to another stream.
        continuity: What was lost or came twice of the caller's sound.
    """

    def __init__(self, socket: Socket, stream_sid: str) -> None:
        self.faults = 0
        self.continuity = Continuity()
        self._socket = socket
        self._stream_sid = stream_sid
        self._faults_in_a_row = 0
        self._dropped: LineDropped | None = None
        self._closed = False

    async def receive(self) -> LineEvent:
        """The next thing that happened; after `LineDropped` always `LineDropped` again. Never raises."""
        while self._dropped is None:
            try:
                event = self._event_of(twilio.parse(await self._socket.receive()))
            except CarrierProtocolError:
                await self._count_fault()
                continue
            except (SocketClosed, OSError) as error:
                # A close from our side that happened meanwhile stays what it was.
                self._dropped = self._dropped or LineDropped(clean=_is_normal(error))
                continue
            self._faults_in_a_row = 0
            if event is not None:
                return event
        return self._dropped

    async def send(self, mulaw: bytes) -> None:
        """Queue sound at the carrier, any length. Raises nothing when the line is gone."""
        if mulaw:
            await self._send(twilio.media(self._stream_sid, mulaw))

    async def mark(self, name: str) -> None:
        """Ask for `MarkReceived(name)` when the sound sent so far has been played (or cleared)."""
        await self._send(twilio.mark(self._stream_sid, name))

    async def clear(self) -> None:
        """Drop what the carrier has not played yet; pending marks come back."""
        await self._send(twilio.clear(self._stream_sid))

    async def close(self) -> None:
        """End the stream from our side; Twilio then asks the `action` of `<Connect>` what to do next."""
        await self._close(NORMAL_CLOSURE, LineDropped(clean=True))

    def _event_of(self, message: Message) -> LineEvent | None:
        """What the message means for the call; None when it means nothing.

        Raises:
            CarrierProtocolError: the message belongs to another stream.
        """
        match message:
            case Connected() | Unknown():
                return None
            case StreamStarted() | Media() | Dtmf() | Mark() | Stop() if message.stream_sid != self._stream_sid:
                raise CarrierProtocolError(
                    "carrier.wrong_stream", "A message names another stream; one socket must carry one stream only."
                )
            case StreamStarted():
                return None
            case Media():
                return self._sound_of(message)
            case Dtmf(digit=digit):
                # A-D exist on no resident's telephone and have no place in the conversation.
                return None if digit in "ABCD" else KeyReceived(digit)
            case Mark(name=name):
                return MarkReceived(name)
            case Stop():
                self._dropped = LineDropped(clean=True)
                return self._dropped
            case _:
                assert_never(message)

    def _sound_of(self, piece: Media) -> AudioReceived | None:
        mulaw = self.continuity.place(piece) if piece.track == "inbound" else b""
        return AudioReceived(mulaw) if mulaw else None

    async def _count_fault(self) -> None:
        self.faults += 1
        self._faults_in_a_row += 1
        if self._faults_in_a_row >= MOST_FAULTS_IN_A_ROW:
            await self._close(PROTOCOL_ERROR, LineDropped(clean=False))

    async def _send(self, text: str) -> None:
        if self._dropped is not None:
            return
        try:
            await self._socket.send(text)
        except (SocketClosed, OSError):
            # `receive` learns it from the socket itself, after what had arrived before.
            return

    async def _close(self, code: int, dropped: LineDropped) -> None:
        if self._closed:
            return
        self._closed = True
        self._dropped = self._dropped or dropped
        try:
            await self._socket.close(code, "")
        except (SocketClosed, OSError):
            return


async def open_line(socket: Socket, timeout_seconds: float) -> tuple[StreamStarted, TwilioLine]:
    """Wait until the carrier has said which call this socket belongs to.

    The caller of this function checks the token in `StreamStarted.parameters`, and closes the socket when that or
    this function fails.

    Raises:
        CarrierProtocolError: `carrier.no_start` when the time ran out, the socket closed, or other messages came
            instead; another code when what came was no media stream.
    """
    try:
        async with asyncio.timeout(timeout_seconds):
            started = await _start_of(socket)
    except (TimeoutError, SocketClosed, OSError) as error:
        raise _no_start() from error
    return started, TwilioLine(socket, started.stream_sid)


async def _start_of(socket: Socket) -> StreamStarted:
    for _ in range(MOST_MESSAGES_BEFORE_START):
        message = twilio.parse(await socket.receive())
        if isinstance(message, StreamStarted):
            return message
        if isinstance(message, Stop):
            break
    raise _no_start()


def _no_start() -> CarrierProtocolError:
    return CarrierProtocolError(
        "carrier.no_start",
        "The media socket was opened but no stream started on it; close it, and if it was Twilio see its debugger.",
    )


def _is_normal(error: SocketClosed | OSError) -> bool:
    return isinstance(error, SocketClosed) and error.close_code == NORMAL_CLOSURE
