"""A call's record as what the caller did and what the bot did about it."""

from datetime import datetime

from recorded import stored

from voicebot.actions import Play, Prompt, Transfer
from voicebot.content import Content
from voicebot.events import (
    CallEnded,
    CallResumed,
    CallStarted,
    DigitPressed,
    Heard,
    PromptFinished,
    TimedOut,
    TransferEnded,
)
from voicebot.ports import Answers
from voicebot.tuning.stored_calls import stored_call
from voicebot.tuning.talk import Talk

AT = datetime.fromisoformat("2026-11-25T10:00:00+09:00")
BEGIN = CallStarted("c1", "+815000000001", "", "ja", AT)


def test_a_call_is_inputs_and_moves(minato: Content, answers: Answers) -> None:
    """After an answer a new matter begins; the move after the last input is there too."""

    def acts(talk: Talk) -> None:
        talk.say("住民票はどこで取れますか")
        talk.say("乾電池はどうやって捨てますか")
        talk.silence()

    call = stored(minato, answers, acts)
    assert [(each.kind, each.matter) for each in call.inputs] == [("said", 0), ("said", 1), ("silent", 2)]
    assert len(call.moves) == len(call.inputs) + 1
    assert call.moves[1].answers == ["住民票の写しはどこで取れますか"]
    assert call.inputs[0].words == "住民票はどこで取れますか"
    assert (call.moves[-1].ended, call.reason, call.at.hour) == (True, "caller", 10)


def test_what_came_too_late_is_left_out() -> None:
    """As the machine leaves it out."""
    play = Play(2, (Prompt("ご用件は"),), "用件")
    call = stored_call(
        "c1", [(0, BEGIN), (1, play), (2, Heard(1, ())), (3, TimedOut(1, "no_input")), (4, Heard(2, ()))]
    )
    assert call is not None
    assert [each.seconds for each in call.inputs] == [4]
    assert call.inputs[0].interrupting
    assert call.inputs[0].question == "用件"


def test_a_prompt_that_was_heard_to_the_end_is_counted() -> None:
    """So that the replay finishes just as many."""
    play = Play(1, (Prompt("ご用件は"),), "用件")
    call = stored_call("c1", [(0, BEGIN), (1, play), (2, PromptFinished(1)), (3, DigitPressed("1"))])
    assert call is not None
    assert (call.moves[0].finished, call.inputs[0].interrupting, call.inputs[0].words) == (1, False, "1")


def test_how_transfers_ended_is_told_with_them() -> None:
    """Also when the line broke meanwhile, and when nobody told."""
    for ends, outcome in (
        ((TransferEnded(2, "busy"),), "busy"),
        ((CallEnded("caller"), TransferEnded(2, "no_answer")), "connected"),
        ((CallResumed(AT),), "failed"),
        ((CallEnded("caller"),), "connected"),
    ):
        items = [BEGIN, DigitPressed("0"), Transfer(2, "環境課"), DigitPressed("9"), *ends]
        call = stored_call("c1", list(enumerate(items)))  # type: ignore[arg-type]
        assert call is not None
        assert call.moves[1].dialled == [("環境課", outcome)]
        assert len(call.inputs) == 1  # what was pressed while the carrier dialled reached nobody


def test_without_a_beginning_there_is_no_call() -> None:
    """A damaged record is not guessed at."""
    assert stored_call("c1", []) is None
    assert stored_call("c1", [(0, DigitPressed("1"))]) is None
