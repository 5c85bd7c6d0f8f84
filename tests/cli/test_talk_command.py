"""`voicebot talk` and `voicebot settings`."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from voicebot import bootstrap
from voicebot.cli import app
from voicebot.examination import examine
from voicebot.settings import Settings
from voicebot.voice.reading import reading

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_a_conversation_by_typing_ends_with_the_call() -> None:
    """Words, keys and silence, at a pretended moment, with the reasons."""
    typed = "住民票はどこで取れますか\nはい\nいいえ\n"
    result = CliRunner().invoke(app, ["talk", "--at", "2026-11-24T10:00", "--why"], input=typed)
    assert result.exit_code == 0, result.output
    assert "市民課" in result.output
    assert "はしご 0段目" in result.output


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


def test_a_conversation_is_kept_as_a_talk_that_comes_true(tmp_path: Path) -> None:
    """By a command inside, twice into one file; comments that were there stay, and the check holds both."""
    city = tmp_path / "minato"  # of the same name, so that the vectors of its FAQ are there already
    shutil.copytree(ROOT / "dialogs" / "minato", city)
    shutil.rmtree(city / "talks")
    typed = "住民票はどこで取れますか\nはい\n/保存 試し 住民票を尋ねる\n/最初から\n/9\n/保存 試し\n/終わり\n"
    result = CliRunner().invoke(app, ["talk", "--city", str(city), "--at", "2026-11-24T10:00"], input=typed)
    assert result.exit_code == 0, result.output
    text = (city / "talks" / "試し.yaml").read_text("utf-8")
    assert "  - name: 住民票を尋ねる\n    at: 2026-11-24 10:00\n    lines:\n      - 応答: " in text
    assert text.count("  - name: ") == 2
    assert "      - 録音停止:\n" in text
    search = bootstrap.searching(Settings(), wait=True)
    found = examine(city, ROOT / "grammars", reading, date(2026, 11, 24), search=search)
    assert (found.faults, found.talks) == ((), 2)


def test_a_conversation_is_kept_at_the_end_where_an_option_says(tmp_path: Path) -> None:
    """Behind the talks of a file that people wrote, whose comments stay; another way of writing is kept too."""
    file = tmp_path / "talks.yaml"
    file.write_text("# 見本\ntalks: [{name: 甲, lines: [終了: ]}]  # 一つ目\n", "utf-8")
    options = ["talk", "--save", str(file), "--name", "夜", "--at", "2026-11-24T22:00", "--transfer", "話し中"]
    result = CliRunner().invoke(app, options, input="/0\n")
    assert result.exit_code == 0, result.output
    text = file.read_text("utf-8")
    assert "# 見本" in text
    assert "# 一つ目" in text
    (first, second) = yaml.safe_load(text)["talks"]
    assert (first["name"], second["name"], second["transfers"]) == ("甲", "夜", ["話し中"])
    assert {"キー": "0"} in second["lines"]


def test_what_cannot_be_done_is_told_and_the_conversation_goes_on() -> None:
    """An unknown command, a message where none is taken, a talk without a file, words after the end."""
    typed = "/99x\n/伝言\n/保存\n/助け\n/why\n粗大ごみ\n/0\nもしもし\n"
    result = CliRunner().invoke(app, ["talk", "--at", "2026-11-24T10:00"], input=typed)
    assert result.exit_code == 0, result.output
    for words in ("その操作はありません", "いまは、伝言を受けていません", "ファイルの名前も書いてください", "一致 ",
                  "総合案内につなぐ", "通話は終わっています"):  # fmt: skip
        assert words in result.output, words


def test_a_disaster_can_be_pretended() -> None:
    """The pack replaces the greeting."""
    result = CliRunner().invoke(app, ["talk", "--disaster", "--at", "2026-11-24T10:00"], input="/終わり\n")
    assert "災害のご案内です" in result.output


@pytest.mark.parametrize("wrong", [("--at", "tomorrow"), ("--transfer", "留守")])
def test_a_wrong_option_is_refused_with_an_example(wrong: tuple[str, str]) -> None:
    """Exit code 2."""
    assert CliRunner().invoke(app, ["talk", *wrong], input="").exit_code == 2
