"""Listening in on a call."""

import asyncio

import numpy as np

from voicebot.audio.mulaw import decode, encode
from voicebot.call.tapped import MOST_WAITING, Taps, mixed

LOUD = encode(np.full(160, 8000, "<i2").tobytes())
SOFT = encode(np.full(160, -2000, "<i2").tobytes())
QUIET = b"\xff" * 160


class Kept:
    """The port `CallRecorder`: remembers what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def heard(self, mulaw: bytes) -> None:
        self.told.append(("heard", mulaw))

    def said(self, mulaw: bytes) -> None:
        self.told.append(("said", mulaw))

    def cleared(self) -> None:
        self.told.append("cleared")

    def discard(self) -> None:
        self.told.append("discard")

    def close(self) -> None:
        self.told.append("close")


def level(pcm: bytes | None) -> int:
    """Its first sample."""
    assert pcm is not None
    return int(np.frombuffer(pcm, "<i2")[0])


def test_everything_reaches_the_recording() -> None:
    """In order, whether anybody listens or not."""
    kept, taps = Kept(), Taps()
    recorder = taps.recorder("a", kept)
    recorder.heard(QUIET)
    recorder.said(LOUD)
    recorder.cleared()
    recorder.discard()
    recorder.close()
    assert kept.told == [("heard", QUIET), ("said", LOUD), "cleared", "discard", "close"]


async def test_a_listener_hears_both_sides_at_once() -> None:
    """The bot's sound beside the caller's, as it is played."""
    taps = Taps()
    recorder = taps.recorder("a", None)
    recorder.said(LOUD + LOUD)
    recorder.heard(QUIET)
    with taps.listen("a") as listener:
        recorder.heard(SOFT)
        recorder.heard(SOFT)
        both, caller = listener.get_nowait(), listener.get_nowait()
        assert abs(level(both) - (level(decode(LOUD)) + level(decode(SOFT)))) <= 1
        assert level(caller) == level(decode(SOFT))
        recorder.said(LOUD)
        recorder.cleared()
        recorder.heard(QUIET)
        assert level(listener.get_nowait()) == level(decode(QUIET))
        recorder.close()
        assert listener.get_nowait() is None
    assert not taps.listening("a")


async def test_a_slow_listener_loses_the_oldest_and_holds_nobody_up() -> None:
    """And still learns of the end."""
    taps = Taps()
    recorder = taps.recorder("a", None)
    with taps.listen("a") as listener:
        for _ in range(MOST_WAITING * 2):
            recorder.heard(QUIET)
        recorder.heard(LOUD)
        recorder.close()
        assert listener.qsize() == MOST_WAITING
        heard = [listener.get_nowait() for _ in range(MOST_WAITING)]
    assert heard[-1] is None
    assert level(heard[-2]) == level(decode(LOUD))


async def test_a_call_that_is_not_on_the_line_is_over_at_once() -> None:
    """Nobody waits for sound that will not come."""
    taps = Taps()
    taps.recorder("a", None).close()
    for call in ("a", "b"):
        with taps.listen(call) as listener:
            assert await asyncio.wait_for(listener.get(), 1) is None


def test_what_would_be_too_loud_is_cut() -> None:
    """It does not turn into noise."""
    loudest = np.full(4, 30000, "<i2").tobytes()
    assert np.frombuffer(mixed(loudest, loudest[:4]), "<i2").tolist() == [32767, 32767, 30000, 30000]
