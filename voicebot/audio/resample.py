"""Sampling rates: the live way up from the telephone to the recogniser, and the slow exact way for whole files.

A streaming resampler of high quality keeps back 60 ms of sound and more; the filter here keeps back 1 ms.
"""

import numpy as np
import numpy.typing as npt
import soxr

_TAPS = np.array([660902, -203263, 103488, -57131, 30597, -14702, 5693, -1399], dtype=np.int64)
"""One side of the filter's odd phase, outwards from the new sample, in units of 2**-20.

Half-band filter (every second tap is 0, the middle one 1), so the given samples pass untouched and only those between
them are computed. The taps are the minimax solution (Lawson's iteration) for images 80, 80, 73, 58, 51 and 26 dB below
the tone at 0, 1, 2, 2.5, 3 and 3.4 kHz. They are whole numbers so that sums are exact in any order: cutting the sound
differently cannot change the result.
"""

_FILTER = np.concatenate([_TAPS[::-1], _TAPS])
_SIDE = len(_TAPS)
_SHIFT = 20
_HALF = 1 << (_SHIFT - 1)
# With this many zeros before the stream, the first sample out is the first sample in.
_SILENCE_BEFORE = np.zeros(_SIDE - 1, dtype=np.int64)


class Upsampler:
    """Doubles the rate of a stream from 8 to 16 kHz, keeping back 8 samples (1 ms).

    The sound that comes out is aligned with the sound that went in: after `flush` there are exactly two samples for
    each one given, and every second one is the given sample itself.
    """

    def __init__(self) -> None:
        self._kept = _SILENCE_BEFORE

    def push(self, pcm: bytes) -> bytes:
        """More of the stream at 8 kHz; returns what is ready at 16 kHz, at first 16 samples less than twice as much.

        Raises:
            ValueError: `pcm` ends in the middle of a sample.
        """
        if len(pcm) % 2:
            raise ValueError(
                "16-bit sound has two bytes a sample, but the length is odd; keep the last byte for later."
            )
        window = np.concatenate([self._kept, np.frombuffer(pcm, dtype="<i2")])
        count = len(window) - 2 * _SIDE + 1
        if count <= 0:
            self._kept = window
            return b""
        self._kept = window[count:]
        doubled = np.empty((count, 2), dtype="<i2")
        doubled[:, 0] = window[_SIDE - 1 : _SIDE - 1 + count]
        between = np.correlate(window, _FILTER, "valid") + _HALF >> _SHIFT
        doubled[:, 1] = between.clip(-32768, 32767)
        return doubled.tobytes()

    def flush(self) -> bytes:
        """The rest of the stream; the next `push` begins a new one."""
        rest = self.push(bytes(2 * _SIDE))
        self._kept = _SILENCE_BEFORE
        return rest


def to_rate(pcm: bytes, rate: int, wanted: int) -> bytes:
    """Bring a whole 16-bit mono recording from `rate` to `wanted` samples a second (soxr HQ, anti-aliased).

    Raises:
        ValueError: a rate is not positive, or `pcm` ends in the middle of a sample.
    """
    if rate <= 0 or wanted <= 0:
        raise ValueError("A sampling rate is a positive number of samples a second.")
    if len(pcm) % 2:
        raise ValueError("16-bit sound has two bytes a sample, but the length is odd; read the recording again whole.")
    if rate == wanted or not pcm:
        return pcm
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32)
    resampled: npt.NDArray[np.float32] = soxr.resample(samples, rate, wanted, quality="HQ")
    # Sound near full scale overshoots when it is filtered; as 16 bits it would wrap round to the other sign.
    return np.rint(resampled).clip(-32768, 32767).astype("<i2").tobytes()
