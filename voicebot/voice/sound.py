"""What every synthesiser's sound goes through: trimmed, joined with pauses, levelled, and made fit for the telephone.

It knows samples and levels; it must not know text or synthesisers.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voicebot.audio import mulaw
from voicebot.audio.resample import to_rate
from voicebot.errors import VoiceError

Samples = NDArray[np.float32]
"""Mono sound; full scale is 1."""

RENDERING = "1"
"""Part of every cache key: change it when the same synthesis would sound different after a change in this room."""

TELEPHONE_RATE = 8000
SPEECH_LEVEL = 0.1
"""RMS of active speech, -20 dB below full scale: every voice is as loud as the other, and the peaks have room."""
PEAK = 0.85
_KNEE = 0.55
_TAIL_SECONDS = 0.15
"""Silence after the last word, so that the next prompt does not run into it."""
_FRAME_SECONDS = 0.01
_ACTIVE = 0.05
_AUDIBLE = 0.012


def from_pcm(pcm: bytes, channels: int = 1) -> Samples:
    """16-bit little-endian sound as samples; channels are mixed."""
    frames = np.frombuffer(pcm, dtype="<i2").reshape(-1, channels)
    return np.asarray(frames.mean(axis=1, dtype=np.float32) / 32768, dtype=np.float32)


def silence(seconds: float, rate: int) -> Samples:
    """So much silence."""
    return np.zeros(max(0, round(seconds * rate)), dtype=np.float32)


def trimmed(samples: Samples, rate: int) -> Samples:
    """The sound without the silence around it; 20 ms are left on each side for soft beginnings and ends.

    Silent is what is 38 dB below the loudest 10 ms.
    """
    loudness = _loudness(samples, rate)
    if not loudness.size or loudness.max() == 0:
        return samples[:0]
    heard = np.flatnonzero(loudness > loudness.max() * _AUDIBLE)
    frame = _frame(rate)
    first, last = max(0, int(heard[0]) - 2), int(heard[-1]) + 3
    return samples[first * frame : last * frame]


def faded(samples: Samples, rate: int) -> Samples:
    """Without clicks at its ends: 5 ms to come, 20 ms to go."""
    gain = np.ones(len(samples), dtype=np.float32)
    rise, fall = min(len(gain), round(0.005 * rate)), min(len(gain), round(0.02 * rate))
    gain[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    gain[len(gain) - fall :] *= np.linspace(1, 0, fall, dtype=np.float32)
    return samples * gain


def joined(parts: Sequence[tuple[Samples, float]], rate: int) -> Samples:
    """Parts, each with the seconds of silence after it; the silence after the last one is left out."""
    pieces: list[Samples] = []
    for samples, seconds in parts:
        pieces += [samples, silence(seconds, rate)]
    return np.concatenate(pieces[:-1]) if pieces else silence(0, rate)


def speech_level(samples: Samples, rate: int) -> float:
    """RMS of the part in which somebody speaks.

    After ITU-T P.56 in its simplest form: 10 ms that are 26 dB below the loudest are pauses and do not count.
    """
    loudness = _loudness(samples, rate)
    if not loudness.size or loudness.max() == 0:
        return 0.0
    active = loudness[loudness > loudness.max() * _ACTIVE]
    return float(np.sqrt(np.mean(active**2)))


def levelled(samples: Samples, rate: int) -> Samples:
    """At the level of all our speech; what would rise above the knee is rounded off instead of clipped.

    Raises:
        VoiceError: there is nothing to hear.
    """
    level = speech_level(samples, rate)
    if level < 1e-4:
        raise VoiceError("voice.no_sound", "The voice gave silence; record this prompt or choose another voice.")
    loud = samples * np.float32(SPEECH_LEVEL / level)
    size = np.abs(loud)
    room = PEAK - _KNEE
    rounded = _KNEE + room * np.tanh((size - _KNEE) / room)
    return np.where(size > _KNEE, np.sign(loud) * rounded, loud).astype(np.float32)


def speech(parts: Sequence[tuple[Samples, float]], rate: int) -> bytes:
    """`joined` parts for the `telephone`; empty when there are none."""
    return telephone(joined(parts, rate), rate) if parts else b""


def telephone(samples: Samples, rate: int) -> bytes:
    """Speech at any rate as mu-law at 8 kHz, trimmed and levelled.

    Raises:
        VoiceError: there is nothing to hear.
    """
    peak = float(np.abs(samples).max(initial=0))
    if peak == 0 or not np.isfinite(peak):
        raise VoiceError("voice.no_sound", "The voice gave silence; record this prompt or choose another voice.")
    headroom = samples * np.float32(0.7 / peak)  # band-limiting overshoots
    narrow = from_pcm(to_rate(_pcm(headroom), rate, TELEPHONE_RATE))
    words = levelled(trimmed(narrow, TELEPHONE_RATE), TELEPHONE_RATE)
    return mulaw.encode(_pcm(np.concatenate([words, silence(_TAIL_SECONDS, TELEPHONE_RATE)])))


def _pcm(samples: Samples) -> bytes:
    return np.round(samples * 32767).astype("<i2").tobytes()


def _frame(rate: int) -> int:
    return max(1, round(rate * _FRAME_SECONDS))


def _loudness(samples: Samples, rate: int) -> NDArray[np.float64]:
    """RMS of each 10 ms."""
    frame = _frame(rate)
    whole = np.pad(samples.astype(np.float64), (0, -len(samples) % frame)).reshape(-1, frame)
    return np.asarray(np.sqrt(np.mean(whole**2, axis=1)))
