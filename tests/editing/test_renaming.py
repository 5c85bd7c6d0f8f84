"""A renamed node is renamed everywhere."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import ROOT

from voicebot import content as contents
from voicebot.content import Content
from voicebot.dialog.check import leads_to
from voicebot.documents import read
from voicebot.editing.renaming import rename_node
from voicebot.errors import ContentError
from voicebot.voice.reading import reading

FOLDER = ROOT / "dialogs" / "minato"
TEXTS = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.glob("**/*.yaml")}
SMALL = {
    "line.yaml": "start: 案内 # 最初\n",
    "trees/a.yaml": "section: 課\nnodes:\n  案内: {prompt: 案内, goto: 質問}\n",
    "trees/b.yaml": "section: 課\nnodes:\n  質問:\n    prompt: 案内\n    open: true\n"
    '    choices:\n      - {say: [案内, 案内], label: 案内, goto: "案内"}\n',
    "faq/案内.yaml": "department: 案内\n",
}


@pytest.mark.slow
def test_every_node_of_the_demo_city_can_be_renamed_and_the_dialog_stays_the_same(
    minato: Content, tmp_path: Path
) -> None:
    """Loaded once, with every node renamed."""
    texts = dict(TEXTS)
    for name in minato.dialog.nodes:
        texts |= rename_node(texts, name, f"{name}・新")
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    dialog = contents.load(tmp_path, ROOT / "grammars", reading).dialog
    assert dialog.start == f"{minato.dialog.start}・新"
    assert {name: leads_to(node) for name, node in dialog.nodes.items()} == {
        f"{name}・新": tuple(f"{target}・新" for target in leads_to(node)) for name, node in minato.dialog.nodes.items()
    }


def test_only_lines_that_speak_of_the_node_change() -> None:
    """The rest stays, byte for byte."""
    changed = rename_node(TEXTS, "ごみ", "ごみのこと")
    for path, text in changed.items():
        for old, new in zip(TEXTS[path].splitlines(), text.splitlines(), strict=True):
            assert old == new or new == old.replace("goto: ごみ}", "goto: ごみのこと}").replace(
                "  ごみ:", "  ごみのこと:"
            )
    assert sorted(changed) == sorted(
        path for path, text in TEXTS.items() if "goto: ごみ}" in text or "  ごみ:\n" in text
    )


def test_every_way_of_leading_to_a_node_is_renamed() -> None:
    """Choices, cases and the rest of a branch, forms, the beginnings; not what only has the same word."""
    texts = {
        "line.yaml": "start: 案内\nstarts: {en: 案内, ko: 案}\nrecorded: [案内, goodbye]\n",
        "disaster.yaml": "start: 案内\nuntil:\n",
        "facts.yaml": "start: 案内\n",
        "trees/a.yaml": "section: 案内\nstart: 案内\nnodes:\n  案内:\n    when:\n"
        "      - {open: 案内, slot: 案内, goto: 案内}\n"
        "    otherwise: 案内\n  聞く:\n    ask: [{slot: 案内, kind: text, label: 案内}]\n    goto: 案内\n"
        "  調べる: {lookup: 案内, with: {goto: 案内, otherwise: 案内}, goto: 案内}\n",
    }
    changed = rename_node(texts, "案内", "新")
    assert changed == {
        "line.yaml": "start: 新\nstarts: {en: 新, ko: 案}\nrecorded: [新, goodbye]\n",
        "disaster.yaml": "start: 新\nuntil:\n",
        "trees/a.yaml": "section: 案内\nstart: 案内\nnodes:\n  新:\n    when:\n"
        "      - {open: 案内, slot: 案内, goto: 新}\n"
        "    otherwise: 新\n  聞く:\n    ask: [{slot: 案内, kind: text, label: 案内}]\n    goto: 新\n"
        "  調べる: {lookup: 案内, with: {goto: 案内, otherwise: 案内}, goto: 新}\n",
    }


def test_a_name_that_is_written_in_another_way_is_found() -> None:
    """With escapes, doubled quotes, or over two lines."""
    texts = {
        "line.yaml": 'start: "it\'s \\u6848"\n',
        "trees/a.yaml": "nodes:\n  it's 案:\n    prompt: 文\n    goto:\n      it's\n      案\n",
        "trees/b.yaml": "nodes:\n  次: {prompt: 文, goto: 'it''s 案'}\n",
    }
    changed = rename_node(texts, "it's 案", "新")
    assert [read(text, "x").data for text in changed.values()] == [
        {"start": "新"},
        {"nodes": {"新": {"prompt": "文", "goto": "新"}}},
        {"nodes": {"次": {"prompt": "文", "goto": "新"}}},
    ]


def test_words_that_only_look_like_the_name_stay() -> None:
    """Labels, prompts, other files."""
    changed = rename_node(SMALL, "案内", "はじめ: 一")
    assert changed["line.yaml"] == 'start: "はじめ: 一" # 最初\n'
    assert changed["trees/a.yaml"] == 'section: 課\nnodes:\n  "はじめ: 一": {prompt: 案内, goto: 質問}\n'
    assert '{say: [案内, 案内], label: 案内, goto: "はじめ: 一"}' in changed["trees/b.yaml"]
    assert "faq/案内.yaml" not in changed


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
@settings(deadline=None)
def test_any_name_can_be_given_and_taken_back(name: str) -> None:
    """Quotes come where the name needs them."""
    if not name.strip() or name in {"案内", "質問"}:
        return
    texts = {**SMALL, **rename_node(SMALL, "案内", name)}
    assert read(texts["line.yaml"], "x").data == {"start": name}
    back = {**texts, **rename_node(texts, name, "案内")}
    assert {path: read(text, path).data for path, text in back.items()} == {
        path: read(text, path).data for path, text in SMALL.items()
    }


@pytest.mark.parametrize(("old", "new"), [("ない", "新"), ("案内", "質問"), ("案内", " ")])
def test_unknown_taken_and_empty_names_are_refused(old: str, new: str) -> None:
    """With what to do."""
    with pytest.raises(ContentError, match="ください"):
        rename_node(SMALL, old, new)


def test_an_alias_is_refused() -> None:
    """It would be renamed in one place and meant in two."""
    texts = {**SMALL, "trees/b.yaml": "nodes:\n  質問: &q {goto: 案内}\n  次: *q\n"}
    with pytest.raises(ContentError, match="ください"):
        rename_node(texts, "案内", "新")
