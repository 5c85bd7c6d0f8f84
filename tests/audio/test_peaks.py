"""What a waveform is drawn from."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicebot.audio.peaks import LOUDEST, peaks


def test_each_channel_is_as_loud_as_its_loudest_sample() -> None:
    """Both signs count; a quarter of the amplitude is half as high."""
    left = np.array([0, -8192, 0, 0, 100, 0], dtype="<i2")
    right = np.array([0, 0, 0, -32768, 0, 0], dtype="<i2")
    pcm = np.stack([left, right], axis=1).tobytes()
    assert peaks(pcm, 2, 2) == [[50, 0, 6], [0, 100, 0]]


@given(st.binary(max_size=400), st.integers(1, 2), st.integers(1, 50))
def test_every_sound_has_as_many_levels_as_pieces(pcm: bytes, channels: int, frames: int) -> None:
    """All of them between silence and the loudest; a cut frame at the end does not matter."""
    levels = peaks(pcm, channels, frames)
    count = len(pcm) // (2 * channels)
    assert len(levels) == channels
    assert {len(each) for each in levels} == {-(-count // frames)}
    assert all(0 <= level <= LOUDEST for each in levels for level in each)
