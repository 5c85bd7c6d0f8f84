"""`<Connect><Stream>`: the call's sound goes to the service over a websocket, and the service's sound comes back."""

import asyncio
from datetime import UTC, datetime

from voicebot.simulator.chaos import Network
from voicebot.simulator.earpiece import Playback
from voicebot.simulator.fetching import FetchFailed
from voicebot.simulator.frames import (
    BotClear,
    BotFrame,
    BotMark,
    BotMedia,
    CarrierFrames,
    FrameViolation,
    read_bot_frame,
)
from voicebot.simulator.hearing import FRAME_BYTES, FRAME_SECONDS
from voicebot.simulator.leg import HungUp, Interruption
from voicebot.simulator.live_call import LiveCall, Violation
from voicebot.simulator.resident import Emission, Farewell
from voicebot.simulator.sids import new_sid
from voicebot.simulator.signing import Signer
from voicebot.simulator.twiml_document import Document, Verb
from voicebot.simulator.websocket import MALFORMED_URL, HandshakeFailed, MediaSocket, OpenSocket, SocketClosed

WRONG_SCHEME = 31922
BROKEN_PIPE = 31903
_FLUSH_SECONDS = 2.0
_MAX_PARAMETER_LENGTH = 500


class MediaStream:
    """One media stream while it lasts.

    Args:
        call: The call whose sound it carries.
        socket: The open socket.
        stream_sid: The stream's name.
        parameters: What the TwiML's `<Parameter>` say.
    """

    def __init__(self, call: LiveCall, socket: MediaSocket, stream_sid: str, parameters: dict[str, str]) -> None:
        self._call = call
        self._socket = socket
        self._stream_sid = stream_sid
        self._parameters = parameters
        self._frames = CarrierFrames(call.parties.account_sid, call.parties.call_sid, stream_sid)
        self._playback = Playback()
        self._network = Network(call.chaos)
        self._outbox: asyncio.Queue[tuple[float, str] | None] = asyncio.Queue()
        self._keys: list[tuple[float, str]] = []
        self._spoken_seconds = 0.0
        self._closed: SocketClosed | None = None

    async def run(self) -> SocketClosed:
        """Carry sound both ways until the service closes the socket or it breaks.

        Raises:
            Interruption: the call itself went on or ended; the service has been told.
        """
        reader = asyncio.create_task(self._read())
        writer = asyncio.create_task(self._write())
        try:
            self._put(self._frames.connected())
            if not self._call.chaos.missing_start:
                self._put(self._frames.start(self._parameters))
            while self._closed is None:
                sound = self._playback.begin(FRAME_BYTES)
                emission = await self._call.tick(sound, "bot")
                self._give_back(self._playback.finish())
                self._forward(emission)
            return self._closed
        except Interruption as interruption:
            await self._say_farewell(interruption.how if isinstance(interruption, HungUp) else "stop", writer)
            raise
        finally:
            reader.cancel()
            writer.cancel()
            await asyncio.gather(reader, writer, return_exceptions=True)
            await self._socket.close()
            if unplayed := self._playback.buffered_seconds:
                detail = {"seconds": round(unplayed, 2)}
                self._call.timeline.note("stream", f"{unplayed:.2f} s of sound were never played", detail)

    def _forward(self, emission: Emission) -> None:
        """The caller's 20 ms on their way to the service, with what the chaos makes of them."""
        now = self._call.timeline.seconds
        if emission.key:
            self._keys.append((now + self._call.chaos.key_delay_seconds, emission.key))
        while self._keys and self._keys[0][0] <= now:
            self._put(self._frames.dtmf(self._keys.pop(0)[1]))
        if self._network.loses():
            self._frames.skip()
        else:
            self._put(self._frames.media(emission.sound))
        self._spoken_seconds += FRAME_SECONDS if emission.voiced else 0
        patience = self._call.chaos.reset_after_speech_seconds
        if patience is not None and self._spoken_seconds >= patience:
            self._call.timeline.note("stream", "the media socket is reset in the middle of a word")
            self._socket.break_off(reset=True)
            self._closed = SocketClosed(1006, "reset")

    def _put(self, text: str) -> None:
        self._outbox.put_nowait((self._network.release(self._call.timeline.seconds), text))

    def _give_back(self, marks: tuple[str, ...]) -> None:
        for name in marks:
            self._call.timeline.note("mark", name)
            self._put(self._frames.mark(name))

    async def _write(self) -> None:
        """Send what is due, in order; ends after what was put before None."""
        try:
            while item := await self._outbox.get():
                release, text = item
                # Only jitter makes anything wait; a plain line writes at once.
                if (delay := release - self._call.timeline.seconds) > 0:
                    await asyncio.sleep(delay)
                await self._socket.send(text)
        except SocketClosed as closed:
            self._closed = self._closed or closed

    async def _read(self) -> None:
        """Take what the service sends, until the socket is closed."""
        try:
            while True:
                message = await self._socket.receive()
                try:
                    frame = read_bot_frame(message, self._stream_sid)
                except FrameViolation as violation:
                    self._violated(violation.error, str(violation))
                else:
                    self._take(frame)
        except SocketClosed as closed:
            self._closed = self._closed or closed

    def _take(self, frame: BotFrame) -> None:
        match frame:
            case BotMedia(mulaw=sound, noise=noise):
                if noise:
                    self._violated(0, "the sound begins with a file's header, which is heard as noise")
                self._playback.queue(sound)
            case BotMark(name=name):
                self._give_back(self._playback.mark(name))
            case BotClear():
                detail = {"dropped_seconds": round(self._playback.buffered_seconds, 3)}
                self._call.timeline.note("clear", "the service drops its sound", detail)
                self._give_back(self._playback.clear())

    def _violated(self, error: int, message: str) -> None:
        """Count a violation; the time line shows each kind once, as Twilio's debugger does."""
        known = self._call.violations.get(message)
        if known is None:
            self._call.timeline.note("violation", message, {"error": error})
        first = known.first_seconds if known else round(self._call.timeline.seconds, 4)
        self._call.violations[message] = Violation(error, message, known.count + 1 if known else 1, first)

    async def _say_farewell(self, how: Farewell, writer: "asyncio.Task[None]") -> None:
        """The stream ends from our side: properly with `stop`, or as a connection that just breaks."""
        if how != "stop":
            self._socket.break_off(reset=how == "reset")
            return
        self._put(self._frames.stop())
        self._outbox.put_nowait(None)
        # A service that does not read any more must not hold up the carrier.
        await asyncio.wait({writer}, timeout=_FLUSH_SECONDS)


