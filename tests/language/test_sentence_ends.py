"""What ends a sentence and what leaves it open."""

from pathlib import Path

import pytest

from voicebot.language.sentence_ends import bare, is_whole

QUESTIONS = Path(__file__).parents[2] / "bench" / "questions.txt"


@pytest.mark.parametrize(
    "text",
    ["住民票はどこで取れますか。", "粗大ごみの出し方を教えてください", "水道課につないで下さい。",
     "印鑑登録をしたい", "職員の方、お願いします。", "ごみのことです", "道路に穴が空いています。",
     "保険証をなくしました", "何時までですかね？"],
)  # fmt: skip
def test_a_question_a_wish_or_a_statement_is_whole(text: str) -> None:
    """With or without the punctuation that a recogniser makes up."""
    assert is_whole(text, "ja")


@pytest.mark.parametrize(
    "text",
    ["", "。", "住民票", "えっと", "住民票を", "住民票を取りたいのですが", "引っ越しをするので",
     "子どもが熱を出したんです", "ごみのことですけど", "市役所に行きますので",
     "水道が止まったのです", "ですから", "ますます"],
)  # fmt: skip
def test_what_may_go_on_is_not_whole(text: str) -> None:
    """Whoever has left something open is given the usual time."""
    assert not is_whole(text, "ja")


def test_other_languages_are_never_believed_to_be_whole() -> None:
    """Their ends are not written here."""
    assert not is_whole("Where is the city hall です", "en")


def test_most_of_the_questions_of_the_measurements_are_whole() -> None:
    """Otherwise the callers would gain nothing."""
    lines = [line for line in QUESTIONS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert sum(is_whole(line, "ja") for line in lines) > 0.8 * len(lines)


def test_bare_words_can_be_compared() -> None:
    """A yes is a yes with its full stop."""
    assert bare("はい、 そうです。") == "はいそうです"
