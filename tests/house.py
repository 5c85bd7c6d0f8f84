"""The whole service for tests, really listening on the loopback, and clients that sign as the carrier does.

Real: web server, websocket, SQLite store, signatures, voice activity, voice. The recogniser is scripted unless a test
is about recognition.
"""

import asyncio
import base64
import json
import logging
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from voicebot import bootstrap
from voicebot import content as contents
from voicebot.city.desk import Desk
from voicebot.cli.serve import server
from voicebot.content import Content
from voicebot.faq.search import FaqSearch
from voicebot.recogniser.scripted import ScriptedRecogniser
from voicebot.service import Service
from voicebot.settings import Settings
from voicebot.simulator.carrier import Carrier
from voicebot.simulator.signing import SharedKey, Signer
from voicebot.simulator.twiml_document import Document, parse
from voicebot.transcripts.store import Store
from voicebot.voice.chain import Voices
from voicebot.voice.low import LowVoice
from voicebot.voice.reading import reading

ROOT = Path(__file__).parents[1]
TOKEN = "a token for tests"
PUBLIC = "https://voicebot.example.jp"
CALLER = "+815000000001"
QUIET = base64.b64encode(b"\xff" * 160).decode()
"""20 ms of silence in base64."""
PATIENCE_SECONDS = 30.0
"""How long a test waits for what others bring about: it costs nothing where it comes."""
OFFICE = datetime(2026, 11, 24, 10, 0)
"""A Tuesday morning."""


class ScriptedRecognisers:
    """The port `Recognisers`: the first call hears the first script, the next the next."""

    def __init__(self, *scripts: Sequence[str]) -> None:
        self.scripts = list(scripts)

    def open(self, language: str) -> ScriptedRecogniser:
        return ScriptedRecogniser(language, reading, self.scripts.pop(0) if self.scripts else ())

    def name(self, language: str) -> str:
        return "scripted"


def settings(folder: Path, **changes: Any) -> Settings:
    """Settings for a service that keeps everything in a folder."""
    values: dict[str, Any] = {
        "_env_file": None,
        "city": ROOT / "tests" / "cities" / "mijika",
        "grammars": ROOT / "grammars",
        "data": folder / "data",
        "recordings": folder / "recordings",
        "public_url": PUBLIC,
        "twilio_auth_token": TOKEN,
        "start_timeout_seconds": 2.0,
    }
    return Settings(**(values | changes))


def service(folder: Path, *scripts: Sequence[str], at: datetime | None = OFFICE, **changes: Any) -> Service:
    """A service whose callers say what is scripted, at a pretended time.

    The content and the voice are made once in a run of the tests; `test_bootstrap` makes all of it anew.
    """
    chosen = settings(folder, **changes)
    content, voices, answers = _content_and_voices()
    desk = Desk(content.city)
    moment = at.replace(tzinfo=content.city.profile.zone) if at else None
    return Service(
        settings=chosen,
        content=content,
        store=Store(chosen.database),
        accounts=(people := bootstrap.accounts(chosen, content)),
        presence=people.attendance,
        signatures=bootstrap.signatures(chosen),
        recognisers=ScriptedRecognisers(*scripts),
        voices=voices,
        answers=answers,
        desk=desk,
        city_desk=desk,
        pools=bootstrap.pools(chosen),
        office_time=(lambda: moment) if moment else None,
    )


@cache
def _content_and_voices() -> tuple[Content, Voices, FaqSearch]:
    given = settings(Path(tempfile.mkdtemp()))
    content = contents.load(given.city, given.grammars, reading)
    return content, bootstrap.voices(given, reading), FaqSearch(content.entries, reading)


