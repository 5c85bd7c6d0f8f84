"""One call's line over a socket: what arrives becomes events, and nothing on the wire raises."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamdouble.protocol import MediaStreamEncoder, StreamIdentity, build_connected, build_start

from voicebot.errors import CarrierProtocolError
from voicebot.events import AudioReceived, KeyReceived, LineDropped, LineEvent, MarkReceived
from voicebot.ports import Line
from voicebot.telephony import twilio
from voicebot.telephony.line import MOST_FAULTS_IN_A_ROW, SocketClosed, TwilioLine, open_line

IDENTITY = StreamIdentity("MZ1", "AC1", "CA1")
FRAME = b"\x2a" * 160
CLEAN = LineDropped(clean=True)
BROKEN = LineDropped(clean=False)


class MemorySocket:
    """A socket whose other end is a list; after its last frame it closes, or stays silent when `close_code` is None."""

    def __init__(self, frames: Iterable[str | Exception] = (), close_code: int | None = 1000) -> None:
        self.frames = list(frames)
        self.close_code = close_code
        self.sent: list[str] = []
        self.closed_with: list[int] = []
        self.gone = False
        self._woken = asyncio.Event()

    async def receive(self) -> str:
        """The next frame; raises what stands in its place."""
        if self.frames:
            frame = self.frames.pop(0)
            if isinstance(frame, Exception):
                raise frame
            return frame
        if self.close_code is None:
            await self._woken.wait()
        raise SocketClosed(self.close_code or 1006)

    async def send(self, text: str) -> None:
        """Keep what was sent."""
        if self.gone:
            raise SocketClosed(1006)
        self.sent.append(text)

    async def close(self, code: int, reason: str) -> None:
        """Wake whoever waits."""
        self.closed_with.append(code)
        self._woken.set()
        if self.gone:
            raise SocketClosed(1006)


def message(event: str, **fields: Any) -> str:
    """One message of this stream."""
    return json.dumps({"event": event, "streamSid": "MZ1", **fields})


def sound(chunk: int, timestamp_ms: int | None = None, stream: str = "MZ1", track: str = "inbound") -> str:
    """One frame of the caller's sound."""
    timestamp_ms = 20 * chunk if timestamp_ms is None else timestamp_ms
    fields = {"track": track, "chunk": str(chunk), "timestamp": str(timestamp_ms), "payload": "Kioq" * 53 + "Kg=="}
    return json.dumps({"event": "media", "streamSid": stream, "media": fields})


STOP = message("stop", stop={"accountSid": "AC1", "callSid": "CA1"})
START = json.dumps(build_start(IDENTITY, 1, custom_parameters={"token": "once"}))


async def events_of(*frames: str | Exception, close_code: int = 1000) -> tuple[list[LineEvent], TwilioLine]:
    """Everything that the line says of these frames, up to and with its end."""
    line = TwilioLine(MemorySocket(frames, close_code), "MZ1")
    events: list[LineEvent] = []
    while not events or not isinstance(events[-1], LineDropped):
        events.append(await line.receive())
    return events, line


def test_it_has_the_shape_of_the_port() -> None:
    """Mypy and this line: a TwilioLine is a Line."""
    line: Line = TwilioLine(MemorySocket(), "MZ1")
    assert line


async def test_sound_keys_and_marks_become_events() -> None:
    """In their order, and the stop at the end is a clean one."""
    events, line = await events_of(
        sound(1),
        message("dtmf", dtmf={"track": "inbound_track", "digit": "#"}),
        message("mark", mark={"name": "t3"}),
        sound(2),
        STOP,
    )
    assert events == [AudioReceived(FRAME), KeyReceived("#"), MarkReceived("t3"), AudioReceived(FRAME), CLEAN]
    assert line.faults == 0


@pytest.mark.parametrize(
    ("end", "dropped"),
    [
        (STOP, CLEAN),
        (SocketClosed(1000), CLEAN),
        (SocketClosed(1001), BROKEN),
        (SocketClosed(1006), BROKEN),
        (SocketClosed(1011), BROKEN),
        (ConnectionResetError(), BROKEN),
    ],
)
async def test_the_end_is_clean_only_when_the_carrier_said_so(end: str | Exception, dropped: LineDropped) -> None:
    """And after the end there is only the end."""
    events, line = await events_of(sound(1), end)
    assert events == [AudioReceived(FRAME), dropped]
    assert [await line.receive(), await line.receive()] == [dropped, dropped]


