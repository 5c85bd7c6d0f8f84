"""Learning by command: from a benchmark's folder to a file that the search uses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicebot import bootstrap
from voicebot.cli import app
from voicebot.faq.learned import loads

SUBJECTS = [
    "住民票",
    "印鑑登録",
    "粗大ごみ",
    "国民年金",
    "保育園",
    "固定資産税",
    "児童手当",
    "介護保険",
    "水道",
    "図書館",
]


@pytest.fixture
def benchmark(tmp_path: Path) -> Path:
    """Ten entries, twenty questions."""
    folder = tmp_path / "set"
    folder.mkdir()
    corpus = {
        str(at): f"Question: {name}の手続きはどうしますか\nAnswer: {name}は窓口へ。" for at, name in enumerate(SUBJECTS)
    }
    ends = ("のことで聞きたい", "について教えて")
    queries = {f"{at}{end}": f"{name}{end}" for at, name in enumerate(SUBJECTS) for end in ends}
    qrels = {key: {key[0]: 2} for key in queries}
    for name, data in (("corpus", corpus), ("queries", queries), ("qrels", qrels)):
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


def test_a_benchmark_teaches_and_says_what_is_reached(
    benchmark: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without meaning, which would take longer; the FAQ is bare."""
    monkeypatch.setattr(bootstrap, "meaning", lambda: None)
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path / "data"))
    target = tmp_path / "search.yaml"
    done = CliRunner().invoke(app, ["tune", "faq", str(benchmark), "--output", str(target)])
    assert done.exit_code == 0, done.output
    assert "words_bare\n  set typed: 20 questions held back" in done.output
    assert set(loads(target.read_text(encoding="utf-8"))) == {"sound_bare", "words_bare"}


def test_without_a_right_entry_nothing_is_learned(
    benchmark: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is written."""
    monkeypatch.setattr(bootstrap, "meaning", lambda: None)
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path / "data"))
    (benchmark / "qrels.json").write_text("{}", encoding="utf-8")
    target = tmp_path / "search.yaml"
    done = CliRunner().invoke(app, ["tune", "faq", str(benchmark), "--output", str(target)])
    assert done.exit_code != 0
    assert not target.exists()
