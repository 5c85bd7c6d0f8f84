"""The whole check of a folder."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from voicebot.checking.findings import summary
from voicebot.examination import DATES, examine
from voicebot.voice.reading import reading

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 24)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of みじか市."""
    folder = tmp_path / "city"
    shutil.copytree(ROOT / "tests" / "cities" / "mijika", folder)
    return folder


def test_content_that_can_be_used_is_given_with_what_should_be_looked_at(city: Path) -> None:
    """A fact without an owner is a warning, and refuses nothing."""
    found = examine(city, ROOT / "grammars", reading, DAY)
    assert found.content is not None
    assert found.answers is not None
    assert (found.faults, found.talks) == ((), 0)
    assert found.warnings > 0
    assert summary(found.findings).endswith("件の注意があります。")


def test_talks_are_held_with_their_pretended_values(city: Path) -> None:
    """Each set of values once; a value that does not exist is a fault of the talk."""
    talks = "".join(
        f"  - {{name: {name}, facts: {{{fact}: 999}}, lines: [{{市民: 住民票がほしい}}, {{応答: {said}}}]}}\n"
        for name, fact, said in (
            ("甲", "住民票_手数料", "999円"),
            ("乙", "住民票_手数料", "300円"),
            ("丙", "住民票_料", "円"),
        )
    )
    (city / "talks" / "見本.yaml").write_text(f"talks:\n{talks}", "utf-8")
    found = examine(city, ROOT / "grammars", reading, DAY)
    faults = {fault.line: fault.message for fault in found.faults}
    # The answers of the FAQ are searched as they are; nodes and branches see the pretended values.
    assert "「住民票_料」は facts.yaml にありません。(もしかして: 「住民票_手数料」)" in faults[4]
    assert found.talks == 3


def test_talks_can_be_left_out(city: Path) -> None:
    """Then not even their files are read."""
    (city / "talks" / "見本.yaml").write_text("talks: [", "utf-8")
    assert examine(city, ROOT / "grammars", reading, DAY, hold_talks=False).faults == ()
    (fault,) = examine(city, ROOT / "grammars", reading, DAY).faults
    assert fault.path == "talks/見本.yaml"


def test_faults_of_content_and_talks_are_told_together(city: Path) -> None:
    """Without the content there are no names to judge the talks by, but their form can be judged."""
    (city / "talks" / "見本.yaml").write_text("talks: [{name: 甲, lines: [転送: ない課]}, {nam: 乙}]", "utf-8")
    (city / "line.yaml").write_text("strat: 案内", "utf-8")
    paths = [fault.path for fault in examine(city, ROOT / "grammars", reading, DAY).faults]
    assert set(paths) == {"line.yaml", "talks/見本.yaml"}


def test_a_counter_may_be_closed_on_a_day_on_which_a_talk_is_held(city: Path) -> None:
    """The talk is a warning then; when the week is changed it is a fault."""
    lines = "[{市民: 水道課につないで}, {転送: 水道課}]"
    (city / "talks" / "見本.yaml").write_text(f"talks: [{{name: 甲, at: 2026-11-25T10:00, lines: {lines}}}]", "utf-8")
    assert examine(city, ROOT / "grammars", reading, DAY).faults == ()
    hours = city / "hours.yaml"
    usual = hours.read_text("utf-8")
    day = "    special: [{date: 2026年11月25日, hours: 休み, reason: 停電}]\n  終日:"
    hours.write_text(usual.replace("  終日:", day, 1), "utf-8")
    found = examine(city, ROOT / "grammars", reading, DAY)
    assert found.faults == ()
    (told,) = [each for each in found.findings if each.rule == "talk"]
    assert (told.level, told.message.startswith(DATES)) == ("warning", True)
    hours.write_text(usual.replace("月-金: 8:30-17:15", "月-金: 13:00-17:15", 1), "utf-8")
    (fault,) = examine(city, ROOT / "grammars", reading, DAY).faults
    assert "会話の見本「甲」と違います" in fault.message
