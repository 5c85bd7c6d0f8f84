"""The media socket's messages, from the carrier's side."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamdouble import protocol

from voicebot.simulator.frames import BotClear, BotMark, BotMedia, CarrierFrames, FrameViolation, read_bot_frame

SID = "MZ1"
MEDIA = {"event": "media", "streamSid": SID, "media": {"payload": "AAAA"}}


def test_the_three_messages_of_a_service_are_read() -> None:
    """Media, mark and clear."""
    assert read_bot_frame(json.dumps(MEDIA), SID) == BotMedia(b"\x00\x00\x00")
    mark = {"event": "mark", "streamSid": SID, "mark": {"name": "r12:end"}}
    assert read_bot_frame(json.dumps(mark), SID) == BotMark("r12:end")
    assert read_bot_frame(json.dumps({"event": "clear", "streamSid": SID}), SID) == BotClear()


@pytest.mark.parametrize(
    ("message", "error"),
    [
        (b"\xff\xff", 31950),
        ("not json", 31951),
        ("[" * 100_000, 31951),
        ("[1]", 31951),
        ("{}", 31951),
        ('{"event": "media"}', 31951),
        ('{"event": ["media"], "streamSid": "MZ1"}', 31951),
        (json.dumps({**MEDIA, "event": "media2"}), 31951),
        (json.dumps({**MEDIA, "streamSid": "MZ2"}), 31951),
        (json.dumps({**MEDIA, "extra": 1}), 31951),
        (json.dumps({**MEDIA, "media": {"payload": "AAAA", "track": "outbound"}}), 31951),
        (json.dumps({**MEDIA, "media": {"payload": "AA A="}}), 31951),
        (json.dumps({**MEDIA, "media": {"payload": "AAA"}}), 31951),
        (json.dumps({**MEDIA, "media": {"payload": "あ"}}), 31951),
        (json.dumps({**MEDIA, "media": {"payload": ""}}), 31951),
        (json.dumps({**MEDIA, "media": {"payload": 5}}), 31951),
        (json.dumps({**MEDIA, "media": "AAAA"}), 31951),
        (json.dumps({"event": "mark", "streamSid": SID}), 31951),
        (json.dumps({"event": "mark", "streamSid": SID, "mark": {"name": 1}}), 31951),
        (json.dumps({"event": "mark", "streamSid": SID, "mark": {"name": "a", "x": 1}}), 31951),
        (json.dumps({"event": "clear", "streamSid": SID, "clear": {}}), 31951),
    ],
)
def test_everything_else_is_a_violation_with_twilios_number(message: str | bytes, error: int) -> None:
    """Each of these has been reported from the field or is one step from the page."""
    with pytest.raises(FrameViolation) as caught:
        read_bot_frame(message, SID)
    assert caught.value.error == error


@given(st.one_of(st.text(), st.binary(), st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps)))
def test_garbage_is_never_another_error(message: str | bytes) -> None:
    """Either it is a message, or a violation."""
    try:
        read_bot_frame(message, SID)
    except FrameViolation:
        pass


@given(st.binary(min_size=1))
def test_any_sound_in_strict_base64_is_taken(sound: bytes) -> None:
    """The payload may be of any size."""
    payload = base64.b64encode(sound).decode()
    frame = read_bot_frame(json.dumps({**MEDIA, "media": {"payload": payload}}), SID)
    assert isinstance(frame, BotMedia)
    assert frame.mulaw == sound


def test_a_files_header_is_noise() -> None:
    """It is played all the same."""
    payload = base64.b64encode(b"RIFF\x00\x00\x00\x00WAVEfmt ").decode()
    frame = read_bot_frame(json.dumps({**MEDIA, "media": {"payload": payload}}), SID)
    assert isinstance(frame, BotMedia)
    assert frame.noise


def test_numbers_are_written_as_twilio_writes_them() -> None:
    """Sequence, chunk and timestamp are strings; the media format's numbers are numbers."""
    frames = CarrierFrames("AC1", "CA1", SID)
    assert json.loads(frames.connected()) == {"event": "connected", "protocol": "Call", "version": "1.0.0"}
    start = json.loads(frames.start({"k": "v"}))
    assert start == {
        "event": "start",
        "sequenceNumber": "1",
        "start": {
            "accountSid": "AC1",
            "streamSid": SID,
            "callSid": "CA1",
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": {"k": "v"},
        },
        "streamSid": SID,
    }
    assert json.loads(frames.media(b"\xff"))["media"] == {
        "track": "inbound",
        "chunk": "1",
        "timestamp": "0",
        "payload": "/w==",
    }
    frames.skip()
    second = json.loads(frames.media(b"\xff"))
    assert second["sequenceNumber"] == "3"
    assert second["media"]["chunk"] == "2"
    assert second["media"]["timestamp"] == "40"
    assert json.loads(frames.dtmf("#"))["dtmf"] == {"track": "inbound_track", "digit": "#"}
    assert json.loads(frames.mark("m"))["mark"] == {"name": "m"}
    stop = json.loads(frames.stop())
    assert stop["stop"] == {"accountSid": "AC1", "callSid": "CA1"}
    assert stop["sequenceNumber"] == "6"


def test_another_implementation_of_the_carrier_writes_the_same_messages() -> None:
    """`streamdouble` was written by others from the same page."""
    identity = protocol.StreamIdentity(account_sid="AC1", call_sid="CA1", stream_sid="MZ1")
    theirs = protocol.MediaStreamEncoder(identity)
    ours = CarrierFrames("AC1", "CA1", "MZ1")
    sound = bytes(range(160))
    assert json.loads(ours.connected()) == theirs.connected()
    assert json.loads(ours.start({"k": "v"})) == theirs.start(custom_parameters={"k": "v"})
    assert json.loads(ours.media(sound)) == theirs.media(sound)
    ours.skip()
    theirs.skip_frame()
    assert json.loads(ours.media(sound)) == theirs.media(sound)
    assert json.loads(ours.dtmf("5")) == theirs.dtmf("5")
    assert json.loads(ours.mark("m")) == theirs.mark("m")
    assert json.loads(ours.stop()) == theirs.stop()
