"""How loud a recording is, piece by piece: what a waveform is drawn from."""

import numpy as np

LOUDEST = 100


def peaks(pcm: bytes, channels: int, frames: int) -> list[list[int]]:
    """For each channel the loudest sample of each piece, from 0 to 100 in steps that suit the eye.

    The root of the amplitude, because speech that is a tenth as loud should still be seen.

    Args:
        pcm: 16-bit little-endian samples, channels interleaved; a frame that is cut at the end is dropped.
        channels: How many.
        frames: Of a piece, at least 1; the last one may be shorter.
    """
    samples = np.frombuffer(pcm, dtype="<i2", count=len(pcm) // (2 * channels) * channels).reshape(-1, channels)
    loud = np.abs(samples.astype(np.int32))
    pieces = [loud[at : at + frames].max(axis=0) for at in range(0, len(loud), frames)]
    levels = np.rint(np.sqrt(np.array(pieces).reshape(-1, channels) / 32768) * LOUDEST).astype(int)
    return [[int(level) for level in levels[:, channel]] for channel in range(channels)]
