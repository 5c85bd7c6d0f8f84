"""Calls with forms and errands are decided by their record alone."""

import pytest
from form_line import CALLER, HIT, Call, form_line

from voicebot.actions import RequestCallback, SendSms
from voicebot.dialog.machine import step
from voicebot.dialog.state import State, dump, restore
from voicebot.events import CallEnded, CallStarted, Event
from voicebot.transcripts.codec import decode, encode
from voicebot.tuning.replay import replay

CALLS = {
    "a form, corrected": (
        "1", "本町の一丁目です", "いえ、二丁目です", "木曜日", "ソファー", "いえ、金曜日です", "品物はベッドです",
        "はい",
    ),
    "a form by keys": ("6", "3#", "1430", "田中です", "1", "9260811", "2", "1"),
    "a question on the way": ("1", "手数料はいくらですか", "本町で、あした", "ソファー", "はい"),
    "a call back": ("2", "田中です", "はい", "ごみです", "朝です", "いいえ", "1", "05000001234", "はい"),
    "a text message": ("3", "はい"),
    "a look-up": ("4", "本町です", "はい"),
    "a branch": ("5",),
    "another language in a form": ("1", "英語"),
    "half a number and a person": ("2", "戻る", "1", "本町です", "12", "職員をお願い"),
    "back and forth": ("1", "本町です", "1203", "戻る", "戻る", "前に戻って", "1", "本町です", "最初から"),
}  # fmt: skip


def held(words: tuple[str, ...]) -> Call:
    """The conversation, by words and keys."""
    call = Call(caller=CALLER, hits=(HIT,), facts={"found": True, "open": True, "say": "月曜です。"})
    for said in words:
        if set(said) <= set("0123456789#*"):
            call.press(said)
        else:
            call.say(said)
    return call


@pytest.mark.parametrize("words", CALLS.values(), ids=CALLS)
def test_a_stored_call_replays_without_a_difference(words: tuple[str, ...]) -> None:
    """Through the store's own form and back."""
    call = held(words)
    record = [(seq, decode(encode(item))) for seq, item in enumerate(call.world.record, start=1)]
    assert replay(form_line(), record) is None
    assert any(isinstance(item, CallStarted) for _, item in record)


@pytest.mark.parametrize("words", CALLS.values(), ids=CALLS)
def test_a_call_goes_on_from_its_stored_state_as_if_nothing_had_been(words: tuple[str, ...]) -> None:
    """After every single step the state is stored and taken up again."""
    call = held(words)
    state = State()
    for item in call.world.record:
        if isinstance(item, Event):
            state, _ = step(form_line(), restore(dump(state)), item)
    assert state == call.world.state


def test_these_calls_come_to_every_errand() -> None:
    """Else they would prove little."""
    done = {type(item) for words in CALLS.values() for item in held(words).world.record}
    assert {RequestCallback, SendSms} <= done


def test_a_change_of_content_shows() -> None:
    """The same record on another line is another call."""
    call = held(CALLS["a form, corrected"])
    call.world.happens(CallEnded("caller"))
    difference = replay(form_line(disaster=True), list(enumerate(call.world.record)))
    assert difference is not None
    assert difference.seq == 0
