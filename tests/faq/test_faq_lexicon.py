"""The words of the city's own texts, by spelling and by sound."""

from voicebot import bootstrap
from voicebot.faq.lexicon import Lexicon, key

TEXTS = ("戸籍謄本の取り方", "児童手当の申請", "児童手当がほしい", "印鑑証明がいる", "印鑑証明の取り方")


def lexicon() -> Lexicon:
    """Of a few texts."""
    analyse = bootstrap.words()
    assert analyse is not None
    return Lexicon(map(analyse, TEXTS))


def test_words_are_found_by_their_sound_and_nearly_by_it() -> None:
    """One kana away, for long words; rows of nouns that are written twice are words too."""
    found = lexicon()
    assert "児童手当" in found
    assert "戸籍" in found.spelt("コセキ")
    assert any("印鑑" in word for word in found.nearly("インカンショウメ"))
    assert found.nearly("コセ") == frozenset()


def test_what_the_city_writes_often_surprises_less() -> None:
    """Most after the word that it follows."""
    found = lexicon()
    assert found.alone("宇宙") > found.alone("児童手当")
    assert found.after("児童")["手当"] < found.alone("手当")
    assert "手当" not in found.after("取り方")


def test_sounds_that_are_one_have_one_key() -> None:
    """ヅ is ズ."""
    assert key("ツヅキ") == key("ツズキ")


def test_texts_without_words_are_no_error() -> None:
    """Nothing is known, and everything surprises alike."""
    found = Lexicon([[]])
    assert "手当" not in found
    assert found.alone("手当") == found.alone("宇宙")
    assert found.nearly("ジドウテアテ") == frozenset()
