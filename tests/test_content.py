"""A city's folder as one checked value: everything or nothing."""

import shutil
from pathlib import Path

import pytest

from voicebot import content as contents
from voicebot.content import Content, essential_prompts, further_prompts
from voicebot.errors import ContentError
from voicebot.voice.reading import reading

ROOT = Path(__file__).parents[1]
CITY, GRAMMARS = ROOT / "dialogs" / "minato", ROOT / "grammars"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of みなと市 to be changed, with a small FAQ."""
    folder = tmp_path / "city"
    shutil.copytree(CITY, folder)
    for file in (folder / "faq").glob("*.yaml"):
        if file.name != "市民課.yaml":
            file.unlink()
    return folder


def load(folder: Path) -> Content:
    """The content of a folder with the shipped grammars."""
    return contents.load(folder, GRAMMARS, reading)


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace words in a file; they must be there."""
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def faults(folder: Path) -> list[tuple[str, int, str]]:
    """Every fault of a folder."""
    with pytest.raises(ContentError) as caught:
        load(folder)
    return [(fault.path, fault.line, fault.message) for fault in caught.value.faults]


def test_the_shipped_city_is_whole(minato: Content) -> None:
    """Departments, tree, FAQ; the duty desk and the switchboard are departments."""
    assert minato.city.profile.name == "みなと市"
    assert {minato.dialog.duty, minato.dialog.switchboard} <= set(minato.dialog.departments)
    assert {entry.department for entry in minato.entries} <= set(minato.dialog.departments)
    assert minato.dialog.fingerprint == minato.fingerprint


def test_facts_are_filled_into_answers_and_nodes(minato: Content) -> None:
    """No place is left open."""
    texts = [entry.answer for entry in minato.entries] + [prompt.text for prompt in essential_prompts(minato)]
    assert not [text for text in texts if "{" in text]
    assert any("300円" in text for text in texts)


def test_the_citys_words_bias_open_questions(minato: Content) -> None:
    """Keywords of the FAQ, departments and their duties, each once."""
    assert {"住民票", "市民課", "粗大ごみ"} <= set(minato.dialog.vocabulary)
    assert len(set(minato.dialog.vocabulary)) == len(minato.dialog.vocabulary)


def test_the_fingerprint_changes_with_the_content_and_not_with_its_tests(city: Path) -> None:
    """Golden talks are no part of what callers meet."""
    first = load(city).fingerprint
    assert load(city).fingerprint == first
    (city / "talks" / "よその見本.yaml").write_text("talks: []", "utf-8")
    assert load(city).fingerprint == first
    change(city, "phrases.yaml", "失礼いたします。", "失礼します。")
    assert load(city).fingerprint != first


def test_every_fault_of_trees_and_faq_is_told_at_once(city: Path) -> None:
    """With file and line."""
    change(city, "trees/総合案内.yaml", "transfer: 総合案内", "transfer: 総合案内所")
    change(city, "faq/市民課.yaml", "department: 市民課", "department: 市民化")
    change(city, "phrases.yaml", "  goodbye:", "  goodby:")
    found = faults(city)
    assert {path for path, _, _ in found} == {"trees/総合案内.yaml", "faq/市民課.yaml", "phrases.yaml"}
    assert all(line > 0 for _, line, _ in found)


def test_faults_of_the_departments_come_first(city: Path) -> None:
    """Without departments the rest cannot be judged."""
    change(city, "departments.yaml", "hours: 市民課", "hours: 市民化")
    change(city, "trees/総合案内.yaml", "goto: 受付", "goto: 受け付け")
    assert {path for path, _, _ in faults(city)} == {"departments.yaml"}


def test_an_unknown_fact_is_a_fault_where_it_is_used(city: Path) -> None:
    """In a tree and in the FAQ."""
    change(city, "faq/市民課.yaml", "{facts.住民票_手数料}", "{facts.住民票_料金}")
    ((path, _, message),) = faults(city)
    assert path == "faq/市民課.yaml"
    assert "「facts.住民票_料金」は facts.yaml にありません" in message


@pytest.mark.parametrize("name", ["line.yaml", "phrases.yaml", "departments.yaml"])
def test_a_missing_file_is_named(city: Path, name: str) -> None:
    """With the cure."""
    (city / name).unlink()
    assert (name, 0, f"「{name}」がありません。作ってください。") in faults(city)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    """With the setting that points to it."""
    ((_, _, message),) = faults(tmp_path)
    assert "VOICEBOT_CITY" in message


def test_a_folder_without_grammars_is_refused(city: Path, tmp_path: Path) -> None:
    """Else nobody could ask for a person."""
    with pytest.raises(ContentError, match=r"ja/commands\.yaml"):
        contents.load(city, tmp_path / "none", reading)


def test_files_of_word_processors_are_read_or_named(city: Path) -> None:
    """A byte-order mark is no fault; another encoding is."""
    line = (city / "line.yaml").read_bytes()
    (city / "line.yaml").write_bytes(b"\xef\xbb\xbf" + line)
    load(city)
    (city / "line.yaml").write_bytes("start: 案内".encode("shift_jis"))
    assert faults(city) == [("line.yaml", 0, "UTF-8で保存されていません。UTF-8で保存し直してください。")]


def test_a_file_that_cannot_be_opened_is_named(city: Path) -> None:
    """A folder with a file's name, as a failed copy leaves behind."""
    (city / "trees" / "壊れた.yaml").mkdir()
    ((path, _, message),) = faults(city)
    assert (path, "読めません" in message) == ("trees/壊れた.yaml", True)


def test_talks_are_read_beside_the_content(city: Path, tmp_path: Path) -> None:
    """And may be missing."""
    names = [name for name, _ in contents.talks_of(contents.read_folder(city, tmp_path))]
    assert names == sorted(names)
    assert "talks/お尋ね.yaml" in names
    assert contents.talks_of({"line.yaml": ""}) == ()


def test_what_every_call_needs_can_be_prepared(minato: Content) -> None:
    """Each sentence of the tree, the phrases without blanks, and connecting with each department; nothing empty."""
    prompts = list(essential_prompts(minato))
    spoken = {prompt.text for prompt in prompts}
    for expected in ("goodbye", "emergency", "offer_message", "anything_else"):
        assert minato.dialog.phrases[expected]["ja"] in spoken
    for department in minato.dialog.departments:
        assert minato.dialog.phrases["connecting"]["ja"].format(department=department) in spoken
    reception = minato.dialog.nodes["受付"]
    named = {prompt.text for prompt in prompts if prompt.name == "受付"}
    assert named == set((reception.text or {}).values()), "a rewording is not the recording of the node"
    assert all(prompt.text for prompt in prompts)


def test_what_answers_need_can_be_prepared(minato: Content) -> None:
    """The answer and the question whether it was meant, for every entry."""
    spoken = {prompt.text for prompt in further_prompts(minato)}
    for entry in minato.entries:
        assert entry.answer in spoken
        assert any(entry.question in text for text in spoken)
