"""The board follows the calls, and is not filled for ever."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from voicebot.actions import Play, Prompt, Transfer
from voicebot.events import Alternative, CallbackBooked, CallEnded, CallStarted, Heard
from voicebot.transcripts.calls import Call
from voicebot.transcripts.codec import Entry
from voicebot.web.staff.board import Board
from voicebot.web.staff.calls_now import CARDS_STAY, LINGER, MOST_CALLS, MOST_CARDS, CallsNow
from voicebot.web.staff.picture import MOST_LINES

BEGIN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


class Stage:
    """A board, the calls, and a clock."""

    def __init__(self) -> None:
        self.now = BEGIN
        self.board = Board()
        self.rung = 0
        self.calls = CallsNow(self.board, lambda: self.now, self.ring)

    def ring(self) -> None:
        self.rung += 1

    def begin(self, call_id: str) -> None:
        self.calls.told(call_id, 0.0, CallStarted(call_id, "+815000000001", "", "ja", self.now))

    def shown(self, key: str) -> Any:
        return json.loads(self.board.text(key) or "null")


@pytest.fixture
def stage() -> Stage:
    """An empty board."""
    return Stage()


def test_a_call_its_lines_and_its_transfer_are_shown_as_they_come(stage: Stage) -> None:
    """Each under its key."""
    stage.begin("c1")
    stage.calls.told("c1", 1.0, Play(1, (Prompt("ご用件をどうぞ。"),)))
    stage.calls.told("c1", 2.0, Heard(1, (Alternative("水道", "スイドウ", 0.9),)))
    stage.calls.told("c1", 3.0, Transfer(2, "水道課"))
    assert sorted(stage.board.keys()) == ["call:c1", "card:c1:1", "line:c1:1", "line:c1:2", "line:c1:3"]
    assert stage.shown("call:c1")["last"] == "水道"
    assert stage.shown("card:c1:1")["said"] == ["水道"]


def test_the_words_so_far_are_shown_and_replaced_by_what_was_heard(stage: Stage) -> None:
    """While the caller speaks."""
    stage.begin("c1")
    stage.calls.believed("c1", "水")
    stage.calls.believed("c1", "水道の")
    assert stage.shown("call:c1")["speaking"] == "水道の"
    stage.calls.told("c1", 2.0, Heard(1, (Alternative("水道の料金", "スイドウ", 0.9),)))
    assert stage.shown("call:c1")["speaking"] == ""
    stage.calls.believed("nobody", "x")


def test_a_call_that_has_ended_stays_a_while_and_its_transfer_longer(stage: Stage) -> None:
    """Long enough to report a wrong one."""
    stage.begin("c1")
    stage.calls.told("c1", 1.0, Transfer(2, "水道課"))
    stage.calls.told("c1", 2.0, CallEnded("transferred"))
    stage.now += LINGER
    stage.calls.tidy()
    assert stage.shown("call:c1")
    stage.now += timedelta(seconds=5)
    stage.calls.tidy()
    assert stage.board.keys() == ("card:c1:1",)
    stage.calls.told("c1", 99.0, CallEnded("caller"))
    assert stage.board.keys() == ("card:c1:1",), "what is told late does not bring it back"
    stage.now += CARDS_STAY
    stage.calls.tidy()
    assert stage.board.keys() == ()


def test_a_call_of_which_nothing_is_told_any_more_goes_too(stage: Stage) -> None:
    """The service that knew of its end may have been another life of ours."""
    stage.begin("c1")
    stage.now += 2 * CARDS_STAY + timedelta(minutes=1)
    stage.calls.tidy()
    assert stage.board.keys() == ()


def test_memory_is_bounded_whatever_comes(stage: Stage) -> None:
    """Calls, transfers, and the lines of one call."""
    for number in range(MOST_CALLS + 50):
        stage.begin(f"c{number}")
        stage.calls.told(f"c{number}", 1.0, Transfer(2, "水道課"))
    for second in range(MOST_LINES + 50):
        stage.calls.told("c249", float(second), Play(1, (Prompt(f"{second}"),)))
    assert len(stage.board.keys("call:")) == MOST_CALLS
    assert len(stage.board.keys("card:")) == MOST_CARDS
    assert len(stage.board.keys("line:c249:")) == MOST_LINES
    assert stage.shown(f"line:c249:{MOST_LINES + 51}")["text"] == f"{MOST_LINES + 49}"


def test_tickets_are_looked_for_when_one_may_have_come(stage: Stage) -> None:
    """Not at every word."""
    stage.begin("c1")
    assert stage.rung == 0
    stage.calls.told("c1", 1.0, CallbackBooked(1, "1001"))
    stage.calls.told("c1", 1.0, CallEnded("caller"))
    assert stage.rung == 2


def test_after_a_restart_the_calls_are_drawn_from_their_records(stage: Stage) -> None:
    """One that goes on, and one that was transferred and is over."""
    going = _call("c1", None)
    over = _call("c2", BEGIN + timedelta(seconds=9))
    records = (Entry(1, 0.0, CallStarted("c1", "+815000000001", "", "ja", BEGIN)), Entry(2, 3.0, Transfer(2, "水道課")))
    stage.calls.begin([(going, records), (over, records)])
    assert stage.shown("call:c1")["state"] == "dialling"
    assert stage.shown("call:c2")["state"] == "ended"
    assert len(stage.board.keys("card:")) == 2
    stage.calls.begin([(going, records)])
    assert len(stage.board.keys("line:c1:")) == 1, "what is there already is not drawn twice"


def test_what_cannot_be_shown_is_logged_and_harms_no_call(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """The conversation stands beside it."""
    with caplog.at_level(logging.ERROR):
        stage.calls.told("c1", 0.0, Play(1, (object(),)))  # type: ignore[arg-type]
    assert "could not be shown" in caplog.text


def _call(call_id: str, ended: datetime | None) -> Call:
    return Call(
        call_id, f"CA{call_id}", "+815000000001", "", "ja", BEGIN, ended, None, None, "", None,
        refused_recording=False, recogniser="", voice="", seconds=None,
    )  # fmt: skip
