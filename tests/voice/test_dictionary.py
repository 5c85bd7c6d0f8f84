"""A city's own words, as Open JTalk takes them."""

import pyopenjtalk
import pytest

from voicebot.actions import Prompt
from voicebot.language.pronunciations import Pronunciation, Pronunciations
from voicebot.language.written import spoken
from voicebot.voice.dictionary import analyser, usual_accent
from voicebot.voice.openjtalk import OpenJTalkVoice
from voicebot.voice.phrases import Phrase

KNOWN = Pronunciations(
    (
        Pronunciation("生田", "ショウダ", 1),
        Pronunciation("方", "カタ", 2),
        Pronunciation("みなと市", "ミナトシ"),
        Pronunciation("みなと市民課", "ミナトシミンカ", 0),
    )
)


@pytest.fixture(scope="module")
def voice(openjtalk: OpenJTalkVoice) -> OpenJTalkVoice:
    """One that knows the words."""
    return openjtalk.taught(KNOWN)


def kana(voice: OpenJTalkVoice, text: str) -> str:
    """What is said."""
    return "".join(phrase.kana for phrase in voice.spelled(Prompt(text)))


def test_a_word_is_read_as_the_city_says(voice: OpenJTalkVoice, openjtalk: OpenJTalkVoice) -> None:
    """Also inside a longer word; the voice without the words says it as before."""
    assert kana(voice, "生田小学校です。") == "ショーダショーガッコーデス"
    assert kana(openjtalk, "生田小学校です。").startswith("イクタ")
    assert kana(voice, "みなと市民課へ。") == "ミナトシミンカエ"


def test_a_single_kanji_does_not_change_words_that_hold_it(voice: OpenJTalkVoice) -> None:
    """方 alone is かた; 方法 stays ほうほう."""
    assert kana(voice, "来られる方は、") == "コラレルカタワ"
    assert kana(voice, "この方法で、一方は") == "コノホーホーデイッポーワ"


def test_the_accent_is_where_it_was_put(openjtalk: OpenJTalkVoice) -> None:
    """So that a name sounds as its people say it."""
    for accent in (0, 1, 2, 3):
        taught = openjtalk.taught(Pronunciations((Pronunciation("生田", "ショウダ", accent),)))
        assert taught.spelled(Prompt("生田"))[0] == Phrase("ショーダ", accent)


def test_the_sound_changes_and_only_where_the_word_stands(voice: OpenJTalkVoice, openjtalk: OpenJTalkVoice) -> None:
    """What is kept of all other prompts is still good."""
    for text, changes in (("生田です。", True), ("市民課です。", False)):
        assert (voice.wording(Prompt(text)) != openjtalk.wording(Prompt(text))) is changes
        assert (voice.render(Prompt(text)) != openjtalk.render(Prompt(text))) is changes


def test_odd_words_break_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Commas, quotes, signs and letters; nothing is written to the standard output."""
    known = Pronunciations(tuple(Pronunciation(word, "ハナビ", 1) for word in ('a,"b', "ＤＸ", "DX推進", "～", "　x")))
    words = pyopenjtalk.run_frontend("DX推進課", normalize_mode="NFKC", jtalk=analyser(known))
    assert words[0]["pron"] == "ハナビ"
    assert capfd.readouterr().out == ""


def test_an_unknown_accent_is_the_vendors_guess() -> None:
    """Of the reading in katakana, when it is one phrase; else the pitch does not fall."""
    assert usual_accent("カミナリ") == pyopenjtalk.run_frontend("カミナリ")[0]["acc"]
    assert usual_accent("") == 0


def test_phrases_tell_kana_accent_and_pauses(openjtalk: OpenJTalkVoice) -> None:
    """For staff who want to see how a prompt will sound."""
    found = openjtalk.spelled(Prompt("はい、市民課です。"))
    assert [(each.kana, each.pause) for each in found] == [("ハイ", True), ("シミンカデス", True)]
    assert spoken("はい") == "はい"
