"""Asking for several things: in order, at once, read back, corrected, by voice and by keys."""

import pytest
from form_line import CALLER, DOUBT, HIT, Call
from line_world import AT
from little_line import guesses

from voicebot.actions import HangUp, LookUp, StopPlaying
from voicebot.dialog.state import dump, restore
from voicebot.events import CallResumed, DigitPressed, Heard, PartFailed, PromptFinished, SpeechStarted, TimedOut

CLOSED = {"open": False, "say": "閉まっています。"}


@pytest.fixture
def call() -> Call:
    """A call in which the first slot (町名) of the form is asked for."""
    return Call("1")


@pytest.fixture
def read_back(call: Call) -> Call:
    """The form is filled and being read back: 本町1丁目, Thursday 2026-11-26, ソファー."""
    call.say("本町の一丁目です")
    call.say("木曜日です")
    call.say("ソファーです")
    assert call.words == (
        "町名は、本町1丁目。日にちは、あす、十一月二十六日、木曜日。品物は、ソファー。"
        "以上で、よろしいですか。はい、または1番。違うところは、そのままお話しください。"
    )
    return call


# --- asking -----------------------------------------------------------------------------------------------------


def test_a_form_asks_in_the_order_written_and_says_each_value_back(call: Call) -> None:
    """What stands before the form is said once, each value as soon as it is understood."""
    assert call.words == "収集の受付です。お住まいの町名をどうぞ。"
    assert call.say("本町です") == "本町、ですね。いつがよろしいですか。"
    assert call.say("あしたです") == "あす、十一月二十六日、木曜日、ですね。何をお出しになりますか。"
    assert "品物は、ソファー。" in call.say("ソファーです")


def test_agreement_leads_on_and_what_was_said_can_be_said_later(read_back: Call) -> None:
    """{slot} in any later text."""
    assert read_back.say("はい、それで").startswith(
        "本町1丁目のソファーを、あす、十一月二十六日、木曜日に受け付けました。"
    )


def test_several_things_are_understood_at_once(call: Call) -> None:
    """Only what was not said is asked for."""
    assert (
        call.say("本町で、あしたお願いします") == "本町、あす、十一月二十六日、木曜日、ですね。何をお出しになりますか。"
    )


def test_a_later_slot_may_be_said_first(call: Call) -> None:
    """It is kept, and the first one asked for again."""
    assert call.say("あさってです") == "あさって、十一月二十七日、金曜日、ですね。お住まいの町名をどうぞ。"
    assert call.say("桜台です") == "桜台、ですね。何をお出しになりますか。"


def test_a_text_takes_whatever_is_said_as_it_is(call: Call) -> None:
    """No other slot is looked for in it, and no FAQ searched."""
    call.say("本町です")
    call.press("1203")
    assert "品物は、あしたのソファー。" in call.say("あしたのソファー")


def test_an_own_summary_reads_back_in_its_own_words() -> None:
    """`confirm:`; a yes/no value is not said back in passing, a branch goes by it."""
    call = Call("6")
    assert call.words == "何人ですか。"
    assert call.press("3#") == "3、ですね。何時ですか。"
    assert call.say("午後三時です") == "午後3時、ですね。お名前をどうぞ。"
    assert call.say("田中です") == "田中様、でよろしいですか。はい、または1番。いいえ、または2番で、お答えください。"
    assert call.say("はい") == "郵便番号をどうぞ。"
    assert call.press("9260811") == "926-0811、ですね。お車ですか。"
    assert call.say("はい、そうです") == "田中様、3人、午後3時、車ははい。よろしいですか。"
    assert call.say("はい").startswith("駐車場は裏です。")


def test_yes_or_no_can_be_pressed() -> None:
    """1 is yes, 2 is no."""
    assert "満足は、はい。" in Call("8").press("1")
    assert "満足は、いいえ。" in Call("8").press("2")
    assert "満足は、いいえ。" in Call("8").say("いいえ、全然")


