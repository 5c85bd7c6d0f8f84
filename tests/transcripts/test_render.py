"""A call on the terminal."""

from dataclasses import replace
from datetime import datetime
from typing import get_args

import pytest

from voicebot.actions import (
    AskFaq,
    DiscardCallRecording,
    Expect,
    FinishRecording,
    Grammar,
    HangUp,
    LookUp,
    Play,
    Prompt,
    Record,
    StopPlaying,
    Transfer,
    Wait,
)
from voicebot.events import (
    Alternative,
    CallEnded,
    CallResumed,
    CallStarted,
    Clock,
    DigitPressed,
    EndReason,
    FaqAnswered,
    FaqHit,
    Heard,
    LookedUp,
    MessageRecorded,
    Outcome,
    PartFailed,
    PromptFinished,
    SpeechStarted,
    TimedOut,
    TransferEnded,
)
from voicebot.transcripts.calls import Call
from voicebot.transcripts.codec import Entry, Item
from voicebot.transcripts.labels import labels
from voicebot.transcripts.outcome import CALL_OUTCOMES
from voicebot.transcripts.render import clock, render_call, render_summary

HIT = FaqHit("waste", "ごみはいつ", "月曜です。", "kankyo", 0.91)


@pytest.fixture
def call(now: datetime) -> Call:
    """A call that has ended."""
    return Call(
        id="20270401-083000-aaaaaaaaaaaa",
        carrier_sid="CA1",
        caller="+815000001234",
        called="+815000000002",
        language="ja",
        started_at=now,
        ended_at=now,
        end_reason="bot",
        outcome="message",
        content="0123456789abcdef",
        recording="a.wav",
        refused_recording=False,
        recogniser="vosk",
        voice="openjtalk",
        seconds=83.46,
    )


@pytest.fixture
def entries(now: datetime) -> list[Entry]:
    """Every kind of entry there is."""
    items: list[Item] = [
        CallStarted("a", "+815000001234", "n", "ja", now),
        Play(1, (Prompt("お名前をどうぞ。"), Prompt("", name="beep")), node="start"),
        Expect(1, Grammar("ja", "open", end_silence_seconds=0.5)),
        Wait(1, 7.0, "no_input"),
        SpeechStarted(1),
        StopPlaying(1),
        Heard(1, (Alternative("港太郎、050-0000-1234", "", 0.87),), 1.5, 0.25),
        AskFaq(1, "ja", ()),
        FaqAnswered(1, (HIT,)),
        Play(2, (Prompt("月曜です。", name="waste"),)),
        PromptFinished(2),
        Heard(2, ()),
        TimedOut(2, "no_input"),
        DigitPressed("7"),
        FaqAnswered(2, ()),
        LookUp(3, "open"),
        LookedUp(3, "open"),
        Transfer(3, "kankyo"),
        TransferEnded(3, "no_answer", "480"),
        CallResumed(now),
        Record(4, "kankyo", 120.0, 5.0),
        FinishRecording(4),
        MessageRecorded(4, "m.wav", 12.5),
        MessageRecorded(4, "", 0.0),
        PartFailed("faq", "faq.broken"),
        DiscardCallRecording(),
        HangUp("bot"),
        CallEnded("bot"),
    ]
    return [Entry(number, number / 2, item) for number, item in enumerate(items)]


def test_a_call_in_japanese(call: Call, entries: list[Entry]) -> None:
    """Time, who, words, and what belongs to them; what only the machine needs is left out."""
    assert render_call(call, entries) == (
        "20270401-083000-aaaaaaaaaaaa  2027-04-01 08:30:00  01:23.5  伝言  +815000001234  ja\n"
        "内容 0123456789ab  認識 vosk  声 openjtalk  録音 a.wav\n"
        "\n"
        "00:00.0  *       通話開始\n"
        "00:00.5  案内    お名前をどうぞ。<beep>  [start]\n"
        "00:02.5  *       案内を中断\n"
        "00:03.0  市民    港太郎、050-0000-1234  [0.87 発話 1.5s 認識 0.25s 応答まで 2.25s]\n"
        "00:04.0  *       FAQ検索: waste 0.91\n"
        "00:04.5  案内    月曜です。  [waste]\n"
        "00:05.5  市民    (言葉なし)  [発話 0.0s 認識 0.00s]\n"
        "00:06.0  *       時間切れ: 無言\n"
        "00:06.5  市民    キー 7\n"
        "00:07.0  *       FAQ検索: なし\n"
        "00:07.5  *       照会: open\n"
        "00:08.5  *       転送: kankyo\n"
        "00:09.0  *       転送: 応答なし  [480]\n"
        "00:09.5  *       通話再開\n"
        "00:10.0  *       伝言の録音: kankyo\n"
        "00:11.0  *       伝言: m.wav  [12.5s]\n"
        "00:11.5  *       伝言: なし  [0.0s]\n"
        "00:12.0  *       不具合: faq  [faq.broken]\n"
        "00:12.5  *       録音を断られた\n"
        "00:13.0  *       電話を切る  [案内]\n"
        "00:13.5  *       通話終了  [案内]\n"
    )


def test_a_call_in_english(call: Call, entries: list[Entry]) -> None:
    """Labels are English, words stay."""
    text = render_call(replace(call, refused_recording=True), entries, "en")
    assert "recording refused\n" in text
    assert "00:00.5  bot     お名前をどうぞ。<beep>  [start]\n" in text
    assert "00:09.0  *       transfer: no answer  [480]\n" in text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_redacted_it_tells_nothing_of_the_caller(call: Call, entries: list[Entry], language: str) -> None:
    """Neither number nor name nor keys."""
    text = render_call(call, entries, language, redacted=True)
    assert "5000001234" not in text
    assert "0000-1234" not in text
    assert "太郎" not in text
    assert "キー 7" not in text
    assert "key 7" not in text
    assert "月曜です。" in text


def test_a_list_has_a_line_for_each_call(call: Call) -> None:
    """Withheld numbers and calls that go on are said so."""
    assert render_summary(replace(call, caller=None, outcome=None, seconds=None)) == (
        "20270401-083000-aaaaaaaaaaaa  2027-04-01 08:30:00  --:--.-  通話中  番号非通知  ja"
    )
    assert "+8150" not in render_summary(call, redacted=True)
    assert "message" in render_summary(call, "en")


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.0, "00:00.0"), (59.96, "01:00.0"), (3600.0, "60:00.0"), (-1.0, "00:00.0")]
)
def test_the_clock_counts_minutes(seconds: float, shown: str) -> None:
    """Rounded before it is split, so that there is no 00:60.0."""
    assert clock(seconds) == shown


@pytest.mark.parametrize("language", ["ja", "en"])
def test_there_is_a_label_for_every_word(language: str) -> None:
    """Outcomes, ends, transfers and clocks; and both languages have the same labels."""
    words = labels(language)
    wanted = {*CALL_OUTCOMES, *get_args(EndReason), *get_args(Outcome), *get_args(Clock)}
    assert wanted <= set(words)
    assert set(words) == set(labels("en"))
