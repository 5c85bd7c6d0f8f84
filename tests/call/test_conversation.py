"""Whole conversations on a stage: the loop, what it owes to the caller when parts break, and how it ends."""

import asyncio
from collections.abc import Callable

import pytest
from stage import OFFICE, Stage, kinds, started
from still_time import NEVER, now, run

from voicebot.actions import DiscardCallRecording, Expect, HangUp, LookUp, Play, StopPlaying, Transfer
from voicebot.call.errands import ASK_SECONDS
from voicebot.call.giving_back import DECIDE_SECONDS
from voicebot.call.incoming import DEAD_LINE_SECONDS
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.dialog.tree import Dialog
from voicebot.errors import RecogniserError, TranscriptError, VoicebotError, VoiceError
from voicebot.events import (
    CallEnded,
    CallResumed,
    DigitPressed,
    FaqAnswered,
    FaqHit,
    Heard,
    MessageRecorded,
    PartFailed,
    PromptFinished,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)
from voicebot.transcripts.decision import Decision

Script = Callable[[Stage], None]
HIT = FaqHit("住民票", "住民票の写しの取り方", "市民課の窓口です。" * 5, "総合案内", 0.95)
FAULT = VoicebotError("city.broken", "Mend the data.")


def play(stage: Stage, script: Script = lambda stage: None, state: State | None = None, first: object = None) -> State:
    """The conversation, with what happens on the line; 案内 is heard until 0.6 s, 受付 until 1.1 s."""

    async def call() -> State:
        script(stage)
        return await stage.converse(state, first)  # type: ignore[arg-type]

    return run(call())


def replayed(stage: Stage) -> State:
    """The record stepped through the machine again, from the beginning."""
    state, expected = State(), []
    for _, record in stage.transcript.items:
        if type(record).__module__.endswith("events"):
            assert expected == [], "an order of the machine is missing in the record"
            state, actions = step(stage.dialog, state, record)  # type: ignore[arg-type]
            expected = list(actions)
        else:
            assert record == expected.pop(0)
    return state


def nothing_after_close(stage: Stage) -> bool:
    """Whether the line was left alone once it was given back, and given back exactly once."""
    order = [kind for _, kind, _ in stage.line.said]
    return order.count("close") == 1 and order[-1] == "close"


# --- a call as it should be -------------------------------------------------------------------------------------------


def test_a_question_is_answered_and_the_call_ends(dialog: Dialog) -> None:
    """Spoken question, answer, silence, goodbye; the record alone leads to the same end."""
    stage = Stage(dialog, "住民票はどこで取れますか")
    stage.city.hits = (HIT,)
    state = play(stage, lambda stage: setattr(stage.line, "speech", [(2.0, 3.0)]))
    assert stage.texts() == ["録音します。", "ご用件は。", HIT.answer + "ほかには。", "失礼します。"]
    assert stage.decisions == [Decision("hang_up")]
    assert (state.phase, state) == ("ended", stage.transcript.state)
    assert replayed(stage) == state
    assert nothing_after_close(stage)
    assert stage.conversation is not None
    assert stage.conversation.ended is None


def test_seven_seconds_of_silence_take_no_time_and_climb_the_ladder(dialog: Dialog) -> None:
    """Nobody speaks: reworded, slower with keys, then a person."""
    stage = Stage(dialog)
    play(stage)
    assert [event.clock for event in stage.transcript.of(TimedOut)] == ["no_input"] * 3
    assert stage.decisions == [Decision("transfer", "総合案内", turn=stage.transcript.of(Transfer)[0].turn)]
    assert len(stage.texts()) == 5


def test_keys_alone_lead_to_a_department(dialog: Dialog) -> None:
    """The first key interrupts the prompt at once."""
    stage = Stage(dialog)
    play(stage, lambda stage: stage.line.keys(0.7, "2"))
    assert stage.decisions[0].department == "水道課"
    assert [at for at, _ in stage.line.of("clear")] == [0.7]
    assert stage.texts()[-1] == "水道課です。"