def test_what_does_not_change_within_a_call_is_not_asked_twice(read_back: Call) -> None:
    """The district stays, the date and the matter of another request do not."""
    read_back.say("はい")
    read_back.say("最初から")
    assert read_back.press("1") == "収集の受付です。いつがよろしいですか。"


# --- unsure values ----------------------------------------------------------------------------------------------


def test_an_unsure_value_is_confirmed(call: Call) -> None:
    """Three o'clock is taken for the afternoon, and asked about."""
    call = Call("6")
    call.press("3#")
    assert call.say("三時です").startswith("午後3時、でよろしいですか。")
    assert call.say("はい、そうです") == "お名前をどうぞ。"
    assert call.value("時刻") == "15:00"


@pytest.mark.parametrize("no", ["いいえ", "違います", "ちょっと違います", "そうじゃないです", "いえ、そうじゃないです"])
def test_a_plain_no_asks_for_the_value_again(no: str) -> None:
    """However it is said, it is never taken for the value."""
    call = Call("6")
    call.press("3#")
    call.say("三時です")
    assert call.say(no) == "何時ですか。"
    assert call.value("時刻") is None


@pytest.mark.parametrize(
    "correction",
    [
        "いえ、午前十時です",
        "いいえ午前十時です",
        "違います、午前十時です",
        "午後三時じゃなくて午前十時です",
        "午前十時です",
    ],
)
def test_a_no_with_a_new_value_takes_the_new_value(correction: str) -> None:
    """At the confirmation."""
    call = Call("6")
    call.press("3#")
    call.say("三時です")
    assert call.say(correction) == "午前10時、ですね。お名前をどうぞ。"


def test_saying_the_value_again_confirms_it() -> None:
    """Who answers 田中様、でよろしいですか with 田中です agrees."""
    call = Call("6")
    call.press("3#")
    call.say("十時です", "午前十時です")
    call.say("はい")
    call.say("田中です")
    assert call.say("田中です") == "郵便番号をどうぞ。"
    assert call.value("氏名") == "田中"


def test_a_value_of_a_later_guess_is_confirmed_and_keys_answer(call: Call) -> None:
    """1 is yes, 2 is no; digits are no value here."""
    assert call.say("香草", "本町です").startswith("本町、でよろしいですか。")
    assert call.press("1") == "いつがよろしいですか。"
    assert call.say("会下", "あしたです").startswith("あす、十一月二十六日、木曜日、でよろしいですか。")
    assert call.press("2") == "いつがよろしいですか。"


def test_one_value_sure_and_one_not_only_the_second_is_asked_about(call: Call) -> None:
    """The sure one is kept."""
    assert call.say("本町で、十二月三日の金曜日").startswith("十二月三日、木曜日、でよろしいですか。")
    assert call.value("町名") == "本町"
    assert call.press("1") == "何をお出しになりますか。"


def test_who_never_agrees_climbs_the_ladder() -> None:
    """Another name each time is not confirmed for ever."""
    call = Call("6", facts=CLOSED)
    call.press("3#")
    call.say("午後三時です")
    for name in ("田中です", "佐藤です", "鈴木です"):
        assert call.say(name).startswith(f"{name[:2]}様、でよろしいですか。")
    assert "ご伝言" in call.say("高橋です")


# --- corrections ------------------------------------------------------------------------------------------------


