"""One event in, the new state and the orders out. What holds for all events is in `test_properties`."""

from dataclasses import replace

import pytest
from line_world import AT, World
from little_line import guesses

from voicebot.actions import AskFaq, Expect, FinishRecording, HangUp, LookUp, Play, StopPlaying, Transfer, Wait
from voicebot.dialog.machine import OVERTIME_SECONDS, step
from voicebot.dialog.speaking import NOISES_BEFORE_DEAF_EAR
from voicebot.dialog.state import State
from voicebot.events import (
    CallEnded,
    CallResumed,
    CallStarted,
    DigitPressed,
    FaqAnswered,
    Heard,
    PartFailed,
    PromptFinished,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)


def test_a_call_begins_with_its_clock_and_the_greeting(line_call: World) -> None:
    """The clock of the whole call has no turn."""
    clock, play = line_call.orders
    assert clock == Wait(0, line_call.dialog.limits.call_seconds, "call")
    assert isinstance(play, Play)
    assert line_call.words == "小さな市役所です。この通話は録音しています。"
    assert line_call.happens(CallStarted("c", None, "", "ja", AT)) == (), "a call begins once"


@pytest.fixture
def line_call(call: World) -> World:
    """A call that has just been answered."""
    return call


def test_after_the_question_has_been_heard_the_patience_begins(call: World) -> None:
    """Slow callers have half as much again."""
    call.spoken()
    assert call.spoken() == (Wait(call.state.turn, 7.0, "no_input"),)
    call.hears("ゆっくり")
    assert call.spoken() == (Wait(call.state.turn, 10.5, "no_input"),)


def test_who_speaks_while_we_speak_silences_us(call: World) -> None:
    """And another clock begins: nobody speaks for ever."""
    call.spoken()
    turn = call.state.turn
    assert call.happens(SpeechStarted(turn)) == (StopPlaying(turn), Wait(turn, 25.0, "max_speech"))
    assert call.state.phase == "hearing"
    assert call.happens(TimedOut(turn, "no_input")) == (), "the other clock's end counts no more"


def test_who_speaks_after_we_have_spoken_silences_nobody(asked: World) -> None:
    """Only the clock changes."""
    assert asked.happens(SpeechStarted(asked.state.turn)) == (Wait(asked.state.turn, 25.0, "max_speech"),)


def test_who_does_not_stop_speaking_is_not_understood(asked: World) -> None:
    """The ladder helps."""
    asked.happens(SpeechStarted(asked.state.turn))
    asked.happens(TimedOut(asked.state.turn, "max_speech"))
    assert asked.words.startswith("恐れ入ります。うまく聞き取れませんでした。")


def test_words_count_even_if_their_beginning_was_not_reported(asked: World) -> None:
    """`Heard` alone is enough."""
    (order,) = asked.happens(Heard(asked.state.turn, guesses("犬の登録")))
    assert isinstance(order, AskFaq)


def test_noise_that_interrupts_makes_us_say_it_again_and_soon_no_longer_interrupts(call: World) -> None:
    """Nobody is blamed, nothing is counted against the caller."""
    call.spoken()
    question = call.words
    for count in range(1, NOISES_BEFORE_DEAF_EAR + 1):
        call.hears()
        assert (call.words, call.state.noises, call.state.rung) == (question, count, 0)
    assert call.expect is not None
    assert not call.expect.bargein


def test_noise_after_the_question_climbs_the_ladder(asked: World) -> None:
    """The caller probably said something."""
    asked.hears()
    assert asked.state.rung == 1


@pytest.mark.parametrize("nod", ["はい", "ええ", "うん"])
def test_a_nod_while_we_speak_is_no_reply(call: World, nod: str) -> None:
    """Once; who says it again means it."""
    call.spoken()
    question = call.words
    call.hears(nod)
    assert (call.words, call.state.rung) == (question, 0)
    (*_, order) = call.hears(nod)
    assert isinstance(order, AskFaq)


def test_a_nod_to_the_open_question_is_no_reply_either(asked: World) -> None:
    """もしもし、はい: the caller waits for the question."""
    asked.hears("はい")
    assert (asked.words, asked.state.rung) == ("ご用件をどうぞ。", 0)


