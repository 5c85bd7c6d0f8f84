"""Turns begin and end by seconds of audio alone, however the sound is cut."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voicebot.actions import Grammar
from voicebot.recogniser.turns import Endpointer, Patience, patience, whole

WINDOW = 0.032


def run(endpointer: Endpointer, pieces: list[tuple[float, float]], **flags: bool) -> list[tuple[str, float]]:
    """What was decided, and after how many seconds of sound."""
    decisions, at = [], 0.0
    for probability, seconds in pieces:
        at += seconds
        turn = endpointer.push(probability, seconds, **flags)
        if turn is not None:
            decisions.append((turn, round(at, 4)))
    return decisions


def windows(probability: float, seconds: float) -> list[tuple[float, float]]:
    """Windows of the activity detector that all have this probability."""
    return [(probability, WINDOW)] * round(seconds / WINDOW)


@pytest.mark.parametrize(("kind", "seconds"), [("yes_no", 0.4), ("choices", 0.5), ("open", 0.7), ("digits", 1.1)])
def test_patience_grows_from_yes_or_no_to_digits(kind: str, seconds: float) -> None:
    """Digits get the most silence, a yes or no the least."""
    assert patience(Grammar("ja", kind)) == seconds  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "words", "is_whole"),
    [("yes_no", "はい。", True), ("choices", "ご 伝言", True), ("choices", "ご伝言を", False),
     ("open", "住民票が欲しい。", True),
     ("open", "住民票", False), ("digits", "住民票が欲しい", False), ("yes_no", "", False), ("open", "", False)],
)  # fmt: skip
def test_an_offered_answer_or_a_sentence_is_a_whole_answer(kind: str, words: str, is_whole: bool) -> None:
    """However the recogniser punctuates it."""
    assert whole(words, Grammar("ja", kind, ("はい", "ご伝言", "住民票"))) == is_whole  # type: ignore[arg-type]


def test_speech_then_silence_is_one_turn() -> None:
    """A second of speech starts after 0.16 s and ends after the patience has run out."""
    decisions = run(
        Endpointer(Patience(end_silence_seconds=0.64)), windows(0.0, 0.32) + windows(0.9, 0.96) + windows(0.0, 2)
    )
    assert decisions == [("started", 0.48), ("ended", 1.92)]


def test_a_short_yes_starts_a_turn() -> None:
    """はい lasts about a quarter of a second."""
    decisions = run(Endpointer(Patience()), windows(0.9, 0.256) + windows(0.0, 1))
    assert [turn for turn, _ in decisions] == ["started", "ended"]


def test_our_own_prompt_raises_the_threshold() -> None:
    """What starts a turn in silence does not while a prompt is audible; longer speech does."""
    assert run(Endpointer(Patience()), windows(0.9, 0.256) + windows(0.0, 1), playing=True) == []
    assert run(Endpointer(Patience()), windows(0.9, 0.32), playing=True) == [("started", 0.32)]


@given(
    clicks=st.lists(st.tuples(st.integers(1, 4), st.integers(3, 40)), max_size=20),
    playing=st.booleans(),
)
def test_clicks_never_start_a_turn(clicks: list[tuple[int, int]], playing: bool) -> None:
    """Sounds under 0.15 s with more than a gap between them are no speech, however many there are."""
    pieces = [piece for on, off in clicks for piece in [(0.95, WINDOW)] * on + [(0.0, WINDOW)] * off]
    assert run(Endpointer(Patience()), pieces, playing=playing) == []


def test_probability_between_the_levels_keeps_what_it_was() -> None:
    """0.4 does not begin speech, but does not end it either."""
    assert run(Endpointer(Patience()), windows(0.4, 3)) == []
    endpointer = Endpointer(Patience())
    assert [turn for turn, _ in run(endpointer, windows(0.9, 0.32) + windows(0.4, 3))] == ["started"]
    assert endpointer.speaking


def test_a_pause_shorter_than_the_patience_does_not_end_the_turn() -> None:
    """A caller who thinks for half a second is not cut off, and the silence is counted anew afterwards."""
    pieces = windows(0.9, 0.64) + windows(0.0, 0.512) + windows(0.9, 0.32) + windows(0.0, 0.512) + windows(0.9, 0.32)
    assert [turn for turn, _ in run(Endpointer(Patience()), pieces)] == ["started"]


def test_a_blip_in_the_silence_does_not_renew_the_patience() -> None:
    """A click on the line after the caller has finished does not make the bot wait longer."""
    pieces = windows(0.9, 0.64) + windows(0.0, 0.32) + windows(0.9, WINDOW) + windows(0.0, 0.4)
    decisions = run(Endpointer(Patience(end_silence_seconds=0.7)), pieces)
    assert decisions[-1] == ("ended", 1.344)


def test_a_complete_answer_ends_sooner() -> None:
    """はい is answered after 0.3 s, an open sentence after 0.7 s; never later than the patience itself."""

    def ended(patience: Patience, complete: bool) -> float:
        return run(Endpointer(patience), windows(0.9, 0.64) + windows(0.0, 2), complete=complete)[-1][1]

    assert ended(Patience(), complete=True) == pytest.approx(0.64 + 0.32)
    assert ended(Patience(), complete=False) == pytest.approx(0.64 + 0.704)
    assert ended(Patience(end_silence_seconds=0.2), complete=True) == pytest.approx(0.64 + 0.224)


def test_speech_and_utterance_lengths_are_told() -> None:
    """Speech is measured without the silence behind it; the utterance reaches 0.3 s before the first speech."""
    endpointer = Endpointer(Patience())
    run(endpointer, windows(0.0, 1) + windows(0.9, 0.16))
    assert endpointer.utterance_seconds == pytest.approx(0.16 + 0.3)
    run(endpointer, windows(0.9, 0.48) + windows(0.0, 2))
    assert not endpointer.speaking
    assert endpointer.speech_seconds == pytest.approx(0.64)


def test_a_new_patience_waits_for_the_end_of_the_turn() -> None:
    """A question that comes up while the caller speaks does not cut the sentence under way."""
    endpointer = Endpointer(Patience(end_silence_seconds=1.1))
    run(endpointer, windows(0.9, 0.32))
    endpointer.expect(Patience(end_silence_seconds=0.4))
    assert run(endpointer, windows(0.0, 1.12)) == [("ended", 1.12)]
    assert run(endpointer, windows(0.9, 0.32) + windows(0.0, 1))[-1] == ("ended", pytest.approx(0.32 + 0.416))


def test_reset_forgets_the_turn() -> None:
    """After a key the speech under way is not reported as ended."""
    endpointer = Endpointer(Patience())
    run(endpointer, windows(0.9, 0.32))
    endpointer.reset()
    assert run(endpointer, windows(0.0, 2)) == []


STREAM = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.4, 0.6, 1.0]), st.integers(1, 60)), max_size=60)
"""Pieces of probability and length in centiseconds."""


@given(stream=STREAM, cut=st.integers(1, 7), playing=st.booleans(), complete=st.booleans())
def test_cutting_the_sound_differently_gives_the_same_decisions(
    stream: list[tuple[float, int]], cut: int, playing: bool, complete: bool
) -> None:
    """Each decision falls into the same piece of sound, whether that piece comes whole or in parts."""
    flags = {"playing": playing, "complete": complete}
    whole, parts = Endpointer(Patience()), Endpointer(Patience())
    for probability, length in stream:
        expected = run(whole, [(probability, length / 100)], **flags)
        seen = run(parts, [(probability, length / 100 / cut)] * cut, **flags)
        assert [turn for turn, _ in seen] == [turn for turn, _ in expected]
        assert parts.speech_seconds == pytest.approx(whole.speech_seconds, abs=1e-6) or not parts.speaking


@given(stream=STREAM, seconds=st.floats(0.1, 2))
def test_every_started_is_followed_by_ended(stream: list[tuple[float, int]], seconds: float) -> None:
    """Starts and ends alternate, and enough silence always brings the end."""
    endpointer = Endpointer(Patience(end_silence_seconds=seconds))
    pieces = [(probability, length / 100) for probability, length in stream]
    turns = [turn for turn, _ in run(endpointer, pieces + windows(0.0, seconds + 0.1))]
    assert turns == ["started", "ended"] * (len(turns) // 2)
    assert not endpointer.speaking


@given(voiced=st.lists(st.booleans(), max_size=300), playing=st.booleans())
@example(voiced=[True, False, False] * 20, playing=True)
def test_the_buffer_always_holds_the_utterance(voiced: list[bool], playing: bool) -> None:
    """Nothing that belongs to a turn lies further back than the sound that is kept at hand."""
    endpointer = Endpointer(Patience())
    for speech in voiced:
        if endpointer.push(0.9 if speech else 0.0, WINDOW, playing=playing) == "started":
            assert 0.3 < endpointer.utterance_seconds <= endpointer.buffer_seconds
