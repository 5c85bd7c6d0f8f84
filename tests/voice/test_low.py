"""The resident's voice of last resort, with the real Open JTalk."""

import numpy as np
import pytest

from voicebot.audio import mulaw
from voicebot.errors import VoiceError
from voicebot.simulator.hearing import frames_of, is_voiced

speech = pytest.importorskip("voicebot.voice.low", reason="pyopenjtalk is not installed", exc_type=ImportError)


def pitch(sound: bytes) -> float:
    """Hertz of the strongest voice between 60 and 400 Hz, by autocorrelation, median over loud frames."""
    samples = np.frombuffer(mulaw.decode(sound), dtype="<i2").astype(np.float64)
    found = []
    for start in range(0, len(samples) - 400, 160):
        frame = samples[start : start + 400]
        if np.abs(frame).mean() > 1000:
            match = np.correlate(frame, frame, "full")[400:]
            found.append(8000 / (20 + int(np.argmax(match[20:133])) + 1))
    return float(np.median(found))


def test_the_resident_speaks_lower_than_the_service() -> None:
    """So that nobody takes one for the other."""
    words = "住民票の写しがほしいのですが。"
    low = speech.LowVoice()(words)
    own = speech.LowVoice(half_tones=0, speed=1.0)(words)
    assert 1 < len(low) / 8000 < 6
    assert sum(is_voiced(frame) for frame in frames_of(low)) > 50
    assert len(low) < len(own)
    assert pitch(low) < 0.85 * pitch(own)


def test_what_cannot_be_said_is_an_error_with_a_cure() -> None:
    """Rather than a resident who says nothing."""
    with pytest.raises(VoiceError, match="Japanese"):
        speech.LowVoice()("")
