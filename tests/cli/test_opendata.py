"""Importing open data, and seeing how old it is, as staff do it."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicebot.city.load import load
from voicebot.cli import app

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "opendata" / "samples"
RUN = CliRunner()


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the demo city without its imported lists."""
    folder = tmp_path / "minato"
    shutil.copytree(ROOT / "dialogs" / "minato", folder, ignore=shutil.ignore_patterns("data", "talks"))
    return folder


def run(*words: str | Path) -> tuple[int, str]:
    """Exit code and all that was printed."""
    found = RUN.invoke(app, ["data", *map(str, words)])
    return found.exit_code, found.output


def test_a_list_is_imported_with_its_source_and_shown_in_the_list(city: Path) -> None:
    """The city loads with it."""
    code, output = run("import", SAMPLES / "aed.csv", "--city", city, "--source", "みなと市", "--licence", "CC BY 4.0")
    assert (code, "AED設置箇所(cp932)。使える行 30、取り込まない行 1" in output) == (0, True)
    assert "34行目: 表の下の注記" in output
    texts = {path.relative_to(city).as_posix(): path.read_text("utf-8") for path in city.rglob("*.yaml")}
    assert [data.name for data in load(texts).data] == ["AED設置箇所"]
    code, output = run("list", "--city", city, "--today", "2026-11-22")
    assert code == 0
    assert "data/aed.yaml: AED設置箇所 30件、2026-10-01現在(52日前)" in output
    assert "出典 みなと市、ライセンス CC BY 4.0" in output
    assert "注意" not in output
    assert "注意 data/aed.yaml: 「AED設置箇所」は" in run("list", "--city", city, "--today", "2028-01-01")[1]


def test_a_dry_run_writes_nothing(city: Path) -> None:
    """But says what would happen."""
    code, output = run("import", SAMPLES / "iryo.csv", "--city", city, "--dry-run")
    assert code == 0
    assert "何も書き込んでいません" in output
    assert not (city / "data").exists()
    assert "まだありません" in run("list", "--city", city)[1]


def test_a_newer_list_takes_the_place_of_the_older_one_and_says_what_changes(city: Path, tmp_path: Path) -> None:
    """By its file name."""
    old, new = tmp_path / "a" / "aed.csv", tmp_path / "b" / "aed.csv"
    for path, rows in ((old, "A,みなと市1,入口\nB,みなと市2,入口\n"), (new, "A,みなと市1,受付\nC,みなと市3,入口\n")):
        path.parent.mkdir()
        path.write_text("名称,住所,設置位置\n" + rows, "utf-8")
    assert "新しく作ります" in run("import", old, "--city", city)[1]
    assert "新しい行 2、変わる行 0、なくなる行 2" in run("import", new, "--city", city)[1]
    assert "受付" in (city / "data" / "aed.yaml").read_text("utf-8")


def test_a_wrong_file_is_refused_and_the_others_are_taken(city: Path, tmp_path: Path) -> None:
    """Exit code 1, and a sentence that helps."""
    wrong = tmp_path / "list.csv"
    wrong.write_bytes(b"<!DOCTYPE html><html>404</html>")
    code, output = run("import", wrong, tmp_path / "none.csv", SAMPLES / "aed.csv", "--city", city)
    assert code == 1
    assert "Web ページ" in output
    assert "開けません" in output
    assert [path.name for path in (city / "data").iterdir()] == ["aed.yaml"]


def test_a_kind_a_day_or_a_folder_that_does_not_exist_is_told(city: Path, tmp_path: Path) -> None:
    """Before anything is written."""
    assert "使えるもの" in run("import", SAMPLES / "aed.csv", "--city", city, "--kind", "ほげ")[1]
    assert run("import", SAMPLES / "aed.csv", "--city", city, "--as-of", "きのう")[0] == 2
    assert run("import", SAMPLES / "aed.csv", "--city", tmp_path / "none")[0] == 1
    assert not (city / "data").exists()
