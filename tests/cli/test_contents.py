"""`voicebot check` and `voicebot hours`."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from voicebot.cli import app

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of みなと市 with a small FAQ and one golden talk."""
    folder = tmp_path / "city"
    shutil.copytree(ROOT / "dialogs" / "minato", folder)
    shutil.rmtree(folder / "talks")
    (folder / "talks").mkdir()
    for file in (folder / "faq").glob("*.yaml"):
        if file.name != "市民課.yaml":
            file.unlink()
    talk(folder, "応答: 録音し")
    return folder


def talk(folder: Path, expectation: str) -> None:
    """One golden talk with one expectation, at line 4."""
    text = f"talks:\n  - name: 名乗り\n    lines:\n      - {expectation}\n"
    (folder / "talks" / "見本.yaml").write_text(text, "utf-8")


def run(*arguments: str) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(app, list(arguments))


def test_a_good_city_is_told_so_with_its_numbers(city: Path) -> None:
    """Exit code 0."""
    result = run("check", str(city))
    assert result.exit_code == 0
    assert "みなと市: 問題ありません。" in result.output
    assert "会話の見本 1件" in result.output
    found = json.loads(run("check", str(city), "--format", "json").stdout)
    assert {each["level"] for each in found} <= {"note"}


def test_a_golden_talk_that_does_not_come_true_is_a_fault(city: Path) -> None:
    """With file and line, in each style; exit code 1."""
    talk(city, "応答: もしもし")
    result = run("check", str(city))
    assert result.exit_code == 1
    assert "talks/見本.yaml:4: 会話の見本「名乗り」と違います。「もしもし」と言うはずです。" in result.stderr
    fault, *others = json.loads(run("check", str(city), "--format", "json").stdout)
    assert (fault["path"], fault["line"], fault["level"], fault["rule"]) == ("talks/見本.yaml", 4, "fault", "talk")
    assert all(each["level"] == "note" for each in others)
    written = run("check", str(city), "--format", "github").stdout
    assert f"::error file={city}/talks/見本.yaml,line=4,title=talk::" in written


def test_a_golden_talk_that_cannot_be_read_is_a_fault(city: Path) -> None:
    """With a guess at what was meant."""
    talk(city, "転送: 市民化")
    result = run("check", str(city))
    assert result.exit_code == 1
    assert "talks/見本.yaml:4: 「市民化」という課はありません。(もしかして: 「市民課」)" in result.stderr


def test_faults_of_the_content_are_told_before_any_talk_is_held(city: Path) -> None:
    """A talk on faulty content says nothing."""
    talk(city, "応答: もしもし")
    (city / "line.yaml").write_text("start: どこか", "utf-8")
    result = run("check", str(city))
    assert result.exit_code == 1
    assert "line.yaml:1: 始まりのノード「どこか」がありません" in result.stderr
    assert "見本" not in result.stderr
    assert "1件の問題があります。" in result.stderr


def test_what_callers_hear_about_opening_hours_can_be_asked() -> None:
    """At any moment, by any name."""
    result = run("hours", "戸籍係", "--at", "2026-11-25T21:00")
    assert result.exit_code == 0
    assert "ただいまは業務時間外です。次は、あす、木曜日の午前8時半からです。" in result.output


def test_a_moment_that_is_none_is_refused_with_an_example() -> None:
    """Exit code 2, as for every wrong option."""
    result = run("hours", "市民課", "--at", "tomorrow")
    assert result.exit_code == 2
    assert "2027-01-02T09:00" in result.stderr


def test_warnings_are_told_apart_and_only_strict_makes_them_fail(city: Path) -> None:
    """For people, for programs and for pull requests; the day is an option."""
    options = ("check", str(city), "--no-talks", "--at", "2027-04-01")
    human = run(*options)
    assert human.exit_code == 0
    assert "facts.yaml:" in human.stderr
    assert "注意: 値「住民票_手数料」の期限(2027年3月31日)が過ぎました。" in human.stderr
    assert "問題ありません。" in human.stdout
    assert "件の注意があります。" in human.stdout
    assert run(*options, "--strict").exit_code == 1
    found = json.loads(run(*options, "--format", "json").stdout)
    assert {each["rule"] for each in found if each["level"] == "warning"} == {"stale"}
    assert "::warning file=" in run(*options, "--format", "github").stdout
    assert run("check", str(city), "--at", "2027年").exit_code == 2


def test_faults_of_all_files_are_told_at_once(city: Path) -> None:
    """A file that is no YAML, an unknown name, a wrong key, a wrong value and a talk with a wrong word."""
    talk(city, "転送する: 市民課")
    trees = city / "trees"
    for name, old, new in (
        ("税務課.yaml", "section: 税務課", "section:税務課"),
        ("環境課.yaml", "goto: 収集日}", "goto: 収集曰}"),
        ("福祉課.yaml", "nodes:", "nodse:"),
    ):
        text = (trees / name).read_text("utf-8")
        assert old in text
        (trees / name).write_text(text.replace(old, new, 1), "utf-8")
    result = run("check", str(city))
    assert result.exit_code == 1
    for words in ("trees/税務課.yaml:", "行き先「収集曰」がありません。(もしかして: 「収集日」)",
                  "trees/福祉課.yaml:", "(もしかして: 「nodes」)", "talks/見本.yaml:4: 「転送する」"):  # fmt: skip
        assert words in result.stderr, words


def test_a_fault_of_the_city_does_not_hide_how_other_files_are_written(city: Path) -> None:
    """Names cannot be judged then, keys can."""
    facts = city / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("facts:", "fact:", 1), "utf-8")
    tree = city / "trees" / "環境課.yaml"
    tree.write_text(tree.read_text("utf-8").replace("prompt:", "promt:", 1), "utf-8")
    result = run("check", str(city))
    assert "facts.yaml:" in result.stderr
    assert "「promt」という項目は使えません。(もしかして: 「prompt」)" in result.stderr
