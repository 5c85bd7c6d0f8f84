"""`voicebot talk` and `voicebot settings`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicebot.cli import app

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_a_conversation_by_typing_ends_with_the_call() -> None:
    """Words, keys and silence, at a pretended moment, with the reasons."""
    typed = "住民票はどこで取れますか\nいいえ\n"
    result = CliRunner().invoke(app, ["talk", "--at", "2026-11-24T10:00", "--why"], input=typed)
    assert result.exit_code == 0, result.output
    assert "市民課" in result.output
    assert "rung 0" in result.output


def test_keys_silence_and_leaving_are_typed_too() -> None:
    """A message may be left where the bot asks for one."""
    result = CliRunner().invoke(app, ["talk", "--at", "2026-11-24T10:00"], input="/*\n\n/quit\n")
    assert result.exit_code == 0, result.output


def test_settings_are_listed_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its sentence."""
    monkeypatch.setenv("VOICEBOT_TWILIO_AUTH_TOKEN", "very-secret")
    output = CliRunner().invoke(app, ["settings"]).output
    assert "VOICEBOT_PUBLIC_URL=" in output
    assert "very-secret" not in output
