"""Departments, calendars, values and readings are renamed wherever they are named."""

from collections.abc import Mapping
from typing import Any

import pytest
from shipped import ROOT

from voicebot import content as contents
from voicebot.content import Content
from voicebot.documents import read
from voicebot.editing.namings import CALENDARS, DEPARTMENTS, FACTS, READINGS, Naming
from voicebot.editing.renaming import rename
from voicebot.errors import ContentError
from voicebot.voice.reading import reading

SMALL = {
    "departments.yaml": "departments:\n  水道課: {hours: 本庁, next: 総合案内, screening: 水道課です。}\n"
    "  下水道課: {hours: 本庁, closed: 水道課, next: message}\n  総合案内: {hours: 本庁, also: [水道課]}\n",
    "hours.yaml": "calendars:\n  本庁: {week: {月-金: 8:30-17:15}}\n  水道: {based_on: 本庁}\n",
    "profile.yaml": "switchboard: 総合案内\nduty: 水道課\nname: 水道課\n",
    "facts.yaml": "facts:\n  料金: {value: '100', owner: 水道課}\n  料金_窓口: 水道課の窓口\n",
    "faq/水道課.yaml": "department: 水道課\nentries:\n  - question: 水道課はどこ\n    also: [水道課]\n"
    "    answer: 水道課と下水道課は2階です。{facts.料金}円、{ facts．料金 }円、{facts.料金_窓口}。\n"
    "    owner: 水道課\n",
    "trees/a.yaml": "section: 水道課\nnodes:\n  水道課:\n    prompt: {ja: 水道課につなぎます。, en: 水道課}\n"
    "    choices: [{say: [水道課], goto: 水道課, label: 水道課}]\n  次: {transfer: 水道課}\n"
    "  分: {when: [{open: 水道課, goto: 水道課}, {fact: 料金, value: ['1'], goto: 次}], otherwise: 次}\n"
    "  値: {lookup: fact, with: {name: 料金}, goto: 次}\n  所: {lookup: place, with: {name: 料金}, goto: 次}\n",
    "talks/a.yaml": "talks:\n- name: 水道課\n  facts: {料金: '5'}\n  lines:\n  - 市民: 水道課\n  - 応答: 水道課\n"
    "  - 転送: 水道課\n",
    "readings.yaml": "readings:\n  水道課: スイドウカ\n",
}


def after(naming: Naming, old: str, new: str, apart: tuple[str, ...] | None = None) -> dict[str, Any]:
    """What the files say then."""
    texts = {**SMALL, **rename(naming, SMALL, old, new, apart)}
    return {path: read(text, path).data for path, text in texts.items()}


def test_a_department_is_followed_by_everything_that_names_it() -> None:
    """Other departments, people who answer, owners, sections, transfers, branches, talks; not callers' words."""
    changed = rename(DEPARTMENTS, SMALL, "水道課", "上水課")
    expected = {
        path: text for path, text in SMALL.items() if path not in {"hours.yaml", "readings.yaml"} and "水道課" in text
    }
    assert set(changed) == set(expected)
    found = after(DEPARTMENTS, "水道課", "上水課")
    assert found["departments.yaml"]["departments"] == {
        "上水課": {"hours": "本庁", "next": "総合案内", "screening": "水道課です。"},
        "下水道課": {"hours": "本庁", "closed": "上水課", "next": "message"},
        "総合案内": {"hours": "本庁", "also": ["水道課"]},
    }
    assert found["profile.yaml"] == {"switchboard": "総合案内", "duty": "上水課", "name": "水道課"}
    assert found["facts.yaml"]["facts"]["料金"]["owner"] == "上水課"
    assert found["trees/a.yaml"]["section"] == "上水課"
    nodes = found["trees/a.yaml"]["nodes"]
    assert nodes["次"] == {"transfer": "上水課"}
    assert nodes["分"]["when"][0] == {"open": "上水課", "goto": "水道課"}
    assert nodes["水道課"]["prompt"]["ja"] == "水道課につなぎます。"
    assert found["talks/a.yaml"]["talks"][0]["lines"] == [{"市民": "水道課"}, {"応答": "水道課"}, {"転送": "上水課"}]


