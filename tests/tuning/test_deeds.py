"""From the record of a conversation to what its caller did."""

from voicebot.actions import DropMessage, Expect, FinishRecording, Grammar, Play, Prompt, StopPlaying, Transfer, Wait
from voicebot.dialog.phrases import REVIEW
from voicebot.events import (
    Alternative,
    DigitPressed,
    Heard,
    MessageRecorded,
    PromptFinished,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)
from voicebot.tuning.deeds import Deed, done

ASKED = Expect(1, Grammar("ja", "open"))


def said(turn: int, *texts: str) -> Heard:
    """Guesses, best first."""
    return Heard(turn, tuple(Alternative(text, "", 0.5) for text in texts))


def test_words_noise_and_silence() -> None:
    """Guesses are kept once each; sound without words is noise."""
    found = done(
        (ASKED, SpeechStarted(1), said(1, "ごみ", "ゴミ", "ごみ", ""), ASKED, said(1), TimedOut(1, "no_input"))
    )
    assert found.deeds == [Deed("市民", ("ごみ", "ゴミ")), Deed("雑音"), Deed("無言")]


def test_what_belongs_to_an_older_turn_was_not_done() -> None:
    """The machine has passed it over too; the call's own clock is no silence."""
    found = done((ASKED, Expect(2, ASKED.grammar), said(1, "ごみ"), TimedOut(1, "no_input"), TimedOut(2, "call")))
    assert found.deeds == []


def test_keys_of_one_number_belong_together() -> None:
    """Until something is said in between."""
    keys = (DigitPressed("0"), StopPlaying(1), Wait(1, 3.0, "digits"), DigitPressed("9"))
    found = done((ASKED, *keys, Play(2, (Prompt("はい"),)), DigitPressed("1"), PromptFinished(2)))
    assert found.deeds == [Deed("キー", ("09",)), Deed("キー", ("1",))]


def test_a_message_is_left_as_it_is() -> None:
    """What the caller did while it was reviewed is no part of a talk; a message made anew replaces the first."""
    review = Play(3, (Prompt("確認"),), REVIEW)
    records = (MessageRecorded(2, "a.wav", 3.0), review, DigitPressed("3"), DropMessage("a.wav"),
               MessageRecorded(4, "b.wav", 2.0), review, DigitPressed("1"), Play(5, (Prompt("承りました"),), "end"),
               DigitPressed("9"))  # fmt: skip
    assert done(records).deeds == [Deed("伝言"), Deed("キー", ("9",))]
    assert done((MessageRecorded(2, "", 0.0),)).deeds == [Deed("無言")]


def test_a_message_ended_by_a_key_is_the_key() -> None:
    """The talk's key ends it too."""
    found = done((DigitPressed("#"), FinishRecording(2), MessageRecorded(2, "a.wav", 3.0), Play(3, (), REVIEW),
                  DigitPressed("1")))  # fmt: skip
    assert found.deeds == [Deed("キー", ("#",)), Deed("キー", ("1",))]


def test_answers_departments_and_ends_of_transfers_are_noted() -> None:
    """They are what a talk told again is compared by."""
    found = done((Play(1, (), "q", answers="粗大ごみ"), Transfer(2, "環境課"), TransferEnded(2, "busy")))
    assert (found.answers, found.dialled, found.transfers) == (["粗大ごみ"], ["環境課"], ["busy"])
