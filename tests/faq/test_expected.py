"""The terms that a recogniser is told to listen for."""

from voicebot.faq.expected import Expected


def test_the_terms_of_what_was_heard_are_told_in_the_spelling_of_the_texts() -> None:
    """Rows of kanji and katakana, in their order, each once."""
    expected = Expected()
    expected.learn(["戸籍", "謄本"], lambda heard: heard.replace("個石", "戸籍"))
    phrases = ("はい", "謄本", "戸籍")
    assert expected("個石とマイナンバーと個石", phrases) == ("戸籍", "マイナンバー")
    assert expected("あのう", phrases) == ()


def test_a_question_of_other_content_is_told_nothing() -> None:
    """So that the recogniser helps itself."""
    expected = Expected()
    assert expected("個石", ("戸籍",)) is None
    expected.learn(["戸籍", "謄本"], str)
    assert expected("個石", ("戸籍",)) is None


def test_the_newest_of_several_contents_with_the_same_words_tells() -> None:
    """After staff have published, and the oldest is forgotten."""
    expected = Expected()
    for edition in range(6):
        expected.learn(
            ["戸籍", *(("古い",) if not edition else ())], lambda heard, edition=edition: f"版{'新旧'[edition < 5]}籍"
        )
    assert expected("x", ("戸籍",)) == ("版新籍",)
    assert expected("x", ("戸籍", "古い")) == ("版新籍",)
