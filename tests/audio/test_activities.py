"""Detectors are lent, forgotten what they heard, and lent again."""

from voicebot.audio.activities import Activities
from voicebot.audio.activity import SileroActivity


class Counted:
    """A detector that knows how often it was told to forget."""

    window = 256
    made = 0

    def __init__(self) -> None:
        type(self).made += 1
        self.resets = 0

    def probability(self, pcm: bytes) -> float:
        return 0.0

    def reset(self) -> None:
        self.resets += 1


def test_a_call_gets_one_that_was_prepared_and_the_next_call_the_same_one_reset() -> None:
    """Nothing is made while a caller waits, and nothing of one call is left for the next."""
    Counted.made = 0
    spare = Activities(Counted, 2)
    spare.prepare(1)
    first = spare.take()
    spare.give_back(first)
    assert spare.take() is first
    assert (Counted.made, first.resets) == (1, 1)  # type: ignore[attr-defined]


def test_two_calls_at_once_never_share_one() -> None:
    """When none waits another one is made."""
    spare = Activities(Counted, 2)
    spare.prepare(1)
    assert spare.take() is not spare.take()


def test_no_more_are_kept_than_wanted() -> None:
    """A rush hour does not fill the memory for ever."""
    Counted.made = 0
    spare = Activities(Counted, 2)
    for one in [spare.take() for _ in range(4)]:
        spare.give_back(one)
    spare.prepare(2)
    assert Counted.made == 4
    spare.take(), spare.take(), spare.take()
    assert Counted.made == 5


def test_after_a_reset_the_real_detector_judges_as_a_new_one() -> None:
    """The same sound, the same probabilities."""
    spare = Activities(SileroActivity, 1)
    sound = [bytes((index * 37 + place) % 256 for place in range(512)) for index in range(20)]
    first = spare.take()
    judged = [first.probability(piece) for piece in sound]
    spare.give_back(first)
    again = spare.take()
    assert again is first
    assert [again.probability(piece) for piece in sound] == judged