async def test_what_means_nothing_is_passed_over() -> None:
    """Greetings, new events, keys that no telephone has, and sound that is not the caller's."""
    events, line = await events_of(
        json.dumps(build_connected()),
        START,
        message("transcription", text="x"),
        message("dtmf", dtmf={"digit": "A"}),
        sound(1, track="outbound"),
        STOP,
    )
    assert events == [CLEAN]
    assert line.faults == 0


async def test_a_gap_is_filled_and_a_repetition_dropped() -> None:
    """The length of the caller's sound is the clock of the recording."""
    events, line = await events_of(sound(1), sound(1), sound(4), sound(3), sound(5, 160), STOP)
    assert events == [
        AudioReceived(FRAME),
        AudioReceived(b"\xff" * 320 + FRAME),
        AudioReceived(b"\xff" * 480 + FRAME),
        CLEAN,
    ]
    assert (line.continuity.gaps, line.continuity.filled_ms, line.continuity.repeated) == (2, 100, 2)


async def test_a_bad_message_does_not_end_the_call() -> None:
    """It is counted and passed over."""
    events, line = await events_of(sound(1), "", "{", sound(2), message("media"), "[" * 100_000, sound(3), STOP)
    assert events == [AudioReceived(FRAME)] * 3 + [CLEAN]
    assert line.faults == 4


@pytest.mark.parametrize(
    "foreign",
    [sound(2, stream="MZ2"), STOP.replace("MZ1", "MZ2"), message("mark", mark={"name": "t"}).replace("MZ1", "MZ2")],
)
async def test_messages_of_another_stream_are_counted_and_ignored(foreign: str) -> None:
    """Not even its stop ends this call."""
    events, line = await events_of(sound(1), foreign, sound(2), STOP)
    assert events == [AudioReceived(FRAME), AudioReceived(FRAME), CLEAN]
    assert line.faults == 1


async def test_nothing_but_bad_messages_ends_the_stream() -> None:
    """We close, so that the carrier goes on with what stands after the stream."""
    socket = MemorySocket(["{"] * MOST_FAULTS_IN_A_ROW, close_code=None)
    line = TwilioLine(socket, "MZ1")
    assert await line.receive() == BROKEN
    assert socket.closed_with == [1002]
    await line.close()
    assert socket.closed_with == [1002]


async def test_bad_messages_between_good_ones_never_end_the_stream() -> None:
    """Only faults in a row count."""
    row: list[str] = ["{"] * (MOST_FAULTS_IN_A_ROW - 1)
    events, line = await events_of(*row, sound(1), *row, sound(2), STOP)
    assert events == [AudioReceived(FRAME), AudioReceived(FRAME), CLEAN]
    assert line.faults == 2 * len(row)


async def test_what_is_sent_is_written_as_twilio_wants_it() -> None:
    """Sound of any size in one piece, marks and clear; no message for no sound."""
    socket = MemorySocket()
    line = TwilioLine(socket, "MZ1")
    await line.send(b"\xff" * 100_000)
    await line.send(b"")
    await line.mark("t1")
    await line.clear()
    assert socket.sent == [
        twilio.media("MZ1", b"\xff" * 100_000),
        twilio.mark("MZ1", "t1"),
        twilio.clear("MZ1"),
    ]


async def test_sending_to_a_line_that_is_gone_raises_nothing() -> None:
    """Before the loss is known, and after."""
    socket = MemorySocket([sound(1)], close_code=1006)
    line = TwilioLine(socket, "MZ1")
    socket.gone = True
    for _ in range(2):
        await line.send(b"\xff")
        await line.mark("t1")
        await line.clear()
    assert [await line.receive(), await line.receive()] == [AudioReceived(FRAME), BROKEN]
    await line.send(b"\xff")
    await line.close()
    assert socket.sent == []


async def test_nothing_is_sent_after_the_end() -> None:
    """A sender that has not noticed the stop writes to nobody."""
    socket = MemorySocket([STOP])
    line = TwilioLine(socket, "MZ1")
    assert await line.receive() == CLEAN
    await line.send(b"\xff")
    assert socket.sent == []


