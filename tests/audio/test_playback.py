"""The clock of playback: pacing that neither floods nor starves, and what was really heard."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.audio.playback import Pacer, Playback

STARTS = st.floats(0, 1e7)


@dataclass
class Carrier:
    """A play buffer counted by hand, millisecond by millisecond (8 bytes each)."""

    buffered: float = 0.0
    starved_milliseconds: int = 0

    def play_millisecond(self, expected: bool) -> None:
        """Plays what is there; counts it when sound was expected and there was none."""
        self.starved_milliseconds += int(expected and self.buffered < 8)
        self.buffered = max(0.0, self.buffered - 8)


def test_the_lead_is_sent_at_once_and_then_a_chunk_every_50_ms() -> None:
    """The ordinary run of a long prompt."""
    pacer = Pacer(lead_seconds=0.4)
    pacer.start(100.0)
    assert pacer.take(100.0, 80_000) == 3200
    assert pacer.take(100.0, 76_800) == 0
    assert pacer.wake_at(100.0) == pytest.approx(100.05)
    assert pacer.take(100.04, 76_800) == 0
    assert pacer.take(pacer.wake_at(100.04), 76_800) == 400
    assert pacer.wake_at(100.05) == pytest.approx(100.1)


def test_a_late_wake_up_catches_up_and_moves_no_later_deadline() -> None:
    """Deadlines are reckoned from the beginning of the run."""
    pacer = Pacer(lead_seconds=0.4)
    pacer.start(0.0)
    pacer.take(0.0, 80_000)
    assert pacer.take(0.13, 70_000) == 800
    assert pacer.wake_at(0.13) == pytest.approx(0.15)


def test_a_rest_smaller_than_a_chunk_is_sent_when_a_chunk_would_fit() -> None:
    """The end of a prompt does not wait for more."""
    pacer = Pacer()
    pacer.start(0.0)
    assert pacer.take(0.0, 3300) == 3200
    assert pacer.take(0.01, 100) == 0
    assert pacer.take(0.05, 100) == 100


def test_short_pieces_that_come_one_by_one_are_not_held_back() -> None:
    """While the lead is not used up, sound that arrives slowly goes out as it comes."""
    pacer = Pacer()
    assert [pacer.take(n * 0.02, 160) for n in range(5)] == [160] * 5


def test_after_an_idle_time_the_whole_lead_may_be_sent_again_and_no_more() -> None:
    """A pause does not let seconds of sound out in one burst."""
    pacer = Pacer(lead_seconds=0.4)
    pacer.start(0.0)
    assert pacer.take(0.0, 1600) == 1600
    assert pacer.take(30.0, 80_000) == 3200
    assert pacer.wake_at(30.0) == pytest.approx(30.05)


def test_after_a_clear_the_clock_begins_anew() -> None:
    """What the carrier dropped does not count as ahead."""
    pacer = Pacer(lead_seconds=0.4)
    pacer.start(0.0)
    pacer.take(0.0, 80_000)
    pacer.start(0.1)
    assert pacer.take(0.1, 80_000) == 3200


def test_a_lead_shorter_than_a_chunk_is_refused() -> None:
    """Such a pacer would never send."""
    with pytest.raises(ValueError, match="chunk"):
        Pacer(lead_seconds=0.03)


@given(STARTS, st.lists(st.integers(0, 300), min_size=1, max_size=200), st.sampled_from([0.2, 0.4, 0.5]))
def test_never_more_than_the_lead_ahead_and_never_dry_while_wake_ups_are_less_late_than_the_lead(
    start: float, lateness: list[int], lead: float
) -> None:
    """Against a carrier counted by hand, waking up 0 to 300 ms late, capped below what the lead can bear."""
    pacer, carrier = Pacer(lead_seconds=lead), Carrier()
    pacer.start(start)
    waiting, milliseconds, naps = 40_000, 0, iter(lateness)
    worst = int((lead - 0.05) * 1000) - 2
    wake = 0
    while waiting:
        now = start + milliseconds / 1000
        while milliseconds >= wake and (count := pacer.take(now, waiting)):
            waiting -= count
            carrier.buffered += count
            assert count >= 400 or not waiting
            assert carrier.buffered <= lead * 8000 + 8
        if milliseconds >= wake:
            due = (pacer.wake_at(now) - start) * 1000
            wake = int(due) + 1 + min(next(naps, 0), worst)
        carrier.play_millisecond(expected=True)
        milliseconds += 1
    assert carrier.starved_milliseconds == 0


@given(STARTS, st.integers(1, 100_000), st.lists(st.floats(0, 0.2), max_size=50))
def test_waking_at_the_very_moment_always_sends(start: float, waiting: int, delays: list[float]) -> None:
    """There is no spinning: at `wake_at` something can be sent, however times are rounded."""
    pacer, now = Pacer(), start
    pacer.start(now)
    for delay in [*delays, 0.0]:
        assert pacer.wake_at(now) >= now
        now = pacer.wake_at(now) + delay
        assert pacer.take(now, waiting) > 0


def test_what_was_played_follows_the_clock_and_not_the_sending() -> None:
    """Ten seconds sent in an instant are audible for ten seconds."""
    playback = Playback()
    assert not playback.audible(0.0)
    playback.queue(bytes(80_000), 5.0)
    assert playback.audible(5.0)
    assert (playback.played(8.0), playback.remaining(8.0)) == (3.0, 7.0)
    assert playback.audible(14.999)
    assert not playback.audible(15.0)
    assert (playback.played(60.0), playback.remaining(60.0)) == (10.0, 0.0)


def test_a_clear_says_how_much_nobody_heard() -> None:
    """After it there is silence, and counting begins at zero."""
    playback = Playback()
    playback.queue(bytes(8000), 1.0)
    assert playback.clear(1.25) == 6000
    assert (playback.played(1.25), playback.remaining(1.25), playback.audible(1.25)) == (0.0, 0.0, False)
    assert playback.clear(1.3) == 0
    playback.queue(bytes(4000), 2.0)
    assert (playback.played(2.25), playback.remaining(2.25)) == (0.25, 0.25)


def test_sound_after_an_idle_time_is_played_from_its_own_beginning() -> None:
    """The idle time itself plays nothing."""
    playback = Playback()
    playback.queue(bytes(8000), 0.0)
    playback.queue(bytes(8000), 10.0)
    assert (playback.played(10.5), playback.remaining(10.5)) == (0.5, 0.5)


def test_queueing_nothing_starts_no_clock() -> None:
    """An empty piece is not sound."""
    playback = Playback()
    playback.queue(bytes(800), 0.0)
    playback.queue(b"", 5.0)
    assert playback.played(5.0) == 0.1


@given(
    st.integers(0, 10**6),
    st.lists(st.tuples(st.integers(0, 500), st.sampled_from(["queue", "clear", "look"]), st.integers(0, 6000))),
)
def test_the_model_agrees_with_a_buffer_counted_by_hand(start: int, steps: list[tuple[int, str, int]]) -> None:
    """Any story of queueing and clearing, at whole milliseconds."""
    playback, carrier, milliseconds = Playback(), Carrier(), start
    for wait, step, count in steps:
        for _ in range(wait):
            carrier.play_millisecond(expected=False)
        milliseconds += wait
        now = milliseconds / 1000
        match step:
            case "queue":
                playback.queue(bytes(count), now)
                carrier.buffered += count
            case "clear":
                assert playback.clear(now) == carrier.buffered
                carrier.buffered = 0
        assert playback.remaining(now) == pytest.approx(carrier.buffered / 8000, abs=1e-6)