def test_a_transfer_waits_until_its_announcement_has_been_heard(dialog: Dialog) -> None:
    """The line is given back when the carrier has played the last word."""
    stage = Stage(dialog)
    play(stage, lambda stage: stage.line.keys(2.0, "2"))
    (closed, _) = stage.line.of("close")[0]
    (first, _) = next(entry for entry in stage.line.of("send") if entry[0] >= 2.0)
    assert closed == pytest.approx(first + 0.6)
    assert nothing_after_close(stage)


# --- barge-in ---------------------------------------------------------------------------------------------------------


def test_speech_over_an_answer_silences_the_bot_within_one_window(dialog: Dialog) -> None:
    """The answer's rest is dropped at the carrier in the same instant in which speech is believed."""
    stage = Stage(dialog, "住民票", "もう結構です")
    stage.city.hits = (HIT,)
    play(stage, lambda stage: setattr(stage.line, "speech", [(2.0, 3.0), (5.0, 6.5)]))
    begun = stage.transcript.at(SpeechStarted)[1]
    assert 5.3 <= begun <= 5.3 + 2 * 0.032 + 0.02
    assert stage.transcript.at(StopPlaying) == [begun]
    assert [at for at, _ in stage.line.of("clear")] == [begun]
    cleared = [kind for _, kind, _ in stage.line.said].index("clear")
    assert stage.line.said[cleared + 1][0] >= stage.transcript.at(Heard)[1]
    assert stage.recorder.count("cleared") == 1


def test_a_notice_is_not_interrupted_by_speech(dialog: Dialog) -> None:
    """That the call is recorded must be heard to the end."""
    stage = Stage(dialog)
    play(stage, lambda stage: (setattr(stage.line, "speech", [(0.0, 0.6)]), stage.line.drop(3.0, clean=True))[0])
    assert stage.transcript.at(PromptFinished)[0] == 0.6
    assert stage.transcript.of(SpeechStarted) == []


def test_a_prompt_that_must_be_heard_ignores_speech_also_while_it_is_being_made(dialog: Dialog) -> None:
    """The words on 119 are never talked over, however slowly they are rendered."""
    stage = Stage(dialog, "火事です", "火事です")
    stage.slow["render"] = 0.5
    play(stage, lambda stage: (setattr(stage.line, "speech", [(3.0, 7.0)]), stage.line.drop(12.0, clean=True))[0])
    emergency = next(order for order in stage.transcript.of(Expect) if not order.bargein)
    ended = next(event for event in stage.transcript.of(PromptFinished) if event.turn == emergency.turn)
    assert ended.turn == emergency.turn
    assert stage.transcript.of(StopPlaying) == []


def test_words_of_an_older_turn_are_written_down_and_not_acted_upon(dialog: Dialog) -> None:
    """The caller spoke and pressed a key: the key decides, the words are in the record."""
    stage = Stage(dialog, "伝言をお願いします")
    stage.slow["finish"] = 0.5
    play(stage, lambda stage: (setattr(stage.line, "speech", [(2.0, 3.0)]), stage.line.keys(2.5, "2"))[0])
    (heard,) = stage.transcript.of(Heard)
    assert heard.alternatives[0].text == "伝言をお願いします"
    assert stage.decisions[0].department == "水道課"
    assert kinds(stage.transcript.items).index("Heard") > kinds(stage.transcript.items).index("DigitPressed")


