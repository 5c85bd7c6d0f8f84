"""The tree as a whole; the messages themselves are tested with loading."""

from dataclasses import replace

from voicebot.content import Content
from voicebot.dialog.check import check, leads_to, reachable
from voicebot.dialog.tree import AskNode, Dialog, SayNode
from voicebot.documents import Document


def test_a_node_leads_where_it_says(line: Dialog) -> None:
    """Choices in their order; answers, transfers, messages and ends lead nowhere in the tree."""
    assert leads_to(line.nodes["挨拶"]) == ("受付",)
    assert leads_to(line.nodes["番号"]) == ("ごみ", "窓口へ", "前置き", "書き置き", "おひらき")
    assert leads_to(line.nodes["ごみ"]) == ()


def test_everything_of_the_small_line_and_of_the_shipped_one_is_reached(line: Dialog, minato: Content) -> None:
    """From the start."""
    for dialog in (line, minato.dialog):
        assert reachable(dialog) == frozenset(dialog.nodes)
    assert reachable(replace(line, start="番号")) == frozenset(line.nodes) - {"挨拶", "受付"}


def test_a_circle_through_a_question_is_no_fault(line: Dialog) -> None:
    """Only a circle of announcements never lets the caller speak."""
    nodes = {
        "甲": SayNode({"ja": "あ。"}, "乙"),
        "乙": SayNode({"ja": "い。"}, "丙"),
        "丙": SayNode({"ja": "う。"}, "乙"),
    }
    place = Document("x.yaml", {}, {(): 1})
    origins = dict.fromkeys(nodes, (place, ()))
    circle = replace(line, start="甲", nodes=nodes)
    (fault,) = check(circle, origins, place)
    assert "乙 → 丙 → 乙" in fault.message
    question = AskNode({"ja": "え。"}, (), open=True)
    assert check(replace(circle, nodes={**nodes, "丙": question}), origins, place) == ()


def test_a_start_that_does_not_exist_hides_the_rest(line: Dialog) -> None:
    """Nothing could be reached, so nothing more can be said."""
    place = Document("line.yaml", {}, {(): 1, ("start",): 3})
    (fault,) = check(replace(line, start="番"), {}, place)
    assert (fault.path, fault.line) == ("line.yaml", 3)
