"""What of a call somebody may see."""

import pytest

from voicebot.dialog import phrases
from voicebot.events import Alternative
from voicebot.transcripts.turns import TurnRow
from voicebot.transcripts.veil import READ_BACK, Veil, of_form

OPEN, HIDDEN = Veil(lifted=True), Veil(lifted=False)


def row(
    node: str = "受付", asked: str = "ご用件をどうぞ。", heard: str = "ごみの日", reading: str = "ゴミノヒ"
) -> TurnRow:
    """A turn."""
    guesses = (Alternative(heard, reading, 0.9), Alternative("山田と申します", "ヤマダトモウシマス", 0.5))
    return TurnRow(1, asked, node, heard, reading, 0.9, guesses, "12", "", None, 0.0, 1.0, None, None, None)


def test_the_questions_that_read_back_are_those_of_the_dialog() -> None:
    """This room may not ask the dialog itself."""
    assert {phrases.CONFIRM_SLOT, phrases.SUMMARY, phrases.CHANGE} == READ_BACK


def test_with_the_right_everything_is_as_it_was() -> None:
    """Nothing is changed."""
    assert OPEN.turn(row()) == row()
    assert OPEN.number("+815000001234") == "+815000001234"
    assert OPEN.private("山田") == OPEN.text("山田") == OPEN.said("復唱", "山田") == "山田"


def test_what_a_caller_wants_stays_readable() -> None:
    """Or nobody without the right could help to make the line better."""
    seen = HIDDEN.turn(row())
    assert (seen.heard_text, seen.heard_reading, seen.asked) == ("ごみの日", "ゴミノヒ", "ご用件をどうぞ。")
    assert [(each.text, each.reading) for each in seen.nbest] == [("ごみの日", "ゴミノヒ"), ("[氏名]と申します", "")]


@pytest.mark.parametrize("node", ["折り返し/お名前", "粗大ごみ/希望の日", "聞き取りの確認", "復唱", "訂正"])
def test_words_of_forms_are_hidden_whole(node: str) -> None:
    """With the guesses, the readings, the keys, and what the bot reads back."""
    seen = HIDDEN.turn(row(node, "港町一丁目ですね。", "山田太郎", "ヤマダタロー"))
    assert of_form(node)
    assert (seen.heard_text, seen.heard_reading, seen.keys) == ("[個人情報]", "", "[個人情報]")
    assert {(each.text, each.reading) for each in seen.nbest} == {("[個人情報]", "")}
    assert "港町" not in seen.asked or node not in READ_BACK


def test_a_reading_that_tells_a_number_is_hidden_too() -> None:
    """Although the words as written seem harmless."""
    seen = HIDDEN.turn(row(heard="でんわです", reading="ゼロゴーゼロゼロゼロゼロゼロイチニーサンヨン"))
    assert seen.heard_reading == "[電話番号]"


def test_one_key_is_a_choice_and_more_are_a_number() -> None:
    """Of a menu one may know which key was pressed."""
    assert HIDDEN.digits("受付", "5") == "5"
    assert HIDDEN.digits("受付", "0500000") == "[個人情報]"
    assert HIDDEN.digits("折り返し/電話番号", "5") == "[個人情報]"


def test_labels_are_in_the_language_of_the_page() -> None:
    """English pages say it in English."""
    assert Veil(lifted=False, language="en").private("山田") == "[personal]"
    assert Veil(lifted=False, language="en").number("+815000001234") == "[phone]"
    assert HIDDEN.number(None) == ""
