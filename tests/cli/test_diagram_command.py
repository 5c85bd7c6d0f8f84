"""`voicebot diagram`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicebot.cli import app
from voicebot.errors import VoicebotError

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_picture_is_printed_or_written(tmp_path: Path) -> None:
    """SVG unless Mermaid is wished."""
    printed = CliRunner().invoke(app, ["diagram"])
    assert printed.exit_code == 0
    assert printed.output.startswith("<svg ")
    target = tmp_path / "a.mmd"
    written = CliRunner().invoke(app, ["diagram", "--format", "mermaid", "--start", "ごみ", "--output", str(target)])
    assert written.output == f"Wrote {target}.\n"
    text = target.read_text(encoding="utf-8")
    assert text.startswith("flowchart TD\n")
    assert "粗大ごみ" in text
    assert "税務課へ" not in text


def test_an_unknown_node_is_told_with_a_cure() -> None:
    """`main` turns it into one message."""
    with pytest.raises(VoicebotError, match="もしかして"):
        app(["diagram", "--start", "ごみみ"], standalone_mode=False)
