"""The Japanese voice, for real."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyopenjtalk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.actions import Prompt
from voicebot.audio import mulaw
from voicebot.errors import VoiceError
from voicebot.language.written import spoken
from voicebot.voice import sound
from voicebot.voice.openjtalk import OpenJTalkVoice, breath_groups, with_breaths
from voicebot.voice.phrases import pace

LONG = "住民票の写しは本庁舎一階の市民課または駅前の行政サービスセンターで取得できます。"


def said(words: list) -> str:
    """Words as written."""
    return "".join(word["string"] for word in words)


def silences(heard: bytes) -> list[float]:
    """The pauses of at least 150 ms within the sound, in seconds."""
    samples = sound.trimmed(sound.from_pcm(mulaw.decode(heard)), 8000)
    loud = np.flatnonzero(np.abs(samples) > 0.004)
    gaps = np.diff(loud) / 8000
    return [round(float(gap), 2) for gap in gaps if gap > 0.15]


def test_telephone_numbers_are_said_digit_by_digit() -> None:
    """What is written goes through `spoken` before it is said."""
    asked: list[tuple[str, str]] = []

    def note(text: str, language: str) -> str:
        asked.append((text, language))
        return spoken(text, language)

    voice = OpenJTalkVoice(note)
    number = voice.render(Prompt("電話は050-0000-1234です。"))
    assert asked == [("電話は050-0000-1234です。", "ja")]
    assert voice.wording(Prompt("050-0000-1234")) == "ゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨン"
    assert number == voice.render(Prompt("電話はゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨンです。"))
    assert len(silences(number)) == 2


def test_a_long_sentence_gets_pauses_where_phrases_end() -> None:
    """Nobody can follow five seconds without a breath; in the slow mode there are more of them."""
    words = pyopenjtalk.run_frontend(LONG)
    assert said(with_breaths(words, 30)) == (
        "住民票の写しは本庁舎一階の市民課、または駅前の行政サービスセンターで取得できます。"
    )
    assert said(with_breaths(words, 15)) == (
        "住民票の写しは、本庁舎一階の市民課、または駅前の、行政サービスセンターで、取得できます。"
    )
    assert said(with_breaths(words, 100)) == LONG


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["市民課で", "住民票を", "写しは", "または", "取得し、", "できます。"]), max_size=25))
def test_breaths_change_no_word(parts: list[str]) -> None:
    """Only commas are put in, never at the beginning, never two together."""
    words = pyopenjtalk.run_frontend("".join(parts))
    breathed = said(with_breaths(words, 15))
    assert breathed.replace("、", "") == said(words).replace("、", "")
    assert "、、" not in breathed
    assert not breathed.startswith("、")


def test_pauses_are_as_long_as_the_pace_says() -> None:
    """The pause between two sentences is longer than at a comma, and longer still when slow."""
    text = "はい、そうです。お待ちください。"
    normal = silences(OpenJTalkVoice(spoken).render(Prompt(text)))
    slow = silences(OpenJTalkVoice(spoken).render(Prompt(text, slow=True)))
    assert len(normal) == len(slow) == 2
    for heard, speed in ((normal, pace(1, slow=False)), (slow, pace(1, slow=True))):
        assert heard[0] == pytest.approx(speed.clause_seconds + 0.08, abs=0.1)
        assert heard[1] == pytest.approx(speed.sentence_seconds + 0.08, abs=0.1)


def test_a_group_before_a_comma_keeps_the_melody_of_its_sentence() -> None:
    """Its labels are those of the whole sentence, not of a sentence of its own."""
    speed = pace(1, slow=False)
    whole = breath_groups(pyopenjtalk.run_frontend("はい、そうです。"), speed)
    alone = breath_groups(pyopenjtalk.run_frontend("はい。"), speed)
    assert [seconds for _, seconds in whole] == [speed.clause_seconds, speed.sentence_seconds]
    assert whole[0][0] != alone[0][0]


def test_the_rate_is_the_setting() -> None:
    """A faster setting gives a shorter prompt."""
    fast, calm = OpenJTalkVoice(spoken, rate=1.3), OpenJTalkVoice(spoken, rate=0.8)
    assert len(fast.render(Prompt("市民課です。"))) < 0.7 * len(calm.render(Prompt("市民課です。")))
    assert fast.identity != calm.identity


def test_other_languages_are_refused(openjtalk: OpenJTalkVoice) -> None:
    """Open JTalk would spell them in Japanese."""
    assert not openjtalk.speaks("en")
    with pytest.raises(VoiceError) as caught:
        openjtalk.render(Prompt("Hello.", language="en"))
    assert caught.value.code == "voice.no_language"


@pytest.mark.parametrize("text", ["はい。", "市民課です。", "申し込みは、一番を、押してください。"])
def test_slow_words_are_slow_themselves(openjtalk: OpenJTalkVoice, text: str) -> None:
    """A third longer without the pauses, in short sentences too."""

    def words(prompt: Prompt) -> float:
        heard = openjtalk.render(prompt)
        return len(sound.trimmed(sound.from_pcm(mulaw.decode(heard)), 8000)) / 8000 - sum(silences(heard))

    assert words(Prompt(text, slow=True)) / words(Prompt(text)) == pytest.approx(4 / 3, rel=0.12)


def test_many_calls_speak_at_once(openjtalk: OpenJTalkVoice) -> None:
    """In eight threads every prompt sounds as it does alone."""
    prompts = [
        Prompt(text) for text in ("今日は何曜日ですか。", "人気のない道です。", "市民課です。", "何をしますか。")
    ]
    alone = {prompt: openjtalk.render(prompt) for prompt in prompts}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(openjtalk.render, prompts * 6))
    assert together == [alone[prompt] for prompt in prompts * 6]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_said_or_refused(text: str) -> None:
    """Garbage is sound or `VoiceError`, never another error."""
    voice = OpenJTalkVoice(spoken)
    try:
        heard = voice.render(Prompt(text))
    except VoiceError:
        return
    assert isinstance(heard, bytes)