# --- parts that break -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fails", "slow", "code"),
    [
        ({"open": RecogniserError("recogniser.model_missing", "Install it.")}, {}, "recogniser.model_missing"),
        ({"feed": RecogniserError("recogniser.failed", "Restart.")}, {}, "recogniser.failed"),
        ({"finish": RecogniserError("recogniser.failed", "Restart.")}, {}, "recogniser.failed"),
        ({}, {"open": NEVER}, "recogniser.timeout"),
        ({}, {"finish": NEVER}, "recogniser.timeout"),
    ],
)
def test_without_a_recogniser_the_call_goes_on_with_keys(
    dialog: Dialog, fails: dict[str, Exception], slow: dict[str, float], code: str
) -> None:
    """Whatever is wrong with it, it is noted once and keys lead on."""
    stage = Stage(dialog, "もしもし", fails=fails)
    stage.slow |= slow
    play(stage, lambda stage: (setattr(stage.line, "speech", [(2.0, 3.0)]), stage.line.keys(17.0, "2"))[0])
    assert stage.transcript.of(PartFailed) == [PartFailed("recogniser", code)]
    assert stage.decisions[0].department == "水道課"
    assert any("番号で。" in text for text in stage.texts())


@pytest.mark.parametrize("slow", [{}, {"render": NEVER}])
def test_without_a_voice_the_carrier_speaks_and_connects(dialog: Dialog, slow: dict[str, float]) -> None:
    """The caller hears the carrier's own voice instead of nothing."""
    stage = Stage(dialog)
    stage.voice.broken = "" if slow else "*"
    stage.slow |= slow
    play(stage)
    (failed,) = stage.transcript.of(PartFailed)
    assert (failed.part, failed.turn) == ("voice", 1)
    (decision,) = stage.decisions
    assert (decision.kind, decision.department, decision.say) == ("transfer", "総合案内", "総合案内です。")
    assert nothing_after_close(stage)


@pytest.mark.parametrize(("error", "slow"), [(FAULT, {}), (None, {"asked": NEVER})])
def test_a_search_that_fails_or_hangs_leads_to_a_person(
    dialog: Dialog, error: Exception | None, slow: dict[str, float]
) -> None:
    """The caller hears that nothing can be looked up, and is connected."""
    stage = Stage(dialog, "住民票")
    stage.slow |= slow

    def script(stage: Stage) -> None:
        stage.line.speech = [(2.0, 3.0)]
        search = stage.city.search
        stage.city.search = lambda *given: (_ for _ in ()).throw(error) if error else search(*given)  # type: ignore[method-assign]

    play(stage, script)
    (failed,) = stage.transcript.of(PartFailed)
    assert (failed.part, failed.code) == ("faq", "faq.timeout" if slow else "city.broken")
    waited = stage.transcript.at(PartFailed)[0] - stage.transcript.at(Heard)[0]
    assert waited == pytest.approx(ASK_SECONDS if slow else 0.0)
    assert stage.decisions[0].kind == "transfer"
    assert any("調べられません。" in text for text in stage.texts())


@pytest.mark.parametrize(("error", "slow"), [(FAULT, {}), (None, {"look_up": NEVER})])
def test_a_desk_that_fails_or_hangs_leads_to_the_duty_desk(
    dialog: Dialog, error: Exception | None, slow: dict[str, float]
) -> None:
    """Whether anybody else is there cannot be known; the duty desk is always there."""
    stage = Stage(dialog)
    stage.city.error = error
    stage.slow |= slow
    play(stage, lambda stage: stage.line.keys(2.0, "2"))
    (failed,) = stage.transcript.of(PartFailed)
    assert (failed.part, failed.code) == ("lookup", "lookup.timeout" if slow else "city.broken")
    assert [decision.department for decision in stage.decisions] == ["守衛室"]


# --- errors nobody foresaw --------------------------------------------------------------------------------------------


def breaks(stage: Stage, where: str) -> None:
    """Something raises an error that is none of ours."""
    match where:
        case "recogniser":
            stage.recogniser.fails["finish"] = ZeroDivisionError()
        case "voice":
            stage.voice.broken, stage.voice.error = "ご用件", ZeroDivisionError()
        case "search" | "look_up":
            stage.city.error = ZeroDivisionError()
        case "line":
            stage.line.mark = None  # type: ignore[assignment, method-assign]