def test_a_value_that_was_just_said_back_can_be_corrected_at_the_next_question(call: Call) -> None:
    """Whatever is being asked, what stands behind a no and fits is a correction."""
    call.say("本町の一丁目です")
    assert call.say("いえ、二丁目です") == "本町2丁目、ですね。いつがよろしいですか。"
    call.say("木曜日です")
    assert call.say("いえ、金曜日です") == "あさって、十一月二十七日、金曜日、ですね。何をお出しになりますか。"


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("いえ、二丁目です", "町名", "本町2丁目"),
        ("いいえ、桜台です", "町名", "桜台"),
        ("違います、金曜日です", "日にち", "2026-11-27"),
        ("木曜日じゃなくて金曜日です", "日にち", "2026-11-27"),
        ("金曜日です", "日にち", "2026-11-27"),
        ("いえ、十二月三日です", "日にち", "2026-12-03"),
        ("品物はベッドです", "品物", "ベッド"),
        ("いえ、品物が違います、ベッドです", "品物", "ベッド"),
        ("町名は桜台です", "町名", "桜台"),
    ],
)
def test_what_is_read_back_can_be_corrected_in_a_word(read_back: Call, words: str, slot: str, value: str) -> None:
    """The value or the label says what is meant; then everything is read back again."""
    reply = read_back.say(words)
    assert read_back.value(slot) == value
    assert reply.startswith("町名は、"), "what is read back next need not be said before it"
    assert read_back.said(slot) in reply


@pytest.mark.parametrize("words", ["品物が違います", "いえ、品物です", "品物"])
def test_a_label_alone_asks_for_that_again(read_back: Call, words: str) -> None:
    """The others stay."""
    assert read_back.say(words) == "何をお出しになりますか。"
    assert "町名は、本町1丁目。" in read_back.say("ベッドです")


@pytest.mark.parametrize("no", ["いいえ", "違います", "いえ、違います"])
def test_a_plain_no_asks_which_one(read_back: Call, no: str) -> None:
    """By key or by name; the rest stays."""
    assert read_back.say(no) == "どれを直しますか。町名は、1番。日にちは、2番。品物は、3番。"
    assert read_back.press("2") == "いつがよろしいですか。"
    reply = read_back.say("あさってです")
    assert "町名は、本町1丁目。日にちは、あさって、十一月二十七日、金曜日。品物は、ソファー。" in reply


def test_which_one_may_be_answered_by_its_name_or_at_once_by_the_value(read_back: Call) -> None:
    """町名です, or 桜台です."""
    read_back.say("いいえ")
    assert read_back.say("町名です") == "お住まいの町名をどうぞ。"
    read_back.say("本町です")
    read_back.say("いいえ")
    assert "町名は、桜台。" in read_back.say("桜台です")


def test_a_form_of_one_slot_asks_for_it_again_at_once() -> None:
    """There is nothing to choose."""
    call = Call("8")
    call.say("はい")
    assert call.say("いいえ") == "ご満足ですか。"


def test_more_slots_than_can_be_remembered_are_asked_from_the_beginning() -> None:
    """Five slots: all of them again."""
    call = Call("6")
    call.press("3#")
    call.say("午後三時です")
    call.say("田中です")
    call.say("はい")
    call.press("9260811")
    call.press("1")
    assert call.say("いいえ") == "はい。もう一度、順にお伺いします。何人ですか。"
    assert call.value("氏名") is None


def test_who_refuses_for_ever_comes_to_a_person() -> None:
    """A no to what was read back climbs the ladder silently."""
    call = Call("8")
    for _ in range(2):
        call.say("はい")
        assert call.say("いいえ") == "ご満足ですか。"
    call.say("はい")
    call.say("いいえ")
    assert call.world.orders[-1] == HangUp("transferred")


# --- keys -------------------------------------------------------------------------------------------------------


def test_digits_are_complete_after_a_while(call: Call) -> None:
    """Four seconds after the last key."""
    call.say("本町です")
    call.press("103")
    wait = call.world.wait
    assert wait is not None
    assert (wait.clock, wait.seconds) == ("digits", 4.0)
    assert call.wait() == "一月三日、日曜日、ですね。何をお出しになりますか。"