async def test_closing_is_clean_and_happens_once() -> None:
    """Also after the carrier's own end, so that no socket stays open."""
    socket = MemorySocket([sound(1)], close_code=None)
    line = TwilioLine(socket, "MZ1")
    await line.close()
    await line.close()
    assert socket.closed_with == [1000]
    assert await line.receive() == CLEAN
    stopped = MemorySocket([STOP])
    other = TwilioLine(stopped, "MZ1")
    assert await other.receive() == CLEAN
    await other.close()
    assert stopped.closed_with == [1000]


async def test_closing_wakes_whoever_waits_for_the_next_event() -> None:
    """A close from our side is clean, whatever code the socket then reports."""
    socket = MemorySocket([], close_code=None)
    line = TwilioLine(socket, "MZ1")
    waiting = asyncio.create_task(line.receive())
    await asyncio.sleep(0)
    await line.close()
    assert await waiting == CLEAN


async def test_a_cancelled_receive_loses_nothing() -> None:
    """Whoever waits with a time limit may wait again."""
    socket = MemorySocket([], close_code=None)
    line = TwilioLine(socket, "MZ1")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await line.receive()
    socket.frames = [sound(1)]
    assert await line.receive() == AudioReceived(FRAME)


@pytest.mark.parametrize(
    "before", [[], [json.dumps(build_connected())], [json.dumps(build_connected()), message("later"), sound(1)]]
)
async def test_a_stream_is_opened_by_its_start(before: list[str]) -> None:
    """With or without greeting; the line then carries that stream."""
    socket = MemorySocket([*before, START, sound(1)])
    started, line = await open_line(socket, 5.0)
    assert (started.call_sid, started.stream_sid, started.parameters) == ("CA1", "MZ1", {"token": "once"})
    assert await line.receive() == AudioReceived(FRAME)
    await line.clear()
    assert socket.sent == [twilio.clear("MZ1")]


@pytest.mark.parametrize(
    ("frames", "close_code", "timeout_seconds"),
    [
        ([], None, 0),
        ([json.dumps(build_connected())], None, 0),
        ([json.dumps(build_connected())], 1000, 5),
        ([ConnectionResetError()], 1000, 5),
        ([STOP, START], None, 5),
        ([message("later")] * 50 + [START], None, 5),
    ],
)
async def test_a_socket_without_start_is_refused(
    frames: list[str | Exception], close_code: int | None, timeout_seconds: float
) -> None:
    """Silent, closed, stopped or talking of other things."""
    with pytest.raises(CarrierProtocolError) as caught:
        await open_line(MemorySocket(frames, close_code), timeout_seconds)
    assert caught.value.code == "carrier.no_start"


async def test_garbage_before_the_start_is_refused_at_once() -> None:
    """Nobody has proved yet to be the carrier."""
    with pytest.raises(CarrierProtocolError) as caught:
        await open_line(MemorySocket(["GET / HTTP/1.1", START]), 5.0)
    assert caught.value.code == "carrier.not_json"


@given(st.lists(st.sampled_from([sound(1), sound(2), sound(90), "{", STOP, START, ""]) | st.text(), max_size=80))
def test_receive_never_raises(frames: list[str]) -> None:
    """Whatever arrives, the line comes to an end."""

    async def listen() -> None:
        events, _ = await events_of(*frames)
        assert isinstance(events[-1], LineDropped)

    asyncio.run(listen())


async def test_a_call_that_others_made_is_heard_in_full() -> None:
    """Streamdouble's encoder numbers the frames; two are lost before the carrier sends them."""
    encoder = MediaStreamEncoder(IDENTITY)
    frames = [json.dumps(build_connected()), json.dumps(encoder.start())]
    for number in range(10):
        if number in {4, 5}:
            encoder.skip_frame()
        else:
            frames.append(json.dumps(encoder.media(FRAME)))
    frames.append(json.dumps(encoder.stop()))
    _, line = await open_line(MemorySocket(frames), 5.0)
    heard = b""
    while isinstance(event := await line.receive(), AudioReceived):
        heard += event.mulaw
    assert event == CLEAN
    assert heard == FRAME * 4 + b"\xff" * 320 + FRAME * 4
