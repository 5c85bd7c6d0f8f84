"""Branches, look-ups, call backs and text messages; other languages and disasters."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from form_line import CALLER, TOKYO, Call, form_line
from line_world import AT, World

from voicebot.actions import HangUp, LookUp, RequestCallback, SendSms, Wait
from voicebot.dialog.errands import branch, found
from voicebot.dialog.phrases import SMS_SLOT
from voicebot.dialog.slots import Value
from voicebot.dialog.state import State
from voicebot.dialog.tree import BranchNode, Case, LookupNode
from voicebot.events import (
    CallbackBooked,
    CallResumed,
    CallStarted,
    DigitPressed,
    LookedUp,
    PartFailed,
    PromptFinished,
    SmsSent,
    TimedOut,
)

CLOSED = {"open": False, "say": "閉まっています。"}
ASKS_MORE = "ほかにお尋ねはございますか。なければ、このまま電話をお切りください。"


# --- branches ---------------------------------------------------------------------------------------------------


def test_a_branch_goes_by_what_is_open() -> None:
    """Asked of the city at that moment, case by case."""
    assert Call("5").words == f"開いています。{ASKS_MORE}"
    call = Call("5", facts=CLOSED)
    assert call.words == f"閉まっています。{ASKS_MORE}"
    asked = [order.arguments for order in call.world.orders if isinstance(order, LookUp)]
    assert asked == [{"department": "市民課", "language": "ja"}, {"department": "環境課", "language": "ja"}]


def test_the_second_department_may_be_the_open_one() -> None:
    """The search goes on where it stopped."""
    call = Call(facts=CLOSED)
    call.world.happens(DigitPressed("5"))
    call.world.happens(LookedUp(call.world.state.turn, "hours", CLOSED))
    call.world.happens(LookedUp(call.world.state.turn, "hours", {"open": True}))
    assert call.words == f"環境課です。{ASKS_MORE}"


def test_where_nothing_can_be_looked_up_everything_counts_as_closed() -> None:
    """A broken desk does not stop a call."""
    assert Call("5", broken=frozenset({"lookup"})).words == f"閉まっています。{ASKS_MORE}"


def test_a_branch_goes_by_what_was_said() -> None:
    """A district also without its 丁目."""
    call = Call("1")
    call.say("本町の三丁目です")
    call.say("最初から")
    assert call.press("5") == f"本町の窓口です。{ASKS_MORE}"


def test_a_branch_goes_by_what_happened() -> None:
    """A person who could not be reached."""
    call = Call(facts={"open": True}, outcome="busy")
    call.press("0")
    call.say("ほかの質問")
    assert call.press("5") == f"つながりません。{ASKS_MORE}"


def state(**more: object) -> State:
    """A state that a branch may ask about."""
    return replace(State(phase="asking"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "now", "holds"),
    [
        (Case("甲", language="en"), state(language="en"), True),
        (Case("甲", language="en"), state(), False),
        (Case("甲", slot="車"), state(values={"車": Value("はい", "はい")}), True),
        (Case("甲", slot="車"), state(), False),
        (Case("甲", slot="車", values=("いいえ",)), state(values={"車": Value("はい", "はい")}), False),
        (Case("甲", slot="車", values=("いいえ", "はい")), state(values={"車": Value("はい", "はい")}), True),
        (Case("甲", slot="町", values=("本町",)), state(values={"町": Value("本町2丁目", "本町2丁目")}), True),
        (Case("甲", slot="町", values=("本町1丁目",)), state(values={"町": Value("本町2丁目", "本町2丁目")}), False),
        (Case("甲", fact="あり", values=("あり",)), state(), True),
        (Case("甲", fact="", values=("あり",)), state(), False),
        (Case("甲", happened="answered"), state(answered=True), True),
        (Case("甲", happened="not_understood"), state(rung=1), True),
        (Case("甲", happened="not_understood"), state(), False),
        (Case("甲", happened="recording_refused"), state(unrecorded=True), True),
        (Case("甲", happened="not_reached"), state(tried=("市民課",)), True),
        (Case("甲", happened="answered", language="en"), state(answered=True), False),
    ],
)
def test_all_that_a_case_says_must_hold(case: Case, now: State, holds: bool) -> None:
    """Slots, languages, facts and what happened."""
    assert branch(now, BranchNode((case,), "乙"), 0)[0] == ("甲" if holds else "乙")


def test_opening_hours_are_only_asked_for_when_all_else_holds() -> None:
    """A look-up takes time."""
    node = BranchNode((Case("甲", open="市民課", language="en"), Case("丙", open="市民課")), "乙")
    assert branch(state(), node, 0) == ("", 1)
    assert branch(state(language="en"), node, 0) == ("", 0)
    assert branch(state(), node, 2) == ("乙", 2)


# --- look-ups ---------------------------------------------------------------------------------------------------


def test_a_look_up_uses_what_was_said_and_says_what_was_found() -> None:
    """The canonical value, and the answer as it stands."""
    call = Call("4", facts={"found": True, "say": "次は月曜日です。"})
    call.say("本町の二丁目です")
    assert call.say("はい") == f"次は月曜日です。{ASKS_MORE}"
    (order,) = (order for order in call.world.orders if isinstance(order, LookUp))
    assert order.what == "garbage_day"
    assert order.arguments == {"language": "ja", "district": "本町2丁目", "kind": "燃えるごみ"}
    assert call.world.said[-1].answers == "収集日"
    assert call.world.state.department == "環境課"


def test_a_look_up_that_lacks_something_asks_for_it_and_tries_again() -> None:
    """何丁目ですか is answered with the 丁目 alone."""
    call = Call("4", facts={"found": False, "say": "丁目によって違います。何丁目ですか。", "missing": "chome"})
    call.say("本町です")
    assert call.say("はい") == "丁目によって違います。何丁目ですか。"
    assert call.say("三丁目です") == (
        "町名は、本町3丁目。以上で、よろしいですか。はい、または1番。違うところは、そのままお話しください。"
    )
    call.house = {"facts": {"found": True, "say": "次は月曜日です。"}}
    assert call.say("はい").startswith("次は月曜日です。")


def test_a_look_up_that_never_suffices_is_not_repeated_for_ever() -> None:
    """Then what it says is the answer."""
    call = Call("4", facts={"found": False, "say": "何丁目ですか。", "missing": "chome"})
    call.say("本町です")
    for _ in range(2):
        assert call.say("はい") == "何丁目ですか。"
        call.say("三丁目です")
    assert call.say("はい") == f"何丁目ですか。{ASKS_MORE}"


@pytest.mark.parametrize(
    "house", [{"broken": frozenset({"lookup"})}, {"facts": {"found": True}}, {"facts": {"say": ""}}]
)
def test_a_look_up_that_brings_nothing_leads_to_a_person(house: dict[str, object]) -> None:
    """Broken, or with nothing to say."""
    call = Call("4")
    call.say("本町です")
    call.world.happens(DigitPressed("1"))
    order = call.world.asked
    assert isinstance(order, LookUp)
    event = (
        PartFailed("lookup", "x", order.turn) if "broken" in house else LookedUp(order.turn, order.what, house["facts"])
    )  # type: ignore[arg-type]
    call.happens(event)
    assert "お調べすることができません。" in "".join(prompt.text for play in call.world.said for prompt in play.prompts)
    assert call.world.orders[-1] == HangUp("transferred")


def test_what_was_found_fills_the_blanks_of_the_text() -> None:
    """Values of the look-up and of the caller; what is not there is not spoken."""
    node = LookupNode("x", {}, {"ja": "{町名}は{day}、{none}{missing}です。"}, {"ja": "{町名}はありません。"})
    now = state(values={"町名": Value("本町", "本町")})
    assert found(now, node, {"day": "月曜", "none": None}).text == "本町は月曜、です。"
    assert found(now, node, {"found": False}).text == "本町はありません。"
    assert found(now, replace(node, missing=None), {"found": False, "say": "ない。"}).text == "ない。"
    assert found(now, replace(node, found=None), {"open": True}).text == ""


# --- call backs -------------------------------------------------------------------------------------------------


def test_a_call_back_is_noted_with_the_callers_own_number() -> None:
    """Name, matter and time are asked for; the number is read back, and can be corrected."""
    call = Call("2", caller=CALLER)
    assert call.words == "折り返しを承ります。お名前をお話しください。"
    call.say("田中です")
    assert call.say("はい") == "ご用件を、短くお話しください。"
    assert call.say("住民票のことです") == "住民票のこと、ですね。お電話は、いつごろがよろしいですか。"
    assert call.say("夕方です") == (
        "お電話番号は、090-0000-0001。お名前は、田中様。ご用件は、住民票のこと。"
        "ご都合のよい時間は、夕方。以上で、よろしいですか。はい、または1番。違うところは、そのままお話しください。"
    )
    assert "でよろしいですか。" in call.say("いえ、電話番号はゼロゴーゼロ、ゼロゼロゼロゼロ、イチニーサンヨンです")
    assert "お電話番号は、050-0000-1234。" in call.say("はい")
    assert call.say("はい") == (
        "折り返しのお電話を承りました。受付番号は、1001です。市民課からお電話いたします。"
        "お電話ありがとうございました。失礼いたします。"
    )
    (order,) = call.sent
    assert isinstance(order, RequestCallback)
    assert replace(order, turn=0) == RequestCallback(0, "市民課", "05000001234", "田中", "住民票のこと", "夕方")
    assert call.world.orders[-1] == HangUp("bot")


@pytest.mark.parametrize("caller", [None, "", "anonymous", "+14155550100", "+266696687"])
def test_a_number_that_is_withheld_or_foreign_is_asked_for(caller: str | None) -> None:
    """By voice or keys."""
    call = Call("2", caller=caller)
    assert call.words.endswith("折り返しのお電話番号を、お話しいただくか、ボタンで押してください。")
    assert call.press("05000001234") == "050-0000-1234、ですね。お名前をお話しください。"


def test_when_nobody_is_there_a_call_back_may_be_chosen() -> None:
    """For the department that was asked for."""
    call = Call("0", caller=CALLER, facts=CLOSED)
    assert call.press("2") == "お名前をお話しください。"
    for words in ("田中です", "はい", "ごみです", "朝です"):
        call.say(words)
    assert "総合案内からお電話いたします。" in call.say("はい")


def test_where_call_backs_are_preferred_they_come_first() -> None:
    """Staff say so in the hours: `closed: callback`."""
    call = Call("0", caller=CALLER, facts={**CLOSED, "closed": "callback"})
    assert "折り返しは、1番。ご伝言は、2番。" in call.words
    assert call.say("はい") == "お名前をお話しください。"


def test_a_call_back_needs_only_the_number_when_speech_is_not_heard() -> None:
    """Name and matter have no keys; the number is enough."""
    call = Call("0", caller=None, facts=CLOSED)
    call.happens(PartFailed("recogniser", "x"))
    call.press("2")
    call.press("05000001234")
    assert "お電話番号は、050-0000-1234。以上で" in call.words
    assert "お名前" not in call.words
    assert "承りました" in call.press("1")
    assert call.sent == [RequestCallback(call.sent[0].turn, "総合案内", "05000001234", "", "", "")]  # type: ignore[union-attr]


def test_deafness_in_the_middle_of_a_call_back_takes_the_number_alone() -> None:
    """What was said so far is kept."""
    call = Call("2", caller=CALLER)
    call.say("田中です")
    call.say("はい")
    reply = call.happens(PartFailed("recogniser", "x"))
    assert "お電話番号は、090-0000-0001。お名前は、田中様。以上で" in reply
    call.press("1")
    assert [order.name for order in call.sent if isinstance(order, RequestCallback)] == ["田中"]


def test_a_call_back_that_cannot_be_noted_becomes_a_message() -> None:
    """The store is broken; the recorder may not be."""
    call = Call("2", caller=CALLER, broken=frozenset({"tickets"}))
    for words in ("田中です", "はい", "ごみです", "朝です"):
        call.say(words)
    call.world.happens(DigitPressed("1"))
    turn = call.world.state.turn
    call.world.happens(PartFailed("tickets", "x", turn))
    assert call.words.startswith("申し訳ございません。ただいま、折り返しの受付ができません。発信音のあとに")
    assert call.world.state.goal == "市民課"


# --- text messages ----------------------------------------------------------------------------------------------


def test_a_text_message_is_sent_only_after_the_caller_agrees() -> None:
    """To the caller's own mobile telephone, whose number is said."""
    call = Call("3", caller=CALLER)
    assert call.words.startswith("地図をお送りできます。090-0000-0001に、ショートメッセージをお送りします。よろしいで")
    assert call.sent == []
    assert call.say("はい") == f"ショートメッセージをお送りしました。{ASKS_MORE}"
    assert [(order.phone, order.text) for order in call.sent if isinstance(order, SendSms)] == [
        ("09000000001", "の地図です。")
    ]