def test_digits_are_complete_with_the_last_that_fits_or_with_the_hash_sign(call: Call) -> None:
    """MMDD, seven digits of a postal code, a whole telephone number."""
    call.say("本町です")
    assert call.press("1203").startswith("十二月三日、木曜日、ですね。")
    landline = Call("2")
    assert landline.press("0312345678") == "03-1234-5678、ですね。お名前をお話しください。"
    mobile = Call("2")
    mobile.press("0900000000")
    assert mobile.phase == "asking"
    assert mobile.press("1").startswith("090-0000-0001、ですね。")
    assert Call("6").press("12#").startswith("12、ですね。")


def test_the_star_forgets_the_digits_and_asks_again(call: Call) -> None:
    """As everywhere, * is once more."""
    call.say("本町です")
    call.press("12")
    assert call.press("*") == "本町、ですね。いつがよろしいですか。"
    assert call.world.state.keys == ""
    assert call.press("1204").startswith("十二月四日、")


def test_a_lone_zero_asks_for_a_person(call: Call) -> None:
    """At once with #, else when no other digit follows."""
    for end in ("#", ""):
        call = Call("1")
        call.say("本町です")
        call.press("0" + end)
        if not end:
            call.wait()
        assert call.world.orders[-1] == HangUp("transferred")


def test_keys_that_are_no_digits_mean_what_they_always_mean(call: Call) -> None:
    """# alone is a wrong key; a strange key too."""
    call.say("本町です")
    for strange in ("#", "²"):
        assert "その番号のご案内はございません。" in call.press(strange)
        assert "いつがよろしいですか。" in call.words, "what was asked is said again"


def test_a_key_where_words_are_wanted_is_a_wrong_key(call: Call) -> None:
    """The question is said again, with the key for a person."""
    assert call.press("4") == (
        "その番号のご案内はございません。お住まいの町名をどうぞ。職員とお話しになりたい方は、ゼロ番を押してください。"
    )
    call.press("0")
    assert call.world.orders[-1] == HangUp("transferred")


def test_the_first_digit_cancels_speech(call: Call) -> None:
    """Words that were under way, or begin while keys are pressed, change nothing."""
    call.say("本町です")
    world = call.world
    turn = world.state.turn
    world.happens(SpeechStarted(turn))
    world.happens(DigitPressed("1"))
    before = world.state
    assert world.happens(Heard(turn, guesses("あしたです"))) == ()
    assert world.happens(SpeechStarted(turn)) == ()
    assert world.happens(TimedOut(turn, "max_speech")) == ()
    assert world.state == before


def test_a_digit_while_the_prompt_is_spoken_stops_it(call: Call) -> None:
    """Only the first one has anything to stop."""
    call.say("本町です")
    world = call.world
    world.happens(DigitPressed("*"))
    turn = world.state.turn
    assert world.play is not None
    first, clock = world.happens(DigitPressed("1"))
    assert first == StopPlaying(turn)
    assert clock == world.wait
    assert len(world.happens(DigitPressed("2"))) == 1
    # A prompt that had come to its end just before changes nothing.
    assert world.happens(PromptFinished(turn)) == (world.wait,)


def test_wrong_digits_climb_the_ladder(call: Call) -> None:
    """In other words, then slowly with the keys, then a person."""
    call.say("本町です")
    assert call.press("1340") == "恐れ入ります。うまく聞き取れませんでした。月と日をどうぞ。"
    assert call.press("1350").startswith("申し訳ございません。ゆっくり、もう一度申し上げます。")
    call.press("9999")
    assert call.world.orders[-1] == HangUp("transferred")


# --- commands, questions and emergencies on the way --------------------------------------------------------------


def test_repeat_and_slow_say_the_question_again(call: Call) -> None:
    """With what was said back before it; slowly from then on."""
    call.say("本町です")
    assert call.say("もう一度お願いします") == "本町、ですね。いつがよろしいですか。"
    assert call.say("ゆっくりお願いします") == "はい。ゆっくりお話しします。本町、ですね。いつがよろしいですか。"
    assert all(prompt.slow for prompt in call.world.said[-1].prompts)


