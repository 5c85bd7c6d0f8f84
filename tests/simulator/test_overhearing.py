"""A sentence is heard as a call would hear it: frames, voice activity, end of turn, recogniser."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from voicebot.actions import Grammar
from voicebot.audio.activity import SileroActivity
from voicebot.audio.mulaw import SILENCE
from voicebot.errors import RecogniserError
from voicebot.events import Alternative, Heard, PartFailed
from voicebot.recogniser.scripted import ScriptedRecogniser
from voicebot.simulator.overhearing import Overhearing, overheard
from voicebot.voice.low import LowVoice
from voicebot.voice.reading import reading

OPEN = Grammar("ja", "open", ("住民票",))
SECOND = bytes([SILENCE]) * 8000


class Opens:
    """Gives recognisers that hear these utterances, and remembers them."""

    def __init__(self, *script: str) -> None:
        self.opened: list[ScriptedRecogniser] = []
        self._script = script

    def open(self, language: str) -> ScriptedRecogniser:
        """One for each sentence."""
        self.opened.append(ScriptedRecogniser(language, reading, self._script))
        return self.opened[-1]


class Broken:
    """No engine hears anything."""

    def open(self, language: str) -> ScriptedRecogniser:
        """Never opens."""
        raise RecogniserError("recogniser.no_engine", "Install one.")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """One thread for the recogniser."""
    with ThreadPoolExecutor(1) as one:
        yield one


@pytest.fixture(scope="module")
def sound() -> bytes:
    """A resident's sentence."""
    return LowVoice()("住民票がほしいんですけど。")


def test_a_sentence_is_cut_by_its_silence_and_decoded_once(pool: ThreadPoolExecutor, sound: bytes) -> None:
    """With the grammar of the question; only what the voice activity took for speech reaches the recogniser."""
    recognisers = Opens("住民票がほしい", "もう一つ")
    found = Overhearing(recognisers, SileroActivity, pool).hear(sound, OPEN)
    assert found.alternatives[0].text == "住民票がほしい"
    assert found.utterances == 1
    (one,) = recognisers.opened
    assert one.expected == [OPEN]
    assert 0.5 * len(sound) < one.fed < len(sound) + 8000


def test_a_long_pause_is_the_end_of_the_turn(pool: ThreadPoolExecutor, sound: bytes) -> None:
    """The bot would have begun to reply: the first part counts, and it is told that there were two."""
    found = Overhearing(Opens("前半", "後半"), SileroActivity, pool).hear(sound + 2 * SECOND + sound, OPEN)
    assert (found.alternatives[0].text, found.utterances) == ("前半", 2)


def test_silence_is_nothing(pool: ThreadPoolExecutor) -> None:
    """No utterance begins."""
    found = Overhearing(Opens("幻"), SileroActivity, pool).hear(2 * SECOND, OPEN)
    assert (found.alternatives, found.utterances) == ((), 0)


def test_a_broken_recogniser_is_an_error_and_no_measurement(pool: ThreadPoolExecutor, sound: bytes) -> None:
    """A call would go on with keys; a figure would be wrong."""
    with pytest.raises(RecogniserError) as caught:
        Overhearing(Broken(), SileroActivity, pool).hear(sound, OPEN)
    assert caught.value.code == "recogniser.no_engine"


def test_words_count_and_noises_do_not() -> None:
    """The first utterance with words."""
    words = (Alternative("はい", "ハイ", 0.9),)
    found = overheard([Heard(1, ()), Heard(1, words), Heard(1, (Alternative("次", "ツギ", 0.9),))])
    assert (found.alternatives, found.utterances) == (words, 3)
    with pytest.raises(RecogniserError):
        overheard([Heard(1, words), PartFailed("recogniser", "recogniser.timeout")])