def test_a_caller_who_says_no_gets_none() -> None:
    """And is asked whether there is anything else."""
    call = Call("3", caller=CALLER)
    assert call.say("いいえ") == ASKS_MORE
    assert call.sent == []


def test_a_text_message_holds_what_the_caller_said() -> None:
    """{町名} as it was understood before."""
    call = Call("1", caller=CALLER)
    call.say("本町です")
    call.say("最初から")
    call.press("3")
    call.say("はい")
    assert [order.text for order in call.sent if isinstance(order, SendSms)] == ["本町の地図です。"]


def test_no_text_message_goes_to_a_landline() -> None:
    """Another number is asked for; who has none is not asked for ever."""
    call = Call("3", caller="+81312345678")
    assert "携帯電話の番号を" in call.words
    for _ in range(2):
        call.press("0312345678")
        assert call.press("1").startswith("その番号には、ショートメッセージをお送りできません。ショートメッセージを")
    call.press("0312345678")
    assert call.press("1") == f"その番号には、ショートメッセージをお送りできません。{ASKS_MORE}"
    assert call.sent == []


def test_another_number_may_be_said_instead_of_yes() -> None:
    """A correction like any other."""
    call = Call("3", caller=CALLER)
    assert call.say("いえ、ゼロハチゼロ、ゼロゼロゼロゼロ、ゼロゼロゼロニです").startswith(
        "080-0000-0002、でよろしいですか。"
    )
    call.say("はい")
    call.say("はい")
    assert [order.phone for order in call.sent if isinstance(order, SendSms)] == ["08000000002"]


