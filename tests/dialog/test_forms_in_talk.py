"""What callers really do in a form: call things by other names, ask for a department, ask a question, speak English."""

import pytest
from form_line import CALLER, HIT, Call

from voicebot.actions import HangUp, RequestCallback
from voicebot.events import Alternative, Heard, SpeechStarted


@pytest.fixture
def read_back() -> Call:
    """The form of the line is filled and being read back: 本町1丁目, Thursday 2026-11-26, ソファー."""
    call = Call("1")
    for words in ("本町の一丁目です", "木曜日です", "ソファーです"):
        call.say(words)
    return call


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("日にちが違います", "いつがよろしいですか。"),
        ("日にちを直したいです", "いつがよろしいですか。"),
        ("日付が間違っています", "いつがよろしいですか。"),
        ("住所が違う", "お住まいの町名をどうぞ。"),
        ("品物", "何をお出しになりますか。"),
        ("何か違います", "どれを直しますか。町名は、1番。日にちは、2番。品物は、3番。"),
    ],
)
def test_what_is_wrong_may_be_called_by_any_of_its_names(read_back: Call, words: str, asks: str) -> None:
    """By its label, by what values of its kind are called, or not at all."""
    assert read_back.say(words) == asks


@pytest.mark.parametrize(("text", "reading"), [("死な者", "シナモノ"), ("調名", "チョウメイ"), ("日日", "ヒニチ")])
def test_labels_are_known_by_their_sound(read_back: Call, text: str, reading: str) -> None:
    """A recogniser writes them as it likes."""
    read_back.say("いいえ")
    turn = read_back.world.state.turn
    read_back.happens(SpeechStarted(turn))
    read_back.happens(Heard(turn, (Alternative(text, reading, 0.9),)))
    asked = read_back.world.state.question
    assert asked is not None
    assert asked.slot == {"シナモノ": "品物", "チョウメイ": "町名", "ヒニチ": "日にち"}[reading]


@pytest.mark.parametrize("words", ["時間", "都合のよい時間が違います", "お電話番号", "電話", "名前です", "用件"])
def test_a_part_of_a_label_suffices_when_no_other_has_it(words: str) -> None:
    """ご都合のよい時間 is called 時間, お名前 名前."""
    call = Call("2", caller=CALLER)
    for said in ("田中です", "はい", "住民票のことです", "夕方です"):
        call.say(said)
    call.say("いいえ")
    call.say(words)
    asked = call.world.state.question
    assert asked is not None
    assert any(asked.slot.endswith(part) for part in ("時間", "番号", "名前", "用件"))


@pytest.mark.parametrize("path", [("2",), ("6", "3#", "1500")])
def test_a_department_may_be_asked_for_where_a_name_is_wanted(path: tuple[str, ...]) -> None:
    """Nobody is called 市民課につないで."""
    call = Call(*path, caller=CALLER)
    asked = call.world.state.question
    assert asked is not None
    assert asked.slot_kind == "name"
    call.say("市民課につないでください")
    assert call.world.state.goal == "市民課"
    assert call.world.orders[-1] == HangUp("transferred")


@pytest.mark.parametrize("words", ["市民課の窓口のことで", "市民課から来た手紙のことです", "職員採用の件です"])
def test_a_department_in_a_matter_is_a_matter(words: str) -> None:
    """Only when it is nearly all that was said it is a wish."""
    call = Call("2", caller=CALLER)
    call.say("田中です")
    call.say("はい")
    call.say(words)
    assert call.value("ご用件") is not None
    assert call.phase == "asking"


def test_a_question_is_no_thing_to_be_thrown_away() -> None:
    """Where any words are taken, what asks is asked of the FAQ first; what it does not know is the value after all."""
    call = Call("1", hits=(HIT,))
    call.say("本町です")
    call.press("1203")
    assert call.say("手数料はいくらですか") == "手数料は300円です。何をお出しになりますか。"
    assert call.value("品物") is None
    call.house = {"hits": ()}
    call.say("いすはどうですか")
    assert call.value("品物") == "いすはどうですか"


def test_the_matter_of_a_call_back_may_be_a_question() -> None:
    """That is what the call back is for."""
    call = Call("2", caller=CALLER, hits=(HIT,))
    call.say("田中です")
    call.say("はい")
    call.say("手数料はいくらですか")
    assert call.value("ご用件") == "手数料はいくらですか"


def test_nothing_is_said_twice_when_everything_is_read_back() -> None:
    """The last value is heard in what is read back."""
    call = Call("4")
    assert call.say("本町三丁目").count("本町3丁目") == 1


def test_an_emergency_in_a_form_loses_nothing() -> None:
    """戻る goes on where the warning interrupted, with what was said, also in the middle."""
    call = Call("1")
    call.say("本町の二丁目です")
    call.say("あしたです")
    call.say("煙が出ています")
    assert call.say("戻る") == "何をお出しになりますか。"
    assert (call.value("町名"), call.value("日にち")) == ("本町2丁目", "2026-11-26")


def test_a_call_back_in_english_is_read_back_in_english() -> None:
    """Without a Japanese 様 behind the name."""
    call = Call("7", caller=CALLER, facts={"open": False, "say": "We are closed."})
    call.press("0")
    call.press("2")
    words = call.say("John Smith")
    assert words.startswith("John Smith, is that right?")
    assert "様" not in words
    call.say("yes")
    call.say("my garbage")
    assert "Name: John Smith." in call.say("tomorrow morning")
    call.say("yes")
    (booked,) = [order for order in call.sent if isinstance(order, RequestCallback)]
    assert booked.name == "John Smith"
