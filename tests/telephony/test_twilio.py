"""The media stream messages: what Twilio documents is understood, what is broken is refused in one way only."""

import base64
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamdouble.protocol import (
    InboundClear,
    InboundMark,
    InboundMedia,
    MediaStreamEncoder,
    build_connected,
    build_dtmf,
    build_mark,
    build_media,
    build_start,
    build_stop,
    parse_outbound,
)

from voicebot.errors import CarrierProtocolError
from voicebot.telephony import twilio
from voicebot.telephony.twilio import Connected, Dtmf, Mark, Media, Stop, StreamStarted, Unknown, parse

STREAM = "MZ" + "a" * 32
CALL = "CA" + "b" * 32
ACCOUNT = "AC" + "c" * 32
FORMAT = {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}

CONNECTED: dict[str, Any] = {"event": "connected", "protocol": "Call", "version": "1.0.0"}
START: dict[str, Any] = {
    "event": "start",
    "sequenceNumber": "1",
    "start": {
        "accountSid": ACCOUNT,
        "streamSid": STREAM,
        "callSid": CALL,
        "tracks": ["inbound"],
        "mediaFormat": FORMAT,
        "customParameters": {"token": "日本 & <once>"},
    },
    "streamSid": STREAM,
}
MEDIA: dict[str, Any] = {
    "event": "media",
    "sequenceNumber": "926",
    "media": {
        "track": "inbound",
        "chunk": "925",
        "timestamp": "18553",
        "payload": base64.b64encode(b"\x7e" * 160).decode(),
    },
    "streamSid": STREAM,
}
DTMF: dict[str, Any] = {
    "event": "dtmf",
    "streamSid": STREAM,
    "sequenceNumber": "5",
    "dtmf": {"track": "inbound_track", "digit": "1"},
}
MARK: dict[str, Any] = {"event": "mark", "sequenceNumber": "4", "streamSid": STREAM, "mark": {"name": "r12:end"}}
STOP: dict[str, Any] = {
    "event": "stop",
    "sequenceNumber": "5",
    "stop": {"accountSid": ACCOUNT, "callSid": CALL},
    "streamSid": STREAM,
}
DOCUMENTED = [
    (CONNECTED, Connected("Call", "1.0.0")),
    (START, StreamStarted(STREAM, CALL, ACCOUNT, ("inbound",), {"token": "日本 & <once>"})),
    (MEDIA, Media(STREAM, "inbound", 925, 18553, b"\x7e" * 160)),
    (DTMF, Dtmf(STREAM, "1")),
    (MARK, Mark(STREAM, "r12:end")),
    (STOP, Stop(STREAM, CALL)),
]


def changed(message: dict[str, Any], path: str, value: object) -> str:
    """The message as text with one field replaced; `...` removes it."""
    copy = json.loads(json.dumps(message))
    *parents, last = path.split(".")
    place = copy
    for parent in parents:
        place = place[parent]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(copy)


@pytest.mark.parametrize(("message", "value"), DOCUMENTED, ids=lambda it: type(it).__name__)
def test_documented_messages_are_understood(message: dict[str, Any], value: object) -> None:
    """Each message of Twilio's page becomes its value."""
    assert parse(json.dumps(message)) == value


@pytest.mark.parametrize(("message", "value"), DOCUMENTED, ids=lambda it: type(it).__name__)
def test_fields_that_twilio_may_add_do_no_harm(message: dict[str, Any], value: object) -> None:
    """Unknown fields are passed over at the top and one level down."""
    longer = {name: {**it, "new": [1]} if isinstance(it, dict) else it for name, it in message.items()}
    assert parse(json.dumps({**longer, "new": {"deep": None}})) == value


def test_messages_that_others_made_are_understood() -> None:
    """Streamdouble's frames, written from Twilio's page by other people, are read as what they mean."""
    identity = MediaStreamEncoder().identity
    sid = identity.stream_sid
    assert parse(json.dumps(build_connected())) == Connected("Call", "1.0.0")
    assert parse(json.dumps(build_start(identity, 1, custom_parameters={"k": "v"}))) == StreamStarted(
        sid, identity.call_sid, identity.account_sid, ("inbound",), {"k": "v"}
    )
    assert parse(json.dumps(build_media(identity, 4, 2, 5, b"\x00\xff"))) == Media(sid, "inbound", 2, 5, b"\x00\xff")
    assert parse(json.dumps(build_dtmf(identity, 5, "#"))) == Dtmf(sid, "#")
    assert parse(json.dumps(build_mark(identity, 6, "m"))) == Mark(sid, "m")
    assert parse(json.dumps(build_stop(identity, 7))) == Stop(sid, identity.call_sid)


