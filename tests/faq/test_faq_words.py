"""What two texts are compared by."""

from voicebot.faq.words import Word, grams, meanings, sound, sound_form, terms

WORDS = (
    Word("引越し", "引っ越し", "ヒッコシ", content=True, noun=True, groups=(7,)),
    Word("は", "は", "ワ", content=False),
    Word("いつ", "何時", "イツ", content=True, groups=()),
)


def test_words_with_meaning_count_in_one_spelling() -> None:
    """Particles do not."""
    assert terms(WORDS) == ["引っ越し", "何時"]


def test_synonyms_share_a_group() -> None:
    """Beside the words themselves."""
    assert meanings(WORDS) == ["引っ越し", "何時", "#7"]


def test_the_sound_of_a_text_is_that_of_its_words() -> None:
    """As it is said."""
    assert sound(WORDS) == "ヒッコシワイツ"


def test_fillers_go_unless_nothing_else_was_said() -> None:
    """えーと alone stays."""
    assert sound_form("エートジューミンヒョー") == sound_form("ジューミンヒョー")
    assert sound_form("エート")


def test_grams_are_all_stretches_and_short_forms_are_one() -> None:
    """Two and three long."""
    assert grams("アイウ", 2, 3) == ["アイ", "イウ", "アイウ"]
    assert grams("ア", 2) == ["ア"]
