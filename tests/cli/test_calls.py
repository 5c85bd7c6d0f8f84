"""`voicebot calls`, `show` and `replay` on a real store."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from voicebot.actions import Action
from voicebot.cli import app
from voicebot.content import Content
from voicebot.dialog.machine import step
from voicebot.dialog.state import State
from voicebot.events import Alternative, CallEnded, CallStarted, Event, Heard, PromptFinished, SpeechStarted
from voicebot.transcripts.calls import NewCall
from voicebot.transcripts.store import Store

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=9)))
WORDS = Alternative("録音しないで、090-1234-5678です", "ロクオンシナイデ", 0.9)


def run(*arguments: str) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path))


@pytest.fixture
def call_id(minato: Content, tmp_path: Path) -> str:
    """A short call, decided by the real machine, in the store."""
    with Store(tmp_path / "voicebot.db") as store:
        call_id = store.begin_call(NewCall("CA1", "+815000000001", "+815000000000", "ja", minato.fingerprint), NOON)
        transcript = store.transcript(call_id)
        state = State()
        events: list[Event] = [CallStarted(call_id, "+815000000001", "", "ja", NOON), PromptFinished(1)]
        events += [SpeechStarted(2), Heard(2, (WORDS,)), CallEnded("caller")]
        seconds = 0.0
        for event in events:
            actions: tuple[Action, ...]
            state, actions = step(minato.dialog, state, event)
            for record in (event, *actions):
                seconds += 0.5
                transcript.append(seconds, record)
        store.end_call(call_id, NOON + timedelta(seconds=30), "caller")
    return call_id


def test_without_a_call_the_commands_say_what_to_do() -> None:
    """Not a stack of errors, and not silence."""
    assert run("calls").exit_code == 1
    assert "VOICEBOT_DATA" in str(run("calls").exception)


def test_calls_are_listed(call_id: str) -> None:
    """With the id that the other commands take."""
    assert call_id in run("calls").output


def test_a_call_is_shown_as_a_conversation(call_id: str) -> None:
    """By its id, and as the last one."""
    shown = run("show", call_id).output
    assert "みなと市役所" in shown
    assert "090-1234-5678" in shown
    assert run("show", "last").output == shown


def test_numbers_can_be_hidden(call_id: str) -> None:
    """For a screen that others see."""
    assert "090-1234-5678" not in run("show", call_id, "--redact").output


def test_an_unknown_call_is_named_so(call_id: str) -> None:
    """With the cure."""
    result = run("show", "nothing")
    assert result.exit_code == 1
    assert "voicebot calls" in str(result.exception)


def test_an_honest_call_replays_without_difference(call_id: str) -> None:
    """Decided by its record alone."""
    result = run("replay", "last")
    assert result.exit_code == 0, result.output
    assert "no difference" in result.output


def test_a_changed_record_shows_the_first_difference(call_id: str, tmp_path: Path) -> None:
    """With what was done then and what would be done now."""
    with Store(tmp_path / "voicebot.db") as store:
        store.transcript(call_id).append(99.0, PromptFinished(99))
        store.transcript(call_id).append(99.0, CallStarted("x", None, "", "ja", NOON))
    result = run("replay", call_id)
    assert result.exit_code == 1
    assert "First difference" in result.output
