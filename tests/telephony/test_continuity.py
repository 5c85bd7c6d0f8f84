"""The caller's sound keeps the carrier's time, whatever is lost or repeated on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.telephony.continuity import SILENCE, Continuity
from voicebot.telephony.twilio import Media

FRAME = b"\x2a" * 160
LATE_MS = 73  # a real stream's first timestamp is not zero


def piece(chunk: int, timestamp_ms: int, mulaw: bytes = FRAME) -> Media:
    """One inbound piece of sound."""
    return Media("MZ1", "inbound", chunk, timestamp_ms, mulaw)


def after(*pieces: Media) -> Continuity:
    """A stream in which these have been placed already."""
    continuity = Continuity()
    for each in pieces:
        continuity.place(each)
    return continuity


def test_an_unbroken_stream_passes_unchanged() -> None:
    """No silence is invented, wherever the numbering begins."""
    continuity = Continuity()
    placed = [continuity.place(piece(7 + n, LATE_MS + 20 * n)) for n in range(100)]
    assert placed == [FRAME] * 100
    assert (continuity.gaps, continuity.filled_ms, continuity.repeated) == (0, 0, 0)


@pytest.mark.parametrize(
    ("chunk", "timestamp_ms", "silence_ms"),
    [
        (2, 20, 0),  # next
        (2, 39, 0),  # less than a frame late: jitter
        (2, 40, 20),  # sound that never reached the carrier: only the timestamp tells
        (3, 40, 20),  # a lost message: both tell
        (3, 20, 20),  # a lost message, the timestamps do not tell
        (11, 200, 180),
        (52, 1020, 1000),
        (2, 90_000, 1000),  # never more than a second
        (100_000, 20, 1000),
        (2, 0, 0),  # a timestamp that stands still
    ],
)
def test_a_gap_is_filled_with_silence(chunk: int, timestamp_ms: int, silence_ms: int) -> None:
    """The gap after the first frame is as long as chunk or timestamp say, at most a second."""
    continuity = after(piece(1, 0))
    assert continuity.place(piece(chunk, timestamp_ms)) == SILENCE * (8 * silence_ms) + FRAME
    assert continuity.filled_ms == silence_ms
    assert continuity.gaps == bool(silence_ms)


def test_a_long_gap_is_filled_only_once() -> None:
    """After a gap that was too long to fill, the stream goes on without further silence."""
    continuity = after(piece(1, 0), piece(2, 60_000))
    assert continuity.place(piece(3, 60_020)) == FRAME
    assert continuity.gaps == 1


def test_jitter_that_is_caught_up_adds_nothing() -> None:
    """Late by 15 ms, then on time again."""
    continuity = Continuity()
    times = [0, 35, 40, 75, 80, 100]
    assert [continuity.place(piece(n, at)) for n, at in enumerate(times)] == [FRAME] * len(times)


def test_delays_that_are_not_caught_up_are_filled_when_they_make_a_frame() -> None:
    """15 ms late twice, and the sound is 30 ms short."""
    continuity = after(piece(1, 0), piece(2, 35))
    assert continuity.place(piece(3, 70)) == SILENCE * 240 + FRAME
    assert continuity.place(piece(4, 90)) == FRAME


def test_what_comes_twice_or_late_is_dropped() -> None:
    """Up to a second back; it has been replaced by silence already."""
    continuity = after(piece(100, 2000), piece(105, 2100))
    assert [continuity.place(piece(chunk, 20 * chunk)) for chunk in (105, 101, 100, 56)] == [b""] * 4
    assert continuity.repeated == 4
    assert continuity.place(piece(106, 2120)) == FRAME


def test_a_stream_that_counts_anew_is_still_heard() -> None:
    """One absurd number must not make us deaf for the rest of the call."""
    continuity = after(piece(1, 0), piece(10**17, 10**17))
    assert [continuity.place(piece(n, 20 * n)) for n in (2, 3, 4)] == [FRAME] * 3
    assert continuity.place(piece(6, 120)) == SILENCE * 160 + FRAME


def test_an_absurd_timestamp_does_not_stop_the_filling() -> None:
    """The chunk numbers go on as before; the next loss is seen again."""
    continuity = after(piece(1, 0), piece(2, 10**17), piece(3, 40))
    assert continuity.place(piece(4, 80)) == SILENCE * 160 + FRAME


@given(
    st.lists(st.booleans(), min_size=2, max_size=300).filter(lambda kept: kept[0] and kept[-1]),
    st.booleans(),
    st.integers(0, 10_000),
)
def test_lost_frames_never_change_the_length_of_the_sound(
    kept: list[bool], numbered_where_sent: bool, offset_ms: int
) -> None:
    """The result lasts as long as the carrier's clock says, whichever numbering shows the losses."""
    continuity = Continuity()
    sent = 0
    sound = b""
    longest = run = 0
    for number, is_kept in enumerate(kept):
        run = 0 if is_kept else run + 1
        longest = max(longest, run)
        if is_kept:
            sent += 1
            sound += continuity.place(piece(sent if numbered_where_sent else number + 1, offset_ms + 20 * number))
    if longest <= 50:
        assert len(sound) == 160 * len(kept)
    assert sound.replace(SILENCE, b"") == FRAME * sent


@given(
    st.lists(st.tuples(st.integers(0, 10**18 - 1) | st.integers(0, 200), st.integers(0, 10**18 - 1), st.binary())),
)
def test_no_numbering_makes_more_than_a_second_of_silence_at_once(numbers: list[tuple[int, int, bytes]]) -> None:
    """Absurd numbers cannot fill the memory, nor alter the sound itself."""
    continuity = Continuity()
    for chunk, timestamp_ms, mulaw in numbers:
        placed = continuity.place(piece(chunk, timestamp_ms, mulaw))
        assert placed == b"" or placed.endswith(mulaw)
        assert len(placed) <= 8000 + len(mulaw)
