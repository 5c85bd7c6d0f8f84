"""Rules for what Whisper makes up, on figures as they were measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.recogniser.guards import Decoded, likelihood, made_up, once

YES_NO = ("はい", "いいえ", "はい、そうです")


@pytest.mark.parametrize(
    ("text", "mean_log", "no_speech"),
    [
        ("はい。", -0.2, 0.36),  # a short yes, said softly
        ("はい。", -0.17, 0.42),  # ... in noise
        ("09012345678", -0.42, 0.41),
        ("いいえ。", -0.88, 0.16),
        ("住民票の写しはどこで取れますか。", -0.3, 0.05),
        ("ご視聴ありがとうございましたという画面が出ました。", -0.3, 0.02),
        ("おやすみなさい。", -0.3, 0.1),
    ],
)
def test_what_was_said_is_kept(text: str, mean_log: float, no_speech: float) -> None:
    """Real speech, also where it looks like a phantom but Whisper is sure."""
    assert not made_up(Decoded(text, mean_log, no_speech), YES_NO)


@pytest.mark.parametrize(
    ("text", "mean_log", "no_speech"),
    [
        ("はい。", -0.55, 0.6),  # noise after a yes-or-no prompt
        ("はい。", -1.02, 0.38),  # breath
        ("いいえ。", -0.74, 0.54),  # a chord of music
        ("二番。三番。", -0.91, 0.47),  # loud noise
        ("国民健康保険、保育園、", -0.87, 0.6),  # silence after a prompt with terms
        ("んんんんん", -1.4, 0.1),
        ("ご視聴ありがとうございました。", -0.85, 0.2),
        ("チャンネル登録をお願いします", -0.5, 0.35),
        ("Thank you for watching!", -0.9, 0.1),
        ("시청해 주셔서 감사합니다.", -0.9, 0.1),
        ("はい。いいえ。", -0.85, 0.2),  # an echo of the prompt
        ("主に、主に、主に、主に、主に、主に、", -0.5, 0.1),
        ("…。", -0.1, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_what_was_made_up_is_dropped(text: str, mean_log: float, no_speech: float) -> None:
    """Noise, breath, music, phantoms, echoes, loops and bare punctuation."""
    assert made_up(Decoded(text, mean_log, no_speech), YES_NO)


@given(st.text(max_size=40), st.floats(-3, 0), st.floats(0, 1), st.floats(0, 1))
def test_more_noise_never_makes_a_text_believable(text: str, mean_log: float, low: float, high: float) -> None:
    """What is dropped at some probability of no speech is dropped at a higher one."""
    less, more = sorted((low, high))
    assert made_up(Decoded(text, mean_log, more), YES_NO) or not made_up(Decoded(text, mean_log, less), YES_NO)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("はい。はい。", "はい。"),
        ("二番。2番。三番。", "二番。2番。三番。"),
        ("住民票です。税金です。", "住民票です。税金です。"),
        ("3.5", "3.5"),
        ("はいはい", "はいはい"),
    ],
)
def test_a_sentence_is_said_once(text: str, expected: str) -> None:
    """Only whole sentences that follow one another are merged."""
    assert once(text) == expected


def test_likelihood_rises_and_is_a_probability() -> None:
    """A sure text is likely right, an unsure one likely wrong."""
    values = [likelihood(-step / 10) for step in range(31)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.97
    assert likelihood(-1.0) < 0.25
    assert likelihood(0.5) == likelihood(0.0)
