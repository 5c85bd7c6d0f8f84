"""What every synthesiser's sound goes through."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.audio import mulaw
from voicebot.errors import VoiceError
from voicebot.voice import sound


def tone(seconds: float, rate: int = 8000, loudness: float = 0.3, hertz: float = 440) -> sound.Samples:
    """A sine."""
    return (loudness * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def padded(samples: sound.Samples, seconds: float, rate: int = 8000) -> sound.Samples:
    """With silence on both sides."""
    return sound.joined([(sound.silence(seconds, rate), 0), (samples, 0), (sound.silence(seconds, rate), 0)], rate)


def test_silence_around_the_sound_is_cut_off() -> None:
    """All but some tens of milliseconds go."""
    trimmed = sound.trimmed(padded(tone(1), 0.5), 8000)
    assert 1 <= len(trimmed) / 8000 < 1.06


def test_silence_within_the_sound_stays() -> None:
    """A pause between two words is not trimmed."""
    both = sound.joined([(tone(0.5), 0.4), (tone(0.5), 9)], 8000)
    assert len(sound.trimmed(both, 8000)) == pytest.approx(1.4 * 8000, abs=8)


def test_nothing_is_left_of_silence() -> None:
    """There is nothing to keep."""
    assert len(sound.trimmed(sound.silence(1, 8000), 8000)) == 0
    assert len(sound.trimmed(sound.silence(0, 8000), 8000)) == 0


def test_the_level_does_not_count_pauses() -> None:
    """Speech with a long pause is as loud as without (ITU-T P.56's idea)."""
    assert sound.speech_level(padded(tone(1), 3), 8000) == pytest.approx(0.3 / 2**0.5, rel=0.02)


@given(st.floats(0.01, 0.99), st.sampled_from([8000, 22_050, 24_000, 48_000]))
def test_quiet_and_loud_voices_become_equal(loudness: float, rate: int) -> None:
    """At any rate and loudness, the telephone gets the same level and no clipped sample."""
    heard = sound.from_pcm(mulaw.decode(sound.telephone(tone(0.5, rate, loudness), rate)))
    assert sound.speech_level(heard, 8000) == pytest.approx(sound.SPEECH_LEVEL, rel=0.1)
    assert np.abs(heard).max() <= sound.PEAK + 0.02


def test_sudden_peaks_are_rounded_off() -> None:
    """A click among quiet speech neither clips nor makes the speech quieter."""
    speech = tone(1, loudness=0.05)
    speech[4000] = 1.0
    levelled = sound.levelled(speech, 8000)
    assert np.abs(levelled).max() <= sound.PEAK
    assert np.abs(levelled[:2000]).max() > 0.1


def test_what_the_telephone_cannot_carry_is_removed() -> None:
    """6 kHz in a 48 kHz sound must not come back as 2 kHz."""
    mixed = tone(1, 48_000, 0.2, 1000) + tone(1, 48_000, 0.2, 6000)
    spectrum = np.abs(np.fft.rfft(sound.from_pcm(mulaw.decode(sound.telephone(mixed, 48_000)))[:8000]))
    assert spectrum[1995:2006].max() < spectrum[995:1006].max() / 100


@pytest.mark.parametrize("samples", [sound.silence(1, 8000), sound.silence(0, 8000), np.full(800, np.nan, np.float32)])
def test_silence_is_an_error(samples: sound.Samples) -> None:
    """A synthesiser that gives nothing has failed; the caller must not wait for it."""
    with pytest.raises(VoiceError) as caught:
        sound.telephone(samples, 8000)
    assert caught.value.code == "voice.no_sound"


@given(st.integers(0, 2000))
def test_faded_sound_begins_and_ends_in_silence(length: int) -> None:
    """Whatever its length; the middle is untouched."""
    faded = sound.faded(np.ones(length, dtype=np.float32), 8000)
    assert len(faded) == length
    assert not length or (faded[0] == 0 and faded[-1] == 0)
    assert length < 300 or (faded[40:-160] == 1).all()


def test_stereo_is_mixed() -> None:
    """Both channels of a recording are heard."""
    pcm = np.array([[1000, 3000], [-1000, -3000]], dtype="<i2").tobytes()
    assert np.round(sound.from_pcm(pcm, 2) * 32768).tolist() == [2000, -2000]


def test_parts_are_joined_with_their_silence() -> None:
    """The silence after the last part is left out; no parts are no sound."""
    assert len(sound.joined([(tone(0.1), 0.2), (tone(0.1), 0.5)], 8000)) == 0.4 * 8000
    assert sound.speech([], 8000) == b""
