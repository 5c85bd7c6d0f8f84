"""People at the other end of a transfer."""

import pytest

from voicebot.simulator.callee import Callee, Outcome, ringback
from voicebot.simulator.hearing import FRAME_BYTES, is_voiced


@pytest.mark.parametrize(
    ("outcome", "code"), [("completed", 200), ("busy", 486), ("no-answer", 480), ("failed", 503), ("canceled", 487)]
)
def test_each_outcome_has_its_sip_code_unless_another_is_given(outcome: Outcome, code: int) -> None:
    """RFC 3261, section 21."""
    assert Callee(outcome).sip_answer == code
    assert Callee(outcome, sip_code=603).sip_answer == 603


def test_people_answer_after_two_seconds_and_the_absent_ring_until_patience_ends() -> None:
    """Unless the script says otherwise."""
    assert Callee().rings(30) == 2
    assert Callee("no-answer").rings(30) == 30
    assert Callee("no-answer", ring_seconds=5).rings(30) == 5


def test_the_japanese_ringing_tone_is_one_second_in_three() -> None:
    """Twice the same."""
    ticks = [ringback(tick) for tick in range(300)]
    assert all(len(sound) == FRAME_BYTES for sound in ticks)
    assert [is_voiced(sound) for sound in ticks] == ([True] * 50 + [False] * 100) * 2
