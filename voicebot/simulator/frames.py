"""The messages on the media socket, seen from the carrier: ours are built, the service's are checked.

Written from Twilio's page "Media Streams - WebSocket messages": `sequenceNumber`, `chunk` and `timestamp` are strings,
`sampleRate` and `channels` are numbers, `dtmf.track` is `inbound_track` where `media.track` is `inbound`. Pure.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass

from voicebot.simulator.hearing import FRAME_SECONDS

UNDECODABLE = 31950
INVALID_MESSAGE = 31951


@dataclass(frozen=True, slots=True)
class BotMedia:
    """The service wants this sound to be played."""

    mulaw: bytes
    noise: bool = False
    """It begins with a file's header, which will be heard as noise."""


@dataclass(frozen=True, slots=True)
class BotMark:
    """The service wants to know when the sound so far has been played."""

    name: str


@dataclass(frozen=True, slots=True)
class BotClear:
    """The service wants its buffered sound dropped."""


BotFrame = BotMedia | BotMark | BotClear


class FrameViolation(Exception):  # noqa: N818  a violation of the protocol by the service, counted and not fatal
    """A message that Twilio would refuse.

    Args:
        error: Twilio's error number.
        message: What is wrong with it.
    """

    def __init__(self, error: int, message: str) -> None:
        super().__init__(message)
        self.error = error


def read_bot_frame(message: str | bytes, stream_sid: str) -> BotFrame:
    """A message of the service.

    Raises:
        FrameViolation: it is not exactly what Twilio's page allows.
    """
    if isinstance(message, bytes):
        raise FrameViolation(UNDECODABLE, "a binary message; the media socket carries JSON text only")
    try:
        frame = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise FrameViolation(INVALID_MESSAGE, "a message that is not JSON") from error
    if not isinstance(frame, dict):
        raise FrameViolation(INVALID_MESSAGE, "a message that is not a JSON object")
    event = frame.get("event")
    if event not in ("media", "mark", "clear"):
        raise FrameViolation(INVALID_MESSAGE, "a message with an event that Twilio does not know")
    if frame.get("streamSid") != stream_sid:
        raise FrameViolation(INVALID_MESSAGE, f"'{event}' without this stream's streamSid")
    fields = {"event", "streamSid"} if event == "clear" else {"event", "streamSid", event}
    _exactly(frame, fields, f"'{event}'")
    if event == "media":
        return _media(frame["media"])
    return _mark(frame["mark"]) if event == "mark" else BotClear()


def _media(media: object) -> BotMedia:
    _exactly(media, {"payload"}, "'media.media'")
    payload = media["payload"] if isinstance(media, dict) else None
    if not isinstance(payload, str) or not payload:
        raise FrameViolation(INVALID_MESSAGE, "'media.payload' is not text, or empty")
    try:
        sound = base64.b64decode(payload, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FrameViolation(INVALID_MESSAGE, "'media.payload' is not strict base64") from error
    return BotMedia(sound, noise=sound.startswith((b"RIFF", b".snd", b"ID3", b"OggS")))


def _mark(mark: object) -> BotMark:
    _exactly(mark, {"name"}, "'mark.mark'")
    name = mark["name"] if isinstance(mark, dict) else None
    if not isinstance(name, str) or not name:
        raise FrameViolation(INVALID_MESSAGE, "'mark.name' is not text, or empty")
    return BotMark(name)


def _exactly(found: object, fields: set[str], where: str) -> None:
    if not isinstance(found, dict):
        raise FrameViolation(INVALID_MESSAGE, f"{where} is not an object")
    if missing := fields - found.keys():
        raise FrameViolation(INVALID_MESSAGE, f"{where} lacks {', '.join(sorted(missing))}")
    if extra := found.keys() - fields:
        raise FrameViolation(INVALID_MESSAGE, f"{where} has unknown fields: {len(extra)}")


class CarrierFrames:
    """Builds the carrier's messages of one stream, with their counters."""

    def __init__(self, account_sid: str, call_sid: str, stream_sid: str) -> None:
        self._account_sid = account_sid
        self._call_sid = call_sid
        self._stream_sid = stream_sid
        self._sequence = 0
        self._chunk = 0
        self._frames = 0

    def connected(self) -> str:
        """The first message; it bears no stream and no number."""
        return json.dumps({"event": "connected", "protocol": "Call", "version": "1.0.0"})

    def start(self, parameters: Mapping[str, str]) -> str:
        """Who calls, in which sound; `parameters` are the `<Parameter>` of the TwiML."""
        start = {
            "accountSid": self._account_sid,
            "streamSid": self._stream_sid,
            "callSid": self._call_sid,
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": dict(parameters),
        }
        return self._numbered("start", {"start": start})

    def media(self, sound: bytes) -> str:
        """The next 20 ms of the caller."""
        self._chunk += 1
        media = {
            "track": "inbound",
            "chunk": str(self._chunk),
            "timestamp": str(round(self._frames * FRAME_SECONDS * 1000)),
            "payload": base64.b64encode(sound).decode("ascii"),
        }
        self._frames += 1
        return self._numbered("media", {"media": media})

    def skip(self) -> None:
        """20 ms of the caller were lost before they reached the carrier: only the time goes on."""
        self._frames += 1

    def dtmf(self, digit: str) -> str:
        """The caller pressed a key."""
        return self._numbered("dtmf", {"dtmf": {"track": "inbound_track", "digit": digit}})

    def mark(self, name: str) -> str:
        """A mark comes back."""
        return self._numbered("mark", {"mark": {"name": name}})

    def stop(self) -> str:
        """The stream ends from the carrier's side."""
        return self._numbered("stop", {"stop": {"accountSid": self._account_sid, "callSid": self._call_sid}})

    def _numbered(self, event: str, body: Mapping[str, object]) -> str:
        self._sequence += 1
        numbered = {"event": event, "sequenceNumber": str(self._sequence), **body, "streamSid": self._stream_sid}
        return json.dumps(numbered, ensure_ascii=False)
