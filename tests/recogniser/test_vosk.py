"""Vosk with the packaged Korean model: words, alternatives, vocabularies and their limits."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from voicebot.actions import Grammar
from voicebot.errors import RecogniserError
from voicebot.recogniser.vosk import VoskEngine, VoskRecogniser, rate_of

Speak = Callable[[str], bytes]
pytestmark = pytest.mark.slow

YES_NO = Grammar("ko", "yes_no", ("네", "예", "아니요"))


def hear(recogniser: VoskRecogniser, pcm: bytes, block: int = 3200) -> list[str]:
    """The alternatives' texts for one utterance."""
    for at in range(0, len(pcm), block):
        recogniser.feed(pcm[at : at + block])
    return [one.text for one in recogniser.finish()]


def test_the_model_tells_its_rate_and_that_its_vocabulary_can_change(korean: VoskEngine) -> None:
    """conf/mfcc.conf names no rate, so Kaldi's 16 kHz; both halves of the graph are there."""
    assert korean.rate == 16000
    assert korean.dynamic
    assert korean.open("ko").rate == 16000


def test_words_the_model_lacks_are_named(korean: VoskEngine) -> None:
    """Compounds are cut into the model's words; foreign words and odd syllables are reported, each once."""
    assert korean.unknown_words(("네", "주민등록등본을", "쓰레기。")) == ()
    assert korean.unknown_words(("hello 네", "네쀍뛝", "zork hello")) == ("hello", "뛝", "zork")


def test_only_closed_questions_limit_the_vocabulary(korean: VoskEngine) -> None:
    """An open question, an empty one, and one with an unknown word stay open."""
    limited = korean.vocabulary(Grammar("ko", "choices", ("주민등록등본", "쓰레기", "쓰레기")))
    assert limited is not None
    assert json.loads(limited) == ["주민등록등본", "쓰레기", "<UNK>"]
    assert korean.vocabulary(Grammar("ko", "open", ("쓰레기",))) is None
    assert korean.vocabulary(Grammar("ko", "choices")) is None
    assert korean.vocabulary(Grammar("ko", "choices", ("쓰레기", "zork"))) is None


def test_a_short_answer_is_understood_with_the_question_in_mind(korean: VoskEngine, speak_korean: Speak) -> None:
    """A synthetic 네 is taken for another word; the question that comes up meanwhile counts from the next one on."""
    pcm = speak_korean("네")
    recogniser = korean.open("ko")
    recogniser.feed(pcm[:6400])
    recogniser.expect(YES_NO)
    recogniser.feed(pcm[6400:])
    assert recogniser.finish()[0].text != "네"
    assert hear(recogniser, pcm)[0] == "네"


def test_a_sentence_beside_the_question_is_not_bent_into_an_answer(korean: VoskEngine, speak_korean: Speak) -> None:
    """A limited vocabulary alone would hear a yes or a no in anything; other words are heard as such."""
    recogniser = korean.open("ko")
    recogniser.expect(YES_NO)
    pcm = speak_korean("쓰레기는 언제 버려요")
    partials = [recogniser.feed(pcm[at : at + 3200]) for at in range(0, len(pcm), 3200)]
    found = recogniser.finish()
    assert not {"네", "예", "아니요"} & {one.text for one in found}
    assert 0 < len(found) <= 5
    assert partials[0] == ""
    assert partials[-1]
    confidences = [one.confidence for one in found]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < one.confidence <= 1 and one.reading and " " in one.text for one in found)


def test_cutting_the_sound_differently_gives_the_same_words(korean: VoskEngine, speak_korean: Speak) -> None:
    """Odd pieces or everything at once, each in a new call: the engine adapts to the voice of a call."""
    pcm = speak_korean("아니요")
    whole, odd = (hear(korean.open("ko"), pcm, block) for block in (len(pcm), 777))
    assert whole
    assert odd == whole


def test_silence_has_no_words(korean: VoskEngine) -> None:
    """A second of nothing, and no sound at all."""
    recogniser = korean.open("ko")
    assert hear(recogniser, bytes(32000)) == []
    assert recogniser.finish() == ()


def test_two_calls_share_the_model_and_do_not_mix(korean: VoskEngine, speak_korean: Speak) -> None:
    """Two recognisers fed in turn, with different questions, hear what each would hear alone."""
    yes, no = speak_korean("네"), speak_korean("아니요")
    one, two = korean.open("ko"), korean.open("ko")
    one.expect(YES_NO)
    for at in range(0, max(len(yes), len(no)), 3200):
        one.feed(yes[at : at + 3200])
        two.feed(no[at : at + 3200])
    assert one.finish()[0].text == "네"
    assert [found.text for found in two.finish()] == hear(korean.open("ko"), no)


def test_a_closed_recogniser_starts_anew(korean: VoskEngine, speak_korean: Speak) -> None:
    """What was fed before `close` is forgotten."""
    recogniser = korean.open("ko")
    recogniser.feed(speak_korean("네")[:12800])
    recogniser.close()
    assert recogniser.finish() == ()


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    """The message names the command."""
    with pytest.raises(RecogniserError, match="voicebot models install vosk-model-small-ja") as caught:
        VoskEngine(tmp_path / "vosk-model-small-ja-0.22", lambda text, language: text)
    assert caught.value.code == "recogniser.model_missing"


@pytest.mark.parametrize("damage", ["conf/mfcc.conf", "am/final.mdl", "graph/HCLr.fst"])
def test_a_damaged_model_is_our_error_before_any_call(tmp_path: Path, korean_folder: Path, damage: str) -> None:
    """Its feature settings, its acoustic part or its graph is nonsense."""
    shutil.copytree(
        korean_folder, tmp_path / "model", copy_function=lambda source, target: Path(target).symlink_to(source)
    )
    (tmp_path / "model" / damage).unlink()
    (tmp_path / "model" / damage).write_bytes(b"nonsense")
    with pytest.raises(RecogniserError, match="damaged") as caught:
        VoskEngine(tmp_path / "model", lambda text, language: text)
    assert caught.value.code == "recogniser.model_broken"


@pytest.mark.parametrize(
    ("path", "text", "rate"),
    [
        ("conf/mfcc.conf", "--use-energy=false\n--sample-frequency=8000\n", 8000),
        ("mfcc.conf", "--sample-frequency=8000", 8000),
        ("conf/mfcc.conf", "--use-energy=false\n", 16000),
        ("README", "", 16000),
    ],
)
def test_a_model_is_fed_at_its_own_rate(tmp_path: Path, path: str, text: str, rate: int) -> None:
    """A model made for the telephone says so in its feature settings, in the new or the old place."""
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert rate_of(tmp_path) == rate
