"""The prompt is made for the question, and never too long."""

from hypothesis import given
from hypothesis import strategies as st

from voicebot.actions import Grammar
from voicebot.recogniser.prompting import MAX_SIGNS, prompt


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
