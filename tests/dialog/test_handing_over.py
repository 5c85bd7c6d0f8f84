"""To a person, and what happens when there is none."""

import pytest
from line_world import AT, World

from voicebot.actions import DropMessage, FinishRecording, HangUp, LookUp, Play, Record, Transfer
from voicebot.events import CallResumed, MessageRecorded, Outcome, PromptFinished, TakenOver

OPEN = {"open": True, "say": "開いています。", "closed": "message", "next": "環境課"}
CLOSED = {"open": False, "say": "ただいまは業務時間外です。", "closed": "message", "next": ""}
STAND_IN = {"open": False, "say": "ただいまは業務時間外です。", "closed": "守衛室", "next": "守衛室"}


def dialled(world: World) -> str:
    """The department that the carrier dials now."""
    assert isinstance(world.asked, Transfer)
    return world.asked.department


def connected(world: World, name: str) -> World:
    """The caller has asked for a department that is open and has heard that it is dialled."""
    world.hears(f"{name}につないでください")
    world.answered(facts=OPEN)
    world.spoken()
    return world


def test_hours_are_looked_up_before_anybody_is_dialled(asked: World) -> None:
    """In the caller's language."""
    (order,) = asked.hears("市民課につないでください")
    assert isinstance(order, LookUp)
    assert (order.what, dict(order.arguments)) == ("hours", {"department": "市民課", "language": "ja"})


def test_an_open_department_is_announced_and_dialled_when_that_has_been_heard(asked: World) -> None:
    """The transfer waits for the end of the prompt."""
    asked.hears("市民課につないでください")
    (play,) = asked.answered(facts=OPEN)
    assert isinstance(play, Play)
    assert asked.words == "市民課におつなぎします。このまま、少しお待ちください。"
    asked.happens(PromptFinished(asked.state.turn - 1))
    assert asked.asked is None, "an older prompt's end dials nobody"
    (transfer,) = asked.spoken()
    assert isinstance(transfer, Transfer)
    assert (transfer.department, transfer.say) == ("市民課", "")


def test_a_transfer_that_was_connected_ends_the_call(asked: World) -> None:
    """Nothing more is said."""
    connected(asked, "市民課").answered(outcome="connected")
    assert asked.hung_up == HangUp("transferred")
    assert asked.state.phase == "ended"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("busy", "話し中"),
        ("no_answer", "電話に出ることができません"),
        ("declined", "ほかのお電話"),
        ("failed", "うまくおつなぎできません"),
        ("cancelled", "おつなぎできません"),
    ],
)
def test_a_failed_transfer_says_so_and_tries_the_next_then_the_duty_desk_then_a_message(
    asked: World, outcome: Outcome, words: str
) -> None:
    """Nobody is dialled twice, and the message is for the department that was asked for."""
    connected(asked, "市民課").answered(outcome=outcome)
    for expected in ("環境課", "守衛室"):
        asked.answered(facts=OPEN)
        assert words in asked.words
        asked.spoken()
        assert dialled(asked) == expected
        asked.answered(outcome=outcome)
    assert words in asked.words
    assert "ご伝言は、1番" in asked.words
    asked.presses("1")
    (record,) = asked.spoken()
    assert isinstance(record, Record)
    assert record.department == "市民課"


def test_closed_is_told_with_the_next_opening_and_an_offer(asked: World) -> None:
    """Being closed is never silence."""
    asked.hears("市民課")
    asked.answered(facts=CLOSED)
    assert asked.words.startswith("ただいまは業務時間外です。ご伝言か、折り返しのお電話を承ります。")
    assert asked.state.question is not None
    assert [option.key for option in asked.state.question.options if option.key] == ["1", "2", "3", "4"]


def test_a_stand_in_is_looked_up_and_dialled(asked: World) -> None:
    """And told why it is another department."""
    asked.hears("市民課")
    (order,) = asked.answered(facts=STAND_IN)
    assert isinstance(order, LookUp)
    assert order.arguments["department"] == "守衛室"
    asked.answered(facts=OPEN)
    assert asked.words.startswith("ただいまは業務時間外です。守衛室におつなぎします。")


