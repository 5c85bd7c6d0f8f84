"""Estimated lengths are those of the voices."""

import pytest

from voicebot.actions import Prompt
from voicebot.checking.pace import seconds, sentences
from voicebot.content import Content
from voicebot.language.written import spoken
from voicebot.voice.openjtalk import OpenJTalkVoice


@pytest.mark.slow
def test_the_estimate_is_near_the_voice(minato: Content) -> None:
    """Prompts of みなと市 spoken by Open JTalk: none is off by more than an eighth, or half a second."""
    voice = OpenJTalkVoice(spoken)
    texts = [texts["ja"] for node in minato.dialog.nodes.values() if (texts := getattr(node, "text", None))]
    for text in texts[5::40]:
        said = len(voice.render(Prompt(text))) / 8000
        assert seconds(text, "ja") == pytest.approx(said, rel=0.125, abs=0.5), text


@pytest.mark.parametrize("language", ["ja", "en", "ko", "xx"])
def test_more_words_take_longer(language: str) -> None:
    """And nothing takes nothing."""
    assert seconds("", language) == 0
    assert 0 < seconds("市役所 hall 시청.", language) < seconds("市役所 hall 시청. 市役所 hall 시청.", language)


def test_sentences_end_where_people_stop() -> None:
    """Not within 1.5 or after the last sign."""
    assert sentences("ごみです。1番。はい?", "ja") == ("ごみです。", "1番。", "はい?")
    assert sentences("It costs 1.5 yen. Press 0", "en") == ("It costs 1.5 yen.", "Press 0")