@pytest.mark.parametrize("where", ["recogniser", "voice", "search", "look_up", "line"])
def test_an_unforeseen_error_sends_the_caller_to_the_duty_desk_before_it_is_raised(dialog: Dialog, where: str) -> None:
    """Whichever task it was, the decision is stored and the line given back."""
    stage = Stage(dialog, "住民票")
    breaks(stage, where)
    keys = "2" if where == "look_up" else ""
    with pytest.raises(ExceptionGroup):
        play(stage, lambda stage: (setattr(stage.line, "speech", [(2.0, 3.0)]), stage.line.keys(4.0, keys))[0])
    assert stage.decisions == [Decision("transfer", "守衛室", turn=stage.transcript.of(Transfer)[-1].turn)]
    assert (stage.transcript.state.phase, stage.transcript.state.goal) == ("transferring", "守衛室")
    assert nothing_after_close(stage)
    assert stage.recorder.count("close") == 1


def test_when_the_person_does_not_answer_either_the_conversation_goes_on(dialog: Dialog) -> None:
    """The state that is stored after an unforeseen error takes up a failed transfer like any other."""
    stage = Stage(dialog)
    breaks(stage, "voice")
    with pytest.raises(ExceptionGroup):
        play(stage)
    state = stage.transcript.state
    again = Stage(dialog)
    play(again, lambda stage: stage.line.drop(9.0, clean=True), state, TransferEnded(state.turn, "busy", "busy"))
    assert again.texts()[0].startswith("話し中です。")


@pytest.mark.parametrize("error", [TranscriptError("transcript.locked", "Wait."), ZeroDivisionError()])
def test_a_decision_that_cannot_be_stored_still_gives_the_line_back(dialog: Dialog, error: Exception) -> None:
    """The carrier's own document leads to a person."""
    stage = Stage(dialog)
    stage.decide_error = error
    with pytest.raises(ExceptionGroup):
        play(stage, lambda stage: stage.line.keys(2.0, "2"))
    assert nothing_after_close(stage)
    assert stage.decisions == []


def test_a_store_that_hangs_does_not_keep_the_caller(dialog: Dialog) -> None:
    """The line is given back after a while."""
    stage = Stage(dialog)
    stage.slow["decide"] = NEVER
    with pytest.raises(ExceptionGroup):
        play(stage, lambda stage: stage.line.keys(2.0, "2"))
    assert stage.line.of("close")[0][0] == pytest.approx(2.6 + DECIDE_SECONDS)


def test_an_error_after_the_decision_does_not_change_it(dialog: Dialog) -> None:
    """Who has said goodbye is not connected with the duty desk because something broke while tidying up."""
    stage = Stage(dialog)

    class Grumpy(type(stage.line)):  # type: ignore[misc]
        async def close(self) -> None:
            await super().close()
            raise ZeroDivisionError

    stage.line = Grumpy()
    with pytest.raises(ExceptionGroup):
        play(stage, lambda stage: stage.line.keys(2.0, "6"))
    assert stage.decisions == [Decision("hang_up")]


def test_a_search_that_still_hangs_does_not_hold_up_the_end(dialog: Dialog) -> None:
    """The caller pressed 0 meanwhile; the line is given back as soon as the announcement is over."""
    stage = Stage(dialog, "住民票")
    stage.slow["asked"] = NEVER
    play(stage, lambda stage: (setattr(stage.line, "speech", [(2.0, 3.0)]), stage.line.keys(5.0, "0"))[0])
    assert stage.line.of("close")[0][0] < 7.0
    assert stage.transcript.of(FaqAnswered, PartFailed) == []


# --- messages ---------------------------------------------------------------------------------------------------------


def leave(stage: Stage, speech: tuple[float, float]) -> None:
    """Key 3, and the message from 4.0 s on (the announcement and the tone last 1.0 s)."""
    stage.line.keys(2.0, "3")
    stage.line.speech = [speech]


