"""WAV files of every kind that a studio or a tool delivers, and the plain one that goes out."""

import io
import struct
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.audio.mulaw import decode, encode
from voicebot.audio.wav import HEADER_BYTES, Sound, header, read, telephone, write

SPEECH = Path(__file__).parents[2] / "../shared/data/speech"
SAMPLES = np.array([0, 256, -256, 32512, -32768, 12800], dtype="<i2")
SOUNDS = st.builds(
    lambda frames, rate, channels: Sound(frames[: len(frames) // (2 * channels) * 2 * channels], rate, channels),
    st.binary(max_size=300),
    st.integers(4000, 192_000),
    st.integers(1, 8),
)


def chunk(name: bytes, body: bytes, size: int | None = None) -> bytes:
    """One chunk, padded as the format asks."""
    return name + struct.pack("<I", len(body) if size is None else size) + body + bytes(len(body) % 2)


def fmt(tag: int, bits: int, channels: int = 1, rate: int = 8000) -> bytes:
    """A format chunk of 16 bytes."""
    frame = channels * bits // 8
    return chunk(b"fmt ", struct.pack("<HHIIHH", tag, channels, rate, rate * frame, frame, bits))


def extensible(tag: int, bits: int) -> bytes:
    """A format chunk that keeps the real tag in a GUID."""
    frame = bits // 8
    plain = struct.pack("<HHIIHH", 0xFFFE, 1, 8000, 8000 * frame, frame, bits)
    guid = struct.pack("<H", tag) + bytes.fromhex("000000001000800000aa00389b71")
    return chunk(b"fmt ", plain + struct.pack("<HHI", 22, bits, 4) + guid)


def riff(*chunks: bytes) -> bytes:
    """A whole file."""
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def in_24_bits(samples: np.ndarray) -> bytes:
    """The same samples with a third, lowest byte."""
    return b"".join(b"\x55" + sample.tobytes() for sample in samples)


@pytest.mark.parametrize(
    ("layout", "body"),
    [
        (fmt(1, 16), SAMPLES.tobytes()),
        (fmt(1, 8), bytes((SAMPLES // 256 + 128).astype(np.uint8))),
        (fmt(1, 24), in_24_bits(SAMPLES)),
        (fmt(1, 32), (SAMPLES.astype("<i4") * 65536 + 77).tobytes()),
        (fmt(3, 32), (SAMPLES / 32768).astype("<f4").tobytes()),
        (fmt(3, 64), (SAMPLES / 32768).astype("<f8").tobytes()),
        (extensible(1, 16), SAMPLES.tobytes()),
        (extensible(1, 24), in_24_bits(SAMPLES)),
        (extensible(3, 32), (SAMPLES / 32768).astype("<f4").tobytes()),
    ],
)
def test_every_kind_of_samples_becomes_the_same_16_bits(layout: bytes, body: bytes) -> None:
    """8, 16, 24 and 32 bits, float, and the extensible header."""
    assert read(riff(layout, chunk(b"data", body))) == Sound(SAMPLES.tobytes(), 8000, 1)


def test_mulaw_in_a_wav_is_decoded() -> None:
    """Carriers' own recordings are like this."""
    code = bytes(range(256))
    assert read(riff(fmt(7, 8), chunk(b"fact", bytes(4)), chunk(b"data", code))).pcm == decode(code)


def test_float_that_is_too_loud_or_not_a_number_makes_no_noise() -> None:
    """Clipping, not wrapping."""
    body = np.array([2.0, -2.0, np.nan, np.inf, -np.inf], dtype="<f4").tobytes()
    pcm = read(riff(fmt(3, 32), chunk(b"data", body))).pcm
    assert np.frombuffer(pcm, dtype="<i2").tolist() == [32767, -32768, 0, 32767, -32768]


@pytest.mark.parametrize("odd", [chunk(b"LIST", b"INFOx"), b"LIST\x05\0\0\0INFOx"])
def test_odd_chunks_are_passed_over_with_and_without_their_padding(odd: bytes) -> None:
    """Both are found in the wild."""
    assert read(riff(odd, fmt(1, 16), odd, chunk(b"data", b"\1\2\3\4"), odd)).pcm == b"\1\2\3\4"


@pytest.mark.parametrize("size", [0, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFDB])
def test_a_length_that_was_left_open_means_to_the_end(size: int) -> None:
    """What streaming writers leave when nobody goes back to the header."""
    data = riff(fmt(1, 16), chunk(b"data", SAMPLES.tobytes(), size=size))
    data = data[:4] + struct.pack("<I", size) + data[8:]
    assert read(data).pcm == SAMPLES.tobytes()


def test_a_file_that_says_it_is_empty_is_empty() -> None:
    """An honest header with no sound is not taken for one that was left open."""
    assert read(riff(fmt(1, 16), chunk(b"data", b""), chunk(b"LIST", b"INFO"))) == Sound(b"", 8000, 1)


def test_a_frame_that_was_cut_is_dropped() -> None:
    """A stereo file that ends in the middle of a frame."""
    cut = riff(fmt(1, 16, channels=2), chunk(b"data", b"\1\2\3\4\5\6\7"))
    assert read(cut).pcm == b"\1\2\3\4"
    assert read(riff(fmt(1, 24), chunk(b"data", b"\0\1\2\0"))).pcm == b"\1\2"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ID3\4 this is music",
        b"RIFX" + write(Sound(b"\1\2", 8000, 1))[4:],
        riff(fmt(1, 16)),
        riff(chunk(b"data", b"\1\2")),
        riff(chunk(b"fmt ", b"\1\0"), chunk(b"data", b"\1\2")),
        riff(fmt(6, 8), chunk(b"data", b"\1\2")),
        riff(fmt(17, 4), chunk(b"data", b"\1\2")),
        riff(fmt(1, 12), chunk(b"data", b"\1\2")),
        riff(chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 32000, 4, 24)), chunk(b"data", bytes(8))),
    ],
)
def test_anything_else_is_refused_with_the_cure(data: bytes) -> None:
    """The message tells how to convert."""
    with pytest.raises(ValueError, match="ffmpeg"):
        read(data)


@pytest.mark.parametrize(("rate", "channels"), [(1, 1), (3999, 1), (400_000, 1), (8000, 0), (8000, 33)])
def test_rates_and_channels_that_are_not_sound_are_refused(rate: int, channels: int) -> None:
    """A header of nonsense does not make a file of gigabytes."""
    with pytest.raises(ValueError, match="record"):
        read(riff(fmt(1, 16, channels, rate), chunk(b"data", bytes(64))))


@given(st.binary(max_size=200), st.binary(max_size=60), st.integers(0, 60))
def test_garbage_is_refused_or_read_but_never_breaks(garbage: bytes, patch: bytes, at: int) -> None:
    """Only `ValueError` comes out, whatever goes in."""
    whole = riff(fmt(1, 16), chunk(b"data", garbage))
    for data in (garbage, b"RIFF" + garbage[:4] + b"WAVE" + garbage, whole[:at] + patch + whole[at + len(patch) :]):
        try:
            sound = read(data)
        except ValueError:
            continue
        assert len(sound.pcm) % (2 * sound.channels) == 0


@given(SOUNDS)
def test_what_is_written_is_read_back_here_and_by_the_standard_library(sound: Sound) -> None:
    """Round trip, and an independent reader."""
    data = write(sound)
    assert read(data) == sound
    with wave.open(io.BytesIO(data)) as other:
        assert (other.getframerate(), other.getnchannels(), other.getsampwidth()) == (sound.rate, sound.channels, 2)
        assert other.readframes(10**6) == sound.pcm


def test_a_header_of_unknown_length_is_read_to_the_end() -> None:
    """The header for streaming; a length beyond what the format can say is treated alike."""
    assert len(header(2, 8000, None)) == HEADER_BYTES
    assert read(header(2, 8000, None) + bytes(800)) == Sound(bytes(800), 8000, 2)
    assert header(2, 8000, 2**32) == header(2, 8000, None)


def test_half_a_frame_is_no_sound() -> None:
    """A stereo sound has four bytes a frame."""
    with pytest.raises(ValueError, match="whole frames"):
        Sound(b"\1\2", 8000, 2)


def test_the_length_of_a_sound_is_counted_in_frames() -> None:
    """Stereo is not twice as long."""
    assert Sound(bytes(64_000), 8000, 2).seconds == 2.0


def test_the_telephone_takes_8_khz_mono_as_it_is() -> None:
    """Nothing but the code is applied."""
    assert telephone(Sound(SAMPLES.tobytes(), 8000, 1)) == encode(SAMPLES.tobytes())


def test_the_telephone_mixes_channels() -> None:
    """Left and right with half their strength each, without overflow."""
    stereo = np.array([[32767, 32767], [1000, 3000], [-32768, -32768]], dtype="<i2")
    mono = np.array([32767, 2000, -32768], dtype="<i2")
    assert telephone(Sound(stereo.tobytes(), 8000, 2)) == encode(mono.tobytes())


@pytest.mark.parametrize("rate", [16000, 22050, 44100, 48000])
def test_the_telephone_keeps_speech_and_drops_what_it_cannot_carry(rate: int) -> None:
    """1 kHz arrives at its level; 5 kHz does not come back as 3 kHz."""
    times = np.arange(rate) / rate
    result = {}
    for hertz in (1000, 5000):
        pcm = np.rint(16000 * np.sin(2 * np.pi * hertz * times)).astype("<i2").tobytes()
        heard = telephone(Sound(pcm, rate, 1))
        assert len(heard) == pytest.approx(8000, abs=1)
        # The edges, where the tone begins at once, are sound of every frequency.
        result[hertz] = np.abs(np.frombuffer(decode(heard), dtype="<i2")[400:-400].astype(int)).max()
    assert result[1000] == pytest.approx(16000, rel=0.04)
    assert result[5000] < 20


@pytest.mark.skipif(not SPEECH.is_dir(), reason="no ../shared/data/speech here: real recordings cannot be tried")
def test_real_recordings_are_read_as_the_standard_library_reads_them() -> None:
    """Recordings by people, some with extra chunks before the sound."""
    files = sorted(SPEECH.glob("*.wav"))
    assert files
    for file in files:
        sound = read(file.read_bytes())
        with wave.open(str(file)) as other:
            assert other.readframes(10**8) == sound.pcm
            assert (other.getframerate(), other.getnchannels()) == (sound.rate, sound.channels)
        assert len(telephone(sound)) == pytest.approx(sound.seconds * 8000, abs=1)