def test_an_unknown_event_is_passed_over() -> None:
    """An event that was added since is a value, not an error."""
    assert parse('{"event":"transcription","text":{}}') == Unknown("transcription")


def test_custom_parameters_may_be_absent() -> None:
    """A stream without `<Parameter>` has none."""
    message = parse(changed(START, "start.customParameters", ...))
    assert isinstance(message, StreamStarted)
    assert message.parameters == {}


@pytest.mark.parametrize("digit", sorted(twilio.KEYS))
def test_every_key_is_understood(digit: str) -> None:
    """All sixteen keys of DTMF."""
    assert parse(changed(DTMF, "dtmf.digit", digit)) == Dtmf(STREAM, digit)


@pytest.mark.parametrize(
    ("message", "path", "value"),
    [
        (CONNECTED, "event", ...),
        (CONNECTED, "event", 1),
        (CONNECTED, "event", None),
        (START, "start", []),
        (START, "start.callSid", ...),
        (START, "start.callSid", "../../etc/passwd"),
        (START, "start.callSid", "CA1\n"),
        (START, "start.callSid", ""),
        (START, "start.callSid", "C" * 65),
        (START, "start.callSid", "ＣＡ１"),
        (START, "start.accountSid", None),
        (START, "start.streamSid", "\ud800"),
        (START, "streamSid", "MZ-another"),
        (START, "start.tracks", "inbound"),
        (START, "start.tracks", [1]),
        (START, "start.customParameters", []),
        (START, "start.customParameters", {"token": 1}),
        (START, "start.customParameters", {"token": "\udc00"}),
        (START, "start.customParameters", {"\udc00": "token"}),
        (START, "start.mediaFormat", ...),
        (MEDIA, "streamSid", ...),
        (MEDIA, "media", None),
        (MEDIA, "media.track", ...),
        (MEDIA, "media.chunk", 925),
        (MEDIA, "media.chunk", "-1"),
        (MEDIA, "media.chunk", "1.0"),
        (MEDIA, "media.chunk", "１"),
        (MEDIA, "media.chunk", "1_0"),
        (MEDIA, "media.chunk", "9" * 5000),
        (MEDIA, "media.timestamp", 18553),
        (MEDIA, "media.timestamp", ""),
        (MEDIA, "media.payload", ...),
        (MEDIA, "media.payload", 5),
        (DTMF, "dtmf.digit", "11"),
        (DTMF, "dtmf.digit", ""),
        (DTMF, "dtmf.digit", "a"),
        (DTMF, "dtmf.digit", "１"),
        (DTMF, "dtmf.digit", 1),
        (MARK, "mark.name", ...),
        (MARK, "mark.name", ["r12"]),
        (STOP, "stop", ...),
        (STOP, "stop.callSid", {}),
        (STOP, "streamSid", 5),
    ],
)
def test_a_broken_field_is_refused_with_its_name(message: dict[str, Any], path: str, value: object) -> None:
    """What the call depends on is read strictly, and the error names the field."""
    with pytest.raises(CarrierProtocolError, match=path.split(".")[-1]) as caught:
        parse(changed(message, path, value))
    assert caught.value.code == "carrier.bad_message"


@pytest.mark.parametrize(
    "payload",
    [
        "A",
        "AAA",
        "AA=A",
        "AAAA=",
        "AAAA====",
        "AB==",
        "AA==AAAA",
        "A A=",
        "AAAA\n",
        "-_-_",
        "é===",
        "ＡＡＡＡ",
        "data:audio;base64,AAAA",
    ],
)
def test_sound_that_is_not_strict_base64_is_refused(payload: str) -> None:
    """A lenient decoder would turn damaged text into noise."""
    with pytest.raises(CarrierProtocolError) as caught:
        parse(changed(MEDIA, "media.payload", payload))
    assert caught.value.code == "carrier.bad_audio"


@pytest.mark.parametrize(
    "given_format",
    [
        {**FORMAT, "encoding": "audio/l16"},
        {**FORMAT, "sampleRate": 16000},
        {**FORMAT, "sampleRate": "8000"},
        {**FORMAT, "sampleRate": 8000.0},
        {**FORMAT, "channels": 2},
        {**FORMAT, "channels": True},
        {"encoding": "audio/x-mulaw"},
    ],
)
def test_another_sound_format_is_refused_with_the_cure(given_format: dict[str, object]) -> None:
    """High-definition codecs can be asked for in the TwiML; the message says where to look."""
    with pytest.raises(CarrierProtocolError, match=r"remove audioFormat.*TwiML") as caught:
        parse(changed(START, "start.mediaFormat", given_format))
    assert caught.value.code == "carrier.media_format"


