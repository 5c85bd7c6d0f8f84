"""Nodes as pieces of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shipped import TEXTS

from voicebot.documents import read
from voicebot.editing.scenes import added, alone, name_in, removed, replaced, scenes_of, tree_of, trees_of

PATH = "trees/総合.yaml"
TEXT = """\
# 総合案内
section: 総合
nodes:
  # --- はじめ ---
  案内:
    prompt: >
      こちらは
      市役所です。
    goto: 受付   # 次
    # 案内の終わり

  # --- 用件 ---
  "受付: 昼":
    prompt: ご用件は。
    end: true
"""
BROKEN = TEXT.replace("prompt: ご用件は。", 'prompt: "ご用件は。')


def test_a_node_is_its_own_text() -> None:
    """Comments above it belong to the file."""
    scenes = tree_of(PATH, TEXT).scenes
    assert list(scenes) == ["案内", "受付: 昼"]
    assert scenes["案内"].line == 5
    assert scenes["案内"].text == (
        "案内:\n  prompt: >\n    こちらは\n    市役所です。\n  goto: 受付   # 次\n  # 案内の終わり"
    )
    assert scenes["受付: 昼"].data == {"prompt": "ご用件は。", "end": "true"}
    assert name_in(scenes["受付: 昼"].text) == "受付: 昼"


def test_the_shipped_city_is_read_node_by_node_as_it_is_read_as_a_whole() -> None:
    """And every node can be put back where it was."""
    files = {path.removeprefix("dialogs/minato/"): text for path, text in TEXTS.items() if "/trees/" in path}
    trees = trees_of(files)
    assert all(tree.by_lines and tree.section for tree in trees.values())
    assert len(scenes_of(files)) == 320
    for name, scene in scenes_of(files).items():
        assert alone(scene.text).data["nodes"][name] == scene.data  # type: ignore[index]
        assert replaced(files[scene.path], name, scene.text) == files[scene.path]


def test_one_node_that_cannot_be_read_spoils_no_other() -> None:
    """Its own fault is told by the line of the file."""
    tree = tree_of(PATH, BROKEN)
    assert (tree.section, tree.by_lines) == ("総合", True)
    assert tree.scenes["案内"].data == tree_of(PATH, TEXT).scenes["案内"].data
    scene = tree.scenes["受付: 昼"]
    assert scene.data is None
    assert 14 <= scene.faults[0].line <= 15
    assert replaced(BROKEN, "受付: 昼", tree_of(PATH, TEXT).scenes["受付: 昼"].text) == TEXT


def test_a_file_with_braces_can_only_be_changed_as_a_whole() -> None:
    """Its nodes are known all the same."""
    tree = tree_of(PATH, "section: 総合\nnodes: {案内: {prompt: はい。, end: true}}\n")
    assert not tree.by_lines
    assert tree.scenes["案内"].data == {"prompt": "はい。", "end": "true"}
    with pytest.raises(KeyError):
        replaced("nodes: {案内: {end: true}}", "案内", "案内:\n  end: true")


def test_of_two_nodes_with_one_name_the_first_is_meant() -> None:
    """The file is refused for it, but somebody must be able to mend it."""
    text = "section: 総合\nnodes:\n  同じ:\n    prompt: 一。\n    end: true\n  同じ:\n    prompt: 二。\n    end: true\n"
    tree = tree_of(PATH, text)
    assert tree.faults
    assert tree.scenes["同じ"].line == 3
    assert "prompt: 二" not in replaced(replaced(text, "同じ", "別:\n  end: true"), "同じ", "同じ:\n  end: true")


def test_a_node_is_added_behind_another_and_taken_away() -> None:
    """What stands around stays."""
    new = "夜間:\n  prompt: 夜です。\n  end: true"
    text = added(TEXT, new, "案内")
    assert list(tree_of(PATH, text).scenes) == ["案内", "夜間", "受付: 昼"]
    assert text.index("# 案内の終わり") < text.index("夜間:") < text.index("# --- 用件")
    assert removed(text, "夜間") == TEXT
    assert list(tree_of(PATH, added(TEXT, new)).scenes)[-1] == "夜間"
    assert "# --- はじめ" in removed(TEXT, "案内")
    with pytest.raises(KeyError):
        removed(removed(TEXT, "案内"), "受付: 昼")


def test_ends_of_lines_stay_as_they_are() -> None:
    """Files come from Windows too."""
    text = TEXT.replace("\n", "\r\n")
    assert "\r" not in tree_of(PATH, text).scenes["案内"].text
    new = replaced(text, "受付: 昼", "受付:\n  prompt: はい。\n  end: true")
    assert new.count("\r\n") == new.count("\n")


@given(st.text(alphabet="a :#-\"'\n{}[]|あ", max_size=60))
def test_whatever_stands_in_a_node_the_others_stay(written: str) -> None:
    """Even when it is no YAML at all."""
    text = replaced(TEXT, "受付: 昼", f"x:\n  y: {written}")
    scenes = tree_of(PATH, text).scenes
    assert scenes["案内"].data == read(TEXT, PATH).data["nodes"]["案内"]  # type: ignore[index]
