"""Finding values in a file."""

import pytest
import yaml

from voicebot.editing.places import Place, end_of, find, source
from voicebot.errors import ContentError

TEXT = """\
# 見出し
nodes:
  受付:
    prompt: "はい。"   # 注
    choices:
      - {say: [ごみ, 'ゴミ'], key: 1}
      - say: |
          長い
          文

        key: 2
  空:
"""


def written(*where: str | int) -> str:
    """What stands at a path."""
    file = source(TEXT, "x.yaml")
    place = find(file, where)
    return file.text[place.start : end_of(file, place)]


def test_a_value_is_found_with_its_quotes_and_without_what_follows() -> None:
    """No comment, no blank line."""
    assert written("nodes", "受付", "prompt") == '"はい。"'
    assert written("nodes", "受付", "choices", 0) == "{say: [ごみ, 'ゴミ'], key: 1}"
    assert written("nodes", "受付", "choices", 0, "say", 1) == "'ゴミ'"
    assert written("nodes", "受付", "choices", 1, "say") == "|\n          長い\n          文"
    assert written("nodes", "受付", "choices").endswith("key: 2")
    assert written("nodes", "空") == ""


def test_brackets_and_columns_are_known() -> None:
    """New lines are laid out by them."""
    file = source(TEXT, "x.yaml")
    choices = find(file, ("nodes", "受付", "choices"))
    assert choices.is_block
    assert choices.column == 6
    assert find(file, ("nodes", "受付", "choices", 0)).is_flow
    assert find(file, ("nodes", "受付", "choices", 0, "key")).in_flow
    assert not find(file, ("nodes", "受付", "choices", 1, "key")).in_flow


@pytest.mark.parametrize("where", [("node",), ("nodes", "受付", "choices", 2), ("nodes", "受付", "prompt", "ja"), (0,)])
def test_a_path_that_does_not_exist_is_refused_with_a_cure(where: tuple[str | int, ...]) -> None:
    """A key, an item, below a text, and an item of a mapping."""
    with pytest.raises(ContentError, match=r"がありません.*確かめてください"):
        find(source(TEXT, "x.yaml"), where)


def test_the_refusal_names_the_line_that_comes_nearest() -> None:
    """And the whole path, counted from one."""
    with pytest.raises(ContentError) as raised:
        find(source(TEXT, "x.yaml"), ("nodes", "受付", "choices", 0, "goto"))
    assert raised.value.faults[0].line == 6
    assert "nodes › 受付 › choices › 1番目 › goto" in raised.value.message


def test_an_empty_file_and_a_byte_order_mark_are_refused() -> None:
    """A mark would shift every index."""
    with pytest.raises(ContentError, match="空です"):
        source("# 注だけ\n", "x.yaml")
    with pytest.raises(ContentError, match="BOM"):
        source("\ufeffstart: 案内\n", "x.yaml")


def test_children_are_the_values_of_a_mapping_and_the_items_of_a_list() -> None:
    """A scalar has none."""
    root = Place(yaml.compose("{a: [1, 2]}", Loader=yaml.SafeLoader), ())
    assert [child.where for child in root.children] == [("a",)]
    assert [child.where for child in root.children[0].children] == [("a", 0), ("a", 1)]
    assert root.children[0].children[0].children == []