def test_a_message_is_taken_until_silence(dialog: Dialog) -> None:
    """And the caller hears that it was kept."""
    stage = Stage(dialog)
    play(stage, lambda stage: leave(stage, (4.0, 7.0)))
    (event,) = stage.transcript.of(MessageRecorded)
    assert event.recording == "message-1.wav"
    assert event.seconds == pytest.approx(3.0, abs=0.1)
    assert stage.transcript.at(MessageRecorded)[0] == pytest.approx(9.0, abs=0.1)
    assert stage.texts()[-1] == "環境課に伝えます。失礼します。"
    assert stage.transcript.of(SpeechStarted) == []


def test_a_key_completes_a_message(dialog: Dialog) -> None:
    """Any key will do."""
    stage = Stage(dialog)
    play(stage, lambda stage: (leave(stage, (4.0, 9.0)), stage.line.keys(6.0, "7"))[0])
    assert stage.transcript.at(MessageRecorded) == [6.0]
    assert stage.messages[0].closed == 1


def test_the_limit_completes_a_message(dialog: Dialog) -> None:
    """Twenty seconds in this city."""
    stage = Stage(dialog)
    play(stage, lambda stage: leave(stage, (3.0, 60.0)))
    (begun,) = [at for at, record in stage.transcript.items if type(record).__name__ == "Record"]
    assert stage.transcript.at(MessageRecorded)[0] == pytest.approx(begun + 20, abs=0.1)


def test_an_empty_message_is_asked_for_once_more(dialog: Dialog) -> None:
    """Two empty ones, and the caller is told when to call again."""
    stage = Stage(dialog)
    play(stage, lambda stage: stage.line.keys(2.0, "3"))
    assert [event.recording for event in stage.transcript.of(MessageRecorded)] == ["", ""]
    assert len(stage.messages) == 2
    assert "ありません。" in stage.texts()[-1]


def test_a_full_disk_is_told_and_the_duty_desk_tried(dialog: Dialog) -> None:
    """The caller does not believe that the message was kept."""
    stage = Stage(dialog)
    stage.message_error = TranscriptError("recorder.disk_full", "Free space.")
    play(stage, lambda stage: leave(stage, (4.0, 7.0)))
    assert [each.code for each in stage.transcript.of(PartFailed)] == ["recorder.disk_full"]
    assert any("残せません。" in text for text in stage.texts())
    assert stage.decisions[0].department == "守衛室"


@pytest.mark.parametrize("clean", [True, False])
def test_hanging_up_in_the_middle_of_a_message_keeps_it(dialog: Dialog, clean: bool) -> None:
    """What was said is in the record before the end of the call, though the disk is slow."""
    stage = Stage(dialog)
    stage.slow["close"] = 1.0
    play(stage, lambda stage: (leave(stage, (4.0, 9.0)), stage.line.drop(6.0, clean=clean))[0])
    names = kinds(stage.transcript.items)
    (event,) = stage.transcript.of(MessageRecorded)
    assert event.recording == "message-1.wav"
    assert names.index("MessageRecorded") < names.index("CallEnded")
    assert stage.transcript.of(CallEnded) == [CallEnded("caller" if clean else "line")]


def test_hanging_up_while_a_finished_message_is_being_kept_loses_nothing(dialog: Dialog) -> None:
    """The key was pressed, the disk is slow, and the caller hangs up: the record still has it."""
    stage = Stage(dialog)
    stage.slow["close"] = 2.0
    play(
        stage, lambda stage: (leave(stage, (4.0, 6.0)), stage.line.keys(6.0, "1"), stage.line.drop(6.5, clean=True))[0]
    )
    names = kinds(stage.transcript.items)
    assert names.index("MessageRecorded") < names.index("CallEnded")


