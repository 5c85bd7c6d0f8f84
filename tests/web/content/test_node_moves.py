"""What the buttons of a node's form do."""

import pytest

from voicebot.dialog.files import NodeFile
from voicebot.editing.values import Value
from voicebot.web.staff.content.node_fields import KINDS, kind_of
from voicebot.web.staff.content.node_moves import changed_kind, fresh, moved


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_node_of_every_kind_can_be_read_at_once(kind: str) -> None:
    """And tells its kind."""
    node = fresh(kind, "新しい", "環境課")
    assert kind_of(node) == kind
    NodeFile.model_validate(node)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_node_says_stays_when_its_kind_changes(kind: str) -> None:
    """As far as the other kind says anything itself."""
    node = changed_kind({"answer": "月曜です。", "department": "水道課"}, kind, "ごみ", "環境課")
    assert kind_of(node) == kind
    NodeFile.model_validate(node)
    if kind not in ("branch", "lookup"):
        assert "月曜です。" in node.values()
    if kind in ("transfer", "message", "callback"):
        assert node[kind] == "水道課"


CHOICES: list[Value] = [{"say": [name], "goto": name} for name in ("一", "二", "三")]


def order(node: dict[str, Value]) -> list[str]:
    """Where the choices lead."""
    rows = node.get("choices", [])
    assert isinstance(rows, list)
    return [row["goto"] for row in rows]


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        ("up:choices.1", ["二", "一", "三"]),
        ("up:choices.0", ["一", "二", "三"]),
        ("down:choices.1", ["一", "三", "二"]),
        ("down:choices.2", ["一", "二", "三"]),
        ("remove:choices.0", ["二", "三"]),
        ("remove:choices.9", ["一", "二", "三"]),
        ("remove:nothing", ["一", "二", "三"]),
        ("add:choices", ["一", "二", "三", "受付"]),
        ("add:prompt", ["一", "二", "三"]),
        ("language:en", ["一", "二", "三"]),
    ],
)
def test_lines_come_go_and_move(deed: str, expected: list[str]) -> None:
    """What is not there changes nothing."""
    assert order(moved({"prompt": "x", "choices": CHOICES}, deed, "受付", "環境課")) == expected


def test_the_last_line_takes_the_list_with_it() -> None:
    """An empty list would be read as no list."""
    assert moved({"open": "true", "choices": CHOICES[:1]}, "remove:choices.0", "受付", "環境課") == {"open": "true"}


def test_what_is_given_to_a_look_up_gets_one_more() -> None:
    """Under a name of its own."""
    node = moved({"lookup": "garbage_day"}, "add:with", "x", "環境課")
    assert moved(node, "add:with", "x", "環境課")["with"] == {"名前1": "値", "名前2": "値"}
