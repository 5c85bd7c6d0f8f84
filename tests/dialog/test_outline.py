"""What a picture shows of the dialog."""

from dataclasses import replace
from datetime import datetime

import pytest
from pictures import SMALL, choice, dialog_of, japanese

from voicebot.content import Content
from voicebot.dialog.check import leads_to
from voicebot.dialog.diagram.outline import Box, Entry, Exit, Kind, box_of, outline
from voicebot.dialog.tree import HAPPENINGS, AskNode, BranchNode, Case, Disaster, LookupNode
from voicebot.errors import VoicebotError


def test_every_kind_of_node_is_shown_as_what_it_is() -> None:
    """Its word, its text, its department, its ways out."""
    kinds = {name: box_of(name, node).kind.value for name, node in SMALL.items()}
    assert kinds == {
        "案内": "案内", "受付": "質問", "ごみ": "回答", "税": "質問", "税務課へ": "転送", "孤島": "質問",
        "孤島の先": "終わり", "離れ": "伝言", "収集日": "聞き取り", "時間": "分かれ道", "調べる": "照会",
        "折り返し": "折り返し", "地図": "SMS",
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


def test_a_form_shows_what_it_asks_for_and_a_branch_its_conditions() -> None:
    """In their order, in words."""
    form = box_of("収集日", SMALL["収集日"])
    assert (form.items, form.exits) == (("お住まい",), (Exit("時間"),))
    assert box_of("時間", SMALL["時間"]).exits == (
        Exit("調べる", "環境課が受付中"), Exit("折り返し", "町名が「本町」か「浜」"), Exit("地図", "それ以外"),
    )  # fmt: skip
    cases = (
        Case("い", slot="町名"),
        Case("い", language="en", open="税務課"),
        Case("い", fact_name="避難情報", fact="なし", values=("避難指示",)),
        *(Case("い", happened=happened) for happened in HAPPENINGS),
    )
    labels = [way.label for way in box_of("は", BranchNode(cases, "ろ")).exits]
    assert labels[:2] == ["町名を聞き取った", "税務課が受付中、英語のとき"]
    assert labels[2] == "避難情報が「避難指示」のとき(今は「なし」)"
    assert not {*labels} & {*HAPPENINGS, ""}
    assert len({*labels}) == len(labels)


def test_a_lookup_says_what_it_looks_up_and_may_lead_on() -> None:
    """Without a way on, the machine asks whether there is anything else."""
    box = box_of("調べる", SMALL["調べる"])
    assert (box.kind, box.items, box.department, box.exits) == (Kind.lookup, ("ごみの収集日",), "環境課", ())
    node = LookupNode("shelters", {}, japanese("{name}です。"), goto="い")
    assert box_of("調べる", node).exits == (Exit("い"),)
    assert box_of("調べる", node).text == "{name}です。"


def test_calls_come_in_at_the_start_and_where_a_language_or_a_disaster_begins() -> None:
    """So that nothing of theirs is shown as what nothing leads to; a part has one way in."""
    dialog = replace(
        dialog_of(SMALL, "案内"), starts={"en": "孤島", "ko": "案内"}, disaster=Disaster("離れ", datetime.max)
    )
    picture = outline(dialog)
    assert picture.entries == (Entry("案内", "着信"), Entry("孤島", "英語"), Entry("離れ", "災害"))
    assert [box.name for box in picture.apart] == ["収集日", "時間", "調べる", "折り返し", "地図"]
    assert outline(dialog, "税").entries == (Entry("税", "着信"),)


def test_the_ways_out_are_those_that_the_dialog_has(minato: Content) -> None:
    """Whatever kinds of nodes there are."""
    for name, node in minato.dialog.nodes.items():
        assert {way.target for way in box_of(name, node).exits} - {""} == {*leads_to(node)}


def test_boxes_come_nearest_first_then_what_is_missing_and_apart_what_nothing_leads_to() -> None:
    """Nodes that are led to and do not exist are shown, because a tree that is being written has such."""
    picture = outline(dialog_of(SMALL, "案内"))
    assert [box.name for box in picture.boxes] == ["案内", "受付", "ごみ", "税", "税務課へ", "ない"]
    assert picture.boxes[-1].kind is Kind.missing
    assert [box.name for box in picture.apart] == [
        "孤島",
        "孤島の先",
        "離れ",
        "収集日",
        "時間",
        "調べる",
        "折り返し",
        "地図",
    ]


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