# --- the line ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("clean", [True, False])
def test_the_last_words_are_in_the_record_before_the_end(dialog: Dialog, clean: bool) -> None:
    """The line drops in the middle of a word; what was said so far is recognised, slowly, and written down first."""
    stage = Stage(dialog, "もしも")
    stage.slow["finish"] = 2.0
    state = play(
        stage, lambda stage: (setattr(stage.line, "speech", [(2.0, 9.0)]), stage.line.drop(3.0, clean=clean))[0]
    )
    names = kinds(stage.transcript.items)
    assert stage.transcript.of(Heard)[0].alternatives[0].text == "もしも"
    assert names.index("Heard") < names.index("CallEnded")
    assert stage.conversation is not None
    assert stage.conversation.ended == ("caller" if clean else "line")
    assert (state.phase == "ended") is clean
    assert stage.decisions == []
    assert not [at for at, kind, _ in stage.line.said if at > 3.0]


def test_last_words_that_take_too_long_are_not_waited_for(dialog: Dialog) -> None:
    """The place of the call is needed; five seconds are enough."""
    stage = Stage(dialog, "もしも")
    stage.slow["finish"] = NEVER
    play(stage, lambda stage: (setattr(stage.line, "speech", [(2.0, 9.0)]), stage.line.drop(3.0, clean=True))[0])
    assert stage.transcript.at(CallEnded) == [8.0]
    assert stage.transcript.of(Heard) == []


def test_orders_that_follow_from_the_last_words_are_not_carried_out(dialog: Dialog) -> None:
    """Nobody is there to be answered: nothing is searched, rendered or sent."""
    stage = Stage(dialog, "住民票")
    play(stage, lambda stage: (setattr(stage.line, "speech", [(2.0, 9.0)]), stage.line.drop(3.0, clean=False))[0])
    assert stage.city.asked == []


def test_last_words_that_refuse_the_recording_are_obeyed(dialog: Dialog) -> None:
    """What is owed to the caller is owed after the call as well."""
    stage = Stage(dialog, "録音しないで")
    play(stage, lambda stage: (setattr(stage.line, "speech", [(2.0, 9.0)]), stage.line.drop(3.0, clean=True))[0])
    assert len(stage.transcript.of(DiscardCallRecording)) == 1
    assert stage.recorder.count("discard") == 1


def test_a_wire_on_which_nothing_comes_any_more_is_dead(dialog: Dialog) -> None:
    """The carrier sends silence too; when even that stops, the stream is given up so that it can be opened anew."""
    stage = Stage(dialog)
    state = play(stage, lambda stage: stage.line.silent_wire(0.5))
    assert stage.transcript.of(CallEnded) == [CallEnded("line")]
    assert stage.line.of("close")[0][0] <= 1.1 + DEAD_LINE_SECONDS
    assert state.phase != "ended"


def test_who_serves_the_call_may_know_first_that_the_line_is_gone(dialog: Dialog) -> None:
    """The carrier's webhook overtakes the wire; told twice it ends once."""
    stage = Stage(dialog)

    def script(stage: Stage) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(2.0, lambda: stage.conversation and stage.conversation.line_gone(clean=True))
        stage.line.drop(2.1, clean=False)

    play(stage, script)
    assert stage.transcript.items[-1] == (2.0, CallEnded("caller"))


def test_a_call_that_resumes_takes_up_its_question(dialog: Dialog) -> None:
    """The line broke while it was asked; the new stream says so and asks again."""
    stage = Stage(dialog)
    state = play(stage, lambda stage: stage.line.drop(2.0, clean=False))
    again = Stage(dialog)
    play(again, lambda stage: stage.line.drop(2.0, clean=True), state, CallResumed(OFFICE))
    assert again.texts() == ["お待たせいたしました。ご用件は。"]
    assert again.transcript.of(Expect)[0].turn == state.turn + 1


def test_a_call_is_brought_to_its_end_by_its_clock(dialog: Dialog) -> None:
    """Who goes on and on is led to a person, at the latest when the service allows no more."""
    stage = Stage(dialog)
    stage.most_seconds = 60.0

    def script(stage: Stage) -> None:
        for second in range(3, 100, 3):
            stage.line.keys(second, "*")

    play(stage, script)
    assert stage.transcript.at(TimedOut)[0] == 60.0
    assert any("長いので。" in text for text in stage.texts())
    assert stage.decisions[0].kind == "transfer"