def test_a_nod_during_an_answer_does_not_cut_it_off_for_good(asked: World) -> None:
    """はい、はい while listening: the answer is said again; after the question it is a yes."""
    asked.presses("5")
    asked.presses("1")
    answer = asked.words
    asked.hears("はい")
    assert asked.words == answer
    asked.spoken()
    asked.hears("はい")
    assert asked.words == "ご用件をどうぞ。"


@pytest.mark.parametrize("phase", ["new", "looking_up", "handing_over", "transferring"])
def test_keys_that_can_do_nothing_do_nothing(asked: World, phase: str) -> None:
    """The caller is being connected already."""
    state = replace(asked.state, phase=phase)  # type: ignore[arg-type]
    for key in "0159*#":
        assert step(asked.dialog, state, DigitPressed(key)) == (state, ())


def test_while_searching_only_the_key_for_a_person_counts(asked: World) -> None:
    """An impatient key does not throw the question away."""
    asked.hears("犬の登録")
    assert asked.presses("5") == ()
    assert asked.presses("*") == ()
    assert isinstance(asked.presses("0")[0], LookUp)


def test_a_key_that_means_nothing_does_not_cut_the_notice_short(call: World) -> None:
    """It must be heard that the call is recorded."""
    assert call.presses("6") == ()
    assert (call.state.phase, call.state.rung) == ("notice", 0)


def test_the_caller_may_change_their_mind_during_the_goodbye(asked: World) -> None:
    """`0` still leads to a person."""
    asked.hears("終わります")
    assert isinstance(asked.presses("0")[0], LookUp)


def test_a_goodbye_that_was_heard_ends_the_call(asked: World) -> None:
    """Nothing is ordered after it."""
    asked.hears("終わります")
    assert asked.spoken() == (HangUp("bot"),)
    assert asked.happens(DigitPressed("0")) == ()


def test_a_caller_who_hangs_up_is_gone(asked: World) -> None:
    """Without an order."""
    assert asked.happens(CallEnded("caller")) == ()
    assert asked.state.phase == "ended"


def test_a_line_that_broke_leaves_the_conversation_as_it_is(asked: World) -> None:
    """It may come back."""
    before = asked.state
    assert asked.happens(CallEnded("line")) == ()
    assert asked.state == before


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ((), "お待たせいたしました。小さな市役所です。この通話は録音しています。"),
        (("heard",), "お待たせいたしました。ご用件をどうぞ。"),
        (("heard", "5", "1"), "お待たせいたしました。燃えるごみは月曜日です。ほかに"),
        (("heard", "5", "4"), "お待たせいたしました。発信音のあとに"),
        (("heard", "5", "6"), "お電話ありがとうございました"),
    ],
)
def test_a_line_that_came_back_goes_on_where_it_was(call: World, way: tuple[str, ...], words: str) -> None:
    """The notice, a question, an answer, a message, a goodbye; with the clock of the call anew."""
    for act in way:
        call.spoken() if act == "heard" else call.presses(act)
    clock, *_ = call.happens(CallResumed(AT))
    assert clock == Wait(0, call.dialog.limits.call_seconds, "call")
    assert call.words.startswith(words)


def test_a_line_that_came_back_while_somebody_was_sought_seeks_on(asked: World) -> None:
    """With what was to be said before."""
    for _ in range(3):
        asked.silence()
    asked.happens(CallResumed(AT))
    asked.answered()
    assert asked.words.startswith("お待たせいたしました。お役に立てず、申し訳ございません。総合案内におつなぎ")


def test_a_caller_who_comes_back_from_the_carrier_without_a_word_was_not_connected(asked: World) -> None:
    """The next rung."""
    asked.presses("0")
    asked.answered()
    asked.spoken()
    assert isinstance(asked.asked, Transfer)
    asked.happens(CallResumed(AT))
    asked.answered()
    assert "うまくおつなぎできませんでした。守衛室に" in asked.words


