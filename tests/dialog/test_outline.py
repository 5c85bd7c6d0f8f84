"""What a picture shows of the dialog."""

import pytest
from pictures import SMALL, choice, dialog_of, japanese

from voicebot.content import Content
from voicebot.dialog.check import leads_to
from voicebot.dialog.diagram.outline import Box, Exit, Kind, box_of, outline
from voicebot.dialog.tree import AskNode
from voicebot.errors import VoicebotError


def test_every_kind_of_node_is_shown_as_what_it_is() -> None:
    """Its word, its text, its department, its ways out."""
    kinds = {name: box_of(name, node).kind.value for name, node in SMALL.items()}
    assert kinds == {
        "案内": "案内", "受付": "質問", "ごみ": "回答", "税": "質問", "税務課へ": "転送", "孤島": "質問",
        "孤島の先": "終わり", "離れ": "伝言",
    }  # fmt: skip
    assert box_of("税務課へ", SMALL["税務課へ"]) == Box("税務課へ", Kind.transfer, "おつなぎします。", "税務課")
    assert box_of("離れ", SMALL["離れ"]).text == ""
    assert box_of("案内", SMALL["案内"]).exits == (Exit("受付"),)


def test_a_question_shows_its_choices_with_key_and_label_and_whether_one_may_speak_freely() -> None:
    """In their order."""
    node = AskNode(japanese("どうぞ。\n どうぞ。"), (choice("い", "1", "一"), choice("ろ", "", "二")), open=True)
    box = box_of("は", node)
    assert box.text == "どうぞ。 どうぞ。"
    assert box.exits[:2] == (Exit("い", "一", "1"), Exit("ろ", "二", ""))
    assert box.exits[2].target == ""
    assert "FAQ" in box.exits[2].label
    assert [way.pressed for way in box.exits] == ["1番", "", ""]
    assert Exit("", "", "*").pressed == "*"


def test_the_ways_out_are_those_that_the_dialog_has(minato: Content) -> None:
    """Whatever kinds of nodes there are."""
    for name, node in minato.dialog.nodes.items():
        assert {way.target for way in box_of(name, node).exits} - {""} == {*leads_to(node)}


def test_boxes_come_nearest_first_then_what_is_missing_and_apart_what_nothing_leads_to() -> None:
    """Nodes that are led to and do not exist are shown, because a tree that is being written has such."""
    picture = outline(dialog_of(SMALL, "案内"))
    assert [box.name for box in picture.boxes] == ["案内", "受付", "ごみ", "税", "税務課へ", "ない"]
    assert picture.boxes[-1].kind is Kind.missing
    assert [box.name for box in picture.apart] == ["孤島", "孤島の先", "離れ"]


def test_a_part_of_the_dialog_has_nothing_apart() -> None:
    """Only what follows from the node."""
    picture = outline(dialog_of(SMALL, "案内"), "孤島")
    assert [box.name for box in picture.boxes][:3] == ["孤島", "孤島の先", "受付"]
    assert picture.start == "孤島"
    assert picture.apart == ()


def test_an_unknown_start_is_refused_with_the_name_that_may_be_meant() -> None:
    """A slip of the keyboard."""
    with pytest.raises(VoicebotError, match="もしかして: 「受付」"):
        outline(dialog_of(SMALL, "案内"), "受け付")