class Connecting:
    """Opens media streams for `<Connect>`.

    Args:
        signer: Signs the handshake.
        open_socket: Opens the socket.
        allow_ws: Whether `ws://` will do; Twilio wants `wss://`.
    """

    def __init__(self, signer: Signer, open_socket: OpenSocket, *, allow_ws: bool) -> None:
        self._signer = signer
        self._open_socket = open_socket
        self._allow_ws = allow_ws

    async def connect(self, call: LiveCall, verb: Verb, document: Document) -> Document | None:
        """Stream until the service closes; then its `action` or the next verb says what comes.

        That a stream which could not be opened goes on in the same way is an inference: Twilio's pages do not say.
        """
        call.answer()
        stream = next((child for child in verb.children if child.name == "Stream"), None)
        if stream is None or len(verb.children) != 1:
            call.note_verb("<Connect> unsupported noun", {})
            return None
        url = call.desk.service.resolve_stream(stream.attributes.get("url", ""), document.url)
        call.note_verb(f"<Connect><Stream> {url}", {})
        told = _StreamCallbacks(call, stream, document)
        try:
            await self._stream(call, stream, url, told)
        except HandshakeFailed as failure:
            call.timeline.note("error", f"{failure.error}: {failure}", {"error": failure.error})
            told.tell("stream-error", f"{failure.error}: {failure}")
        except HungUp:
            told.tell("stream-stopped")
            call.action_after_hangup(verb, document, {})
            raise
        except Interruption:
            told.tell("stream-stopped")
            raise
        return await call.action(verb, document, {})

    async def _stream(self, call: LiveCall, stream: Verb, url: str, told: "_StreamCallbacks") -> None:
        self._check(url)
        try:
            local = call.desk.service.local(url)
        except FetchFailed as failure:
            raise HandshakeFailed(MALFORMED_URL, str(failure)) from failure
        headers = self._signer.headers(url, {}, tampered=call.chaos.tampered_stream)
        socket = await call.during(self._open_socket(local, headers, call.limits.connect_seconds))
        call.stream_seconds = call.timeline.seconds if call.stream_seconds is None else call.stream_seconds
        call.timeline.note("stream", "the media stream begins", {"stream_sid": told.stream_sid})
        told.tell("stream-started")
        closed = await MediaStream(call, socket, told.stream_sid, _parameters(call, stream)).run()
        call.timeline.note("stream", f"the media stream was closed ({closed.code})", {"code": closed.code})
        if closed.code in {1000, 1001, 1005}:
            told.tell("stream-stopped")
        else:
            error = f"{BROKEN_PIPE}: closed with {closed.code}"
            call.timeline.note("error", error, {"error": BROKEN_PIPE})
            told.tell("stream-error", error)

    def _check(self, url: str) -> None:
        scheme = url.partition(":")[0]
        if scheme != "wss" and not (scheme == "ws" and self._allow_ws):
            raise HandshakeFailed(WRONG_SCHEME, "the address of the stream does not begin with wss://")
        if "?" in url:
            raise HandshakeFailed(MALFORMED_URL, "the address of the stream has a query string; use <Parameter>")


class _StreamCallbacks:
    """What the `statusCallback` of a stream is told."""

    def __init__(self, call: LiveCall, stream: Verb, document: Document) -> None:
        self.stream_sid = new_sid("MZ")
        self._call = call
        self._stream = stream
        self._document = document

    def tell(self, event: str, error: str = "") -> None:
        """`stream-started`, `stream-stopped` or `stream-error`."""
        url = self._stream.attributes.get("statusCallback")
        if not url:
            return
        params = {
            "AccountSid": self._call.parties.account_sid,
            "CallSid": self._call.parties.call_sid,
            "StreamSid": self.stream_sid,
            "StreamName": self._stream.attributes.get("name", self.stream_sid),
            "StreamEvent": event,
            "Timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            **({"StreamError": error} if error else {}),
        }
        method = self._stream.attributes.get("statusCallbackMethod", "POST")
        self._call.callbacks.send(self._call.resolve(url, self._document), params, method)


def _parameters(call: LiveCall, stream: Verb) -> dict[str, str]:
    """What arrives as `customParameters`; name and value together must stay below 500 characters."""
    found = {}
    for child in stream.children:
        name, value = child.attributes.get("name", ""), child.attributes.get("value", "")
        if len(name) + len(value) >= _MAX_PARAMETER_LENGTH:
            call.timeline.note("error", "a <Parameter> is longer than Twilio takes", {"error": 12200})
            continue
        found[name] = value
    return found
