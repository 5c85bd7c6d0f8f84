"""みじか市 with changes, seen by the checks."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from voicebot import content as contents
from voicebot.checking.findings import Finding
from voicebot.checking.survey import House, survey
from voicebot.voice.reading import reading

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 24)
CITY = {
    "facts.yaml": "facts: {住民票_手数料: {value: 300, owner: 総合案内}}\n",
    "trees/総合案内.yaml": """section: 総合案内
nodes:
  案内:
    prompt: ご用件は。
    choices:
      - {say: [収集の日], key: 1, goto: 甲}
      - {say: [分け方], key: 2, goto: 乙}
  甲: {answer: 月曜です。, department: 環境課}
  乙: {answer: 二つです。, department: 環境課}
""",
}
"""A tree about which nothing is to be said."""


def copied(folder: Path, changes: Mapping[str, str]) -> Path:
    """The city's folder with these files instead."""
    city = folder / "city"
    shutil.copytree(ROOT / "tests" / "cities" / "mijika", city, dirs_exist_ok=True)
    for name, text in {**CITY, **changes}.items():
        (city / name).write_text(text, "utf-8")
    return city


def findings(folder: Path, changes: Mapping[str, str], day: date = DAY, house: House | None = None) -> list[Finding]:
    """What the checks find, notes left out."""
    city = copied(folder, changes)
    content = contents.load(city, ROOT / "grammars", reading)
    found = survey(content, contents.documents_of(contents.read_folder(city, ROOT / "grammars")), day, house or House())
    return [each for each in found if each.level != "note"]


def told(folder: Path, changes: Mapping[str, str], **options: object) -> list[tuple[str, str, int]]:
    """Rule, file and line of each."""
    return [(each.rule, each.path, each.line) for each in findings(folder, changes, **options)]  # type: ignore[arg-type]


def tree(*lines: str) -> dict[str, str]:
    """The tree with these nodes, the first in line 3."""
    return {"trees/総合案内.yaml": "\n".join(("section: 総合案内", "nodes:", *(f"  {line}" for line in lines)))}