def test_what_callers_are_told_follows_when_wished_and_longer_names_stay() -> None:
    """下水道課 is another department; values are named, not said; the question of an entry is its name."""
    found = after(DEPARTMENTS, "水道課", "上水課", ("下水道課", "水道課"))
    (entry,) = found["faq/水道課.yaml"]["entries"]
    assert entry["question"] == "水道課はどこ"
    assert entry["also"] == ["水道課"]
    assert entry["answer"].startswith("上水課と下水道課は2階です。{facts.料金}")
    node = found["trees/a.yaml"]["nodes"]["水道課"]
    assert node["prompt"] == {"ja": "上水課につなぎます。", "en": "上水課"}
    assert node["choices"] == [{"say": ["水道課"], "goto": "水道課", "label": "上水課"}]
    assert found["talks/a.yaml"]["talks"][0]["lines"][1] == {"応答": "上水課"}
    assert found["facts.yaml"]["facts"]["料金_窓口"] == "上水課の窓口"
    assert found["departments.yaml"]["departments"]["上水課"]["screening"] == "上水課です。"


def test_a_calendar_is_followed_by_departments_and_calendars() -> None:
    """Nothing else."""
    found = after(CALENDARS, "本庁", "本館")
    assert found["hours.yaml"]["calendars"]["水道"] == {"based_on": "本館"}
    assert {row["hours"] for row in found["departments.yaml"]["departments"].values()} == {"本館"}


def test_a_value_is_followed_by_texts_cases_and_talks() -> None:
    """However its name is written there; a longer name is another value, a place of that name another thing."""
    found = after(FACTS, "料金", "水道料金")
    assert list(found["facts.yaml"]["facts"]) == ["水道料金", "料金_窓口"]
    (entry,) = found["faq/水道課.yaml"]["entries"]
    assert entry["answer"].endswith("{facts.水道料金}円、{ facts．水道料金 }円、{facts.料金_窓口}。")
    nodes = found["trees/a.yaml"]["nodes"]
    assert nodes["分"]["when"][1]["fact"] == "水道料金"
    assert (nodes["値"]["with"]["name"], nodes["所"]["with"]["name"]) == ("水道料金", "料金")
    assert found["talks/a.yaml"]["talks"][0]["facts"] == {"水道料金": "5"}


def test_a_reading_is_named_nowhere_else() -> None:
    """Only its own line changes."""
    assert rename(READINGS, SMALL, "水道課", "上水課") == {"readings.yaml": "readings:\n  上水課: スイドウカ\n"}


@pytest.mark.parametrize(
    ("naming", "old", "new"),
    [(DEPARTMENTS, "水道課", "総合案内"), (CALENDARS, "ない", "新"), (FACTS, "料金", " "), (READINGS, "ない", "新")],
)
def test_names_that_are_taken_empty_or_unknown_are_refused(naming: Naming, old: str, new: str) -> None:
    """With what to do."""
    with pytest.raises(ContentError, match="ください"):
        rename(naming, SMALL, old, new)


@pytest.mark.slow
def test_everything_of_the_demo_city_can_be_renamed_and_it_loads(minato: Content) -> None:
    """All departments and calendars and some values at once; no place that means one is forgotten."""
    folder = ROOT / "dialogs" / "minato"
    texts: Mapping[str, str] = contents.read_folder(folder, ROOT / "grammars")
    city, named = minato.city, [each.name for each in minato.city.departments.all]
    for naming, names in ((CALENDARS, list(city.calendars)), (FACTS, list(city.facts)[::4]), (DEPARTMENTS, named)):
        for name in names:
            texts = {**texts, **rename(naming, texts, name, f"{name}改")}
    loaded = contents.load_files(texts, reading)
    assert {each.name for each in loaded.city.departments.all} == {f"{name}改" for name in named}
    assert list(loaded.city.calendars) == [f"{name}改" for name in city.calendars]
    assert [each.answer for each in loaded.entries] == [each.answer for each in minato.entries]
    assert {each.department for each in loaded.entries} == {f"{each.department}改" for each in minato.entries}
