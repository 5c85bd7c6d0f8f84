"""A small service to call: answers with the TwiML it is given, checks signatures, and talks on the media socket.

TwiML is built with Twilio's own library, so that the carrier does not read only what its author wrote.
"""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import Response
from twilio.request_validator import RequestValidator, get_signature_algorithm
from twilio.twiml.voice_response import VoiceResponse
from virtual_time import asgi_sockets

from voicebot.simulator.carrier import Carrier
from voicebot.simulator.fetching import Limits

TOKEN = "a token for tests"
PUBLIC = "https://bot.example.jp"
TONE = b"\x10\x90" * 80
"""20 ms of a loud sound."""

Answer = str | VoiceResponse | Response | Callable[[Request], Awaitable[Any]]
Talk = Callable[["Talker"], Awaitable[None]]


@dataclass
class Asked:
    """One request that the carrier made."""

    path: str
    form: dict[str, str]
    valid: bool
    at: float
    method: str = "POST"
    cookies: dict[str, str] = field(default_factory=dict)


class Talker:
    """The service's end of a media socket."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket = websocket
        self.received: list[dict[str, Any]] = []
        self.arrivals: list[float] = []
        self.stream_sid = ""
        self.disconnect_code: int | None = None

    def events(self, kind: str) -> list[dict[str, Any]]:
        """What came of one kind."""
        return [message for message in self.received if message["event"] == kind]

    async def receive(self) -> dict[str, Any] | None:
        """The next message; None when the carrier is gone."""
        try:
            message = json.loads(await self.websocket.receive_text())
        except WebSocketDisconnect as gone:
            self.disconnect_code = gone.code
            return None
        self.received.append(message)
        self.arrivals.append(asyncio.get_running_loop().time())
        self.stream_sid = message.get("streamSid", self.stream_sid)
        return message

    async def until(self, kind: str, name: str = "") -> dict[str, Any] | None:
        """The next message of this kind (a mark of this name); None when the carrier is gone first."""
        while (message := await self.receive()) is not None:
            if message["event"] == kind and name in ("", message.get("mark", {}).get("name")):
                return message
        return None

    async def until_speech_ended(self, quiet_frames: int = 30) -> bool:
        """Listen until the caller has said something and been quiet for so many frames."""
        heard, quiet = False, 0
        while (message := await self.receive()) is not None:
            if message["event"] != "media":
                continue
            loud = base64.b64decode(message["media"]["payload"]).count(0xFF) < 100
            heard, quiet = heard or loud, 0 if loud else quiet + 1
            if heard and quiet >= quiet_frames:
                return True
        return False

    async def say(self, seconds: float, mark: str = "") -> None:
        """Send so much loud sound at once, and a mark behind it."""
        payload = base64.b64encode(TONE * round(seconds / 0.02)).decode()
        await self.send({"event": "media", "streamSid": self.stream_sid, "media": {"payload": payload}})
        if mark:
            await self.send({"event": "mark", "streamSid": self.stream_sid, "mark": {"name": mark}})

    async def clear(self) -> None:
        """Drop what is queued."""
        await self.send({"event": "clear", "streamSid": self.stream_sid})

    async def send(self, message: dict[str, Any]) -> None:
        """Send anything."""
        await self.websocket.send_text(json.dumps(message))

    async def close(self, code: int = 1000) -> None:
        """End the stream from the service's side."""
        await self.websocket.close(code)


class SmallBot:
    """The service: `answers` by path, and what it says on the media socket."""

    def __init__(self, answers: dict[str, Answer], talk: Talk | None = None, *, secret: str = TOKEN) -> None:
        self.app = FastAPI()
        self.asked: list[Asked] = []
        self.talkers: list[Talker] = []
        self.socket_valid: list[bool] = []
        self._answers = answers
        self._talk = talk
        self._validator = RequestValidator(secret)
        self.app.add_api_route("/{path:path}", self._answer, methods=["GET", "POST"])
        self.app.add_api_websocket_route("/twilio/media", self._media)

    def forms(self, path: str) -> list[dict[str, str]]:
        """What was sent to a path."""
        return [asked.form for asked in self.asked if asked.path == path]

    async def _answer(self, request: Request) -> Response:
        form = dict(await request.form())
        query = f"?{request.url.query}" if request.url.query else ""
        algorithm = get_signature_algorithm(request.headers.get("X-Twilio-Webhooks-Signature-Settings"))
        valid = self._validator.validate(
            f"{PUBLIC}{request.url.path}{query}", form, request.headers.get("X-Twilio-Signature", ""), algorithm
        )
        at = asyncio.get_running_loop().time()
        self.asked.append(Asked(request.url.path, form, valid, at, request.method, dict(request.cookies)))
        if not valid:
            return Response(status_code=403)
        answer = self._answers.get(request.url.path)
        if callable(answer) and not isinstance(answer, Response):
            answer = await answer(request)
        if answer is None:
            return Response(status_code=204)
        return answer if isinstance(answer, Response) else Response(str(answer), media_type="text/xml")

    async def _media(self, websocket: WebSocket) -> None:
        signature = websocket.headers.get("x-twilio-signature", "")
        self.socket_valid.append(
            self._validator.validate("wss://bot.example.jp/twilio/media", {}, signature, "HMAC_SHA1")
        )
        if not self.socket_valid[-1]:
            await websocket.close(1008)
            return
        await websocket.accept()
        talker = Talker(websocket)
        self.talkers.append(talker)
        if self._talk:
            await self._talk(talker)
        while talker.disconnect_code is None and websocket.application_state.name == "CONNECTED":
            await talker.receive()


def streaming(action: str | None = "/twilio/after-stream", **stream: str) -> VoiceResponse:
    """TwiML that connects the media socket."""
    response = VoiceResponse()
    connect = response.connect(action=action) if action else response.connect()
    media = connect.stream(url="wss://bot.example.jp/twilio/media", **stream)
    media.parameter(name="session", value="token-1")
    return response


def carrier_to(bot: SmallBot, **options: Any) -> Carrier:
    """A carrier that reaches the bot without a network."""
    options.setdefault("limits", Limits(call_seconds=120))
    return Carrier(
        "http://127.0.0.1:8080",
        options.pop("auth_token", TOKEN),
        PUBLIC,
        transport=httpx.ASGITransport(app=bot.app),
        open_socket=options.pop("open_socket", asgi_sockets(bot.app)),
        **options,
    )
