"""Scripted residents, 20 ms at a time."""

import pytest

from voicebot.errors import VoicebotError
from voicebot.simulator.hearing import silence, tone
from voicebot.simulator.resident import (
    Emission,
    HangUp,
    Interrupt,
    Noise,
    Performance,
    Press,
    Resident,
    Say,
    Silence,
    Step,
    WaitForPrompt,
    rehearsed,
    turn,
)

WORDS = silence(0.1) + tone(300, 0.2, 0.3) + silence(0.1) + tone(300, 0.1, 0.3) + silence(0.1)


def perform(hears: str, *steps: Step, stays_seconds: float = 1000) -> list[Emission]:
    """Let a resident hear this (`b` for 0.1 s of speech, `.` for 0.1 s of silence)."""
    performance = Performance(Resident(steps, stays_seconds=stays_seconds))
    return [performance.tick(sign == "b") for sign in hears for _ in range(5)]


def first(emissions: list[Emission]) -> float:
    """When the first word begins, in seconds."""
    return round(next(at for at, emission in enumerate(emissions) if emission.words) * 0.02, 2)


def test_words_are_voiced_from_their_first_to_their_last_loud_frame() -> None:
    """The pause in the middle belongs to them, the silence around them does not."""
    emissions = perform("." * 8, Say("はい", WORDS))
    assert "".join("x" if emission.voiced else "." for emission in emissions)[:30] == "." * 5 + "x" * 20 + "." * 5
    assert b"".join(emission.sound for emission in emissions[:30]) == WORDS
    assert emissions[5].words == "はい"


def test_an_answer_waits_for_the_end_of_the_prompt() -> None:
    """Two sentences with a pause of half a second are one prompt."""
    hears = "..bbbb.....bbbb" + "." * 30
    emissions = perform(hears, WaitForPrompt(silence_seconds=1.0), Say("はい", WORDS))
    assert first(emissions) == pytest.approx(1.5 + 1.0 + 0.1, abs=0.03)


def test_a_second_answer_waits_for_a_second_prompt() -> None:
    """Silence alone is no prompt; the resident who has just spoken waits for a reply."""
    hears = "bb" + "." * 30 + "bb" + "." * 30
    emissions = perform(hears, WaitForPrompt(), Say("A", WORDS), WaitForPrompt(), Press("1"))
    (pressed,) = [at * 0.02 for at, emission in enumerate(emissions) if emission.key]
    assert pressed == pytest.approx(3.4 + 1.0, abs=0.05)


def test_waiting_in_vain_ends_and_is_noted() -> None:
    """A service that never speaks does not stop the script."""
    emissions = perform("." * 30, WaitForPrompt(at_most_seconds=2), Say("もしもし", WORDS))
    assert first(emissions) == pytest.approx(2.1, abs=0.05)
    assert [emission.note for emission in emissions if emission.note] == [
        "the resident waited in vain for a prompt to end"
    ]


def test_an_interruption_comes_when_the_other_side_has_spoken_long_enough() -> None:
    """A short word before does not count, a short pause within does."""
    hears = "bb" + "." * 6 + "bbb..bbbbbbbbbbbbbbbb"
    emissions = perform(hears, Interrupt(1.0, "あの", WORDS))
    assert first(emissions) == pytest.approx(0.8 + 1.0 + 0.1, abs=0.05)


def test_keys_are_pressed_one_after_the_other() -> None:
    """With a gap between them."""
    emissions = perform("." * 12, Press("1#", gap_seconds=0.4))
    assert [(at, emission.key) for at, emission in enumerate(emissions) if emission.key] == [(0, "1"), (21, "#")]


def test_noise_is_over_everything_from_then_on() -> None:
    """The words are still told apart from it."""
    emissions = perform("." * 10, Silence(0.1), Noise(0.01), Say("はい", WORDS))
    assert emissions[4].sound == b"\xff" * 160
    assert emissions[6].sound != b"\xff" * 160
    assert sum(emission.voiced for emission in emissions) == 20


def test_hanging_up_stays_hung_up() -> None:
    """However often the line asks."""
    emissions = perform("..", HangUp("vanish"))
    assert {emission.hang_up for emission in emissions} == {"vanish"}


def test_at_the_end_of_the_script_the_resident_listens_and_then_hangs_up() -> None:
    """Speech keeps them on the line."""
    emissions = perform("bbbbb" + "." * 20, stays_seconds=1.0)
    hung_up = next(at for at, emission in enumerate(emissions) if emission.hang_up)
    assert hung_up * 0.02 == pytest.approx(1.5, abs=0.03)


def test_unspoken_words_are_refused_with_the_cure() -> None:
    """A resident must be rehearsed first."""
    with pytest.raises(VoicebotError, match="rehearsed"):
        Resident((Say("はい"),))


def test_a_rehearsal_speaks_each_text_once() -> None:
    """And leaves what has sound already."""
    spoken: list[str] = []

    def speak(words: str) -> bytes:
        spoken.append(words)
        return WORDS

    steps = rehearsed((Say("A"), Interrupt(1, "A"), Say("B", b"\x00"), Silence(1)), speak)
    assert spoken == ["A"]
    assert steps == (Say("A", WORDS), Interrupt(1, "A", WORDS), Say("B", b"\x00"), Silence(1))


def test_a_handset_narrows_the_voice() -> None:
    """The sound changes, its length does not."""
    (said,) = rehearsed((Say("A"),), lambda words: WORDS, handset=True)
    assert isinstance(said, Say)
    assert said.sound != WORDS
    assert len(said.sound) == len(WORDS)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("ゴミの日を知りたい", (WaitForPrompt(), Say("ゴミの日を知りたい"))),
        ("key:12#", (WaitForPrompt(), Press("12#"))),
        ("silence:2.5", (Silence(2.5),)),
        ("noise:0.01", (Noise(0.01),)),
        ("interrupt:2:もしもし", (Interrupt(2.0, "もしもし"),)),
        ("hangup", (HangUp(),)),
        ("hangup:reset", (HangUp("reset"),)),
        ("時間:午後", (WaitForPrompt(), Say("時間:午後"))),
    ],
)
def test_turns_are_read_from_text(text: str, steps: tuple[Step, ...]) -> None:
    """As the command line takes them."""
    assert turn(text) == steps


@pytest.mark.parametrize("text", ["silence:long", "hangup:politely", "interrupt:soon:x", "noise:"])
def test_turns_that_are_not_understood_are_refused(text: str) -> None:
    """With a pointer to the help."""
    with pytest.raises(VoicebotError, match="--help"):
        turn(text)
