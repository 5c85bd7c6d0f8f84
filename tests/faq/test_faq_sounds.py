"""Wrong homophones have right sounds."""

from voicebot.faq.load import Entry
from voicebot.faq.sounds import Sounds
from voicebot.faq.words import sound_form
from voicebot.language.kana import katakana

ENTRIES = (
    Entry("じゅうみんひょう", ("うつしがほしい",), "答え", "市民課", ("とうほん",)),
    Entry("そだいごみ", (), "答え", "環境課"),
)


def test_the_nearest_way_of_asking_and_all_together_speak_for_an_entry() -> None:
    """The keyword counts only among all together."""
    sounds = Sounds(ENTRIES, katakana)
    way = sounds.of({sound_form("ウツシガホシイ"): 1.0})
    assert way["way"][0] > 0.99
    assert way["way"][1] < 0.2
    key = sounds.of({sound_form("トーホン"): 1.0})
    assert key["sound"][0] > key["sound"][1] == 0


def test_a_later_guess_counts_what_it_is_given() -> None:
    """The best of all guesses is taken."""
    sounds = Sounds(ENTRIES, katakana)
    later = sounds.of({sound_form("ムニャ"): 1.0, sound_form("ソダイゴミ"): 0.5})
    assert 0.49 < later["way"][1] <= 0.5
