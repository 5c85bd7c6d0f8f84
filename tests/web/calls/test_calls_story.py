"""A call as one line of moments."""

from datetime import UTC, datetime

from voicebot.actions import Expect, Grammar, HangUp, Play, Prompt, StopPlaying, Transfer
from voicebot.events import (
    Alternative,
    CallEnded,
    CallResumed,
    CallStarted,
    DigitPressed,
    FaqAnswered,
    FaqHit,
    Heard,
    LegUpdated,
    MessageRecorded,
    PromptFinished,
    TimedOut,
    TransferEnded,
    Whispered,
)
from voicebot.transcripts.codec import Entry, Item
from voicebot.transcripts.veil import Veil
from voicebot.web.staff.calls.story import Stretch, plain, story_of, stretches

OPEN, HIDDEN = Veil(lifted=True), Veil(lifted=False)
AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
BEGIN = CallStarted("c", "+815000001234", "", "ja", AT)


def record(*timed: tuple[float, Item]) -> tuple[Entry, ...]:
    """Entries from times and items."""
    return tuple(Entry(number, seconds, item) for number, (seconds, item) in enumerate(timed, 1))


ASKED = record(
    (0.5, BEGIN),
    (0.6, Play(1, (Prompt("ご用件をどうぞ。"),), "受付")),
    (0.6, Expect(1, Grammar("ja", "open", end_silence_seconds=0.7))),
    (3.0, StopPlaying(1)),
    (6.0, Heard(1, (Alternative("ごみの日", "ゴミノヒ", 0.8),), 2.0, 0.3)),
    (6.1, FaqAnswered(1, (FaqHit("ごみ", "ごみ", "月曜です。", "環境課", 0.9),))),
    (6.2, Play(2, (Prompt("月曜です。"),), "答え", answers="ごみ")),
    (9.0, PromptFinished(2)),
    (16.0, TimedOut(2, "no_input")),
    (16.1, Play(3, (Prompt("お声が聞こえません。"),), "答え", missed="no_input")),
    (18.0, DigitPressed("0")),
    (18.1, Transfer(4, "環境課")),
    (19.0, Whispered("+815000002001", "ごみのこと。山田様")),
    (20.0, LegUpdated("+815000002001", "no_answer")),
    (25.0, TransferEnded(4, "no_answer")),
    (26.0, CallResumed(AT)),
    (26.1, Play(5, (Prompt("伝言をどうぞ。"),), "伝言")),
    (40.0, MessageRecorded(5, "c-message-1.wav", 9.0)),
    (41.0, HangUp("bot")),
    (41.0, CallEnded("bot")),
)


def test_everything_stands_on_one_line_where_it_began() -> None:
    """Speech where the caller began it: before its end by its length, the silence behind it and the decoding."""
    story = story_of(ASKED, OPEN)
    kinds = [(moment.kind, moment.seconds) for moment in story.moments if moment.kind != "event"]
    assert kinds == [
        ("said", 0.6), ("heard", 3.0), ("found", 6.1), ("said", 6.2), ("silent", 16.0), ("said", 16.1), ("key", 18.0),
        ("said", 26.1),
    ]  # fmt: skip
    heard = next(moment for moment in story.moments if moment.kind == "heard")
    assert (heard.until, heard.text, heard.node) == (5.0, "ごみの日", "受付")
    assert heard.row is not None
    assert (heard.row.answered_entry, heard.row.score) == ("ごみ", 0.9)
    assert story.path == ((0.6, "受付"), (6.2, "答え"), (26.1, "伝言"))
    assert story.seconds == 41.0


def test_an_order_to_speak_ends_when_it_is_finished_stopped_or_replaced() -> None:
    """As far as the record knows."""
    ends = {moment.text: moment.until for moment in story_of(ASKED, OPEN).moments if moment.kind == "said"}
    assert (ends["ご用件をどうぞ。"], ends["月曜です。"], ends["お声が聞こえません。"]) == (3.0, 9.0, 18.1)


def test_only_the_last_thing_of_a_turn_can_be_corrected() -> None:
    """A silence too: the caller may have spoken and was not heard."""
    twice = record(
        (0.0, BEGIN),
        (0.1, Play(1, (Prompt("どうぞ。"),), "受付")),
        (3.0, Heard(1, (), 1.0, 0.1)),
        (6.0, Heard(1, (Alternative("ごみ", "", 0.5),), 1.0, 0.1)),
    )
    rows = [(moment.text, moment.row is not None) for moment in story_of(twice, OPEN).moments if moment.kind == "heard"]
    assert rows == [("", False), ("ごみ", True)]
    silent = next(moment for moment in story_of(ASKED, OPEN).moments if moment.kind == "silent")
    assert silent.row is not None
    assert silent.row.missed == "no_input"


def test_what_the_carrier_tells_stands_beside_with_its_tone() -> None:
    """Each telephone's own result too; a message can be played."""
    events = [moment for moment in story_of(ASKED, OPEN).moments if moment.kind == "event"]
    leg = next(moment for moment in events if moment.seconds == 20.0)
    assert (leg.text, leg.tone) == ("050-0000-2001: 応答なし", "bad")
    assert [moment.sound for moment in events if moment.sound] == ["c-message-1.wav"]


def test_nothing_personal_is_on_the_line_of_who_may_not_see_it() -> None:
    """Numbers of telephones, whispers, names."""
    story = story_of(ASKED, HIDDEN)
    shown = " ".join(moment.text for moment in story.moments)
    assert "+81" not in shown
    assert "山田" not in shown
    assert "ごみの日" in shown


def test_sound_lies_where_the_line_was_ours() -> None:
    """Not while the carrier had the caller; the last stretch has what is left of the recording."""
    assert stretches(ASKED, 32.0) == (Stretch(0.5, 0.0, 17.6), Stretch(26.0, 17.6, 14.4))
    assert [round(each.length, 3) for each in stretches(ASKED, 10.0)] == [10.0]
    assert stretches(ASKED, 0.0) == ()
    assert stretches((), 5.0) == ()
    assert stretches(ASKED[:5], 4.0) == (Stretch(0.5, 0.0, 4.0),)


def test_events_are_told_in_words_of_people() -> None:
    """Numbers as they are read; the carrier's words only where they tell more."""
    assert plain("+815000002001: 電話に出た [in-progress]") == "050-0000-2001: 電話に出た"
    assert plain("転送: つながった [completed 200]") == "転送: つながった"
    assert plain("転送: 応答なし [no-answer 480]") == "転送: 応答なし [480]"
    assert plain("通話終了 [転送]") == "通話終了 [転送]"