class Unhandled(logging.Handler):
    """Collects what must never be in a server's log: errors with a traceback, and asyncio's complaints."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        foreign = not record.name.startswith("voicebot")
        if record.exc_info or (foreign and record.levelno >= logging.ERROR):
            self.records.append(record)


class House:
    """A running service, seen from the carrier."""

    def __init__(self, service: Service, base_url: str, unhandled: Unhandled) -> None:
        self.service = service
        self.base_url = base_url
        self.public_url = service.settings.public_url
        self.unhandled = unhandled
        self.signer = Signer(service.settings.twilio_auth_token.get_secret_value())
        self._client = httpx.Client(timeout=2 * PATIENCE_SECONDS)
        self._medias: list[Media] = []
        self.page: Any = None
        self.stop: Callable[[], None] = lambda: None
        """As a SIGTERM does."""

    def take_over(self, call_id: str, number: str, operator: str) -> bool:
        """As an operator's page does, on the service's own event loop."""
        page = self.page

        async def click() -> bool:
            return bool(page.app.state.phone.take_over(call_id, number, operator))

        return asyncio.run_coroutine_threadsafe(click(), page.loop).result(10)

    def close(self) -> None:
        """Nobody is on the line any more."""
        self._client.close()
        for media in self._medias:
            media.close()

    def post(
        self,
        door: str,
        call_sid: str = "CA1",
        *,
        signer: Signer | None = None,
        tampered: bool = False,
        headers: Mapping[str, str] | None = None,
        **fields: str,
    ) -> httpx.Response:
        """A signed webhook, as the carrier sends it; `door` may bear a query."""
        form = {
            "AccountSid": "AC1", "ApiVersion": "2010-04-01", "CallSid": call_sid, "CallStatus": "in-progress",
            "Direction": "inbound", "From": CALLER, "To": "+815000002000", "CallerName": "",
        } | fields  # fmt: skip
        signed = (signer or self.signer).headers(f"{self.public_url}/twilio/{door}", form, tampered=tampered)
        return self._client.post(
            f"{self.base_url}/twilio/{door}", data=form, headers=signed if headers is None else headers
        )

    def twiml(self, door: str, call_sid: str = "CA1", **fields: str) -> Document:
        """What a webhook is answered."""
        answer = self.post(door, call_sid, **fields)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/xml")
        return parse(answer.text, self.public_url)

    def token(self, call_sid: str = "CA1") -> str:
        """A new call's stream token."""
        return token_of(self.twiml("voice", call_sid, CallStatus="ringing"))

    def media(self, call_sid: str, token: str | None, *, start: bool = True) -> "Media":
        """An open media socket on which the stream has started."""
        url = self.service.settings.media_url
        local = "ws" + self.base_url.removeprefix("http") + "/twilio/media"
        headers = self.signer.headers(url, {})
        media = Media(connect(local, additional_headers=headers, compression=None).__enter__(), call_sid)
        self._medias.append(media)
        if start:
            media.start(token)
        return media

    def carrier(self, **options: Any) -> Carrier:
        """The simulator's carrier."""
        return Carrier(self.base_url, options.pop("auth_token", TOKEN), self.public_url, **options)

    def items(self, call_sid: str) -> list[Any]:
        """The record of a call."""
        self.service.store.flush()
        call_id = self.service.store.find(call_sid)
        return [entry.item for entry in self.service.store.records(call_id)] if call_id else []

    def of(self, call_sid: str, *kinds: type) -> list[Any]:
        """The records of these kinds."""
        return [item for item in self.items(call_sid) if isinstance(item, kinds)]

    def texts(self, call_sid: str) -> list[str]:
        """What was ordered to be said."""
        orders = [item for item in self.items(call_sid) if type(item).__name__ == "Play"]
        return ["".join(prompt.text for prompt in order.prompts) for order in orders]

    def health(self) -> httpx.Response:
        return self._client.get(f"{self.base_url}/health")

    def get(self, path: str) -> httpx.Response:
        return self._client.get(f"{self.base_url}{path}")

    def send(self, path: str, **options: Any) -> httpx.Response:
        """A request as a stranger sends it."""
        return self._client.post(f"{self.base_url}{path}", **options)


class _Page:
    """What stands inside the application: its event loop is known when the service begins."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.loop: Any = None
        begin = app.state.phone.begin

        async def begun() -> None:
            self.loop = asyncio.get_running_loop()
            await begin()

        app.state.phone.begin = begun


class Media:
    """The carrier's end of a media socket, by hand. Silence flows in the background as from a carrier."""

    def __init__(self, socket: ClientConnection, call_sid: str) -> None:
        self.socket = socket
        self.call_sid = call_sid
        self.stream_sid = f"MZ{call_sid}"
        self.received: list[dict[str, Any]] = []
        self.close_code: int | None = None
        self._chunk = 0
        self._speech: list[str] = []
        self._open = True
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._writer: threading.Thread | None = None

    def start(self, token: str | None, **start: Any) -> None:
        """`connected` and `start`, and then sound."""
        self.send({"event": "connected", "protocol": "Call", "version": "1.0.0"})
        parameters = {} if token is None else {"token": token}
        self.send({
            "event": "start", "sequenceNumber": "1", "streamSid": self.stream_sid,
            "start": {
                "accountSid": "AC1", "streamSid": self.stream_sid, "callSid": self.call_sid, "tracks": ["inbound"],
                "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
                "customParameters": parameters,
            } | start,
        })  # fmt: skip
        self._writer = threading.Thread(target=self._silence, daemon=True)
        self._writer.start()

    def send(self, message: dict[str, Any] | str | bytes) -> None:
        try:
            self.socket.send(json.dumps(message) if isinstance(message, dict) else message)
        except ConnectionClosed:
            self._open = False

    def key(self, digit: str) -> None:
        self.send({"event": "dtmf", "streamSid": self.stream_sid, "dtmf": {"track": "inbound_track", "digit": digit}})

    def talk(self, mulaw: bytes) -> None:
        """Say this from now on, again and again."""
        frames = [mulaw[at : at + 160].ljust(160, b"\xff") for at in range(0, len(mulaw), 160)]
        self._speech = [base64.b64encode(frame).decode() for frame in frames]

    def stop(self) -> None:
        """The caller hangs up."""
        stop = {"accountSid": "AC1", "callSid": self.call_sid}
        self.send({"event": "stop", "streamSid": self.stream_sid, "stop": stop})
        self.socket.close()

    def close(self) -> None:
        """Let go."""
        self._open = False
        self.socket.close()
        for thread in (self._reader, self._writer):
            if thread:
                thread.join(5)

    def reset(self) -> None:
        """The connection breaks."""
        self._open = False
        reset(self.socket.socket)

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in list(self.received) if message["event"] == kind]

    def wait_closed(self, seconds: float = PATIENCE_SECONDS) -> int | None:
        """The close code of the service."""
        self._reader.join(seconds)
        assert not self._reader.is_alive(), "the service did not close the socket"
        return self.close_code

    def _read(self) -> None:
        """Take what the service says, and give marks back when their sound would have been played."""
        until = 0.0
        try:
            for text in self.socket:
                message = json.loads(text)
                self.received.append(message)
                now = time.monotonic()
                if message["event"] == "media":
                    until = max(until, now) + len(message["media"]["payload"]) * 3 / 4 / 8000
                elif message["event"] == "clear":
                    until = now
                elif message["event"] == "mark":
                    threading.Timer(max(0.0, until - now), self.send, [message]).start()
        except (ConnectionClosed, OSError):
            pass
        self._open = False
        self.close_code = self.socket.close_code

    def _silence(self) -> None:
        begun = time.monotonic()
        while self._open:
            self._chunk += 1
            sound = {
                "track": "inbound",
                "chunk": str(self._chunk),
                "timestamp": str(self._chunk * 20),
                "payload": self._speech[self._chunk % len(self._speech)] if self._speech else QUIET,
            }
            self.send({"event": "media", "streamSid": self.stream_sid, "media": sound})
            time.sleep(max(0.0, begun + self._chunk * 0.02 - time.monotonic()))


