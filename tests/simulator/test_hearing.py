"""Telling speech from silence."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.simulator.hearing import FRAME_BYTES, Span, SpeechSpans, frames_of, is_voiced, silence, tone


def test_tones_are_voiced_and_silence_is_not() -> None:
    """Both zeros of mu-law are silence, and so is faint noise."""
    assert is_voiced(tone(300, 0.02, 0.05))
    assert not is_voiced(silence(0.02))
    assert not is_voiced(b"\x7f" * FRAME_BYTES)
    assert not is_voiced(tone(300, 0.02, 0.002))


@given(st.binary(max_size=1000))
def test_frames_give_the_sound_back_filled_up_with_silence(sound: bytes) -> None:
    """All of 20 ms."""
    frames = list(frames_of(sound))
    assert all(len(frame) == FRAME_BYTES for frame in frames)
    joined = b"".join(frames)
    assert joined.startswith(sound)
    assert set(joined[len(sound) :]) <= {0xFF}


def test_short_pauses_belong_to_the_speech_and_long_ones_end_it() -> None:
    """Two stretches: the first with a pause of 0.2 s in it."""
    pattern = "1" * 10 + "0" * 10 + "1" * 10 + "0" * 30 + "1" * 5
    spans = SpeechSpans(pause_seconds=0.4)
    found = [span for at, sign in enumerate(pattern) if (span := spans.note(at * 0.02, sign == "1"))]
    last = spans.finish()
    assert last is not None
    assert [(round(span.start, 2), round(span.end, 2)) for span in (*found, last)] == [(0, 0.6), (1.2, 1.3)]
    assert spans.finish() is None


@given(st.lists(st.booleans(), max_size=200))
def test_spans_cover_exactly_the_voiced_frames(voiced: list[bool]) -> None:
    """None is outside, and no span begins or ends in silence."""
    spans = SpeechSpans()
    found: list[Span] = [span for at, loud in enumerate(voiced) if (span := spans.note(at * 0.02, loud))]
    if last := spans.finish():
        found.append(last)
    for at, loud in enumerate(voiced):
        inside = any(span.start - 1e-9 <= at * 0.02 < span.end - 1e-9 for span in found)
        assert inside or not loud
    starts = {round(span.start / 0.02) for span in found}
    ends = {round(span.end / 0.02) - 1 for span in found}
    assert all(voiced[at] for at in starts | ends)