def test_a_line_that_comes_back_before_anything_was_said_is_greeted(asked: World) -> None:
    """A stored state may be the first one."""
    fresh = World(asked.dialog)
    fresh.happens(CallResumed(AT))
    assert fresh.words == "小さな市役所です。この通話は録音しています。"


def test_a_failed_transfer_winds_the_clock_of_the_call_again(asked: World) -> None:
    """The new stream knows no clock of the old one."""
    asked.presses("0")
    asked.answered()
    asked.spoken()
    asked.call_clock = None
    asked.answered(outcome="busy")
    assert asked.call_clock == Wait(0, asked.dialog.limits.call_seconds, "call")


def test_a_call_that_is_too_long_is_led_to_a_person_and_then_to_a_message(asked: World) -> None:
    """A minute of overtime, then the next rung."""
    look_up, clock = asked.happens(TimedOut(0, "call"))
    assert isinstance(look_up, LookUp)
    assert clock == Wait(0, OVERTIME_SECONDS, "call")
    closed = {"open": False, "say": "閉まっています。", "closed": "message"}
    asked.answered(facts=closed)
    assert asked.words.startswith("お話の途中で、失礼いたします。閉まっています。")
    asked.happens(TimedOut(0, "call"))
    assert asked.happens(TimedOut(0, "call")) == (Wait(0, OVERTIME_SECONDS, "call"),), "nobody has answered yet"
    asked.answered(facts=closed)
    assert asked.state.phase == "inviting"
    asked.spoken()
    assert asked.happens(TimedOut(0, "call")) == (FinishRecording(asked.state.turn),)


def test_a_broken_recogniser_is_told_once_and_keys_go_on(asked: World) -> None:
    """No speech is expected any more."""
    asked.fails("recogniser")
    assert asked.words.startswith("恐れ入ります。ただいま、お声をうまくお聞き取りできません。")
    assert asked.fails("recogniser") == ()
    assert not any(isinstance(order, Expect) for order in asked.presses("5"))


def test_a_recogniser_that_breaks_during_the_notice_does_not_disturb_it(call: World) -> None:
    """The question after it names the keys."""
    assert call.fails("recogniser") == ()
    call.spoken()
    assert "番号で選ぶときは、5番を" in call.words


def test_a_broken_search_leads_to_a_person(asked: World) -> None:
    """And counts as a rung, so that nobody is dialled for without end."""
    asked.hears("犬の登録")
    asked.fails("faq")
    asked.answered()
    assert asked.words.startswith("申し訳ございません。ただいま、お調べすることができません。総合案内におつなぎ")
    assert asked.state.rung == 1


def test_a_broken_store_is_not_the_callers_business(asked: World) -> None:
    """Nothing is said."""
    before = asked.state
    assert asked.happens(PartFailed("transcripts", "transcript.write")) == ()
    assert asked.state == before


@pytest.mark.parametrize(
    "event",
    [
        PromptFinished(1),
        Heard(1, guesses("火事です")),
        SpeechStarted(1),
        TimedOut(1, "no_input"),
        FaqAnswered(1, ()),
        TransferEnded(1, "busy"),
        PartFailed("voice", "voice.broken", 1),
    ],
    ids=lambda event: type(event).__name__,
)
def test_an_answer_to_an_older_order_is_ignored(asked: World, event: PromptFinished) -> None:
    """That one rule replaces locks, flags and cancellations."""
    assert asked.state.turn > 1
    assert step(asked.dialog, asked.state, event) == (asked.state, ())


def test_an_answer_that_the_phase_does_not_wait_for_is_ignored(asked: World) -> None:
    """Even with the present turn."""
    turn = asked.state.turn
    for event in (FaqAnswered(turn, ()), TransferEnded(turn, "connected"), PartFailed("lookup", "x", turn)):
        assert step(asked.dialog, asked.state, event) == (asked.state, ())


def test_nothing_is_done_before_the_call_begins(asked: World) -> None:
    """A key or a sound before the beginning is no call."""
    for event in (DigitPressed("0"), SpeechStarted(0), PromptFinished(0), TimedOut(0, "no_input")):
        assert step(asked.dialog, State(), event) == (State(), ())
