"""WAV files as bytes: whatever a recording studio or a tool delivers comes in, plain 16-bit WAV goes out."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicebot.audio.mulaw import BYTES_PER_SECOND, decode, encode
from voicebot.audio.resample import to_rate

HEADER_BYTES = 44
"""Length of what `header` returns."""

_UNKNOWN = 0xFFFFFFFF
_CURE = "Save it again as 16-bit PCM WAV, for example with: ffmpeg -i old.wav -c:a pcm_s16le new.wav"
_PCM, _EXTENSIBLE = 1, 0xFFFE
_SUBFORMAT_TAIL = bytes.fromhex("000000001000800000aa00389b71")
"""What follows the format tag in an extensible header's sub-format (KSDATAFORMAT_SUBTYPE_*)."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording in memory.

    Raises:
        ValueError: the rate or the number of channels is not one of sound, or the last frame is cut.
    """

    pcm: bytes
    """16-bit little-endian samples, channels interleaved."""
    rate: int
    """Frames a second, 4,000 to 192,000."""
    channels: int = 1
    """From 1 to 32."""

    def __post_init__(self) -> None:
        if not 4000 <= self.rate <= 192_000:
            raise ValueError(f"A rate of {self.rate} samples a second is not usable; record with 8,000 to 48,000.")
        if not 1 <= self.channels <= 32:
            raise ValueError(f"{self.channels} channels are not usable; record in mono or stereo.")
        if len(self.pcm) % (2 * self.channels):
            raise ValueError("The sound ends in the middle of a frame; give whole frames.")

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / (2 * self.channels * self.rate)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the samples of a file are written."""

    tag: int
    channels: int
    rate: int
    bits: int


def read(data: bytes) -> Sound:
    """The sound of a WAV file: PCM of 8, 16, 24 or 32 bits, float of 32 or 64 bits, or mu-law.

    Unknown chunks are passed over; where a streaming writer left the length open, or the file was cut short, the sound
    goes on to the end of the file.

    Raises:
        ValueError: the file is something else; the message says what to do.
    """
    if len(data) < 12 or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise ValueError(f"This is not a WAV file. {_CURE}")
    chunks: dict[bytes, memoryview] = {}
    for name, body in _chunks(data):
        chunks.setdefault(name, body)
        if chunks.keys() >= {b"fmt ", b"data"}:
            break
    else:
        raise ValueError(f"This WAV file holds no sound or does not say how it is written. {_CURE}")
    layout = _layout(bytes(chunks[b"fmt "]))
    pcm = _samples(layout, chunks[b"data"])
    return Sound(pcm[: len(pcm) - len(pcm) % (2 * max(1, layout.channels))], layout.rate, layout.channels)


def write(sound: Sound) -> bytes:
    """A 16-bit PCM WAV file."""
    return header(sound.channels, sound.rate, len(sound.pcm)) + sound.pcm


def header(channels: int, rate: int, data_bytes: int | None) -> bytes:
    """The 44 bytes before the sound in a 16-bit PCM WAV file.

    Args:
        channels: Number of channels.
        rate: Frames a second.
        data_bytes: Length of the sound that follows; None while it is not known (players then go on to the end).
    """
    known = data_bytes is not None and data_bytes <= _UNKNOWN - 36
    length = data_bytes if known and data_bytes is not None else _UNKNOWN
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", length + 36 if known else _UNKNOWN, b"WAVE"),
        *(b"fmt ", 16, _PCM, channels, rate, rate * channels * 2, channels * 2, 16),
        *(b"data", length),
    )


def telephone(sound: Sound) -> bytes:
    """The sound as the telephone carries it: channels mixed, 8 kHz (anti-aliased), mu-law."""
    pcm = sound.pcm
    if sound.channels > 1:
        frames = np.frombuffer(pcm, dtype="<i2").reshape(-1, sound.channels)
        pcm = np.rint(frames.mean(axis=1)).astype("<i2").tobytes()
    return encode(to_rate(pcm, sound.rate, BYTES_PER_SECOND))


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    view = memoryview(data)
    # An honest file says its own length; elsewhere a data chunk of length 0 is one whose writer never came back.
    open_ended = abs(struct.unpack_from("<I", data, 4)[0] + 8 - len(data)) > 1
    position = 12
    while position + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, position)
        position += 8
        if name == b"data" and size == 0 and open_ended:
            size = len(data) - position
        yield name, view[position : position + size]
        position += size
        # Chunks of odd length are followed by a zero byte, but not every writer knows; no chunk's name begins with 0.
        if size % 2 and data[position : position + 1] == b"\0":
            position += 1


def _layout(fmt: bytes) -> _Layout:
    if len(fmt) < 16:
        raise ValueError(f"The header of this WAV file is cut short. {_CURE}")
    tag, channels, rate, _, frame_bytes, bits = struct.unpack_from("<HHIIHH", fmt)
    if tag == _EXTENSIBLE and fmt[26:40] == _SUBFORMAT_TAIL:
        tag = int.from_bytes(fmt[24:26], "little")
    if frame_bytes not in {0, channels * bits // 8}:
        raise ValueError(f"This WAV file keeps its samples in larger cells than they need. {_CURE}")
    return _Layout(tag, channels, rate, bits)


def _samples(layout: _Layout, body: memoryview) -> bytes:
    """The body as 16-bit PCM; a sample that is cut at the end is dropped."""
    whole = body[: len(body) - len(body) % max(1, layout.bits // 8)]
    match layout.tag, layout.bits:  # WAVE_FORMAT_PCM is 1, _IEEE_FLOAT 3, _MULAW 7
        case (1, 16):
            return bytes(whole)
        case (1, 8):
            # Eight bits are the only unsigned ones: 128 is silence.
            return ((np.frombuffer(whole, dtype=np.uint8).astype(np.int32) - 128) * 256).astype("<i2").tobytes()
        case (1, 24):
            return np.frombuffer(whole, dtype=np.uint8).reshape(-1, 3)[:, 1:].tobytes()
        case (1, 32):
            return np.frombuffer(whole, dtype="<i2")[1::2].tobytes()
        case (3, 32):
            return _from_float(np.frombuffer(whole, dtype="<f4").astype(np.float64))
        case (3, 64):
            return _from_float(np.frombuffer(whole, dtype="<f8"))
        case (7, 8):
            return decode(bytes(whole))
    raise ValueError(f"WAV files of kind {layout.tag} with {layout.bits} bits are not understood here. {_CURE}")


def _from_float(samples: npt.NDArray[np.float64]) -> bytes:
    """From -1..1 to 16 bits; what is not a number is silence, what is too loud is clipped."""
    finite: npt.NDArray[np.float64] = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0).clip(-1, 1)
    return np.rint(finite * 32768).clip(-32768, 32767).astype("<i2").tobytes()