def test_stand_ins_that_stand_in_for_one_another_end_in_an_offer(asked: World) -> None:
    """A circle in the facts is no circle for the caller."""
    asked.hears("市民課")
    asked.answered(facts=STAND_IN)
    asked.answered(facts={**CLOSED, "closed": "市民課"}, duty_closed=True)
    assert "ご伝言は、1番" in asked.words


@pytest.mark.parametrize("words", ["はい", "伝言をお願いします", "メッセージ", "1番です"])
def test_a_message_can_be_asked_for_in_many_words(asked: World, words: str) -> None:
    """はい to the offer is yes to a message."""
    asked.hears("市民課")
    asked.answered(facts=CLOSED)
    asked.spoken()
    asked.hears(words)
    assert asked.state.phase == "inviting"
    assert asked.words.startswith("発信音のあとに、")
    assert asked.said[-1].prompts[-1].name == "beep"


@pytest.mark.parametrize("words", ["折り返してほしい", "折り返しのお電話", "2番です"])
def test_a_call_back_can_be_asked_for_instead(asked: World, words: str) -> None:
    """It is not a message: what a call back needs is asked for, the number first."""
    asked.hears("市民課")
    asked.answered(facts=CLOSED)
    asked.spoken()
    asked.hears(words)
    assert asked.state.phase == "asking"
    assert asked.state.question is not None
    assert asked.state.question.slot == "電話番号"


def test_other_ways_out_of_the_offer(asked: World) -> None:
    """Another question, the end, no thanks, or simply the next question."""
    for words, phase in (
        ("ほかの質問", "asking"),
        ("終わります", "closing"),
        ("いいえ", "closing"),
        ("ごみの本", "searching"),
    ):
        world = World(asked.dialog, state=asked.state)
        world.hears("市民課")
        world.answered(facts=CLOSED)
        world.spoken()
        world.hears(words)
        assert world.state.phase == phase, words


def offered_message(world: World) -> World:
    """The caller is asked for a message for 市民課 and hears the tone."""
    world.hears("市民課")
    world.answered(facts=CLOSED)
    world.silence()
    world.spoken()
    return world


def test_silence_at_the_offer_takes_a_message(asked: World) -> None:
    """Who cannot answer may still speak after the tone."""
    offered_message(asked)
    assert isinstance(asked.asked, Record)
    assert asked.state.phase == "recording"


def test_a_message_is_thanked_for_with_the_name_of_the_department(asked: World) -> None:
    """Then the call ends."""
    offered_message(asked).answered(message_seconds=8.0)
    assert asked.words.startswith("ご伝言が録れました。聞き直すときは、1番。録り直すときは、2番。")
    asked.presses("3")
    assert asked.words.startswith("ご伝言をお預かりしました。市民課の者が確認し、ご連絡いたします。")
    asked.spoken()
    assert asked.hung_up == HangUp("bot")


def test_a_key_completes_the_message(asked: World) -> None:
    """Any key."""
    offered_message(asked)
    assert asked.presses("7") == (FinishRecording(asked.state.turn),)


def left_message(world: World) -> World:
    """The caller has left a message for 市民課 and hears what can be done with it."""
    offered_message(world).answered(message_seconds=8.0)
    return world


def test_a_message_can_be_heard_again(asked: World) -> None:
    """As often as wanted; the choices are said after it."""
    left_message(asked)
    for _ in range(3):
        asked.presses("1")
        assert asked.said[-1].prompts[0].message == "m.wav"
        assert "録り直すときは" in asked.words
    asked.silence()
    assert asked.state.phase == "closing"


def test_a_message_is_replaced_only_when_the_new_one_has_been_recorded(asked: World) -> None:
    """Who hangs up in between has left the first one; who then says nothing too."""
    left_message(asked).presses("2")
    assert DropMessage("m.wav") not in asked.orders
    asked.spoken()
    asked.answered(message_seconds=0.0)
    assert (asked.state.phase, DropMessage("m.wav") in asked.orders) == ("closing", False)
    assert asked.words.startswith("ご伝言をお預かりしました。市民課の者が")