# --- throughout -------------------------------------------------------------------------------------------------------


def test_the_recording_hears_both_sides_and_is_closed_once(dialog: Dialog) -> None:
    """Every frame of the caller and every piece of the bot, in the order in which they came."""
    stage = Stage(dialog)
    play(stage, lambda stage: stage.line.keys(3.0, "6"))
    said = sum(size for what, size in stage.recorder.done if what == "said")
    heard = sum(size for what, size in stage.recorder.done if what == "heard")
    assert said == len(stage.line.sound())
    assert heard == pytest.approx(now_of_end(stage) * 8000, abs=320)
    assert stage.recorder.done[-1] == ("close", 0)


def now_of_end(stage: Stage) -> float:
    """When the line was given back."""
    at: float = stage.line.of("close")[0][0]
    return at


def test_a_refused_recording_is_deleted_at_once(dialog: Dialog) -> None:
    """Key 9, in the middle of the notice."""
    stage = Stage(dialog)
    play(stage, lambda stage: (stage.line.keys(0.3, "9"), stage.line.drop(3.0, clean=True))[0])
    assert stage.recorder.count("discard") == 1


@pytest.mark.parametrize("key", ["0", "2", "3", "4", "5", "6", "*", "#"])
def test_the_state_is_stored_after_every_event(dialog: Dialog, key: str) -> None:
    """Whatever happens next, the service may be restarted and goes on from there."""
    stage = Stage(dialog)
    play(stage, lambda stage: (stage.line.keys(2.0, key), stage.line.drop(4.0, clean=True))[0])
    events = [record for _, record in stage.transcript.items if type(record).__module__.endswith("events")]
    assert len(stage.transcript.states) >= len(events)
    assert replayed(stage) == stage.transcript.state


def test_a_flood_of_keys_does_no_harm(dialog: Dialog) -> None:
    """A thousand keys in one instant: the caller still reaches an end."""
    stage = Stage(dialog)
    play(stage, lambda stage: stage.line.keys(2.0, "#1*5" * 250))
    assert stage.decisions
    assert len(stage.transcript.of(DigitPressed)) >= 2
    assert nothing_after_close(stage)


def test_the_announcement_of_a_call_that_rings_off_at_once_is_not_sent_on(dialog: Dialog) -> None:
    """The caller hangs up in the first instant."""
    stage = Stage(dialog)
    play(stage, lambda stage: stage.line.drop(0.0, clean=True))
    assert stage.transcript.of(CallEnded) == [CallEnded("caller")]
    assert stage.transcript.of(Play, HangUp, LookUp)


def test_an_error_that_ends_the_call_is_told_to_who_serves_it(dialog: Dialog) -> None:
    """The error is raised with its kind, for the log."""
    stage = Stage(dialog)
    stage.voice.broken, stage.voice.error = "*", ZeroDivisionError()
    with pytest.raises(ExceptionGroup) as caught:
        play(stage)
    assert caught.group_contains(ZeroDivisionError)
    assert not caught.group_contains(VoiceError)


def test_the_first_event_is_on_the_record_before_anything_else(dialog: Dialog) -> None:
    """Second nought: the call has started."""
    stage = Stage(dialog)
    play(stage, lambda stage: stage.line.drop(1.0, clean=True))
    assert stage.transcript.items[0] == (0.0, started())
    assert now_is_ordered(stage)


def now_is_ordered(stage: Stage) -> bool:
    """Whether the seconds of the record never go back."""
    times = [seconds for seconds, _ in stage.transcript.items]
    return times == sorted(times)


def test_the_clock_of_the_stage_stands_still_outside() -> None:
    """The tests' own clock: a sleep of an hour is over at once."""

    async def sleep() -> float:
        await asyncio.sleep(3600)
        return now()

    assert run(sleep()) == 3600.0
