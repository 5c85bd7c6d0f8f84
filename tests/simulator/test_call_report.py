"""What a call leaves behind."""

import numpy as np
import pytest

from voicebot.audio import mulaw, wav
from voicebot.simulator.call_report import CallReport
from voicebot.simulator.hearing import silence, tone
from voicebot.simulator.live_call import Violation
from voicebot.simulator.timeline import Entry


def report(*entries: Entry, left: bytes = b"", right: bytes = b"") -> CallReport:
    """A report of a call of ten seconds."""
    return CallReport(
        call_sid="CA1",
        caller="+815000000001",
        called="+815000000000",
        status="completed",
        ended_by="bot",
        seconds=10.0,
        answered_seconds=0.1,
        stream_seconds=0.5,
        entries=entries,
        violations=(Violation(31951, "wrong", 2, 1.0),),
        left=left,
        right=right,
        recordings=(("RE1", b"\xff" * 80),),
    )


def test_replies_are_measured_from_the_end_of_the_words_to_the_next_sound() -> None:
    """Only where an answer follows; speech that had begun before is none."""
    found = report(
        Entry(1.0, "bot", "", 3.0),
        Entry(4.0, "resident", "A", 5.0),
        Entry(5.7, "bot", "", 7.0),
        Entry(8.0, "resident", "B", 9.0),
        Entry(9.5, "resident", "C", 10.0),
        Entry(9.9, "bot", "", 12.0),
        Entry(12.0, "bot", "", 13.0),
    )
    assert found.reply_seconds == pytest.approx((0.7,))
    assert found.first_sound_seconds == pytest.approx(0.5)
    assert report().first_sound_seconds is None


def test_the_caller_is_on_the_left_and_the_service_on_the_right() -> None:
    """Stereo, 8 kHz, 16 bits."""
    left, right = tone(300, 0.1) + silence(0.1), silence(0.1) + tone(500, 0.1)
    sound = wav.read(report(left=left, right=right).wav())
    assert (sound.rate, sound.channels) == (8000, 2)
    frames = np.frombuffer(sound.pcm, dtype="<i2").reshape(-1, 2)
    assert frames[:, 0].tobytes() == mulaw.decode(left)
    assert frames[:, 1].tobytes() == mulaw.decode(right)


def test_requests_and_errors_are_found_in_the_entries() -> None:
    """In the order in which they came."""
    detail = {"path": "/twilio/voice", "status": 200}
    read = report(Entry(0.1, "webhook", "POST", None, detail), Entry(0.2, "error", "11200: 悪い"))
    assert read.requests == (("/twilio/voice", 200),)
    assert read.errors == ("11200: 悪い",)
