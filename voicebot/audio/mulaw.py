"""G.711 mu-law, the code of the telephone: 8,000 samples a second, one byte each.

Both directions are table look-ups. The tables follow the reference implementation that CPython shipped as `audioop`
(14-bit samples, bias 33, clipped below 8,159), so that every one of the 65,536 samples gets the same byte as elsewhere.
"""

import numpy as np
import numpy.typing as npt

BYTES_PER_SECOND = 8000
"""One byte a sample, 8,000 samples a second."""

SILENCE = 0xFF
"""The byte of silence (+0). 0x7F (-0) is silent too, but nothing encodes to it."""

_BIAS = 33
_LOUDEST = 8158
"""One below the virtual decision value 8159 at which the table ends; louder samples get the code of this one."""


def _encoding_table() -> npt.NDArray[np.uint8]:
    """The byte of each 16-bit sample, indexed by the sample's two's complement bits.

    ITU-T G.711 table 2a works on 14 bits; a sample is brought there by an arithmetic shift (rounding down). After the
    bias is added, the position of the highest bit is the segment and the four bits below it are the step.
    """
    samples = np.arange(65536, dtype=np.uint16).view(np.int16).astype(np.int32) >> 2
    magnitudes = np.minimum(np.abs(samples), _LOUDEST) + _BIAS
    segments = np.searchsorted(1 << np.arange(6, 13), magnitudes, side="right")
    steps = (magnitudes >> (segments + 1)) & 0x0F
    # The code is sent with all bits inverted; the highest bit is the sign.
    return np.asarray((segments << 4 | steps) ^ np.where(samples < 0, 0x7F, 0xFF), dtype=np.uint8)


def _decoding_table() -> npt.NDArray[np.int16]:
    """The 16-bit sample of each byte: the middle of its step."""
    codes = ~np.arange(256, dtype=np.uint8)
    magnitudes = (((codes & 0x0F).astype(np.int32) << 3) + 4 * _BIAS << (codes >> 4 & 0x07)) - 4 * _BIAS
    return np.asarray(np.where(codes & 0x80, -magnitudes, magnitudes), dtype="<i2")


_ENCODED = _encoding_table()
_DECODED = _decoding_table()

_LOUD = np.abs(_DECODED.astype(np.int32)) > 64
"""By the byte: louder than 54 dB below full scale."""
_TAIL_BYTES = 160


def encode(pcm: bytes) -> bytes:
    """Turn 16-bit mono samples into mu-law, one byte a sample.

    Raises:
        ValueError: `pcm` ends in the middle of a sample.
    """
    if len(pcm) % 2:
        raise ValueError("16-bit sound has two bytes a sample, but the length is odd; keep the last byte for later.")
    return _ENCODED.take(np.frombuffer(pcm, dtype="<u2")).tobytes()


def decode(mulaw: bytes) -> bytes:
    """Turn mu-law into 16-bit mono samples, two bytes for each byte given."""
    return _DECODED.take(np.frombuffer(mulaw, dtype=np.uint8)).tobytes()


def without_tail(mulaw: bytes) -> bytes:
    """The sound without the quiet at its end, of which 20 ms stay; what is quiet all through stays as it is."""
    loud = np.flatnonzero(_LOUD.take(np.frombuffer(mulaw, dtype=np.uint8)))
    return mulaw[: int(loud[-1]) + 1 + _TAIL_BYTES] if loud.size else mulaw