def test_a_text_message_that_the_carrier_does_not_take_is_admitted() -> None:
    """Refused, or no sender is set up: the same for the caller."""
    call = Call("3", caller=CALLER, broken=frozenset({"sms"}))
    assert call.say("はい") == f"申し訳ございません。ショートメッセージをお送りできませんでした。{ASKS_MORE}"


# --- languages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("switch", ["key", "英語でお願いします", "英語", "イングリッシュ"])
def test_another_language_begins_with_its_own_greeting(switch: str) -> None:
    """Whose line this is, and that it is recorded, is owed in the caller's language."""
    call = Call()
    if switch == "key":
        call.press("7")
    else:
        call.say(switch)
    assert call.world.state.language == "en"
    said = [prompt for play in call.world.said[-2:] for prompt in play.prompts]
    assert [(prompt.text, prompt.language) for prompt in said] == [
        ("This is Minato City.", "en"),
        ("What can I do for you?", "en"),
    ]
    expect = call.world.expect
    assert expect is not None
    assert expect.grammar.language == "en"


def test_a_language_may_be_chosen_inside_a_form() -> None:
    """The form is left."""
    call = Call("1")
    call.say("英語")
    assert call.world.state.language == "en"
    assert call.words == "What can I do for you?"


def test_a_call_in_another_language_begins_at_its_start() -> None:
    """A number of its own for callers from abroad."""
    assert Call(language="en").words == "What can I do for you?"
    assert Call(language="ko").words == "ご用件をどうぞ。", "without a start of its own: the line's"