def understood_or_refused(text: str) -> None:
    """The promise: a value of the union or our one error. Any other error fails the test by itself."""
    try:
        message = parse(text)
    except CarrierProtocolError:
        return
    # Half of a surrogate pair in any field would raise here, and later in whatever stores it.
    json.dumps(asdict(message), ensure_ascii=False, default=bytes.hex).encode()


@given(st.text(st.characters(codec=None)))
@example("")
@example("\ud800")
@example("[" * 100_000)
@example('{"event":' * 50_000)
@example("9" * 5000)
@example('{"event":"media","x":' + "9" * 5000 + "}")
@example('{"event":"start","start":NaN}')
@example("\ufeff{}")
@example("null")
@example('{"event":"\\ud800"}')
def test_any_text_is_understood_or_refused(text: str) -> None:
    """Garbage of any kind is one kind of error."""
    understood_or_refused(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda deeper: st.lists(deeper) | st.dictionaries(st.text(), deeper),
    max_leaves=8,
)


@given(json_values)
def test_any_json_is_understood_or_refused(value: object) -> None:
    """Well-formed JSON that is no message."""
    understood_or_refused(json.dumps(value))


PATHS = [
    (message, path)
    for message, _ in DOCUMENTED
    for path in [
        *message,
        *(f"{name}.{inner}" for name, fields in message.items() if isinstance(fields, dict) for inner in fields),
    ]
]


@given(st.sampled_from(PATHS), json_values | st.just(...))
def test_a_message_with_one_changed_field_is_understood_or_refused(
    place: tuple[dict[str, Any], str], value: object
) -> None:
    """Nearly right messages reach deeper into the reader than garbage does."""
    understood_or_refused(changed(*place, value))


@given(st.sampled_from(DOCUMENTED), st.data())
def test_a_message_with_damaged_text_is_understood_or_refused(
    documented: tuple[dict[str, Any], object], data: st.DataObject
) -> None:
    """Cut, or with characters replaced."""
    text = json.dumps(documented[0])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    understood_or_refused(text[:start] + data.draw(st.text(max_size=5)) + text[end:])


@given(st.binary(max_size=400), st.integers(0, 10**18 - 1), st.integers(0, 10**18 - 1))
def test_sound_of_any_length_comes_through(mulaw: bytes, chunk: int, timestamp_ms: int) -> None:
    """The payload is not bound to 160 bytes."""
    fields = {
        "track": "inbound",
        "chunk": str(chunk),
        "timestamp": str(timestamp_ms),
        "payload": base64.b64encode(mulaw).decode(),
    }
    assert parse(json.dumps({**MEDIA, "media": fields})) == Media(STREAM, "inbound", chunk, timestamp_ms, mulaw)


@pytest.mark.parametrize(
    ("text", "documented"),
    [
        (
            twilio.media(STREAM, b"\xff\x00"),
            {"event": "media", "streamSid": STREAM, "media": {"payload": "/wA="}},
        ),
        (twilio.mark(STREAM, "12"), {"event": "mark", "streamSid": STREAM, "mark": {"name": "12"}}),
        (twilio.clear(STREAM), {"event": "clear", "streamSid": STREAM}),
    ],
)
def test_what_we_write_has_exactly_the_documented_fields(text: str, documented: dict[str, Any]) -> None:
    """Twilio warns of missing and of extra fields (31951)."""
    assert json.loads(text) == documented


@given(st.binary(), st.text())
def test_what_we_write_is_what_others_read(mulaw: bytes, name: str) -> None:
    """Streamdouble's strict reader understands our messages."""
    heard, marked, cleared = (
        parse_outbound(text, expected_stream_sid=STREAM)
        for text in (twilio.media(STREAM, mulaw), twilio.mark(STREAM, name), twilio.clear(STREAM))
    )
    assert isinstance(heard, InboundMedia)
    assert heard.payload == mulaw
    assert isinstance(marked, InboundMark)
    assert marked.name == name
    assert isinstance(cleared, InboundClear)


@pytest.mark.parametrize(
    "write", [lambda: twilio.mark(STREAM, "終わり\ud800\n"), lambda: twilio.media(STREAM, b"\xff")]
)
def test_what_we_write_is_plain_ascii_on_one_line(write: Callable[[], str]) -> None:
    """No websocket library can stumble over it."""
    assert write().isascii()
    assert "\n" not in write()
