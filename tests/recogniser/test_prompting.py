"""The prompt is made for the question, and never too long."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.actions import Grammar
from voicebot.language.kana import matching_form
from voicebot.recogniser.prompting import MAX_SIGNS, MOST_NEAR, NEAR_SIGNS, crowded, nearest, prompt


def test_answers_come_as_sentences() -> None:
    """A closed question lists what callers answer, each as a sentence and once."""
    text, phrases = prompt(Grammar("ja", "yes_no", ("はい", "いいえ。", "はい")), "ja")
    assert text == "はい。いいえ。"
    assert phrases == ("はい", "いいえ")


def test_an_open_question_lists_its_terms() -> None:
    """Behind a sentence that says where we are."""
    text, phrases = prompt(Grammar("ja", "open", ("住民票", "粗大ごみ")), "ja")
    assert text == "市役所への問い合わせの電話です。住民票、粗大ごみ。"
    assert phrases == ("住民票", "粗大ごみ")


def test_other_languages_use_their_own_signs() -> None:
    """Korean and English have spaces and western stops, Chinese has not."""
    assert prompt(Grammar("en", "choices", ("Waste", "Taxes")), "en-US")[0] == "Waste. Taxes."
    assert prompt(Grammar("zh", "open", ("垃圾", "税")), "zh-TW")[0] == "垃圾、税。"


def test_without_a_grammar_there_is_only_the_opening() -> None:
    """In Japanese; other languages are not prompted at all."""
    assert prompt(None, "ja") == ("市役所への問い合わせの電話です。", ())
    assert prompt(None, "ko") == ("", ())
    assert prompt(Grammar("ja", "digits"), "ja") == ("", ())


@given(st.lists(st.text(max_size=80), max_size=60), st.sampled_from(["open", "choices"]))
def test_the_prompt_is_never_too_long(phrases: list[str], kind: str) -> None:
    """The first phrases that fit are used, the rest is left out."""
    text, used = prompt(Grammar("ja", kind, tuple(phrases)), "ja")  # type: ignore[arg-type]
    assert len(text) <= MAX_SIGNS
    assert all(phrase in text for phrase in used)


WORDS = {
    word: matching_form(reading)
    for word, reading in {
        "国民年金": "コクミンネンキン",
        "年金": "ネンキン",
        "免除": "メンジョ",
        "住民票": "ジュウミンヒョウ",
        "図書館": "トショカン",
        "ゴミ袋": "ゴミブクロ",
    }.items()
}


def test_words_are_found_by_their_sound() -> None:
    """国民年記の面女 was 国民年金の免除; what lies within a longer word is not named again."""
    assert nearest("コクミンネンキノメンジョシンセイオシタイ", WORDS) == ("国民年金", "免除")


def test_nothing_sounds_like_a_short_answer() -> None:
    """はい must not be drawn towards anything."""
    assert nearest("ハイ", WORDS) == ()
    assert nearest("", WORDS) == ()


def test_near_words_stand_in_the_prompt_instead_of_the_first() -> None:
    """Where none is near, only the opening is left."""
    grammar = Grammar("ja", "open", tuple(WORDS))
    assert prompt(grammar, "ja", ("免除",)) == ("市役所への問い合わせの電話です。免除。", ("免除",))
    assert prompt(grammar, "ja", ()) == ("市役所への問い合わせの電話です。", ())


def test_only_open_questions_with_many_words_in_japanese_are_crowded() -> None:
    """What fits is prompted whole, and only Japanese is compared by kana."""
    many = tuple(f"住民票{place}" for place in range(100))
    assert crowded(Grammar("ja", "open", many), "ja")
    assert not crowded(Grammar("ja", "open", many[:5]), "ja")
    assert not crowded(Grammar("ja", "choices", many), "ja")
    assert not crowded(Grammar("ko", "open", many), "ko")
    assert not crowded(None, "ja")


@given(
    st.text("アイカキシンジュョー", max_size=30),
    st.dictionaries(st.text(max_size=6), st.text("アイカキシン", max_size=6)),
)
def test_never_too_many_words_are_near(heard: str, readings: dict[str, str]) -> None:
    """Whatever was heard."""
    found = nearest(heard, readings)
    assert len(found) <= MOST_NEAR
    assert sum(map(len, found)) <= NEAR_SIGNS
    assert set(found) <= set(readings)