def test_back_goes_through_the_form_and_out_of_it(call: Call) -> None:
    """Slot by slot; before the first one to the question that led here."""
    call.say("本町です")
    call.press("1203")
    assert call.say("戻る") == "いつがよろしいですか。"
    assert call.say("戻る") == "お住まいの町名をどうぞ。"
    assert call.say("前に戻って") == "ご用件をどうぞ。"
    assert call.say("戻る") == "ご用件をどうぞ。"


def test_back_from_what_is_read_back_and_from_a_confirmation(read_back: Call) -> None:
    """To the last slot, or to the slot that was being confirmed."""
    assert read_back.say("戻る") == "何をお出しになりますか。"
    read_back.say("ベッドです")
    read_back.say("いいえ")
    assert read_back.say("戻る") == "何をお出しになりますか。"
    call = Call("6")
    call.press("3#")
    call.say("三時です")
    assert call.say("戻る") == "何時ですか。"


def test_back_from_a_call_back_goes_to_the_question_before_it() -> None:
    """The machine's own forms are no nodes."""
    call = Call("2")
    assert call.say("戻る") == "ご用件をどうぞ。"


def test_back_behind_a_form_enters_it_again(read_back: Call) -> None:
    """What does not change is kept."""
    read_back.say("はい")
    assert read_back.say("戻る") == "収集の受付です。いつがよろしいですか。"


def test_a_question_on_the_way_is_answered_and_the_form_goes_on(call: Call) -> None:
    """A sure answer only; what is not sure climbs the ladder."""
    call.house = {"hits": (HIT,)}
    assert call.say("手数料はいくらですか") == "手数料は300円です。お住まいの町名をどうぞ。"
    assert call.say("本町です") == "本町、ですね。いつがよろしいですか。"
    assert call.world.state.answered
    call.house = {"hits": (DOUBT,)}
    assert call.say("手数料とか") == "恐れ入ります。うまく聞き取れませんでした。月と日をどうぞ。"


def test_a_question_is_answered_also_while_the_form_is_read_back(read_back: Call) -> None:
    """Then it is read back again."""
    read_back.house = {"hits": (HIT,)}
    reply = read_back.say("手数料はいくらですか")
    assert reply.startswith("手数料は300円です。町名は、本町1丁目。")
    assert read_back.say("はい").startswith("本町1丁目のソファーを")


def test_a_person_may_be_asked_for_anywhere(call: Call) -> None:
    """By word, also where words are wanted; a matter that only holds the word is a matter."""
    call.say("職員と話したい")
    assert call.world.orders[-1] == HangUp("transferred")
    other = Call("1")
    other.say("本町です")
    other.press("1203")
    assert "品物は、職員採用試験の申込書。" in other.say("職員採用試験の申込書")
    other.say("いいえ")
    other.say("品物です")
    other.say("職員をお願い")
    assert other.world.orders[-1] == HangUp("transferred")


def test_start_over_and_end_work_inside_a_form(call: Call) -> None:
    """最初から leaves the form; 終わります ends the call."""
    assert call.say("最初からお願いします") == "ご用件をどうぞ。"
    call.press("1")
    assert call.say("終わります") == "お電話ありがとうございました。失礼いたします。"
    assert call.world.orders[-1] == HangUp("bot")


def test_an_emergency_overrides_the_form(read_back: Call) -> None:
    """At once, twice; also in a free text. 戻る leads back into the form, where nothing of what was said is lost."""
    assert read_back.say("家が燃えています").count("119番") == 2
    again = read_back.say("戻る")
    assert again.startswith("町名は、本町1丁目。日にちは、あす、十一月二十六日、木曜日。品物は、ソファー。")
    assert read_back.say("はい").startswith("本町1丁目のソファーを、")
    call = Call("1")
    call.say("本町です")
    call.press("1203")
    assert call.say("火事です").count("119番") == 2
    assert call.value("品物") is None


