"""G.711 mu-law against the standard's own table, and against the reference implementation where Python has it."""

import bisect
import itertools
import warnings
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.audio.mulaw import BYTES_PER_SECOND, SILENCE, decode, encode, without_tail

EVERY_SAMPLE = np.arange(-32768, 32768).astype("<i2")
EVERY_CODE = bytes(range(256))

# ITU-T G.711 (11/88) table 2a/2b: segments of 16 steps, as (decision value where the segment begins, step),
# for samples of 14 bits. The first step of the first segment is half as wide as the others.
SEGMENTS = ((-1, 2), (31, 4), (95, 8), (223, 16), (479, 32), (991, 64), (2015, 128), (4063, 256))


def written_out_steps() -> list[tuple[int, int]]:
    """The 128 steps of table 2a as (lowest, one above the highest) magnitude of 14 bits."""
    steps = [(begin + n * step, begin + (n + 1) * step) for begin, step in SEGMENTS for n in range(16)]
    return [(0, 1), *steps[1:]]


STARTS = [low for low, _ in written_out_steps()]


def written_out_code(sample: int) -> int:
    """The byte of a 16-bit sample by searching the table: number of the step, inverted, with the sign on top."""
    coarse = sample >> 2
    number = bisect.bisect_right(STARTS, abs(coarse)) - 1
    return (0x7F if coarse < 0 else 0xFF) - number


def written_out_sample(code: int) -> int:
    """The 16-bit sample of a byte: the middle of its step."""
    number = 0x7F - (code & 0x7F)
    low, above = written_out_steps()[number]
    middle = 0 if number == 0 else 2 * (low + above)
    return middle if code & 0x80 else -middle


@pytest.fixture
def audioop() -> ModuleType:
    """The standard library's own codec, which Python 3.13 no longer has."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return pytest.importorskip("audioop", reason="this Python has no audioop; the written-out table is enough")


def test_the_table_written_out_here_covers_every_magnitude_once() -> None:
    """The test's own table is whole: 128 steps without a gap, up to the standard's virtual decision value 8159."""
    steps = written_out_steps()
    assert len(steps) == 128
    assert all(above == low for (_, above), (low, _) in itertools.pairwise(steps))
    assert (steps[0][0], steps[-1][1]) == (0, 8159)


def test_every_sample_gets_the_byte_of_the_standard() -> None:
    """All 65,536 samples, against the table written out."""
    wanted = bytes(written_out_code(int(sample)) for sample in EVERY_SAMPLE)
    assert encode(EVERY_SAMPLE.tobytes()) == wanted


def test_every_byte_gets_the_sample_of_the_standard() -> None:
    """All 256 codes, against the table written out."""
    wanted = np.array([written_out_sample(code) for code in EVERY_CODE], dtype="<i2")
    assert decode(EVERY_CODE) == wanted.tobytes()


def test_every_sample_and_every_byte_as_in_audioop(audioop: ModuleType) -> None:
    """All inputs of both directions, against the reference implementation."""
    assert encode(EVERY_SAMPLE.tobytes()) == audioop.lin2ulaw(EVERY_SAMPLE.tobytes(), 2)
    assert decode(EVERY_CODE) == audioop.ulaw2lin(EVERY_CODE, 2)


def test_a_byte_that_is_decoded_and_encoded_again_is_the_same_but_for_minus_zero() -> None:
    """Sound that passes through several exchanges does not wear out."""
    again = encode(decode(EVERY_CODE))
    assert [(a, b) for a, b in zip(EVERY_CODE, again, strict=True) if a != b] == [(0x7F, 0xFF)]


def test_silence_decodes_to_zero_and_zero_encodes_to_silence() -> None:
    """The constant is what a quiet line sends."""
    assert decode(bytes([SILENCE])) == b"\0\0"
    assert encode(bytes(2 * BYTES_PER_SECOND)) == bytes([SILENCE]) * BYTES_PER_SECOND


@given(st.binary(max_size=400).filter(lambda pcm: len(pcm) % 2 == 1))
def test_half_a_sample_is_refused(pcm: bytes) -> None:
    """An odd length is a mistake of the caller, not a sample."""
    with pytest.raises(ValueError, match="length is odd"):
        encode(pcm)


@given(st.binary(max_size=400), st.integers(0, 400))
def test_cutting_the_sound_does_not_change_it(mulaw: bytes, at: int) -> None:
    """The code has no memory."""
    assert decode(mulaw[:at]) + decode(mulaw[at:]) == decode(mulaw)
    assert len(encode(decode(mulaw))) == len(mulaw)


def test_the_quiet_at_the_end_is_left_out_but_for_a_little() -> None:
    """What is said stays whole, noise far below speech counts as quiet, and silence stays silence."""
    said = encode(np.array([3000, -3000] * 400, dtype="<i2").tobytes())
    hiss = encode(np.array([40, -40] * 1000, dtype="<i2").tobytes())
    quiet = bytes([SILENCE]) * 2000
    assert without_tail(said + hiss + quiet) == said + hiss[:160]
    assert without_tail(said) == said
    assert without_tail(said + quiet + said) == said + quiet + said
    assert [without_tail(each) for each in (quiet, b"")] == [quiet, b""]
