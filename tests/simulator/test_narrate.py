"""A call, told to people."""

from test_call_report import report

from voicebot.simulator.narrate import Narrator, conversation, line_of, summary
from voicebot.simulator.timeline import Entry

STORY = (
    Entry(0.1, "webhook", "POST /twilio/voice -> 200", None, {"path": "/twilio/voice", "status": 200}),
    Entry(1.0, "bot", "", 3.0),
    Entry(4.0, "resident", "ゴミの日を知りたい", 5.5),
    Entry(6.0, "bot", "", 7.0),
    Entry(7.5, "key", "1"),
    Entry(8.0, "error", "11200: HTTP 500"),
)


def test_speech_is_told_with_its_words_or_its_length() -> None:
    """Who, when, what."""
    assert line_of(STORY[2]) == "   4.00  resident  「ゴミの日を知りたい」 (1.5 s)"
    assert line_of(STORY[1]) == "   1.00  voicebot  ～～ (2.0 s)"
    assert line_of(STORY[4]) == "   7.50  resident  [1]"
    assert line_of(STORY[5]) == "   8.00  ! 11200: HTTP 500"


def test_the_live_story_leaves_the_machinery_out_unless_it_is_wanted() -> None:
    """People first."""
    lines: list[str] = []
    more: list[str] = []
    for entry in STORY:
        Narrator(lines.append)(entry)
        Narrator(more.append, with_machinery=True)(entry)
    assert len(lines) == 5
    assert len(more) == 6


def test_the_whole_story_ends_with_a_summary() -> None:
    """Delays and violations."""
    text = conversation(report(*STORY))
    assert text.endswith(summary(report(*STORY)))
    assert text.startswith(line_of(STORY[0]))
    assert "ended by the bot, completed, 10.0 s" in text
    assert "first sound after 0.50 s" in text
    assert "1 replies: median 0.50 s, slowest 0.50 s" in text
    assert "! wrong (31951, 2 times)" in text