def test_a_new_message_takes_the_place_of_the_one_before(asked: World) -> None:
    """And can be replaced in its turn."""
    left_message(asked).presses("2")
    asked.spoken()
    asked.happens(MessageRecorded(asked.state.turn, "m2.wav", 5.0))
    assert DropMessage("m.wav") in asked.orders
    assert (asked.state.message, asked.state.phase) == ("m2.wav", "asking")


@pytest.mark.parametrize("words", ["はい", "いいえ"])
def test_yes_and_no_leave_the_message_as_it_is(asked: World, words: str) -> None:
    """これでよろしければ is answered with either."""
    left_message(asked).spoken()
    asked.hears(words)
    assert asked.state.phase == "closing"


def test_who_has_left_a_message_and_is_not_understood_is_not_sent_to_a_person(asked: World) -> None:
    """The message stands; the call ends with thanks."""
    left_message(asked)
    for _ in range(4):
        if asked.state.phase == "asking":
            asked.presses("7")
    assert asked.state.phase == "closing"
    assert "市民課の者が確認し" in asked.words


# --- an operator takes the call ---------------------------------------------------------------------------------------

TAKER = "+815000001011"


def test_an_operator_takes_the_call_in_the_middle_of_a_question(asked: World) -> None:
    """One sentence, then only that telephone rings, unasked."""
    asked.happens(TakenOver(TAKER, "佐藤"))
    assert asked.words.startswith("職員がお電話を代わります。")
    asked.spoken()
    assert isinstance(asked.asked, Transfer)
    assert (asked.asked.number, asked.asked.department) == (TAKER, "総合案内")
    asked.answered(outcome="connected")
    assert asked.hung_up == HangUp("transferred")


def test_an_operator_who_does_not_pick_up_leaves_the_conversation_where_it_was(asked: World) -> None:
    """It is no rung of the ladder: the same question again."""
    before = asked.state
    asked.happens(TakenOver(TAKER, "佐藤"))
    asked.spoken()
    asked.answered(outcome="no_answer")
    assert asked.words.startswith("申し訳ございません。")
    assert asked.state.question == before.question
    assert (asked.state.rung, asked.state.tried, asked.state.taker) == (before.rung, (), "")
    assert asked.attended


def test_a_message_under_way_is_completed_before_an_operator_takes_the_call(asked: World) -> None:
    """Nothing that was said is lost."""
    offered_message(asked)
    assert asked.happens(TakenOver(TAKER, "佐藤")) == (FinishRecording(asked.state.turn),)
    asked.answered(message_seconds=4.0)
    assert asked.state.message == "m.wav"
    asked.spoken()
    assert isinstance(asked.asked, Transfer)
    assert asked.asked.number == TAKER


def test_a_call_that_is_with_the_carrier_or_over_cannot_be_taken(asked: World) -> None:
    """There is nobody to tell."""
    connected(asked, "市民課")
    assert asked.happens(TakenOver(TAKER, "佐藤")) == ()
    asked.answered(outcome="connected")
    assert asked.happens(TakenOver(TAKER, "佐藤")) == ()


def test_a_line_that_breaks_while_the_call_is_handed_over_does_not_forget_the_operator(asked: World) -> None:
    """The sentence is said again, and the operator's telephone rings."""
    asked.happens(TakenOver(TAKER, "佐藤"))
    asked.happens(CallResumed(AT))
    assert asked.words == "お待たせいたしました。職員がお電話を代わります。このまま、少しお待ちください。"
    asked.spoken()
    assert isinstance(asked.asked, Transfer)
    assert asked.asked.number == TAKER


@pytest.mark.parametrize(
    ("stand_in", "first"), [("message", "ご伝言か、折り返し"), ("callback", "折り返しのお電話か、ご伝言")]
)
def test_a_department_may_have_a_message_or_a_call_back_instead_of_a_stand_in(
    asked: World, stand_in: str, first: str
) -> None:
    """Then the duty desk is not rung."""
    asked.hears("市民課")
    asked.answered(facts={**OPEN, "next": stand_in})
    asked.spoken()
    asked.answered(outcome="no_answer")
    assert first in asked.words
    assert [order.department for order in asked.orders if isinstance(order, Transfer)] == ["市民課"]


