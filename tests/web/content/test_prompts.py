"""Sentences that a recording can stand for."""

from pathlib import Path

from voicebot import content as contents
from voicebot.voice.reading import reading
from voicebot.web.staff.content.prompts import chosen, recordables

ROOT = Path(__file__).parents[3]


def test_every_sentence_says_whether_it_is_recorded_and_still_right() -> None:
    """The greeting comes first; a recording without words beside it is trusted."""
    content = contents.load(ROOT / "tests" / "cities" / "mijika", ROOT / "grammars", reading)
    bare = list(recordables(content, {}))
    assert bare[0].name == content.dialog.start
    assert {each.state for each in bare} == {"none"}
    first, second, third = (each.name for each in bare[:3])
    have = {first: bare[0].text + " ", second: "別の文", f"{third}.ja": None}
    states = {each.name: each.state for each in recordables(content, have)}
    assert (states[first], states[second], states[third]) == ("good", "old", "good")


def test_sentences_are_found_by_words_language_and_state() -> None:
    """All conditions together."""
    content = contents.load(ROOT / "dialogs" / "minato", ROOT / "grammars", reading)
    every = list(recordables(content, {}))
    assert {each.language for each in every} == {"ja", "en", "ko"}
    english = chosen(every, "press 9", "en", "none")
    assert english
    assert all(each.language == "en" and "press" in each.text and "9" in each.text for each in english)
    assert chosen(every, "", "", "good") == []
    assert every[0].prompt.name == every[0].name
