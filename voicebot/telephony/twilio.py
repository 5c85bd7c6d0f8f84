"""Twilio's media stream messages: text to values and values to text, without a wire.

Source: Twilio's pages "Media Streams - WebSocket messages" and `<Stream>`. Types differ by field there: `chunk` and
`timestamp` are JSON strings that hold numbers, `sampleRate` and `channels` are JSON numbers. Fields and events
that are not known here are passed over, because the set grows; what the call depends on is read strictly.
This module must not know sockets, clocks or calls.
"""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from voicebot.errors import CarrierProtocolError

IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
"""What call and stream ids look like. They become parts of file names, so nothing else is let in."""
KEYS = frozenset("0123456789*#ABCD")
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
_FORMAT = {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}


@dataclass(frozen=True, slots=True)
class Connected:
    """The first message on a socket; it names no stream."""

    protocol: str
    version: str


@dataclass(frozen=True, slots=True)
class StreamStarted:
    """Whose sound this socket carries. The sound is always mu-law, 8 kHz, mono."""

    stream_sid: str
    call_sid: str
    account_sid: str
    tracks: tuple[str, ...] = ("inbound",)
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What `<Parameter>` gave in the TwiML: among others our one-time token. Anyone may send it: check it."""


@dataclass(frozen=True, slots=True)
class Media:
    """A piece of sound."""

    stream_sid: str
    track: str
    """`inbound` is the caller."""
    chunk: int
    """Counts media messages from 1."""
    timestamp_ms: int
    """Milliseconds from the start of the stream."""
    mulaw: bytes


@dataclass(frozen=True, slots=True)
class Dtmf:
    """A key was pressed: 0-9, *, #, or A-D, which no ordinary telephone has."""

    stream_sid: str
    digit: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark came back: the sound before it has been played, or was cleared."""

    stream_sid: str
    name: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The stream has ended: the caller hung up, or the call was moved elsewhere."""

    stream_sid: str
    call_sid: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An event that Twilio may have added since; to be passed over."""

    event: str


Message = Connected | StreamStarted | Media | Dtmf | Mark | Stop | Unknown
Fields = Mapping[str, object]


def parse(text: str) -> Message:
    """Read one text frame.

    Raises:
        CarrierProtocolError: for anything that is not such a message; never another error.
    """
    message = _object_of(text)
    event = _text(message, "event")
    read = _READERS.get(event)
    return read(message) if read else Unknown(event)


def media(stream_sid: str, mulaw: bytes) -> str:
    """Sound to be played after what is already queued: mu-law at 8 kHz, any length, no file header."""
    payload = base64.b64encode(mulaw).decode("ascii")
    return json.dumps({"event": "media", "streamSid": stream_sid, "media": {"payload": payload}})


def mark(stream_sid: str, name: str) -> str:
    """Ask for this mark back when the sound before it has been played (or cleared)."""
    return json.dumps({"event": "mark", "streamSid": stream_sid, "mark": {"name": name}})


def clear(stream_sid: str) -> str:
    """Drop all sound that is queued; pending marks come back."""
    return json.dumps({"event": "clear", "streamSid": stream_sid})


def _object_of(text: str) -> Fields:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: not JSON, or a number of absurd length
        raise CarrierProtocolError(
            "carrier.not_json",
            "A frame on the media socket is not JSON text; only Twilio's <Stream> may connect to this address.",
        ) from error
    return value if isinstance(value, dict) else _refuse("event")


def _connected(message: Fields) -> Connected:
    return Connected(_text(message, "protocol", ""), _text(message, "version", ""))


def _started(message: Fields) -> StreamStarted:
    start = _fields(message, "start")
    stream_sid = _identifier(start, "streamSid")
    if message.get("streamSid", stream_sid) != stream_sid:
        _refuse("streamSid")
    _check_format(start)
    return StreamStarted(
        stream_sid,
        _identifier(start, "callSid"),
        _identifier(start, "accountSid"),
        _tracks(start),
        _parameters(start),
    )


def _media(message: Fields) -> Media:
    sound = _fields(message, "media")
    return Media(
        _identifier(message, "streamSid"),
        _text(sound, "track"),
        _number(sound, "chunk"),
        _number(sound, "timestamp"),
        _sound(_text(sound, "payload")),
    )


def _dtmf(message: Fields) -> Dtmf:
    digit = _text(_fields(message, "dtmf"), "digit")
    if digit not in KEYS:
        _refuse("dtmf.digit")
    return Dtmf(_identifier(message, "streamSid"), digit)


def _mark(message: Fields) -> Mark:
    return Mark(_identifier(message, "streamSid"), _text(_fields(message, "mark"), "name"))


def _stop(message: Fields) -> Stop:
    return Stop(_identifier(message, "streamSid"), _identifier(_fields(message, "stop"), "callSid"))


_READERS: dict[str, Callable[[Fields], Message]] = {
    "connected": _connected,
    "start": _started,
    "media": _media,
    "dtmf": _dtmf,
    "mark": _mark,
    "stop": _stop,
}


def _check_format(start: Fields) -> None:
    given = _fields(start, "mediaFormat")
    # `True == 1` and `8000.0 == 8000`, so the types are compared as well.
    if any(given.get(key) != value or type(given[key]) is not type(value) for key, value in _FORMAT.items()):
        raise CarrierProtocolError(
            "carrier.media_format",
            "The stream is not mu-law, 8000 Hz, mono; remove audioFormat and sampleRate from <Stream> in the TwiML.",
        )


def _tracks(start: Fields) -> tuple[str, ...]:
    tracks = start.get("tracks", ["inbound"])
    if not isinstance(tracks, list):
        _refuse("tracks")
    return tuple(_clean(track, "tracks") for track in tracks)


def _parameters(start: Fields) -> Mapping[str, str]:
    given = _fields(start, "customParameters") if "customParameters" in start else {}
    return {_clean(name, "customParameters"): _clean(value, "customParameters") for name, value in given.items()}


def _sound(payload: str) -> bytes:
    try:
        mulaw = base64.b64decode(payload, validate=True)
    except ValueError as error:
        raise _bad_audio() from error
    # The decoder lets surplus `=` and stray last bits pass, which only a faulty or truncating sender writes.
    if base64.b64encode(mulaw) != payload.encode():
        raise _bad_audio()
    return mulaw


def _bad_audio() -> CarrierProtocolError:
    return CarrierProtocolError(
        "carrier.bad_audio", "media.payload is not base64; the sender must encode raw mu-law exactly once."
    )


def _fields(message: Fields, key: str) -> Fields:
    value = message.get(key)
    return value if isinstance(value, dict) else _refuse(key)


def _text(message: Fields, key: str, default: str | None = None) -> str:
    return _clean(message.get(key, default), key)


def _identifier(message: Fields, key: str) -> str:
    value = _text(message, key)
    return value if IDENTIFIER.fullmatch(value) else _refuse(key)


def _number(message: Fields, key: str) -> int:
    value = _text(message, key)
    return int(value) if _NUMBER.fullmatch(value) else _refuse(key)


def _clean(value: object, key: str) -> str:
    """A string that can be written down again: JSON can smuggle in halves of surrogate pairs."""
    if not isinstance(value, str):
        _refuse(key)
    try:
        value.encode()
    except UnicodeEncodeError:
        _refuse(key)
    return value


def _refuse(key: str) -> NoReturn:
    raise CarrierProtocolError(
        "carrier.bad_message",
        f"A media stream message lacks a usable `{key}`; compare the sender with Twilio's page on WebSocket messages.",
    )
