"""What a real telephone does to a voice: a narrow band, and a room with noise in it."""

from functools import cache

import numpy as np
import numpy.typing as npt

from voicebot.audio import mulaw
from voicebot.simulator.hearing import BYTES_PER_SECOND

_LOW_HERTZ = 300
_HIGH_HERTZ = 3400
_TAPS = 101


def through_handset(sound: bytes) -> bytes:
    """The mu-law sound as a telephone set passes it: 300 to 3,400 Hz (ITU-T G.712's band)."""
    if not sound:
        return sound
    samples = np.frombuffer(mulaw.decode(sound), dtype="<i2").astype(np.float64)
    passed = np.convolve(samples, _band_pass(), mode="full")[_TAPS // 2 :][: len(samples)]
    return mulaw.encode(np.clip(np.rint(passed), -32768, 32767).astype("<i2").tobytes())


class Background:
    """Noise around the caller, white and always the same for the same seed.

    Args:
        level: Root mean square as a part of full scale; 0.003 is a quiet room, 0.03 a street.
        seed: Chooses the noise.
    """

    def __init__(self, level: float, seed: int) -> None:
        self._level = level
        self._random = np.random.default_rng(seed)

    def mix(self, sound: bytes) -> bytes:
        """The mu-law sound with the noise over it."""
        samples = np.frombuffer(mulaw.decode(sound), dtype="<i2").astype(np.float64)
        samples += self._random.standard_normal(len(samples)) * self._level * 32768
        return mulaw.encode(np.clip(np.rint(samples), -32768, 32767).astype("<i2").tobytes())


@cache
def _band_pass() -> npt.NDArray[np.float64]:
    """A linear-phase filter by the window method: the difference of two low-passes, under a Hamming window."""
    middle = np.arange(_TAPS) - _TAPS // 2
    low, high = 2 * _LOW_HERTZ / BYTES_PER_SECOND, 2 * _HIGH_HERTZ / BYTES_PER_SECOND
    taps = (high * np.sinc(high * middle) - low * np.sinc(low * middle)) * np.hamming(_TAPS)
    return np.asarray(taps, dtype=np.float64)
