"""A telephone's band and a room's noise."""

import numpy as np
import pytest

from voicebot.audio import mulaw
from voicebot.simulator.handset import Background, through_handset
from voicebot.simulator.hearing import silence, tone


def level(sound: bytes) -> float:
    """Root mean square as a part of full scale."""
    samples = np.frombuffer(mulaw.decode(sound), dtype="<i2").astype(np.float64)
    return float(np.sqrt(np.mean(samples**2)) / 32768)


@pytest.mark.parametrize(("hertz", "lowest", "highest"), [(50, 0, 0.15), (1000, 0.95, 1.05), (3900, 0, 0.1)])
def test_the_handset_passes_speech_and_stops_hum_and_hiss(hertz: float, lowest: float, highest: float) -> None:
    """As a part of what went in."""
    sound = tone(hertz, 1.0, 0.3)
    assert lowest <= level(through_handset(sound)[1000:7000]) / level(sound) <= highest
    assert len(through_handset(sound)) == len(sound)


def test_nothing_stays_nothing() -> None:
    """No sound, no filter."""
    assert through_handset(b"") == b""


def test_noise_has_its_level_and_is_the_same_for_the_same_seed() -> None:
    """So that a call can be repeated."""
    noise = Background(0.02, seed=1).mix(silence(1))
    assert level(noise) == pytest.approx(0.02, rel=0.1)
    assert noise == Background(0.02, seed=1).mix(silence(1))
    assert noise != Background(0.02, seed=2).mix(silence(1))