def test_a_branch_goes_by_the_language() -> None:
    """English callers have a desk of their own."""
    call = Call()
    call.world.state = replace(call.world.state, language="en")
    assert call.press("5").startswith("英語の窓口です。")


# --- disasters --------------------------------------------------------------------------------------------------

UNTIL = datetime(2026, 11, 26, 12, 0, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("at", "first"),
    [(AT, "避難所は1番です。"), (UNTIL - timedelta(seconds=1), "避難所は1番です。"), (UNTIL, "ご用件をどうぞ。")],
)
def test_a_disaster_replaces_the_greeting_until_it_is_over(at: datetime, first: str) -> None:
    """By itself, to the minute; keys first."""
    call = Call(at=at, disaster=True)
    assert call.words == first


def test_without_an_end_there_is_no_disaster() -> None:
    """The pack lies ready."""
    assert Call(at=AT).words == "ご用件をどうぞ。"


def test_in_a_disaster_starting_over_and_another_language_stay_in_it() -> None:
    """It comes before everything; only its questions are asked again, not its announcement."""
    call = Call("1", disaster=True)
    assert call.words.startswith("避難所は体育館です。")
    assert call.say("最初から") == "避難所は1番です。"
    assert call.press("7") == "避難所は1番です。"
    assert "災害のご案内です。" in "".join(prompt.text for prompt in call.world.said[-2].prompts)
    assert call.world.state.language == "en"
    assert Call(language="en", disaster=True).words == "避難所は1番です。"


