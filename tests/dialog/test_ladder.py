"""Silence and misunderstanding climb one ladder that never falls."""

from line_world import World

from voicebot.actions import LookUp
from voicebot.dialog.ladder import ask_for_keys, climb, wrong_key
from voicebot.dialog.speaking import Move
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.events import FaqHit


def test_the_first_rung_says_why_and_asks_in_other_words(asked: World) -> None:
    """Not heard and not understood are told apart."""
    asked.silence()
    assert asked.words == "恐れ入ります。お声が聞こえませんでした。短い言葉でお話しください。"
    assert (asked.state.rung, asked.state.slow) == (1, False)


def test_the_second_rung_is_slow_and_names_the_keys(asked: World) -> None:
    """From then on everything is spoken slowly."""
    asked.silence()
    asked.silence()
    assert "番号で選ぶときは、5番を。職員とお話しになりたい方は、ゼロ番を押してください。" in asked.words
    assert asked.state.slow
    assert all(prompt.slow for prompt in asked.said[-1].prompts)


def test_the_third_rung_is_a_person(asked: World) -> None:
    """Whatever made the caller climb: silence, words or keys."""
    asked.silence()
    asked.hears("むにゃむにゃ")
    asked.answered()
    (order,) = asked.presses("6")
    assert isinstance(order, LookUp)
    asked.answered()
    assert asked.words.startswith("お役に立てず、申し訳ございません。総合案内におつなぎします。")


def test_rungs_are_counted_over_the_whole_call(asked: World) -> None:
    """An answer in between does not put the caller back to the beginning."""
    asked.silence()
    asked.presses("5")
    asked.presses("1")
    assert "月曜日" in asked.words
    assert asked.state.rung == 1
    asked.hears("むにゃ")
    asked.answered()
    assert asked.state.rung == 2


def test_a_wrong_key_is_told_the_right_ones(asked: World) -> None:
    """Without repeating the question."""
    asked.presses("6")
    assert asked.words == (
        "その番号のご案内はございません。番号で選ぶときは、5番を。職員とお話しになりたい方は、ゼロ番を押してください。"
    )
    assert asked.state.question is not None
    assert asked.state.question.name == "受付"


def test_no_to_a_confirmation_is_answered_with_an_apology_not_with_blame(asked: World) -> None:
    """The caller was understood; it was us who guessed wrong."""
    asked.hears("年金の相談")
    asked.answered(hits=(FaqHit("年金", "年金の手続き", "答え", "", 0.7),))
    asked.presses("2")
    assert asked.words == "失礼いたしました。短い言葉でお話しください。"


def test_a_deaf_bot_climbs_with_keys_only(asked: World) -> None:
    """It never says that it could not hear the words."""
    asked.fails("recogniser")
    assert asked.words.startswith("恐れ入ります。ただいま、お声をうまくお聞き取りできません。")
    asked.silence()
    assert asked.words.startswith("恐れ入ります。ただいま、お声をうまくお聞き取りできません。")
    asked.silence()
    assert isinstance(asked.silence()[0], LookUp)


def test_without_a_question_the_ladder_leads_to_a_person_at_once(line: Dialog) -> None:
    """There is nothing to ask again."""
    for rung in (climb, wrong_key_of, keys_of):
        _, (order,) = rung(line, State(phase="asking"), "no_match")
        assert isinstance(order, LookUp)


def wrong_key_of(dialog: Dialog, state: State, why: str) -> Move:
    """`wrong_key` in the shape of `climb`."""
    return wrong_key(dialog, state)


def keys_of(dialog: Dialog, state: State, why: str) -> Move:
    """`ask_for_keys` in the shape of `climb`."""
    return ask_for_keys(dialog, state)


def test_every_rung_tells_the_transcript_why(asked: World) -> None:
    """Silence, words that mean nothing, a wrong key; and nothing where the caller was understood."""
    asked.silence()
    assert asked.said[-1].missed == "no_input"
    asked.presses("6")
    assert asked.said[-1].missed == "wrong_key"


def test_a_caller_who_was_understood_is_not_missed(asked: World) -> None:
    """A choice is no rung."""
    asked.presses("5")
    assert asked.said[-1].missed == ""


def test_the_last_rung_says_why_too(asked: World) -> None:
    """A caller who is sent to a person because of noise counts as not understood."""
    asked.silence()
    asked.silence()
    order = asked.presses("6")[-1]
    assert isinstance(order, LookUp)
    assert order.missed == "wrong_key"
