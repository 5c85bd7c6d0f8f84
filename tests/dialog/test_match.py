"""What was said is matched on its sound."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from little_line import guesses

from voicebot.dialog.match import best_option, by_key, contains, said, says, share, similarity
from voicebot.dialog.tree import Option, Phrase, ToNode
from voicebot.events import Alternative
from voicebot.language.kana import matching_form
from voicebot.voice.reading import reading

KANA = "アイウオカガキクケコゴサシジスセソタチッテトナニノハバヒマミメモヤユヨラリルレロン"


def option(*texts: str, key: str = "", share: float = 0.0) -> Option:
    """An option that is said in these ways."""
    phrases = tuple(Phrase(text, matching_form(reading(text))) for text in texts)
    return Option(ToNode(texts[0]), phrases, key, texts[0], share)


GARBAGE, PAPER, TAX = (
    option("ごみ", "粗大ごみ", key="1"),
    option("住民票", "戸籍", key="2"),
    option("固定資産税", key="3"),
)
OPTIONS = (GARBAGE, PAPER, TAX)


@pytest.mark.parametrize(
    ("heard", "chosen"),
    [
        ("ごみ", GARBAGE),
        ("ゴミです", GARBAGE),
        ("あの粗大ごみのことなんですけど", GARBAGE),
        ("住民票がほしい", PAPER),
        ("じゅみんひょう", PAPER),  # a sound lost
        ("固定試算税はいつ払うの", TAX),
        ("図書館の本", None),
        ("あ", None),
    ],
)
def test_the_sound_decides(heard: str, chosen: Option | None) -> None:
    """Words around a choice, wrong kanji and small slips do not matter; other words choose nothing."""
    match = best_option(said(guesses(heard)), OPTIONS, 0.8)
    assert (match.option if match else None) == chosen


def test_a_wrong_homophone_with_the_right_reading_is_right() -> None:
    """The recogniser wrote other kanji for the same sound."""
    match = best_option(said((Alternative("銃眠評", "ジュウミンヒョウ", 0.9),)), OPTIONS, 0.8)
    assert match is not None
    assert match.option == PAPER


def test_every_guess_of_the_recogniser_counts_the_first_one_most() -> None:
    """A later guess can decide; between two that fit the better guess wins."""
    assert best_option(said(guesses("むにゃ", "住民票")), OPTIONS, 0.8) is not None
    match = best_option(said(guesses("ごみ", "住民票")), OPTIONS, 0.8)
    assert match is not None
    assert match.option == GARBAGE


def test_nothing_said_chooses_nothing() -> None:
    """No guess, an empty guess and no option."""
    assert best_option(said(()), OPTIONS, 0.0) is None
    assert best_option(said((Alternative("", "", 1.0),)), OPTIONS, 0.1) is None
    assert best_option(said(guesses("ごみ")), (), 0.1) is None


@pytest.mark.parametrize(
    ("heard", "enough"),
    [
        ("失礼します", True),
        ("はい、失礼します", True),
        ("すみません、失礼します", True),
        ("失礼します、住民票がほしいんですが", False),
        ("それでは失礼します", True),
    ],
)
def test_an_option_with_a_share_must_be_most_of_what_was_said(heard: str, enough: bool) -> None:
    """Else a polite word in front of a question would end the call."""
    goodbye = option("失礼します", "さようなら", share=0.5)
    assert (best_option(said(guesses(heard)), (goodbye,), 0.8) is not None) == enough


def test_two_kana_with_a_share_must_be_all() -> None:
    """つないで holds ない and does not mean it; ないない does."""
    nothing = option("ない", share=0.5)
    assert best_option(said(guesses("つないで")), (nothing,), 0.8) is None
    assert best_option(said(guesses("ない")), (nothing,), 0.8) is not None


@pytest.mark.parametrize(
    ("heard", "key"),
    [
        ("1番", "1"), ("一番です", "1"), ("はい、一番です", "1"), ("えーと2番で", "2"), ("二", "2"), ("に", "2"),
        ("3番をお願いします", "3"), ("2番の方", "2"), ("いちばんめ", "1"),
    ],
)  # fmt: skip
def test_a_number_that_was_said_is_a_key(heard: str, key: str) -> None:
    """As people say numbers of choices."""
    found = by_key(said(guesses(heard)), OPTIONS)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("heard", ["9番", "一番近い窓口", "二人", "ごみ", "", "十番"])
def test_other_numbers_and_words_are_no_key(heard: str) -> None:
    """A number without a choice, and numbers inside other words."""
    assert by_key(said(guesses(heard)), OPTIONS) is None


@pytest.mark.parametrize("heard", ["英語", "廃止", "一応", "塩", "俳句です", "背後", "詩", "区", "はいし"])
def test_words_that_sound_like_a_digit_are_no_key(heard: str) -> None:
    """英語 is no えー、五; what is written tells a word from a digit, and a pause a filler from its beginning."""
    keys = tuple(option("x", key=key) for key in "0123456789")
    assert by_key(said(guesses(heard)), keys) is None


@pytest.mark.parametrize(("heard", "key"), [("えー、5番", "5"), ("はい、四", "4"), ("えーと、に", "2"), ("8", "8")])
def test_a_filler_before_a_digit_is_passed_over(heard: str, key: str) -> None:
    """Where 番, a figure or a pause shows that it is one."""
    found = by_key(said(guesses(heard)), tuple(option("x", key=key) for key in "0123456789"))
    assert found is not None
    assert found.key == key


def test_all_ten_digits_are_understood() -> None:
    """With their two ways of saying four, seven and nine."""
    keys = tuple(option("x", key=key) for key in "0123456789")
    for words, key in (("ゼロ", "0"), ("れい", "0"), ("まる", "0"), ("いち", "1"), ("に", "2"), ("さん", "3"),
                       ("よん", "4"), ("し", "4"), ("ご", "5"), ("ろく", "6"), ("なな", "7"), ("しち", "7"),
                       ("はち", "8"), ("きゅう", "9"), ("く", "9")):  # fmt: skip
        found = by_key(said((Alternative(words, "", 1.0),)), keys)
        assert found is not None, words
        assert found.key == key, words


def test_says_is_sure_of_the_same_words_only() -> None:
    """Equal readings are certain, parts are not, nothing is nothing."""
    yes = (Phrase("はい", "ハイ"),)
    assert says(said((Alternative("はい", "ハイ", 1.0),)), yes) == 1.0
    assert says(said(guesses("はいそうですけど住民票を")), yes) == 0.0
    assert says(said(()), yes) == 0.0


def test_contains_looks_at_the_best_guess_only() -> None:
    """Words of danger in a later guess are most often a misunderstanding."""
    fire = (Phrase("火事です", "カジデス"),)
    assert contains(said(guesses("隣が火事です")), fire)
    assert contains(said(guesses("家事です")), fire), "a wrong homophone sounds the same"
    assert not contains(said(guesses("ごみの日", "火事です")), fire)
    assert not contains(said(()), fire)


def test_share_counts_all_the_phrases_together() -> None:
    """はい、わかりました、ありがとうございました is all of a goodbye, whatever the order."""
    phrases = tuple(Phrase(text, matching_form(reading(text))) for text in ("わかりました", "ありがとうございました"))
    heard = matching_form(reading("わかりました、どうもありがとうございました"))
    assert share(heard, phrases) > 0.8
    assert share("", phrases) == 0.0
    assert share("アイウ", ()) == 0.0


def test_what_stands_behind_a_matter_adds_nothing_to_it() -> None:
    """税金のことなんですけど is all of 税金; 税金の納付書 is not."""
    tax = (Phrase("税金", "ゼーキン"),)
    for said_of_it in ("税金", "税金のこと", "税金について聞きたい", "税金のことなんですけど", "税金です"):
        assert share(matching_form(reading(said_of_it)), tax) == 1.0, said_of_it
    assert share(matching_form(reading("税金の納付書をなくしました")), tax) < 0.5


def test_a_near_miss_as_a_whole_needs_no_more_than_the_least() -> None:
    """The bound of a part, which is worth less, must not keep it out."""
    heard = said((Alternative("x", "ジュウミンゼイトショメイ", 1.0),))
    near = option("x")
    near = Option(near.target, (Phrase("x", "ジューミンヒョーショーメーショ"),))
    value = says(heard, near.phrases)
    match = best_option(heard, (near,), value)
    assert match is not None
    assert match.confidence == value


words = st.text(KANA, max_size=12)


@given(words, words)
def test_similarity_is_between_none_and_all(heard: str, phrase: str) -> None:
    """And all only for the same."""
    value = similarity(heard, phrase)
    assert 0.0 <= value <= 1.0
    assert (value == 1.0) == (heard == phrase and bool(phrase))


@given(words, st.text(KANA, min_size=4, max_size=8), words)
def test_a_long_phrase_is_found_anywhere(before: str, phrase: str, after: str) -> None:
    """Whatever is said around it."""
    assert similarity(before + phrase + after, phrase) >= 0.93


@given(
    st.lists(words, min_size=1, max_size=3),
    st.lists(st.lists(words.filter(bool), min_size=1, max_size=3), max_size=6),
    st.sampled_from((0.0, 0.45, 0.62, 0.8, 0.96)),
)
@settings(max_examples=400, derandomize=True)
def test_the_quick_bound_loses_nothing(heard: list[str], ways: list[list[str]], least: float) -> None:
    """`best_option` finds what comparing everything with everything finds."""
    options = [Option(ToNode(str(at)), tuple(Phrase(w, matching_form(w)) for w in way)) for at, way in enumerate(ways)]
    spoken = said([Alternative(text, text, 1.0) for text in heard])
    every = [says(spoken, option.phrases) for option in options]
    match = best_option(spoken, options, least)
    if max(every, default=0.0) >= max(least, 1e-9):
        assert match is not None
        assert match.confidence == max(every)
    else:
        assert match is None or match.confidence == 0.0