# --- broken lines and long calls --------------------------------------------------------------------------------


def under_way(*path: str, **call: object) -> Call:
    """A call in which the last key's order has not been answered."""
    made = Call(*path[:-1], **call)  # type: ignore[arg-type]
    if path[0] == "2":
        for words in ("田中です", "はい", "ごみです", "朝です"):
            made.say(words)
    made.world.happens(DigitPressed(path[-1]))
    return made


def test_a_line_that_comes_back_while_a_call_back_is_noted_asks_to_note_it_again() -> None:
    """The store knows that it is the same wish."""
    call = under_way("2", "1", caller=CALLER)
    assert call.phase == "booking"
    first = call.world.asked
    *_, again = call.world.happens(CallResumed(AT))
    assert isinstance(first, RequestCallback)
    assert isinstance(again, RequestCallback)
    assert replace(again, turn=first.turn) == first
    assert call.world.happens(CallbackBooked(first.turn, "1")) == (), "the old order's answer is too late"
    assert "受付番号は、1001です。" in call.happens(CallbackBooked(again.turn, "1001"))


def test_a_line_that_comes_back_while_a_text_message_is_sent_goes_on() -> None:
    """What became of it is asked, not guessed: the same order again, which the house carries out once."""
    call = under_way("3", "1", caller=CALLER)
    assert call.phase == "sending"
    first = call.world.asked
    *_, again = call.world.happens(CallResumed(AT))
    assert isinstance(first, SendSms)
    assert isinstance(again, SendSms)
    assert replace(again, turn=first.turn) == first
    assert call.world.happens(SmsSent(first.turn)) == (), "the old order's answer is too late"
    assert call.happens(SmsSent(again.turn)).endswith(ASKS_MORE)


def test_a_line_that_comes_back_while_something_is_looked_up_looks_it_up_again() -> None:
    """A branch and a look-up are entered anew."""
    for path in (("5",), ("4",)):
        call = Call()
        if path == ("4",):
            call.press("4")
            call.say("本町です")
            call.world.happens(DigitPressed("1"))
        else:
            call.world.happens(DigitPressed("5"))
        first = call.world.asked
        assert isinstance(first, LookUp)
        *_, again = call.world.happens(CallResumed(AT))
        assert again == replace(first, turn=first.turn + 1)
        assert call.happens(LookedUp(again.turn, again.what, {"open": True, "say": "月曜です。"})).startswith(
            "お待たせいたしました。"
        )


def test_a_call_that_comes_back_before_it_began_knows_what_day_it_is() -> None:
    """Relative days need it."""
    world = World(form_line())
    world.happens(CallResumed(AT))
    assert world.state.today == AT.date()
    world.presses("1")
    world.hears("本町です")
    world.hears("きのう")
    assert world.state.values["日にち"].value == "2026-11-24"


@pytest.mark.parametrize("path", [("2", "1"), ("3", "1")])
def test_the_clock_of_the_call_goes_on_while_something_is_done(path: tuple[str, str]) -> None:
    """It runs out a minute later instead."""
    call = under_way(*path, caller=CALLER)
    assert call.world.happens(TimedOut(0, "call")) == (Wait(0, 60.0, "call"),)


def test_answers_of_another_kind_or_turn_change_nothing() -> None:
    """A ticket while a text message is sent."""
    call = under_way("3", "1", caller=CALLER)
    turn = call.world.state.turn
    before = call.world.state
    for event in (CallbackBooked(turn, "1"), LookedUp(turn, "hours", {}), SmsSent(turn - 1), PromptFinished(turn)):
        assert call.world.happens(event) == ()
    assert call.world.happens(CallStarted("c", None, "", "ja", AT)) == ()
    assert call.world.state == before
    assert before.values[SMS_SLOT].value == "09000000001"
