"""The way up to 16 kHz sample by sample, and the offline change of rate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.audio.resample import Upsampler, to_rate

PCM = st.binary(max_size=600).map(lambda data: data[: len(data) // 2 * 2])


def tone(hertz: float, rate: int, seconds: float, peak: float = 20000.0) -> bytes:
    """A sine at this rate."""
    times = np.arange(int(rate * seconds)) / rate
    return np.rint(peak * np.sin(2 * np.pi * hertz * times)).astype("<i2").tobytes()


def level(pcm: bytes, rate: int, hertz: float) -> float:
    """Amplitude at one frequency, measured under a Blackman window so that the edges do not count."""
    samples = np.frombuffer(pcm, dtype="<i2").astype(float)
    window = np.blackman(len(samples))
    turning = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / rate)
    return float(2 * abs((samples * window * turning).sum()) / window.sum())


def upsampled(pcm: bytes) -> bytes:
    """A whole recording through the stream."""
    stream = Upsampler()
    return stream.push(pcm) + stream.flush()


@pytest.mark.parametrize(("hertz", "decibels"), [(1000, -80), (2000, -73), (3000, -51), (3400, -25)])
def test_images_of_a_tone_are_kept_down(hertz: int, decibels: float) -> None:
    """The mirrored tone above 4 kHz is at least this far below the tone itself, which keeps its level."""
    # A few hertz beside the round number, so that rounding noise spreads instead of falling on the image.
    exact = hertz + 0.37
    result = upsampled(tone(exact, 8000, 4.0))
    heard = level(result, 16000, exact)
    image = 20 * np.log10(level(result, 16000, 8000 - exact) / heard)
    assert image <= decibels
    assert heard == pytest.approx(20000, rel=0.06)


@given(PCM)
def test_every_second_sample_is_the_given_one(pcm: bytes) -> None:
    """The result is aligned with the input and exactly twice as long."""
    result = np.frombuffer(upsampled(pcm), dtype="<i2")
    assert result[0::2].tobytes() == pcm
    assert len(result) == len(pcm)


@given(PCM, st.lists(st.integers(0, 120), max_size=12))
def test_cutting_the_stream_does_not_change_it(pcm: bytes, cuts: list[int]) -> None:
    """Any chunking, empty pieces included, gives the very same bytes."""
    stream, result, rest = Upsampler(), b"", pcm
    for cut in cuts:
        result += stream.push(rest[: 2 * cut])
        rest = rest[2 * cut :]
    assert result + stream.push(rest) + stream.flush() == upsampled(pcm)


def test_a_steady_level_stays_where_it_is() -> None:
    """Computed samples are rounded to the nearest, not down: there is no hum from a step every second sample."""
    for value in (-1000, -1, 0, 1, 1000):
        result = np.frombuffer(upsampled(np.full(100, value, dtype="<i2").tobytes()), dtype="<i2")
        assert (result[32:-32] == value).all()


def test_only_one_millisecond_is_kept_back() -> None:
    """Pushing 20 ms gives 20 ms less 8 samples at first, and 20 ms each time afterwards."""
    stream = Upsampler()
    assert [len(stream.push(bytes(320))) for _ in range(3)] == [2 * 304, 640, 640]


def test_after_flush_a_new_stream_begins() -> None:
    """Nothing of one utterance leaks into the next."""
    stream = Upsampler()
    first = stream.push(tone(440, 8000, 0.1)) + stream.flush()
    assert stream.push(tone(440, 8000, 0.1)) + stream.flush() == first
    assert stream.flush() == b""


def test_the_loudest_sound_is_clipped_and_not_wrapped() -> None:
    """Between full-scale samples the true curve goes beyond 16 bits."""
    # A square wave at full scale overshoots between its samples.
    square = np.tile(np.repeat(np.array([32767, -32768], dtype="<i2"), 8), 50).tobytes()
    result = np.frombuffer(upsampled(square), dtype="<i2").reshape(-1, 2).astype(int)
    inside = result[:-1][np.sign(result[:-1, 0]) == np.sign(result[1:, 0])]
    assert (np.sign(inside[:, 1]) == np.sign(inside[:, 0])).all()
    assert result.max() == 32767
    assert result.min() == -32768


def test_half_a_sample_is_refused_by_the_stream() -> None:
    """An odd length is a mistake of the caller."""
    with pytest.raises(ValueError, match="length is odd"):
        Upsampler().push(b"abc")


def test_what_the_telephone_cannot_carry_is_filtered_out_offline() -> None:
    """From 24 kHz to 8 kHz a tone of 1 kHz stays and one of 5 kHz does not come back as 3 kHz."""
    kept = to_rate(tone(1000, 24000, 1.0), 24000, 8000)
    folded = to_rate(tone(5000, 24000, 1.0), 24000, 8000)
    assert len(kept) == 16000
    assert level(kept, 8000, 1000) == pytest.approx(20000, rel=0.01)
    assert level(folded, 8000, 3000) < 2


def test_loud_sound_is_clipped_offline_too() -> None:
    """A full-scale square wave keeps its sign everywhere between its edges."""
    square = np.tile(np.repeat(np.array([32767, -32768], dtype="<i2"), 240), 20).tobytes()
    result = np.frombuffer(to_rate(square, 48000, 8000), dtype="<i2").astype(int)
    middles = result[: len(result) // 40 * 40].reshape(-1, 40)[:, 3:-3]
    assert (np.sign(middles) == np.sign(middles[:, :1])).all()
    assert result.max() == 32767
    assert result.min() == -32768


def test_the_same_rate_and_no_sound_pass_untouched() -> None:
    """Nothing is computed where nothing is needed."""
    assert to_rate(b"\x01\x02", 8000, 8000) == b"\x01\x02"
    assert to_rate(b"", 44100, 8000) == b""


@pytest.mark.parametrize(("pcm", "rate", "wanted"), [(b"ab", 0, 8000), (b"ab", 8000, -1), (b"abc", 16000, 8000)])
def test_impossible_requests_are_refused(pcm: bytes, rate: int, wanted: int) -> None:
    """Rates are positive and samples are whole."""
    with pytest.raises(ValueError, match=r"rate|odd"):
        to_rate(pcm, rate, wanted)