def reset(connection: socket.socket) -> None:
    """Break a TCP connection without a farewell."""
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.shutdown(socket.SHUT_RD)  # wakes who reads from it: until then it is not really closed
    except OSError:
        pass  # the other side was quicker
    connection.close()


def together(work: Callable[[Any], Any], cases: Sequence[Any]) -> list[Any]:
    """The same for several calls at once; the results in order."""
    with ThreadPoolExecutor(len(cases)) as pool:
        return list(pool.map(work, cases))


@contextmanager
def open_house(
    service: Service, *, expects: Sequence[str] = (), leave_seconds: float = 0.0, orders: Path | None = None
) -> Iterator[House]:
    """Serve until the end of the block; nothing unhandled may be in the log then but what is expected."""
    unhandled = Unhandled()
    logging.getLogger().addHandler(unhandled)
    # Named as TCP, so that asyncio switches Nagle's algorithm off; else each answer waits 40 ms for an acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    own = server(service, leave_seconds)
    own.config.app.state.orders = orders  # type: ignore[union-attr]
    page = _Page(own.config.app)
    thread = threading.Thread(target=own.run, args=([listener],), name="server")
    thread.start()
    house = House(service, f"http://127.0.0.1:{listener.getsockname()[1]}", unhandled)
    house.page = page
    house.stop = partial(setattr, own, "should_exit", True)  # noqa: FBT003  the signature is setattr's
    try:
        until(lambda: own.started or not thread.is_alive())
        yield house
    finally:
        house.stop()
        thread.join(20)
        house.close()
        listener.close()
        logging.getLogger().removeHandler(unhandled)
    assert not thread.is_alive(), "the server did not stop"
    told = [logging.Formatter().format(record) for record in unhandled.records]
    assert [record.getMessage() for record in unhandled.records] == list(expects), "\n".join(told)


def token_of(document: Document) -> str:
    """The stream token in a document."""
    assert document.verbs[0].name == "Connect", document
    (stream,) = document.verbs[0].children
    (parameter,) = stream.children
    return parameter.attributes["value"]


def numbers_of(document: Document) -> list[str]:
    """Whom a document dials."""
    dial = next(verb for verb in document.verbs if verb.name == "Dial")
    return [child.text for child in dial.children]


def until(condition: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """Wait until something is true that another thread or process brings about."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return found


_voice: LowVoice | None = None
_spoken: dict[str, bytes] = {}


def speak(words: str) -> bytes:
    """A resident's voice; every text is spoken once in a run of the tests."""
    global _voice
    _voice = _voice or LowVoice()
    if words not in _spoken:
        _spoken[words] = _voice(words)
    return _spoken[words]


__all__ = [
    "CALLER", "OFFICE", "PUBLIC", "ROOT", "TOKEN", "House", "Media", "ScriptedRecognisers", "SharedKey",
    "numbers_of", "open_house", "reset", "service", "settings", "speak", "together", "token_of", "until",
]  # fmt: skip