@pytest.mark.parametrize("seconds", [0.0, 0.9])
def test_an_empty_message_is_asked_for_once_more_and_then_ends_with_the_opening_hours(
    asked: World, seconds: float
) -> None:
    """A click is no message; the caller learns when to try again."""
    offered_message(asked).answered(message_seconds=seconds)
    assert asked.words.startswith("お声が入っていませんでした。発信音のあとに、")
    asked.spoken()
    asked.answered(message_seconds=seconds)
    assert asked.words == (
        "ご伝言はお預かりしていません。ただいまは業務時間外です。お手数ですが、改めてお電話ください。"
        "お電話ありがとうございました。失礼いたします。"
    )


def test_a_broken_recorder_leads_to_the_duty_desk_and_then_to_an_honest_goodbye(asked: World) -> None:
    """Nothing is promised that is not kept."""
    offered_message(asked).fails("recorder")
    asked.answered(facts=OPEN)
    assert asked.words.startswith("申し訳ございません。ただいま、ご伝言をお預かりできません。守衛室におつなぎします。")
    asked.spoken()
    asked.answered(outcome="busy")
    asked.silence()
    asked.spoken()
    asked.fails("recorder")
    assert "ただいま、ご伝言をお預かりできません" in asked.words
    assert "改めてお電話ください" in asked.words
    assert asked.state.phase == "closing"


@pytest.mark.parametrize("facts", [None, {}])
def test_when_the_hours_are_unknown_the_duty_desk_is_dialled(asked: World, facts: dict[str, bool] | None) -> None:
    """A broken look-up or an empty answer must not keep a caller from a person."""
    asked.hears("市民課")
    if facts is None:
        asked.fails("lookup")
    else:
        asked.answered(facts=facts)
    asked.spoken()
    assert dialled(asked) == "守衛室"
    asked.answered(outcome="busy")
    assert "ご伝言は、1番" in asked.words


def test_a_transfer_that_could_not_be_made_is_like_one_that_failed(asked: World) -> None:
    """The store or the carrier refused."""
    connected(asked, "市民課").fails("transfer")
    asked.answered(facts=OPEN)
    assert "うまくおつなぎできませんでした。環境課に" in asked.words


def test_without_our_voice_the_carrier_speaks_and_connects(asked: World) -> None:
    """A person, then the duty desk, then a spoken goodbye; never silence."""
    asked.presses("5")
    (order,) = asked.fails("voice")
    assert isinstance(order, LookUp)
    asked.answered(facts=CLOSED)
    transfer = asked.asked
    assert isinstance(transfer, Transfer)
    assert transfer.department == "守衛室"
    assert transfer.say == "ただいまは業務時間外です。守衛室におつなぎします。このまま、少しお待ちください。"
    asked.answered(outcome="no_answer")
    assert asked.hung_up is not None
    assert asked.hung_up.reason == "error"
    assert "自動音声がご利用いただけません" in asked.hung_up.say
    assert not asked.play


def test_a_goodbye_that_could_not_be_said_is_said_by_the_carrier(asked: World) -> None:
    """The caller is not left wondering."""
    asked.hears("終わります")
    asked.fails("voice")
    assert asked.hung_up == HangUp("bot", asked.words)


def test_a_warning_of_danger_that_could_not_be_said_is_said_by_the_carrier(asked: World) -> None:
    """What matters most must be heard."""
    asked.hears("火事です")
    asked.fails("voice")
    asked.answered(facts=OPEN)
    assert isinstance(asked.asked, Transfer)
    assert asked.asked.say.startswith(asked.dialog.phrases["emergency"]["ja"])


def test_who_has_climbed_past_the_person_is_invited_at_once(asked: World) -> None:
    """No further question that would not be answered."""
    for _ in range(3):
        asked.silence()
    asked.answered(facts=CLOSED)
    asked.hears("むにゃ")
    asked.answered()
    asked.answered(facts=CLOSED)
    assert asked.state.phase == "inviting"
    assert asked.attended
