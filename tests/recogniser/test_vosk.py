"""Vosk with the packaged Korean model: words, alternatives, vocabularies and their limits."""

import json
import shutil
from pathlib import Path

import pytest

from voicebot.actions import Grammar
from voicebot.errors import RecogniserError
from voicebot.recogniser.vosk import VoskEngine, VoskRecogniser

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
    """Known compounds are cut into the model's words; foreign words and impossible syllables are reported once."""
    assert korean.unknown_words(("네", "주민등록등본을", "쓰레기")) == ()
    assert korean.unknown_words(("뷁쀍", "hello zork", "뷁쀍 zork")) == ("뷁쀍", "zork") or korean.unknown_words(
        ("hello zork",)
    ) == ("hello", "zork")


def test_only_closed_questions_limit_the_vocabulary(korean: VoskEngine) -> None:
    """An open question, an empty one, and one with an unknown word stay open."""
    limited = korean.vocabulary(Grammar("ko", "choices", ("주민등록등본", "쓰레기", "쓰레기")))
    assert limited is not None
    assert json.loads(limited) == ["주민등록등본", "쓰레기", "<UNK>"]
    assert korean.vocabulary(Grammar("ko", "open", ("쓰레기",))) is None
    assert korean.vocabulary(Grammar("ko", "choices")) is None
    assert korean.vocabulary(Grammar("ko", "choices", ("쓰레기", "zork"))) is None


def test_a_short_answer_is_understood_only_with_the_question_in_mind(korean: VoskEngine, speak_korean) -> None:
    """A synthetic 아니요 at telephone quality is taken for other words, until the question expects a yes or no."""
    recogniser = korean.open("ko")
    assert hear(recogniser, speak_korean("아니요"))[0] != "아니요"
    recogniser.expect(YES_NO)
    assert hear(recogniser, speak_korean("아니요"))[0] == "아니요"
    assert hear(recogniser, speak_korean("네"))[0] == "네"


def test_a_sentence_beside_the_question_is_not_bent_into_an_answer(korean: VoskEngine, speak_korean) -> None:
    """A limited vocabulary alone would hear a yes or a no in anything."""
    recogniser = korean.open("ko")
    recogniser.expect(YES_NO)
    found = hear(recogniser, speak_korean("주민등록등본을 받고 싶어요"))
    assert found
    assert not {"네", "예", "아니요"} & set(found)


def test_cutting_the_sound_differently_gives_the_same_words(korean: VoskEngine, speak_korean) -> None:
    """20 ms frames, odd bytes or everything at once."""
    pcm = speak_korean("안녕하세요")
    recogniser = korean.open("ko")
    recogniser.expect(YES_NO)
    whole = hear(recogniser, pcm, len(pcm))
    assert whole
    assert hear(recogniser, pcm, 640) == whole
    assert hear(recogniser, pcm, 777) == whole


def test_confidences_and_readings_are_filled_in(korean: VoskEngine, speak_korean) -> None:
    """Between 0 and 1, falling, at most five, with spaces between Korean words."""
    recogniser = korean.open("ko")
    pcm = speak_korean("안녕하세요")
    partials = [recogniser.feed(pcm[at : at + 3200]) for at in range(0, len(pcm), 3200)]
    found = recogniser.finish()
    assert 1 < len(found) <= 5
    assert partials[0] == ""
    assert partials[-1]
    confidences = [one.confidence for one in found]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < one.confidence <= 1 and one.reading == one.text.casefold() and " " in one.text for one in found)


def test_silence_has_no_words(korean: VoskEngine) -> None:
    """Two seconds of nothing, and no sound at all."""
    recogniser = korean.open("ko")
    assert hear(recogniser, bytes(64000)) == []
    assert recogniser.finish() == ()


def test_a_grammar_does_not_disturb_the_utterance_under_way(korean: VoskEngine, speak_korean) -> None:
    """The question that came up meanwhile counts from the next utterance on."""
    pcm = speak_korean("아니요")
    recogniser = korean.open("ko")
    alone = hear(recogniser, pcm)
    recogniser.feed(pcm[:6400])
    recogniser.expect(YES_NO)
    recogniser.feed(pcm[6400:])
    assert [one.text for one in recogniser.finish()] == alone
    assert hear(recogniser, pcm)[0] == "아니요"


def test_two_calls_share_the_model_and_do_not_mix(korean: VoskEngine, speak_korean) -> None:
    """Two recognisers fed in turn hear what each would hear alone."""
    yes, no = speak_korean("네"), speak_korean("아니요")
    one, two = korean.open("ko"), korean.open("ko")
    one.expect(YES_NO)
    two.expect(YES_NO)
    for at in range(0, max(len(yes), len(no)), 3200):
        one.feed(yes[at : at + 3200])
        two.feed(no[at : at + 3200])
    assert one.finish()[0].text == "네"
    assert two.finish()[0].text == "아니요"


def test_a_closed_recogniser_starts_anew(korean: VoskEngine, speak_korean) -> None:
    """What was fed before `close` is forgotten."""
    recogniser = korean.open("ko")
    recogniser.feed(speak_korean("네"))
    recogniser.close()
    assert recogniser.finish() == ()


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    """The message names the command."""
    with pytest.raises(RecogniserError, match="voicebot models install vosk-model-small-ja") as caught:
        VoskEngine(tmp_path / "vosk-model-small-ja-0.22", lambda text, language: text)
    assert caught.value.code == "recogniser.model_missing"


def test_a_damaged_model_is_our_error(tmp_path: Path, korean_folder: Path) -> None:
    """A model without its feature settings, and one whose acoustic part is no model."""
    for name, damage in {"one": "conf/mfcc.conf", "two": "am/final.mdl"}.items():
        folder = tmp_path / name
        shutil.copytree(korean_folder, folder, ignore=shutil.ignore_patterns("HCLr.fst", "Gr.fst"))
        (folder / damage).write_bytes(b"nonsense")
        with pytest.raises(RecogniserError, match="damaged") as caught:
            VoskEngine(folder, lambda text, language: text)
        assert caught.value.code == "recogniser.model_broken"


def test_a_telephone_model_is_fed_at_its_own_rate(tmp_path: Path, korean_folder: Path) -> None:
    """A model made for 8 kHz says so in its feature settings."""
    folder = tmp_path / "vosk-model-8k"
    shutil.copytree(korean_folder, folder, copy_function=lambda source, target: Path(target).symlink_to(source))
    conf = folder / "conf" / "mfcc.conf"
    text = conf.read_text(encoding="utf-8")
    conf.unlink()
    conf.write_text(f"--sample-frequency=8000\n{text.replace('7600', '3800')}", encoding="utf-8")
    engine = VoskEngine(folder, lambda text, language: text)
    assert engine.rate == 8000