# --- silence, deafness, broken lines -----------------------------------------------------------------------------


def test_silence_climbs_the_ladder_to_a_person(call: Call) -> None:
    """Reworded, slowly with keys, and to a person."""
    assert call.wait() == "恐れ入ります。お声が聞こえませんでした。町の名前だけをどうぞ。"
    assert call.wait().startswith("お声が届いていないようです。")
    call.wait()
    assert call.world.orders[-1] == HangUp("transferred")


def test_who_cannot_be_heard_is_asked_for_what_keys_can_give(call: Call) -> None:
    """And sent to a person where words are wanted."""
    call.say("本町です")
    assert call.happens(PartFailed("recogniser", "broken")).startswith("恐れ入ります。ただいま、お声を")
    assert "いつがよろしいですか。" in call.words
    call.press("1203")
    assert call.world.orders[-1] == HangUp("transferred")


def test_who_becomes_deaf_to_us_while_words_are_wanted_goes_to_a_person_at_once(call: Call) -> None:
    """There is no key for a district."""
    call.happens(PartFailed("recogniser", "broken"))
    assert call.world.orders[-1] == HangUp("transferred")


def test_a_confirmation_and_a_read_back_are_answered_by_key_when_speech_is_not_heard(read_back: Call) -> None:
    """1 and 2."""
    reply = read_back.happens(PartFailed("recogniser", "broken"))
    assert "いいえは、2番を。" in reply
    assert reply.endswith("職員とお話しになりたい方は、ゼロ番を押してください。")
    assert read_back.press("1").startswith("本町1丁目のソファーを")


def test_a_line_that_comes_back_asks_again_and_forgets_half_a_number(call: Call) -> None:
    """The digits before the break are not mixed with those after it, and speech is heard again."""
    call.say("本町です")
    call.press("12")
    assert call.happens(CallResumed(AT)) == "お待たせいたしました。本町、ですね。いつがよろしいですか。"
    assert call.world.state.keys == ""
    assert call.say("あしたです").startswith("あす、")


def test_the_longest_call_ends_inside_a_form(call: Call) -> None:
    """Also while digits are being pressed: a person, and speech counts again."""
    call.house = {"facts": CLOSED}
    call.say("本町です")
    call.press("12")
    reply = call.happens(TimedOut(0, "call"))
    assert reply.startswith("お話の途中で、失礼いたします。閉まっています。ご伝言か、")
    assert call.world.state.keys == ""
    assert "ほかの" not in call.say("終わります")
    assert call.phase == "ended"


def test_every_state_of_a_form_survives_storing(read_back: Call) -> None:
    """Forms, values, slots and what agreement leads to."""
    for call in (read_back, Call("2", caller=CALLER), Call("3", caller=CALLER), Call("6")):
        assert restore(dump(call.world.state)) == call.world.state
    read_back.say("いいえ")
    assert restore(dump(read_back.world.state)) == read_back.world.state


def test_the_recogniser_is_told_what_may_come_and_is_not_limited_to_it(call: Call) -> None:
    """Districts are likely words; values and corrections are never shut out, digits are given time."""
    expect = call.world.expect
    assert expect is not None
    assert {"本町", "みなと町", "桜台"} <= set(expect.grammar.phrases)
    assert expect.grammar.kind == "open"
    call.say("本町です")
    digits = call.world.expect
    assert digits is not None
    assert (digits.grammar.kind, digits.grammar.end_silence_seconds) == ("open", 1.1)
    question = Call("8").world.expect
    assert question is not None
    assert question.grammar.kind == "yes_no"


def test_a_look_up_is_asked_when_a_person_is_wanted(call: Call) -> None:
    """The department of the matter, as far as it is known."""
    call.say("職員と話したい")
    asked = [order for order in call.world.orders if isinstance(order, LookUp)]
    assert asked[-1].arguments["department"] == "総合案内"
