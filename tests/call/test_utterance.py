"""One utterance through a recogniser: the same words whether they were decoded early or late."""

from hypothesis import given
from hypothesis import strategies as st
from stage import FakeRecogniser
from still_time import StillPool, run

from voicebot.audio.resample import Upsampler
from voicebot.call.decoding import Decoding
from voicebot.call.utterance import Utterance

PIECES = st.lists(st.sampled_from(["sound", "catch_up", "guess", "resumed"]), max_size=30)


class Echo(FakeRecogniser):
    """Hears how many bytes it was given."""

    def finish(self):  # type: ignore[no-untyped-def]
        self.script = [f"{len(self._under_way)} bytes"]
        return super().finish()


def heard(recogniser: Echo, steps: list[str]) -> tuple[str, bytes, bytes]:
    """What is recognised after these steps; the sound of the last decoding; the sound that was said."""

    async def utter() -> tuple[str, bytes]:
        utterance = Utterance(Decoding(recogniser, StillPool()))
        said, guessed = b"", False
        for number, step in enumerate(["sound", *steps]):
            match step:
                case "sound" if not guessed:
                    pcm = bytes([number % 256, 1]) * 256
                    said += pcm
                    utterance.hear(pcm)
                case "catch_up":
                    await utterance.catch_up()
                case "guess":
                    await utterance.guess()
                    guessed = recogniser.deferred
                case "resumed":
                    utterance.resumed()
                    guessed = False
        return (await utterance.finish())[0].text, said

    text, said = run(utter())
    return text, recogniser.fed[-1], said


@given(PIECES)
def test_early_decoding_changes_nothing_of_what_is_heard(steps: list[str]) -> None:
    """However often the caller paused and went on, the last decoding heard everything, in order, and once."""
    text, decoded, said = heard(Echo(deferred=True), steps)
    assert decoded == said
    assert text == f"{len(said)} bytes"


@given(PIECES)
def test_an_engine_that_decodes_as_it_goes_is_never_tried_early(steps: list[str]) -> None:
    """Its words are there anyway; one utterance has one end."""
    recogniser = Echo(deferred=False)
    _, decoded, said = heard(recogniser, steps)
    assert (decoded, len(recogniser.fed)) == (said, 1)


def test_a_guess_that_was_right_costs_no_second_decoding() -> None:
    """The words are those of the pause."""
    recogniser = Echo(deferred=True)
    heard(recogniser, ["sound", "guess", "catch_up"])
    assert len(recogniser.fed) == 1


@given(PIECES)
def test_an_engine_at_16_khz_hears_the_same_signal_at_twice_the_rate(steps: list[str]) -> None:
    """The upsampler's state goes over pauses and repeated decodings; only a right guess is without its tail."""
    recogniser = Echo(deferred=True, rate=16000)
    _, decoded, said = heard(recogniser, steps)
    upsampler = Upsampler()
    body = upsampler.push(said)
    assert decoded in (body, body + upsampler.flush())
